"""Tells a release's own date from its text, where its masthead gives none."""

from __future__ import annotations

import functools
import re
from calendar import isleap
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from bot.text.period import PeriodKind
from bot.text.periods import find_periods

if TYPE_CHECKING:
    from bot.releases.model import Release, Sentence
    from bot.text.period import FoundPeriod

OPENING, FIRST, MOST = 8, 12, 200  # sentences: where a dateline stands, where the year is first looked for, and then
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY = re.compile(r"\b(?P<en>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|(?:星期|周)(?P<zh>[一二三四五六日天])")
IN_DIGITS = re.compile(r"(?<![\d.])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d.-])")
BYLINE = 100
LEAP = (2, 29)
HAN = "一二三四五六日"


@functools.lru_cache(maxsize=1)  # a release's figures ask where no figure can stand, then of what time each is
def periods_of(release: Release) -> dict[int, list[FoundPeriod]]:
    """Give the periods that each sentence names by where the sentence starts, read against the release's date."""
    anchor = anchor_of(release)
    return {s.span.start: find_periods(s.text, anchor) for s in release.sentences}


@functools.lru_cache(maxsize=1)
def anchor_of(release: Release) -> date | None:
    """Give the day against which a release's periods are read: its masthead's, else its text's own, or None."""
    return release.masthead.published or dated(release)


def dated(release: Release) -> date | None:
    """Give the release's own date as its opening or its text states it, or None.

    A dateline without a year takes the one that makes its day the weekday the opening names ("Nov. 12 ... on
    Wednesday"), among the years the text speaks of and the ones beside them; else the latest year the text speaks of.
    """
    opening = release.sentences[:OPENING]
    for sentence in opening:
        if (day := _in_digits(sentence)) is not None:
            return day
        for f in find_periods(sentence.text):
            if f.period.kind == PeriodKind.DAY and f.period.end:
                return f.period.end
    years = _ends(release.sentences[:FIRST]) or _ends(release.sentences[:MOST])
    if not years:
        return None
    latest = max(years)
    for sentence in opening:
        for f in find_periods(sentence.text, latest):
            if f.period.kind == PeriodKind.DAY and f.period.end:
                following = f.period.end.replace(year=latest.year + 1)
                return _on_weekday(f, opening, years) or (following if f.period.end < latest else f.period.end)
    return latest


def _in_digits(sentence: Sentence) -> date | None:
    """Give the day that a byline has in digits alone ("Updated: 2026-03-05 07:42"), not one inside a sentence."""
    found = IN_DIGITS.search(sentence.text) if sentence.role != "body" or len(sentence.text) <= BYLINE else None
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _ends(sentences: tuple[Sentence, ...]) -> list[date]:
    return [f.period.end for s in sentences for f in find_periods(s.text) if f.period.end]


def _on_weekday(found: FoundPeriod, opening: tuple[Sentence, ...], years: list[date]) -> date | None:
    """Give the day in the year, spoken of most or beside it, in which it is the weekday that the opening names."""
    named = next((m for sentence in opening for m in [WEEKDAY.search(sentence.text)] if m), None)
    day = found.period.end
    if named is None or day is None:
        return None
    weekday = WEEKDAYS.index(named["en"][:3].casefold()) if named["en"] else HAN.index(named["zh"].replace("天", "日"))
    counted = Counter(end.year for end in years)
    near = sorted({year + step for year in counted for step in (-1, 0, 1)}, key=lambda year: (-counted[year], -year))
    days = [date(year, day.month, day.day) for year in near if (day.month, day.day) != LEAP or isleap(year)]
    return next((one for one in days if one.weekday() == weekday), None)
