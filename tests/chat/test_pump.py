"""The pump: order within a chat, chats side by side, a bounded stop, a database that fails."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from bot.chat import pump as module
from bot.chat.pump import Pump
from bot.storage.backlog import BacklogView
from bot.storage.database import Database
from bot.storage.inbox import Arrival, Claim, Inbox, Outcome, Taken, Turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

pytestmark = pytest.mark.asyncio
CLOCK = partial(datetime.now, UTC)


class Stage:
    """A database in a file, and pumps on it."""

    def __init__(self, database: Database) -> None:
        """Begin with nothing done."""
        self.database, self.done = database, list[tuple[int, int]]()
        self.view = BacklogView(database)

    async def work(self, claim: Claim) -> Outcome:
        """Take the update down; the first of chat 7 is slow."""
        await asyncio.sleep(0.05 if claim.update_id == 1 else 0)
        self.done.append((claim.chat, claim.update_id))
        return Outcome(claim.seq)

    @asynccontextmanager
    async def pump(self, work: Callable[[Claim], Awaitable[Outcome]] | None = None, room: int = 9) -> AsyncIterator[Pump]:
        """Run a pump."""
        inbox = Inbox(self.database, "me")
        await inbox.start(CLOCK())
        pump = Pump(inbox, work or self.work, CLOCK, room)
        running = asyncio.create_task(pump.run())
        yield pump
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    async def empty(self) -> None:
        """Wait until nothing waits."""
        async with asyncio.timeout(10):
            while (await self.view.now()).waiting:  # noqa: ASYNC110  (the database sends no event)
                await asyncio.sleep(0.01)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Give a stage."""
    database = await Database.open(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    yield Stage(database)
    await database.close()


def arrivals(*pairs: tuple[int, int]) -> list[Arrival]:
    """Make updates of (id, chat)."""
    return [Arrival(number, chat, "{}") for number, chat in pairs]


async def test_order_within_and_not_across(stage: Stage) -> None:
    """One chat's updates are done in order even when the first is slow, and another chat does not wait for them."""
    async with stage.pump() as pump:
        await pump.put(arrivals((1, 7), (2, 7), (3, 8), (4, 7)))
        await stage.empty()
    assert stage.done == [(8, 3), (7, 1), (7, 2), (7, 4)]


async def test_what_put_has_written_is_there_after_a_kill(stage: Stage) -> None:
    """When ``put`` returns, the update is in the database, whether or not it is being worked on."""
    forever = asyncio.Event()

    async def work(_claim: Claim) -> Outcome:
        await forever.wait()
        raise AssertionError

    async with stage.pump(work, room=1) as pump:
        await pump.put(arrivals((1, 7), (2, 8)))
        assert (await stage.view.now()).waiting == 2
    async with stage.pump():  # another process, after this one's death
        await stage.empty()
    assert sorted(stage.done) == [(7, 1), (8, 2)]


async def test_room_is_bounded(stage: Stage) -> None:
    """No more is worked on than there is room for, and taking in waits, though not for ever."""
    gate, begun = asyncio.Event(), list[int]()

    async def work(claim: Claim) -> Outcome:
        begun.append(claim.update_id)
        await gate.wait()
        return Outcome(claim.seq)

    async with stage.pump(work, room=2) as pump:
        await pump.put(arrivals((1, 1), (2, 2), (3, 3)))
        waiting = asyncio.create_task(pump.wait_for_room())
        await asyncio.sleep(0.05)
        assert begun == [1, 2]
        assert not waiting.done()
        gate.set()
        await asyncio.wait_for(waiting, 2)
        await stage.empty()


async def test_a_stop_is_bounded_and_leaves_the_rest(stage: Stage) -> None:
    """A stop finishes what it can within its bound; what is not finished, and what was not begun, stays for the next."""

    async def work(claim: Claim) -> Outcome:
        await asyncio.sleep(0.05 if claim.update_id == 1 else 60)
        return Outcome(claim.seq)

    async with stage.pump(work, room=2) as pump:
        await pump.put(arrivals((1, 1), (2, 2), (3, 3)))
        await asyncio.sleep(0.02)
        assert await pump.close(0.2) == 1
        assert (await stage.view.now()).waiting == 2
    async with stage.pump():
        await stage.empty()
    assert stage.done == [(2, 2), (3, 3)]


async def test_a_worker_that_breaks_its_promise_stops_nothing(stage: Stage) -> None:
    """Whatever the worker raises, its update is set aside and the next is taken."""

    async def work(claim: Claim) -> Outcome:
        if claim.update_id == 1:
            raise ZeroDivisionError
        return await stage.work(claim)

    async with stage.pump(work) as pump:
        await pump.put(arrivals((1, 7), (2, 7)))
        await stage.empty()
    assert stage.done == [(7, 2)]
    assert (await stage.view.now()).aside == 1


async def test_a_database_that_fails_loses_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the database fails, what arrived is not acknowledged and what was done is not forgotten; then all goes on."""
    turns, real = 0, Inbox.turn

    async def turn(inbox: Inbox, turn: Turn, now: datetime) -> Taken:
        nonlocal turns
        turns += 1
        if turns % 3:
            raise OperationalError(None, {}, OSError(5, "gone"))
        return await real(inbox, turn, now)

    monkeypatch.setattr(Inbox, "turn", turn)
    monkeypatch.setattr(module, "pause", lambda _failures: 0.01)
    async with stage.pump() as pump:
        await asyncio.gather(*(pump.put(arrivals((number, number % 5))) for number in range(2, 40)))
        await stage.empty()
    assert sorted(number for _, number in stage.done) == list(range(2, 40))


async def test_a_commit_that_no_word_came_back_of_strands_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was committed before the connection broke was written, marked and claimed for good: its claims are not left lying."""
    turns, real = 0, Inbox.turn

    async def turn(inbox: Inbox, turn: Turn, now: datetime) -> Taken:
        nonlocal turns
        turns += 1
        taken = await real(inbox, turn, now)
        if turns % 3:
            raise OperationalError(None, {}, OSError(5, "gone"))
        return taken

    monkeypatch.setattr(Inbox, "turn", turn)
    monkeypatch.setattr(module, "pause", lambda _failures: 0.01)
    async with stage.pump() as pump:
        await asyncio.gather(*(pump.put(arrivals((number, number % 5))) for number in range(2, 40)))
        await stage.empty()
    assert sorted(number for _, number in stage.done) == list(range(2, 40))
