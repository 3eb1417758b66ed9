"""A quantity as printed: an amount, its unit and its hedge; it behaves as an interval."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

INFINITY = Decimal("Infinity")
ABOUT_SHARE = Decimal("0.05")
PERCENT = "percent"
POINT = "percentage_point"
MULTIPLE = "multiple"
COUNT = "count"


class Hedge(StrEnum):
    """How exactly the release commits itself: "over", "nearly", "approx." are data, never dropped."""

    EXACT = "exact"
    OVER = "over"
    UNDER = "under"
    ABOUT = "about"
    AT_LEAST = "at_least"
    UP_TO = "up_to"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in base units (37 for 37%, 4E11 for 400 billion; basis points as points / 100).

    ``unit`` is an ISO 4217 code, ``percent``, ``percentage_point``, ``multiple`` or ``count``;
    ``counted`` says what is counted; ``surface`` is the number with scale and unit as printed; ``is_money`` tells whether
    the unit is a currency.
    """

    amount: Decimal
    unit: str
    hedge: Hedge = Hedge.EXACT
    surface: str = ""
    counted: str | None = None
    is_money: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Tell once whether the unit is a currency: ISO 4217 codes have three letters."""
        object.__setattr__(self, "is_money", len(self.unit) == 3 and self.unit.isupper())  # noqa: PLR2004 - as said above

    def same_as(self, other: Quantity) -> bool:
        """Whether amount and unit agree, whatever the hedges."""
        return self.amount == other.amount and self.unit == other.unit


class Found(NamedTuple):
    """A quantity at its place: ``text[start:end] == quantity.surface`` (code points)."""

    quantity: Quantity
    start: int
    end: int
