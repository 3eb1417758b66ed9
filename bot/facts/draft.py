"""A figure on its way: the quantity and its place are known, what it is about is not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bot.facts.model import FigureKind
    from bot.releases.model import Sentence, Span
    from bot.text.quantity import Quantity


class Draft(NamedTuple):
    """A quantity in its sentence; ``start`` and ``end`` are code points into the sentence, ``span`` into the release.

    ``label`` is a table cell's row and column; ``nth`` and ``of`` its place in a list of figures that share a sentence
    part ("respectively", 分别).
    """

    quantity: Quantity
    start: int
    end: int
    span: Span
    sentence: Sentence
    kind: FigureKind
    rule: str
    sign: str | None = None
    basis: str | None = None
    target: bool = False
    label: str | None = None
    nth: int = 0
    of: int = 1
    equivalent_of: Span | None = None
    doubts: tuple[str, ...] = ()
