"""Figures of one measure that differ in little: which is the whole, which the surer, which the exact one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.text.quantity import Hedge

if TYPE_CHECKING:
    from bot.facts.model import Figure
    from bot.text.quantity import Quantity

MONEY_OR_NUMBER = (FigureKind.LEVEL, FigureKind.COUNT)
ROUNDLY = Decimal("0.05")


def is_whole(first: Figure, alike: tuple[Figure, ...]) -> bool:
    """Whether an amount that a release gives first is the whole, those after it, of other sentences, its parts."""
    others = [f for f in alike if f.quantity.amount != first.quantity.amount]
    whole = first.kind in MONEY_OR_NUMBER and all(f.quantity.amount < first.quantity.amount and f.sentence is not first.sentence for f in others)
    return whole and all(f.metric.casefold() == first.metric.casefold() for f in others)


def surest(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Of figures that differ in nothing but their amount, keep those whose sentence states the period, and of a round and an exact one the exact."""
    kept = []
    for figure in figures:
        alike = [f for f in figures if sort_of(f) == sort_of(figure)]
        alike = [f for f in alike if f.sentence.role != "headline"] or alike
        if figure not in alike:
            continue
        stated = {f.quantity.amount for f in alike if f.period and not f.period.inferred}
        if (not stated or figure.quantity.amount in stated) and not any(rounds(figure.quantity, f.quantity) for f in alike):
            kept.append(figure)
    return tuple(kept)


def rounds(one: Quantity, other: Quantity) -> bool:
    """Whether a hedged amount only says another, exact one roundly: over 520 billion, and 521.86 billion."""
    if one.hedge == Hedge.EXACT or other.hedge != Hedge.EXACT:
        return False
    apart = (other.amount - one.amount) / one.amount if one.amount else ROUNDLY
    sides = {Hedge.OVER: apart >= 0, Hedge.AT_LEAST: apart >= 0, Hedge.UNDER: apart <= 0, Hedge.UP_TO: apart <= 0}
    return abs(apart) < ROUNDLY and sides.get(one.hedge, True)


def sort_of(figure: Figure) -> tuple[object, ...]:
    """Give what two figures share that differ in their amount alone."""
    return figure.kind, figure.quantity.unit, figure.basis, figure.equivalent_of is None, figure.quantity.counted
