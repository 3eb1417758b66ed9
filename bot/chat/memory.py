"""What is remembered between updates: dialogues, which message answers which, and what long buttons ask.

It is kept in the database, so that a restart forgets nothing and replicas share it. While one update is handled, what
it leaves to be remembered gathers in its ``Memory``, and is written in the same transaction as its mark.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.chat.shelf import Shelf, dialogue_key
from bot.questions.context import Context
from bot.storage.conversations import Kept

if TYPE_CHECKING:
    from bot.chat.service import Key

DATA_BYTES = 64  # the Bot API: callback_data is 1-64 bytes
ASK, LOOK_UP = "q:", "k:"
DIALOGUE_KEPT = timedelta(hours=2)
MESSAGE_KEPT = timedelta(days=2)  # as long as Telegram lets a message be edited
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was answered: the message that answers it, and the dialogue as it was before."""

    answer_id: int
    before: Context | None


CONTEXT, ASKED = TypeAdapter(Context), TypeAdapter(Asked)


class Memory:
    """What one update remembers, and leaves to be remembered (``kept``)."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        """Draw on ``shelf``; without one, on nothing that was before."""
        self.shelf = shelf or Shelf()
        self._kept: list[Kept] = []

    @property
    def kept(self) -> tuple[Kept, ...]:
        """What is to be written with the update's mark."""
        return tuple(self._kept)

    async def dialogue(self, key: Key, now: datetime) -> Context | None:
        """Give the dialogue of (chat, asker, topic of a forum)."""
        return _context(await self.shelf.read(dialogue_key(key), now, DIALOGUE_KEPT))

    def keep_dialogue(self, key: Key, context: Context, now: datetime) -> None:
        """Keep it."""
        self._keep(dialogue_key(key), key, _context_json(context), now)

    async def answer(self, chat: int, message: int, now: datetime) -> Context | None:
        """Give the dialogue as it was after one of our messages."""
        return _context(await self.shelf.read(f"a:{chat}:{message}", now, MESSAGE_KEPT))

    def keep_answer(self, key: Key, message: int, context: Context, now: datetime) -> None:
        """Keep it."""
        self._keep(f"a:{key[0]}:{message}", key, _context_json(context), now)

    async def asked(self, chat: int, message: int, now: datetime) -> Asked | None:
        """Give what became of a question that stands in a message."""
        return _value(ASKED, await self.shelf.read(f"q:{chat}:{message}", now, MESSAGE_KEPT))

    def keep_asked(self, key: Key, message: int, asked: Asked, now: datetime) -> None:
        """Keep it."""
        self._keep(f"q:{key[0]}:{message}", key, _json(ASKED, asked), now)

    def button(self, question: str, now: datetime) -> str:
        """Give a button's ``callback_data``: a question that fits travels in it, a longer one is kept under a short key."""
        question = question.encode(errors="ignore").decode()  # a lone surrogate travels nowhere
        short = ASK + question
        if len(short.encode()) <= DATA_BYTES:
            return short
        key = LOOK_UP + hashlib.sha256(question.encode()).hexdigest()[:32]
        self._keep(key, (0, 0, 0), json.dumps(question), now)
        return key

    async def question(self, data: str, now: datetime) -> str | None:
        """Give the question that ``callback_data`` stands for, or None for an old or foreign button."""
        if data.startswith(ASK):
            return data.removeprefix(ASK) or None
        value = await self.shelf.read(data, now, MESSAGE_KEPT) if data.startswith(LOOK_UP) and len(data) <= DATA_BYTES else None
        return None if value is None else str(json.loads(value))

    async def note(self, name: str, now: datetime) -> str | None:
        """Give a note that belongs to a message."""
        return await self.shelf.read(name, now, MESSAGE_KEPT)

    def keep_note(self, name: str, key: Key, value: str, now: datetime) -> None:
        """Keep it."""
        self._keep(name, key, value, now)

    def _keep(self, name: str, key: Key, value: str, now: datetime) -> None:
        entry = Kept(name, key[0], key[1], value, now)
        self.shelf.hold(entry)
        self._kept.append(entry)


def _json(adapter: TypeAdapter[Thing], value: Thing) -> str:
    return json.dumps(adapter.dump_python(value))  # escapes what no database takes, a lone surrogate and a NUL


@lru_cache(maxsize=256)
def _context_json(context: Context) -> str:
    """Give a dialogue as JSON; it is kept both as the chat's and as its answer's."""
    return _json(CONTEXT, context)


@lru_cache(maxsize=1024)
def _context(text: str | None) -> Context | None:
    return _value(CONTEXT, text)


def _value(adapter: TypeAdapter[Thing], text: str | None) -> Thing | None:
    """Read it back; what another version of us wrote is as good as forgotten."""
    if text is None:
        return None
    try:
        return adapter.validate_python(json.loads(text))
    except (ValidationError, ValueError):
        return None
