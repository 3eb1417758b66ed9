"""How long things are kept, and how a reload reaches the other replicas."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from telegram import Update

from bot.chat.intake import ShapeError
from bot.chat.jobs import housekeeping
from bot.chat.pump import Pump
from bot.chat.reloading import follow, reload
from bot.chat.service import Opened
from bot.chat.working import check_ids
from bot.storage.conversations import Kept
from bot.storage.feedback import Opinion
from bot.storage.inbox import Arrival, Claim, Inbox, Outcome
from bot.storage.store import Storage

from .fake import FakeDesk
from .stage import message
from .test_handlers import Stub, service

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.asyncio
NOW = datetime(2026, 6, 1, tzinfo=UTC)


async def test_retention_is_enforced(tmp_path: Path) -> None:
    """The job deletes questions, opinions, figures given and counts that are older than the retention, and nothing younger."""
    async with await Storage.open(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as storage:
        for days in (29, 31):
            then = NOW - timedelta(days=days)
            await storage.unanswered.add(f"q{days}", 7, f"q{days}", "en", then)
            await storage.feedback.add(Opinion(7, 7, "words", None, f"w{days}"), then)
            await storage.given.add(7, "old", [f"topic{days}"], then)
            await storage.counters.add({f"stated{days}": 1}, then.date())
        for job in housekeeping(storage, lambda: NOW, timedelta(days=30)):
            await job.work()
        assert [entry.question for entry in await storage.unanswered.list()] == ["q29"]
        assert [opinion.words for opinion in await storage.feedback.latest()] == ["w29"]
        assert await storage.given.holders("topic31", "new") == []
        assert await storage.given.holders("topic29", "new") == [(7, "old")]
        assert await storage.counters.sums(NOW.date() - timedelta(days=90)) == {"stated29": 1}


async def test_a_reload_reaches_the_other_replicas() -> None:
    """What one replica read again, another reads again at its next look, once."""
    async with service(Stub(), FakeDesk()) as one:
        opened: list[FakeDesk] = []

        def reopen() -> FakeDesk:
            opened.append(FakeDesk(releases=("new", "old")))
            return opened[-1]

        one.opened.seen = NOW - timedelta(days=999)
        other = Opened(FakeDesk(), reopen)
        other.seen = NOW - timedelta(days=999)
        elsewhere = replace(one, opened=other)
        await follow(elsewhere)
        assert opened == []
        await reload(one)
        await follow(elsewhere)
        await follow(elsewhere)
        assert len(opened) == 1
        assert elsewhere.desk.releases == ("new", "old")


async def test_what_cannot_be_kept_holds_up_nothing(tmp_path: Path) -> None:
    """An outcome that no database takes loses what it leaves to be remembered; the inbox goes on, and so do the others."""
    async with await Storage.open(f"sqlite:///{tmp_path / 'kept.sqlite3'}") as storage:
        inbox = Inbox(storage.database, "one")
        await inbox.start(NOW)

        async def work(claim: Claim) -> Outcome:
            person: Any = None if claim.update_id == 2 else 7
            return Outcome(claim.seq, kept=(Kept(f"d:{claim.update_id}", 7, person, "{}", NOW),))

        pump = Pump(inbox, work, lambda: NOW)
        running = asyncio.create_task(pump.run())
        for number in range(1, 5):
            await asyncio.wait_for(pump.put([Arrival(number, number, "{}")]), 5)
        for _ in range(500):
            if not (await storage.backlog.now()).waiting:
                break
            await asyncio.sleep(0.01)
        else:
            pytest.fail("the inbox stands still")
        await pump.close(1)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.mark.parametrize("place", ["chat", "from", "message"])
async def test_an_id_that_is_no_number_is_set_aside(place: str) -> None:
    """The library takes an id of any type; an update with one is refused before anything is made of it."""
    found = deepcopy(message("atm"))
    (found if place == "message" else found[place])["message_id" if place == "message" else "id"] = "7" if place == "from" else None
    update = Update.de_json({"update_id": 1, "message": found})
    with pytest.raises(ShapeError):
        check_ids(update)
