"""Updates made up from the Bot API's table: every field may be there, with any value of its type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .server.table import ARRAY
from .stage import BOT, GROUP, PRIVATE

if TYPE_CHECKING:
    from random import Random

    from .server.table import Table

TEXTS = (
    "settlement?", "/settlement", "/start settlement", "/settlement@footnote_bot", "@footnote_bot growth", "结算", "",
    "<b>&", "\u200b", "😀" * 300, "x" * 4096, "/", "@", "q:growth", "k:0", "growth", "private", "supergroup", "channel",
    "mention", "bot_command", "text_mention", "a\x00b",
)  # fmt: skip
NUMBERS = (0, 1, -1, 7, 4242, -100, 2**31, 2**52, 1_700_000_000)
KINDS = ("message", "edited_message", "channel_post", "callback_query", "inline_query")
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes updates by chance; ``odd`` is the share of values that are not of their type."""

    table: Table
    chance: Random
    odd: float = 0.0
    kinds: tuple[str, ...] = KINDS

    def update(self, number: int) -> dict[str, Any]:
        """Make an update of a kind that the bot takes."""
        kind = self.chance.choice(self.kinds)
        fields = {field["name"]: field for field in self.table.types["Update"]["fields"]}
        value = self.of_type(fields[kind]["types"][0], 0)
        target = value.get("message", value) if kind == "callback_query" and isinstance(value, dict) else value
        if isinstance(target, dict) and self.chance.random() < 0.8:
            target.update(chat=self.chance.choice((PRIVATE, GROUP)), date=1, message_id=number)
            target["text"] = self.chance.choice(TEXTS)
        if isinstance(target, dict) and self.chance.random() < 0.2:
            target["reply_to_message"] = {"message_id": 1, "date": 1, "chat": GROUP, "from": BOT, "text": "a"}
        return {"update_id": number, kind: value}

    def of_type(self, name: str, depth: int) -> Any:  # noqa: ANN401  (JSON of any shape)
        """Make a value of a type of the table."""
        if self.chance.random() < self.odd:
            return self.chance.choice((None, 3, "odd", [], {}))
        if name.startswith(ARRAY):
            return [self.of_type(name.removeprefix(ARRAY), depth + 1) for _ in range(self.chance.randrange(3))]
        simple = {
            "Integer": self.chance.choice(NUMBERS),
            "Float": 0.5,
            "String": self.chance.choice(TEXTS),
            "Boolean": True,
        }
        if name in simple:
            return simple[name]
        entry = self.table.types[name]
        if "subtypes" in entry:
            return self.of_type(self.chance.choice(entry["subtypes"]), depth)
        return {
            field["name"]: self.of_type(self.chance.choice(field["types"]), depth + 1)
            for field in entry.get("fields", [])
            if field["required"] or (depth < DEEPEST and self.chance.random() < 0.1)
        }
