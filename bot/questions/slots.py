"""Reads what a question pins down: periods, places, quantities, people and currencies."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.questions.model import Slots
from bot.text.period import PeriodKind
from bot.text.periods import find_periods
from bot.text.places import find_places
from bot.text.quantities import find_quantities
from bot.text.quantity import COUNT, POINT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.questions.model import Hit
    from bot.text.period import FoundPeriod
    from bot.text.places import FoundPlace
    from bot.text.quantity import Found

POINTS = re.compile(r"\s?(?:points?|pts|个?点)(?![a-z])")
PERSON = "person:"
CURRENCY = "currency:"
FORWARD = frozenset({"plan", "outlook", "forecast"})
BARE = 2  # characters of 年末, 年底: 今年末 has more
NAMED_BY_NUMBER = ("cluster",)


def read_slots(text: str, hits: Iterable[Hit], anchor: date | None) -> Slots:
    """Read a cleaned question's slots; relative periods are resolved against ``anchor``, the release's date."""
    hits = tuple(hits)
    forward = any(hit.concept in FORWARD for hit in hits)
    periods = tuple(p for p in find_periods(text, anchor) if forward or not _bare_end(p, anchor))
    taken = [(p.start, p.end) for p in periods]
    # A number inside a name ("33618") or a period ("2024") is no quantity.
    taken += [(hit.start, hit.end) for hit in hits if any(c.isdigit() for c in hit.surface)]
    quantities = tuple(_pointed(q, text) for q in find_quantities(text) if not _within(q, taken) and _is_stated(q, text))
    return Slots(
        periods=periods,
        places=tuple(p for p in find_places(text) if not any(_inside(p, hit) for hit in hits)),
        quantities=quantities,
        people=tuple(dict.fromkeys(h.concept.removeprefix(PERSON) for h in hits if h.concept.startswith(PERSON))),
        currencies=tuple(dict.fromkeys(q.quantity.unit for q in quantities if q.quantity.is_money)),
    )


def _bare_end(found: FoundPeriod, anchor: date | None) -> bool:
    """Whether "the end of the year" is said with no year (年末): where it lies past the release, it names none, unless what is to come is asked."""
    return found.period.kind == PeriodKind.POINT and found.end - found.start <= BARE and anchor is not None and found.period.end is not None and found.period.end > anchor


def _is_stated(found: Found, text: str) -> bool:
    """Whether a number is a figure someone states: digits stand in it ("one", 一家 ask, they state nothing)."""
    return any(c.isdigit() for c in text[found.start : found.end])


def _pointed(found: Found, text: str) -> Found:
    """Read "15 points" as percentage points, as people type them."""
    if found.quantity.unit == COUNT and POINTS.match(text[found.end : found.end + 10]):
        return found._replace(quantity=replace(found.quantity, unit=POINT))
    return found


def _inside(place: FoundPlace, hit: Hit) -> bool:
    """Whether a place's name is only a part of a longer thing named (来宾 in 境外来宾, "the US" in "the US dollar")."""
    if place.start < hit.start < place.end < hit.end:
        return True
    return hit.start <= place.start and place.end <= hit.end and hit.end - hit.start > place.end - place.start


def _within(found: Found, taken: list[tuple[int, int]]) -> bool:
    return any(found.start < end and start < found.end for start, end in taken)
