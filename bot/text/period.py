"""A period of time as a text names it: a year, half, quarter, month, day, run of months or a point ("end of June")."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class PeriodKind(StrEnum):
    """What sort of stretch a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"
    RUN = "run"  # several months or quarters together: January-April, the first three quarters
    POINT = "point"  # a point in time: the end of June, late 2024
    OTHER = "other"  # "five years ago": known only by its words


class Period(NamedTuple):
    """A stretch or point of time; ``start`` and ``end`` are inclusive days, None when not known.

    ``text`` says it completely in the document's language ("first half of 2025", "2024年前三季度").
    ``origin`` tells what it was read from: ``sentence``, ``paragraph``, ``section`` or ``document`` (the last three inferred).
    """

    kind: PeriodKind
    start: date | None
    end: date | None
    text: str
    origin: str = "sentence"

    @property
    def year(self) -> int | None:
        """The calendar year it ends in, if known."""
        return self.end.year if self.end else None

    @property
    def inferred(self) -> bool:
        """Whether the sentence itself does not state it."""
        return self.origin != "sentence"


class FoundPeriod(NamedTuple):
    """A period at its place in a text (code points)."""

    period: Period
    start: int
    end: int
