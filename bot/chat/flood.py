"""Telegram's flood limits kept before it has to remind us: so many messages a second overall, and so many in a chat.

Each limit is one number, the moment at which the next message is due (the generic cell rate algorithm): no queue and
no task, so that a chat that waits holds up no other.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

CHATS_KEPT = 10_000


@dataclass(slots=True)
class Pace:
    """``rate`` messages a second, ``burst`` of them at once; a rate of 0 is no limit.

    >>> pace = Pace(rate=2.0, burst=2)
    >>> [round(pace.wait(now), 2) for now in (10.0, 10.0, 10.0, 10.0, 20.0)]
    [0.0, 0.0, 0.5, 1.0, 0.0]
    """

    rate: float
    burst: int
    due: float = 0.0

    def wait(self, now: float) -> float:
        """Take a place; give the seconds until its message may go."""
        if not self.rate:
            return 0.0
        step = 1 / self.rate
        self.due = max(self.due, now) + step
        return max(0.0, self.due - step * self.burst - now)

    def put_off(self, until: float) -> None:
        """Let nothing go before a moment: Telegram said so."""
        if self.rate:
            self.due = max(self.due, until + (self.burst - 1) / self.rate)


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second overall, a second in a private chat, a minute in a group or channel; 0 is no limit."""

    overall: float = 30.0
    private: float = 1.0
    group: float = 20.0


@dataclass(slots=True)
class Flood:
    """The paces of one bot."""

    limits: Limits = field(default_factory=Limits)
    _overall: Pace = field(init=False)
    _chats: OrderedDict[int, Pace] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        """Begin unhurried."""
        self._overall = Pace(self.limits.overall, max(1, int(self.limits.overall)))

    def share(self, replicas: int) -> None:
        """Leave the other replicas their part of the overall limit."""
        self._overall.rate = self.limits.overall / max(1, replicas)
        self._overall.burst = max(1, int(self._overall.rate))

    async def wait(self, chat: int) -> None:
        """Wait for the chat's turn, and then for the bot's."""
        if seconds := self._pace(chat).wait(monotonic()):
            await asyncio.sleep(seconds)
        if seconds := self._overall.wait(monotonic()):
            await asyncio.sleep(seconds)

    def put_off(self, chat: int, seconds: float) -> None:
        """Obey a wait that Telegram asked for in a chat."""
        self._pace(chat).put_off(monotonic() + seconds)

    def _pace(self, chat: int) -> Pace:
        pace = self._chats.get(chat)
        if pace is None:
            limits = self.limits
            pace = Pace(limits.private, 3) if chat > 0 else Pace(limits.group / 60, max(1, int(limits.group)))
            self._chats[chat] = pace
            if len(self._chats) > CHATS_KEPT:
                self._chats.popitem(last=False)
        else:
            self._chats.move_to_end(chat)
        return pace
