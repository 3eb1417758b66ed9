"""Chat settings, allow-list, subscriptions, feedback, unanswered questions, counters, reach, given figures, conversations."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.storage.chats import NOTHING_CHOSEN, Choices
from bot.storage.conversations import Kept, KeptConversations
from bot.storage.feedback import Opinion
from bot.storage.reach import Reach
from bot.storage.subscriptions import Subscription
from bot.storage.unanswered import State

if TYPE_CHECKING:
    from bot.storage.store import Storage

NOW = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SUPERGROUP = -1_001_234_567_890  # larger than 32 bits hold


async def test_a_chats_settings(storage: Storage) -> None:
    """Settings are kept by chat, replaced as a whole, and forgotten; a chat that chose nothing has the defaults."""
    assert await storage.chats.get(SUPERGROUP) == NOTHING_CHOSEN
    for choices in (Choices("zh"), Choices(None, in_private=True, superseded=True)):
        await storage.chats.put(SUPERGROUP, choices)
        assert await storage.chats.all() == {SUPERGROUP: choices}
        assert await storage.chats.get(SUPERGROUP) == choices
    assert await storage.chats.told_of_superseded() == [SUPERGROUP]
    await storage.chats.forget(SUPERGROUP)
    assert await storage.chats.get(SUPERGROUP) == NOTHING_CHOSEN


async def test_the_allow_list(storage: Storage) -> None:
    """An id is let in once however often it is said, found among others, and shut out."""
    for number, now in ((7, NOW), (SUPERGROUP, LATER), (7, NOW)):
        await storage.allowed.allow(number, 1, now)
    assert await storage.allowed.all() == [7, SUPERGROUP]
    assert [await storage.allowed.any_of(8, 7), await storage.allowed.any_of(8), await storage.allowed.any_of()] == [True, False, False]
    assert [await storage.allowed.shut_out(7), await storage.allowed.shut_out(7)] == [True, False]


async def test_subscriptions(storage: Storage) -> None:
    """A topic of a group is a subscription of its own; subscribing again changes the language only."""
    for subscription in (Subscription(7), Subscription(SUPERGROUP, 5, "en"), Subscription(7, 0, "zh")):
        await storage.subscriptions.add(subscription, NOW)
    assert set(await storage.subscriptions.all()) == {Subscription(7, 0, "zh"), Subscription(SUPERGROUP, 5, "en")}
    assert [await storage.subscriptions.remove(SUPERGROUP, 4), await storage.subscriptions.remove(SUPERGROUP)] == [False, True]


async def test_a_digest_is_taken_on_once(storage: Storage) -> None:
    """Of many who would send a digest at the same time one does; one that was not sent can be given back."""
    took = await asyncio.gather(*(storage.subscriptions.take_digest("r", 7, 0, NOW) for _ in range(8)))
    assert sum(took) == 1
    assert await storage.subscriptions.unsent_digests(LATER) == [("r", 7, 0)]
    await storage.subscriptions.give_back_digest("r", 7, 0)
    assert await storage.subscriptions.take_digest("r", 7, 0, NOW)
    await storage.subscriptions.digest_sent("r", 7, 0, NOW)
    await storage.subscriptions.give_back_digest("r", 7, 0)
    assert not await storage.subscriptions.take_digest("r", 7, 0, NOW)
    assert await storage.subscriptions.unsent_digests(LATER) == []


async def test_a_release_is_known_until_all_its_digests_went_out(storage: Storage) -> None:
    """A release's own row tells since when it is known; digests begun and lost are given back after a while, those sent are not."""
    kept = storage.subscriptions
    await kept.add(Subscription(7), NOW)
    await kept.add(Subscription(8), LATER)
    assert await kept.known_releases() == {}
    assert await kept.take_digest("r", 0, 0, NOW)
    assert await kept.known_releases() == {"r": (NOW, False)}
    assert [one.chat for one in await kept.before(NOW)] == [7]
    assert await kept.take_digest("r", 7, 0, NOW)
    assert await kept.take_digest("r", 9, 0, NOW)
    await kept.digest_sent("r", 9, 0, NOW)
    assert await kept.begun("r")
    await kept.give_back_begun("r", NOW)
    assert not await kept.take_digest("r", 7, 0, LATER)
    await kept.give_back_begun("r", LATER)
    assert not await kept.begun("r")
    assert [await kept.take_digest("r", chat, 0, LATER) for chat in (7, 9, 0)] == [True, False, False]


async def test_feedback(storage: Storage) -> None:
    """Opinions are listed newest first, counted, forgotten by person and deleted by age."""
    first, second = Opinion(7, 7, "up", "settlement"), Opinion(SUPERGROUP, 8, "words", None, "很好 \U0001f600")
    await storage.feedback.add(first, NOW)
    await storage.feedback.add(second, LATER)
    assert await storage.feedback.latest() == [second, first]
    assert await storage.feedback.counts() == {"up": 1, "words": 1}
    assert await storage.feedback.forget(8) == 1
    assert await storage.feedback.delete_before(LATER) == 1


async def test_unanswered_questions(storage: Storage) -> None:
    """One question of several persons is one entry, settled as one; asked again by another it stays settled."""
    for person, words in ((7, "Rates?"), (7, "rates"), (8, "RATES")):
        await storage.unanswered.add("rates", person, words, "en", NOW)
    await storage.unanswered.add("天气\0" + "长" * 500, 7, "天气\0？", "zh", LATER)
    top, other = await storage.unanswered.list()
    assert (top.persons, top.times, top.state, top.last) == (2, 3, State.OPEN, NOW)
    assert (other.question, other.language) == ("天气？", "zh")
    assert await storage.unanswered.settle(top.id, State.ANSWERED, "rates")
    await storage.unanswered.add("rates", 9, "rates!", "en", LATER)
    answered = (await storage.unanswered.list(State.ANSWERED))[0]
    assert (answered.persons, answered.topic) == (3, "rates")
    assert await storage.unanswered.counts() == {State.OPEN: 1, State.ANSWERED: 1}
    found = await storage.unanswered.get(top.id)
    assert found is not None
    assert found.state is State.ANSWERED
    assert await storage.unanswered.get(10_000) is None
    assert not await storage.unanswered.settle(10_000, State.IGNORED)
    assert await storage.unanswered.forget(7) == 2
    assert await storage.unanswered.delete_before(LATER) == 1


async def test_counters_add_up(storage: Storage) -> None:
    """Sums of many writers at once are right, by name, from a day on."""
    day = date(2026, 1, 2)
    await asyncio.gather(*(storage.counters.add({"stated": 1, "refused": 2}, day) for _ in range(20)))
    await storage.counters.add({"stated": 5}, date(2026, 1, 1))
    await storage.counters.add({}, day)
    assert await storage.counters.sums(day) == {"refused": 40, "stated": 20}
    assert await storage.counters.delete_before(day) == 1
    assert await storage.counters.sums(date(2025, 1, 1)) == {"refused": 40, "stated": 20}


async def test_who_blocked_us_is_remembered(storage: Storage) -> None:
    """A blocked chat and a migrated group are known after a restart; a chat that speaks again is no longer blocked."""
    await storage.reach.block(7, NOW)
    await storage.reach.move(-5, SUPERGROUP, NOW)
    await storage.reach.move(-5, SUPERGROUP, LATER)
    again = Reach(storage.database)
    await again.load()
    assert (again.blocked(7), again.blocked(8), again.address(-5), again.address(7)) == (True, False, SUPERGROUP, 7)
    await again.unblock(7)
    await again.load()
    assert not again.blocked(7)
    assert again.address(-5) == SUPERGROUP


async def test_no_round_of_moves_is_followed_for_ever(storage: Storage) -> None:
    """Two chats that each became the other end somewhere."""
    await storage.reach.move(-1, -2, NOW)
    await storage.reach.move(-2, -1, NOW)
    assert storage.reach.address(-1) in (-1, -2)


async def test_given_figures(storage: Storage) -> None:
    """Holders of an older figure are told once; a figure given anew is theirs from the newer release."""
    await storage.given.add(7, "old", ["settlement", "atm", "atm"], NOW)
    await storage.given.add(8, "old", ["settlement"], NOW)
    await storage.given.add(8, "new", ["settlement"], LATER)
    await storage.given.add(9, "old", [], NOW)
    assert await storage.given.holders("settlement", "new") == [(7, "old")]
    assert sum(await asyncio.gather(*(storage.given.tell(7, "settlement", NOW) for _ in range(5)))) == 1
    assert await storage.given.holders("settlement", "new") == []
    assert await storage.given.delete_before(LATER) == 2
    assert await storage.given.forget(8) == 1


def entry(key: str, kept: datetime = NOW, value: str = "{}", person: int = 7) -> Kept:
    """Make an entry."""
    return Kept(key, person, person, value, kept)


async def test_conversations_are_kept_a_while(storage: Storage) -> None:
    """Entries are read by key as long as they are fresh; the latest of one key stands; the old go."""
    await storage.conversations.put(entry("a"), entry("b", value="1"), entry("a", value="2"), entry("old", NOW - timedelta(days=9)))
    await storage.conversations.put()
    old = ("{}", NOW - timedelta(days=9))
    assert await storage.conversations.get(["a", "b", "old", "none"]) == {"a": ("2", NOW), "b": ("1", NOW), "old": old}
    assert await storage.conversations.prune(NOW) == 1
    assert await storage.conversations.forget(7) == 2


async def test_conversations_are_bounded(storage: Storage) -> None:
    """Of too many the oldest go."""
    few = KeptConversations(storage.database, most=3)
    await few.put(*(entry(str(number), NOW + timedelta(seconds=number)) for number in range(10)))
    await few.prune(NOW)
    assert sorted(await few.get(map(str, range(10)))) == ["7", "8", "9"]


async def test_forgetting_a_person(storage: Storage) -> None:
    """A person's conversations, opinions, questions, figures, settings and subscription go; another's stay."""
    for person in (7, 8):
        await storage.conversations.put(entry(f"c{person}", person=person))
        await storage.feedback.add(Opinion(person, person, "up"), NOW)
        await storage.unanswered.add("rates", person, "rates", "en", NOW)
        await storage.given.add(person, "r", ["f"], NOW)
        await storage.chats.put(person, Choices("zh"))
        await storage.subscriptions.add(Subscription(person), NOW)
    assert [await storage.forget(7), await storage.forget(7)] == [5, 0]
    assert await storage.chats.get(7) == NOTHING_CHOSEN
    assert await storage.chats.get(8) == Choices("zh")
    assert await storage.forget(8) == 5


async def test_a_time_without_a_zone_is_refused(storage: Storage) -> None:
    """Times are aware or not taken."""
    with pytest.raises(Exception, match="without a zone"):
        await storage.allowed.allow(7, 1, NOW.replace(tzinfo=None))
