"""Between Telegram and the handlers stands the inbox; the pump moves updates through it, many in one transaction.

While one turn is being committed, arrivals and outcomes gather for the next: under load a transaction carries dozens
of them, and at rest a single update waits for nothing.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from bot.chat.sending import pause
from bot.chat.slots import CURRENT, SLOTS, Ticket
from bot.storage.database import FAULTY, UNREACHABLE
from bot.storage.inbox import Arrival, Claim, Inbox, Outcome, Turn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from bot.chat.shelf import Stored

log = logging.getLogger(__name__)

ROOM = 256  # updates being answered at the same time
GATHER_SECONDS = 0.008  # between two turns, under load: a transaction costs much the same for one update and for ten
STUCK_SECONDS = 5.0  # after which more is taken although all there is room for is busy


@dataclass
class Pump:
    """Writes what arrives, has each claim worked on, marks the outcome."""

    inbox: Inbox
    work: Callable[[Claim], Awaitable[Outcome]]
    clock: Callable[[], datetime]
    room: int = ROOM
    wanted: Callable[[int], str | None] = lambda _chat: None  # what to read with a claim, and whom to tell
    recall: Callable[[Mapping[str, Stored | None]], None] = lambda _recalled: None
    late: int = 0  # outcomes that came after the lease was lost
    _arrivals: list[Arrival] = field(default_factory=list)
    _written: list[asyncio.Future[None]] = field(default_factory=list)
    _outcomes: list[Outcome] = field(default_factory=list)
    _slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SLOTS))
    _tickets: dict[int, Ticket] = field(default_factory=dict)
    _claimed: deque[Claim] = field(default_factory=deque)
    _beginning: bool = False
    _running: set[asyncio.Task[None]] = field(default_factory=set)
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _has_room: asyncio.Event = field(default_factory=asyncio.Event)
    _turning: asyncio.Lock = field(default_factory=asyncio.Lock)
    _closing: bool = False
    _failures: int = 0

    async def put(self, arrivals: Sequence[Arrival]) -> None:
        """Write updates; returns when they are in the inbox for good."""
        written = asyncio.get_running_loop().create_future()
        self._arrivals.extend(arrivals)
        self._written.append(written)
        self._woken.set()
        await written

    async def wait_for_room(self) -> None:
        """Wait, not for ever, until what is in the inbox is being worked on: its place is there, not in our memory."""
        with suppress(TimeoutError):
            async with asyncio.timeout(STUCK_SECONDS):
                await self._has_room.wait()

    async def run(self) -> None:
        """Turn for ever: what an earlier process left undone is claimed first."""
        self._woken.set()
        ended = 0.0
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(self.inbox.idle_seconds):
                    await self._woken.wait()
            if (early := ended + GATHER_SECONDS - monotonic()) > 0:
                await asyncio.sleep(early)
            self._woken.clear()
            await self._turn()
            ended = monotonic()

    async def close(self, within: float) -> int:
        """Claim no more, finish what is being worked on within so many seconds, give the rest back; say how many that is."""
        self._closing = True
        self._outcomes.extend(Outcome(claim.seq, given_back=True) for claim in self._claimed)
        self._claimed.clear()
        late: set[asyncio.Task[None]] = set()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        await self._turn()
        with suppress(*UNREACHABLE):
            await self.inbox.stop()
        return len(late)

    async def _turn(self) -> None:
        async with self._turning:
            await self._one_turn()

    async def _one_turn(self) -> None:
        room = 0 if self._closing else self.room - len(self._running) - len(self._claimed)
        turn = Turn(self._arrivals, self._outcomes, room, self.wanted, self._known() if self._failures else None)
        written, self._written = self._written, []
        self._arrivals, self._outcomes = [], []
        try:
            taken = await self.inbox.turn(turn, self.clock())
        except UNREACHABLE as error:
            # what an answer leaves to be remembered is given up before the inbox stands still for it
            faulty = isinstance(error, FAULTY) and any(outcome.kept for outcome in turn.outcomes)
            outcomes = [replace(outcome, kept=()) for outcome in turn.outcomes] if faulty else turn.outcomes
            self._arrivals[:0], self._outcomes[:0], self._written[:0] = turn.arrivals, outcomes, written
            wait = 0.0 if faulty else pause(self._failures)
            self._failures += 1
            log.error("the inbox cannot be written (%s); again in %.1f s", type(error).__name__, wait)  # noqa: TRY400 - the trace may hold parameters
            self._woken.set()
            await asyncio.sleep(0 if self._closing else wait)
            return
        self._failures = 0
        self.recall(taken.recalled)
        self._settle(turn, written, taken.claims)
        if taken.late:
            self.late += taken.late
            log.warning("%d updates were answered after their lease was lost", taken.late)

    def _known(self) -> frozenset[int]:
        """Give the claims that are being worked on, wait for it, or are about to be marked."""
        return frozenset(self._tickets) | {claim.seq for claim in self._claimed} | {outcome.seq for outcome in self._outcomes}

    def _settle(self, turn: Turn, written: Sequence[asyncio.Future[None]], claims: Sequence[Claim]) -> None:
        for outcome in turn.outcomes:
            if (ticket := self._tickets.pop(outcome.seq, None)) is not None:
                ticket.give_back()
        for future in written:
            if not future.done():
                future.set_result(None)
        if self._closing:  # this turn began before we were told to stop
            self._outcomes.extend(Outcome(claim.seq, given_back=True) for claim in claims)
        else:
            self._claimed.extend(claims)
            self._begin()
        if len(claims) < turn.room:
            self._has_room.set()
        else:
            self._has_room.clear()

    def _begin(self) -> None:
        """Begin one claim, and the next in the loop's next round: in between, answers that came are read and marked."""
        if not self._claimed or self._beginning:
            return
        claim = self._claimed.popleft()
        task = asyncio.create_task(self._do(claim))
        self._running.add(task)
        task.add_done_callback(partial(self._done, claim))
        if self._claimed:
            self._beginning = True
            asyncio.get_running_loop().call_soon(self._begin_next)

    def _begin_next(self) -> None:
        self._beginning = False
        self._begin()

    async def _do(self, claim: Claim) -> None:
        ticket = self._tickets[claim.seq] = Ticket(self._slots, self.inbox.alive)
        CURRENT.set(ticket)  # this task's own
        outcome = await self.work(claim)  # first, for the list may be another one by then
        self._outcomes.append(outcome)

    def _done(self, claim: Claim, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if task.cancelled():
            self._outcomes.append(Outcome(claim.seq, given_back=True))
        elif (error := task.exception()) is not None:  # the worker promises not to raise
            log.error("the worker failed", exc_info=error)
            self._outcomes.append(Outcome(claim.seq, fault=type(error).__name__))
        self._woken.set()
