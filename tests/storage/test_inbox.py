"""The inbox: written once, claimed in order, marked, taken over."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.backlog import BacklogView
from bot.storage.conversations import Kept, KeptConversations
from bot.storage.inbox import Arrival, Claim, Inbox, Outcome, Turn

if TYPE_CHECKING:
    from bot.storage.database import Database

NOW = datetime(2026, 1, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=3)
SHORT = 0.4


def arrivals(*pairs: tuple[int, int]) -> list[Arrival]:
    """Make updates of (id, chat)."""
    return [Arrival(number, chat, f'{{"update_id": {number}}}') for number, chat in pairs]


async def replica(database: Database, name: str, lease: float = 15.0) -> Inbox:
    """Give a replica's inbox, started."""
    inbox = Inbox(database, name, lease)
    await inbox.start(datetime.now(UTC))
    return inbox


async def claim(inbox: Inbox, room: int = 100, *outcomes: Outcome) -> list[Claim]:
    """Claim, and mark."""
    return (await inbox.turn(Turn([], list(outcomes), room), NOW)).claims


def ids(claims: list[Claim]) -> list[int]:
    """Give the updates' ids."""
    return [claim.update_id for claim in claims]


async def test_an_update_is_written_once(database: Database) -> None:
    """However often Telegram repeats an update, also after it was answered, it is one row."""
    inbox = await replica(database, "a")
    first = await inbox.turn(Turn(arrivals((1, 7), (2, 8)), room=1), NOW)
    assert ids(first.claims) == [1]
    await inbox.turn(Turn(arrivals((1, 7), (2, 8), (2, 8)), [Outcome(first.claims[0].seq)]), NOW)
    again = await inbox.turn(Turn(arrivals((1, 7)), room=9), NOW)
    assert ids(again.claims) == [2]


async def test_a_chat_is_answered_in_order(database: Database) -> None:
    """Of each chat the oldest undone update is claimed, and the next only when that one is done or set aside."""
    inbox = await replica(database, "a")
    first = (await inbox.turn(Turn(arrivals((1, 7), (2, 7), (3, 8), (4, 7)), room=9), NOW)).claims
    assert ids(first) == [1, 3]
    assert await claim(inbox) == []
    second = await claim(inbox, 9, Outcome(first[0].seq, fault="odd"))
    assert ids(second) == [2]
    assert ids(await claim(inbox, 9, Outcome(second[0].seq), Outcome(first[1].seq))) == [4]


async def test_what_is_done_holds_no_words(database: Database) -> None:
    """A done update's JSON and chat are gone; one set aside keeps its own, and can be tried again."""
    inbox, view = await replica(database, "a"), BacklogView(database)
    claims = (await inbox.turn(Turn(arrivals((1, 7), (2, 8), (3, 9)), room=2), NOW)).claims
    await claim(inbox, 0, Outcome(claims[0].seq), Outcome(claims[1].seq, fault="cannot be read"))
    backlog = await view.now()
    assert (backlog.waiting, backlog.oldest, backlog.aside) == (1, NOW, 1)
    (aside,) = await view.set_aside()
    assert (aside.update_id, aside.chat, aside.fault) == (2, 8, "cannot be read")
    assert [await view.retry(aside.seq), await view.retry(aside.seq)] == [True, False]
    again = await claim(inbox)
    assert [(c.update_id, c.tries, c.payload) for c in again] == [(2, 1, '{"update_id": 2}'), (3, 1, '{"update_id": 3}')]
    await claim(inbox, 0, *(Outcome(c.seq, fault="odd") for c in again))
    assert [await view.forget(8), await view.prune(LATER, NOW), await view.prune(LATER, LATER)] == [1, 1, 1]


async def test_marks_and_what_is_kept_are_one_transaction(database: Database) -> None:
    """A dialogue is kept when its update is marked done."""
    inbox, kept = await replica(database, "a"), KeptConversations(database)
    claims = (await inbox.turn(Turn(arrivals((1, 7)), room=1), NOW)).claims
    await claim(inbox, 0, Outcome(claims[0].seq, kept=(Kept("k", 7, 7, "{}", NOW),)))
    assert await kept.get(["k"]) == {"k": ("{}", NOW)}


async def test_a_claim_given_back_counts_no_try(database: Database) -> None:
    """On a graceful stop what was not begun is as it was."""
    inbox = await replica(database, "a")
    claims = (await inbox.turn(Turn(arrivals((1, 7)), room=1), NOW)).claims
    again = await claim(inbox, 1, Outcome(claims[0].seq, given_back=True))
    assert [c.tries for c in again] == [1]


async def test_after_a_restart_what_was_claimed_comes_first(database: Database) -> None:
    """On a file, which one process has, a new process frees at once what the last one left; tries are counted."""
    inbox = await replica(database, "a")
    await inbox.turn(Turn(arrivals((1, 7), (2, 8)), room=1), NOW)
    if not database.shared:
        again = await replica(database, "b")
        assert [(c.update_id, c.tries) for c in await claim(again)] == [(1, 2), (2, 1)]


async def test_replicas_never_claim_the_same_or_out_of_order(database: Database) -> None:
    """Three replicas that claim and mark as fast as they can: each update once, each chat in order."""
    if not database.shared:
        return
    inboxes = [await replica(database, name) for name in "abc"]
    await inboxes[0].turn(Turn(arrivals(*((number, number % 7) for number in range(1, 211)))), NOW)
    handled: list[tuple[int, int]] = []

    async def work(inbox: Inbox) -> None:
        idle = 0
        outcomes: list[Outcome] = []
        while idle < 20:
            taken = await inbox.turn(Turn([], outcomes, 4), NOW)
            assert taken.late == 0
            handled.extend((c.chat, c.update_id) for c in taken.claims)
            outcomes = [Outcome(c.seq) for c in taken.claims]
            idle = 0 if taken.claims else idle + 1
            await asyncio.sleep(0.001)

    await asyncio.gather(*map(work, inboxes))
    assert sorted(number for _, number in handled) == list(range(1, 211))
    for chat in range(7):
        order = [number for where, number in handled if where == chat]
        assert order == sorted(order)


async def test_a_dead_replicas_claims_are_taken_over(database: Database) -> None:
    """What a replica claimed is another's once it was not seen for a lease, not before; what it marks then is late, and keeps nothing."""
    if not database.shared:
        return
    dead, alive = await replica(database, "dead", SHORT), await replica(database, "alive", SHORT)
    claims = (await dead.turn(Turn(arrivals((1, 7), (2, 7)), room=9), datetime.now(UTC))).claims
    assert await claim(alive) == []
    assert await alive.replicas() == 2
    await asyncio.sleep(SHORT * 1.5)
    taken = (await alive.turn(Turn(room=9), datetime.now(UTC))).claims
    assert [(c.update_id, c.tries) for c in taken] == [(1, 2)]
    stale, kept = Kept("k", 7, 7, '"stale"', NOW), KeptConversations(database)
    late = await dead.turn(Turn([], [Outcome(claims[0].seq, kept=(stale,))]), datetime.now(UTC))
    assert late.late == 1
    assert await kept.get(["k"]) == {}
    assert (await BacklogView(database).now()).waiting == 2
    assert await alive.replicas() == 2


async def test_a_replica_that_says_it_stops_waits_for_no_lease(database: Database) -> None:
    """A graceful stop frees what it left at once."""
    if database.shared:
        gone, alive = await replica(database, "gone"), await replica(database, "alive")
        await gone.turn(Turn(arrivals((1, 7)), room=9), NOW)
        await gone.stop()
        assert ids(await claim(alive)) == [1]


@pytest.mark.parametrize("many", [2_000])
async def test_a_long_queue_of_one_chat_holds_up_no_other(database: Database, many: int) -> None:
    """Behind thousands of one chat's updates another chat's is claimed at once."""
    inbox = await replica(database, "a")
    await inbox.turn(Turn(arrivals(*((number, 7) for number in range(many)), (many, 8))), NOW)
    assert ids(await claim(inbox, 9)) == [0, many]
