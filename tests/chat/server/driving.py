"""A load made where it is measured: each chat asks its next question when the last was answered."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .state import State


@dataclass
class Driver:
    """``total`` questions from ``chats`` private chats at once, after ``warm`` that are not measured.

    ``fresh``: each question comes from a chat that did not ask before.
    """

    state: State
    chats: int
    total: int
    texts: list[str]
    warm: int = 0
    fresh: bool = False
    begun: float = 0.0
    ended: float = 0.0
    asked: int = 0
    answered: int = 0
    waits: list[float] = field(default_factory=list)
    _since: dict[int, float] = field(default_factory=dict)

    def start(self) -> None:
        """Ask the first question of each chat."""
        self._texts = cycle(self.texts)
        for chat in range(1, self.chats + 1):
            self._ask(chat)

    def on_answer(self, chat: int) -> None:
        """Measure an answer, and ask on."""
        asked = self._since.pop(chat, None)
        if asked is None:
            return
        now = time.perf_counter()
        self.answered += 1
        if self.answered == self.warm:
            self.begun = now
        elif self.answered > self.warm:
            self.waits.append(now - asked)
        if self.answered == self.total + self.warm:
            self.ended = now
        elif self.asked < self.total + self.warm:
            self._ask(self.asked + 1 if self.fresh else chat)

    def _ask(self, chat: int) -> None:
        self.asked += 1
        self._since[chat] = time.perf_counter()
        sender = {"id": chat, "is_bot": False, "first_name": "Ann", "language_code": "en"}
        where = {"id": chat, "type": "private", "first_name": "Ann"}
        message = {"message_id": self.asked, "date": 1_700_000_000, "chat": where, "from": sender, "text": next(self._texts)}
        self.state.push({"message": message})

    def report(self) -> dict[str, Any]:
        """Give what was measured so far."""
        done = self.ended > 0
        cuts = statistics.quantiles(self.waits, n=100) if done else []
        rate = self.total / (self.ended - self.begun) if done else 0.0
        return {"answered": self.answered, "done": done, "rate": rate, "p50": cuts[49] if done else 0.0, "p99": cuts[98] if done else 0.0}
