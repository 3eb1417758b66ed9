"""What a release says: figures (with a number) and statements (without one)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.releases.model import Sentence, Span
    from bot.text.period import Period
    from bot.text.quantity import Quantity


class FigureKind(StrEnum):
    """What a figure is: an amount, a growth rate or difference, a part of a whole, and so on."""

    LEVEL = "level"
    CHANGE = "change"
    SHARE = "share"
    COUNT = "count"
    RATE = "rate"
    MULTIPLE = "multiple"


class StatementKind(StrEnum):
    """What a statement is; planned and done are told apart."""

    DONE = "done"  # built, secured, implemented
    PLANNED = "planned"  # will, plans to, announced plans for
    ADVOCATED = "advocated"  # will advocate for, calls for
    ROLE = "role"  # a person's office
    PLACE = "place"  # where something is
    NAME = "name"  # a name, an abbreviation, a strategy, the industries it names
    EVENT = "event"  # a press conference and its date
    CLAIM = "claim"  # any other claim
    CREDIT = "credit"  # a photo credit


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and what it is about.

    ``metric`` is what is measured, in the release's words; ``scope`` the place or entity; ``counterpart`` the other
    side (ASEAN, foreign visitors); ``basis`` of a change: yoy, mom, qoq, ytd, prev_period, since, vs_peer;
    ``sign`` "+" or "-" for changes and multiples, else None; ``stock`` True for a balance, False for a flow, None if
    neither; ``target`` True for forecasts and targets; ``rule`` the rule that made it; ``span`` its surface;
    ``sentence`` where it stands; ``doubts`` what is odd about it in the source, kept and flagged.
    """

    release: str
    quantity: Quantity
    kind: FigureKind
    metric: str
    span: Span
    sentence: Sentence
    rule: str
    scope: str | None = None
    counterpart: str | None = None
    period: Period | None = None
    basis: str | None = None
    sign: str | None = None
    speaker: str | None = None
    stock: bool | None = None
    target: bool = False
    equivalent_of: Span | None = None  # the span of the figure this one restates in another currency
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim without a number: ``subject`` does or is ``action`` (its verb), about ``object``; words of the release.

    For a role: subject is the person, object the offices. For a name: subject the thing named, object its name or items.
    """

    release: str
    kind: StatementKind
    span: Span
    sentence: Sentence
    rule: str
    subject: str | None = None
    action: str | None = None
    object: str | None = None
    items: tuple[str, ...] = ()
    speaker: str | None = None
    scope: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one release says, in text order."""

    figures: tuple[Figure, ...] = field(default=())
    statements: tuple[Statement, ...] = field(default=())
