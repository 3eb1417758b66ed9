"""Keeps each conversation's context for a while, and a bounded number of them."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

    from bot.questions.context import Context

KEPT = timedelta(hours=2)
MOST = 10_000


@dataclass
class Conversations:
    """Contexts by conversation: the least recently used goes first, and one older than ``kept`` is forgotten."""

    most: int = MOST
    kept: timedelta = KEPT
    _held: OrderedDict[Hashable, tuple[datetime, Context]] = field(default_factory=OrderedDict)

    def get(self, key: Hashable, now: datetime) -> Context | None:
        """Give a conversation's context, or None where there is none or it is too old."""
        held = self._held.get(key)
        if held is None:
            return None
        if now - held[0] > self.kept:
            del self._held[key]
            return None
        self._held.move_to_end(key)
        return held[1]

    def put(self, key: Hashable, context: Context, now: datetime) -> None:
        """Keep a conversation's context."""
        self._held[key] = (now, context)
        self._held.move_to_end(key)
        while len(self._held) > self.most:
            self._held.popitem(last=False)

    def __len__(self) -> int:
        """How many conversations are kept."""
        return len(self._held)
