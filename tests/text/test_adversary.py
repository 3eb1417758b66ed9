"""No regular expression of the reading rooms backtracks without bound: strings made from each one's own pieces prove it."""

from __future__ import annotations

import re
import signal
import time
from collections import deque
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from bot.facts.reading import read_facts
from bot.releases.model import Masthead
from bot.releases.reading import release_of
from tests.text.adversary import attacks, patterns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

FEWEST = 250  # so many patterns there are at least: fewer found means that the search for them is broken
SHORT, LONG = 400, 800
HANGS = 0.5
# A cube of the shorter string is over ten million steps, a tenth of a second: what takes less than this is no worse than a square.
QUICK = 0.01
# A search may begin at each place, so twice the string may take four times; a cube would take eight.
GROWTH, NOISE = 6.0, 0.01
WHOLE = 2000
# Sentences full of figures are the measure: what costs twice as much must still grow with its length only.
DOUBLE = 3.0
SHARDS = 2


class TooLongError(Exception):
    """A search did not come back in time."""


@pytest.fixture
def bounded() -> Iterator[Callable[[re.Pattern[str], str], float]]:
    """Give a timer of one search, which is broken off where it hangs."""

    def give_up(signum: int, frame: FrameType | None) -> None:
        del signum, frame
        raise TooLongError

    def seconds(pattern: re.Pattern[str], text: str) -> float:
        signal.setitimer(signal.ITIMER_PROF, HANGS)
        try:
            start = time.process_time()
            pattern.search(text)
            return time.process_time() - start
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)

    before = signal.signal(signal.SIGPROF, give_up)
    yield seconds
    signal.signal(signal.SIGPROF, before)


@lru_cache(maxsize=1)
def strings() -> list[tuple[str, str]]:
    """Give what leads to a repeat and what it repeats, for every repeat of every pattern, once each."""
    return sorted({(before, unit) for pattern in patterns().values() for before, unit, _ in attacks(pattern)})


def repeated(before: str, unit: str, length: int, after: str = ".") -> str:
    """Give a string of about a length that repeats a unit."""
    return before + unit * max(1, length // len(unit)) + after


def reading(text: str) -> float:
    """Give the processor time of a reading."""
    start = time.process_time()
    read_facts(release_of("odd", text, Masthead()))
    return time.process_time() - start


def test_every_pattern_is_found() -> None:
    """The patterns of tables and constants and those written in calls are all put to the test, with strings for them."""
    assert len(patterns()) >= FEWEST
    assert len(strings()) >= FEWEST


def test_no_pattern_backtracks_catastrophically(bounded: Callable[[re.Pattern[str], str], float]) -> None:
    """Whatever a pattern repeats, repeated for hundreds of characters and then broken off: no hang, and at most a square."""
    bad = []
    for source, pattern in patterns().items():
        for before, unit, after in attacks(pattern):
            try:
                if bounded(pattern, repeated(before, unit, SHORT, after)) < QUICK:
                    continue
                once, twice = (min(bounded(pattern, repeated(before, unit, n, after)) for _ in range(3)) for n in (SHORT, LONG))
            except TooLongError:
                once, twice = 0.0, HANGS
            if twice > once * GROWTH + NOISE:
                bad.append((source, before, unit, once, twice))
    assert bad == []


def test_the_search_for_bad_patterns_finds_them(bounded: Callable[[re.Pattern[str], str], float]) -> None:
    """Patterns known to be catastrophic are caught by the strings made from them."""
    for source in (r"(?:a+)+b", r"(?:\w+|\d+)*x", r"(?:[a-z]+,?)+;", r"^(?:(?:一|一二)+二?)+三$"):
        pattern = re.compile(source)
        with pytest.raises(TooLongError):
            deque((bounded(pattern, repeated(before, unit, SHORT, after)) for before, unit, after in attacks(pattern)), maxlen=0)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_whole_reading_stays_linear(shard: int) -> None:
    """A text that repeats such a string without end, or as sentences, costs at most twice what one full of figures does, or at most doubles when doubled."""
    usual = min(reading(repeated("", "The volume rose 5% to USD 5 billion. ", WHOLE)) for _ in range(3))
    bad = []
    for lead, unit in strings()[shard::SHARDS]:
        for before, piece in ((lead, unit), ("", f"{lead}{unit}. ")):
            cost = reading(repeated(before, piece, WHOLE))
            if cost > 2 * usual and doubling(before, piece) > DOUBLE:
                bad.append((before, piece, cost))
    assert bad == []


def doubling(before: str, piece: str) -> float:
    """Give how many times as much a text costs that repeats twice as often: the least of five pairs, since other work on the machine only adds."""
    once, twice = (repeated(before, piece, length) for length in (WHOLE, 2 * WHOLE))
    return min(reading(twice) / reading(once) for _ in range(5))
