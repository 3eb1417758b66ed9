"""How many answers may be on their way and not yet marked: so many, and no more, can be given twice if we die now.

An update takes a slot when its message goes out and gives it back when its mark is committed. One that has to wait
(for a flood limit, because Telegram says so) waits without a slot, so that it holds up nobody.
"""

from __future__ import annotations

import asyncio
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SLOTS = 16


@dataclass(slots=True)
class Ticket:
    """One update's claim to a slot; ``ours`` tells whether we are still seen, and so the update still ours."""

    slots: asyncio.Semaphore
    ours: Callable[[], bool] = lambda: True
    held: bool = False

    async def take(self) -> None:
        """Take a slot, unless it is held already.

        Where the update may be another's by now, because we stood still for too long, this task is cancelled before
        anything is sent: the other sends it, in its place in the chat.
        """
        if not self.held:
            await self.slots.acquire()
            self.held = True
        if not self.ours():
            self.give_back()
            raise asyncio.CancelledError

    def give_back(self) -> None:
        """Give the slot back; harmless twice."""
        if self.held:
            self.held = False
            self.slots.release()


CURRENT: ContextVar[Ticket | None] = ContextVar("ticket", default=None)  # of the update that this task answers
