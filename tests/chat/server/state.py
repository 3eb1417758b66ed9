"""What the server knows: updates waiting, requests received, what is wrong with them, and faults to come."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .driving import Driver
    from .webhooks import Deliverer

BOT = {"id": 4242, "is_bot": True, "first_name": "Footnote", "username": "footnote_bot", "can_join_groups": True}


@dataclass
class Fault:
    """A fault on command: what happens to the next ``times`` calls of ``method`` ("*" for any)."""

    method: str
    kind: str
    times: int = 1
    retry_after: int = 1
    description: str = ""
    parameters: dict[str, int] = field(default_factory=dict)


@dataclass
class State:
    """Everything, in memory."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    chats: dict[int, str] = field(default_factory=dict)
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    masters: list[list[int]] = field(default_factory=list)  # (chat, user) of those who are administrators
    next_update: int = 1
    next_message: int = 100_000
    journal: list[tuple[int, int, float]] = field(default_factory=list)  # accepted messages: chat, replied to, when
    lean: bool = False  # a long run: requests are not kept
    webhook: Deliverer | None = None
    driver: Driver | None = None
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    poller: asyncio.Event | None = None

    def push(self, update: dict[str, Any]) -> int:
        """Queue an update; give its id."""
        update = {"update_id": self.next_update, **update}
        self.next_update = update["update_id"] + 1
        self._learn(update)
        if self.webhook is not None:
            self.webhook.put(update)
        else:
            self.updates.append(update)
            self.arrived.set()
        return int(update["update_id"])

    def _learn(self, update: dict[str, Any]) -> None:
        message = update.get("message") or update.get("callback_query", {}).get("message") or {}
        if isinstance(message.get("chat"), dict):
            self.chats[message["chat"]["id"]] = message["chat"].get("type", "private")

    def fault_for(self, method: str) -> Fault | None:
        """Take one fault that is due for the method."""
        for fault in self.faults:
            if fault.method in ("*", method) and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def message(self, chat_id: int, text: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401  (JSON of any shape)
        """Make a message of the bot's and remember it."""
        self.next_message += 1
        kind = self.chats.get(chat_id, "private" if chat_id > 0 else "supergroup")
        names = {"first_name": "Someone"} if kind == "private" else {"title": "A group"}
        message = {
            "message_id": self.next_message,
            "date": int(time.time()),
            "chat": {"id": chat_id, "type": kind, **names},
            "from": BOT,
            "text": text,
            **fields,
        }
        if not self.lean:
            self.messages[chat_id, self.next_message] = message
        return message
