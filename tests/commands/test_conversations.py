"""Conversations are kept for a while, a bounded number of them, each apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.conversations import Conversations
from bot.questions.context import Context

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEPS = st.lists(st.tuples(st.sampled_from("abcde"), st.booleans(), st.integers(0, 50)), max_size=60)


@given(STEPS)
def test_they_behave_as_a_list_of_the_latest(steps: list[tuple[str, bool, int]]) -> None:
    """Against a plain list: the latest three used are kept, one older than an hour since it was put is gone."""
    kept, model, now = Conversations(most=3, kept=HOUR), list[tuple[str, datetime, Context]](), START
    for number, (key, putting, minutes) in enumerate(steps):
        now += timedelta(minutes=minutes)
        held = next((row for row in model if row[0] == key), None)
        model = [row for row in model if row[0] != key]
        if putting:
            context = Context(topic=str(number))
            kept.put(key, context, now)
            model = [*model, (key, now, context)][-3:]
            continue
        fresh = held is not None and now - held[1] <= HOUR
        assert kept.get(key, now) == (held[2] if held and fresh else None)
        model += [held] if held and fresh else []
    assert len(kept) == len(model)


def test_the_last_moment_still_counts() -> None:
    """A conversation is kept for exactly as long as said, and no longer."""
    kept = Conversations(kept=HOUR)
    kept.put(("chat", 1), Context(topic="x"), START)
    assert kept.get(("chat", 1), START + HOUR) == Context(topic="x")
    assert kept.get(("chat", 1), START + HOUR + timedelta(microseconds=1)) is None


def test_a_clock_set_back_forgets_nothing() -> None:
    """A time before the one a conversation was kept at is no reason to drop it."""
    kept = Conversations(kept=HOUR)
    kept.put("a", Context(topic="x"), START)
    assert kept.get("a", START - HOUR) == Context(topic="x")


def test_using_one_keeps_it() -> None:
    """Reading a conversation makes another one the oldest."""
    kept = Conversations(most=2)
    for key in "ab":
        kept.put(key, Context(topic=key), START)
    kept.get("a", START)
    kept.put("c", Context(topic="c"), START)
    assert kept.get("a", START) == Context(topic="a")
    assert kept.get("b", START) is None
