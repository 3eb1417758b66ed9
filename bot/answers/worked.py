"""Answers worked out from stated figures, each with its formula: never from a number a person typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.derive import derive
from bot.answers.exchange import in_currency
from bot.answers.figures import counted_words
from bot.answers.formula import answer, formula
from bot.facts.model import FigureKind
from bot.text.period import PeriodKind
from bot.text.quantity import MULTIPLE, PERCENT, POINT

if TYPE_CHECKING:
    from bot.answers.case import Case
    from bot.answers.model import Answer
    from bot.facts.model import Figure


def year_before(case: Case) -> Answer | None:
    """Work out the level a year earlier from the level and its growth."""
    level, change = case.facts.level, case.facts.change
    if not level or not change or change.basis != "yoy" or change.quantity.unit != PERCENT:
        return None
    year = level.period.year if level.period and level.period.kind in (PeriodKind.YEAR, PeriodKind.POINT) else None
    template = "year_before_of" if year else "year_before"
    return in_currency(case, "year_before", [level, change], template, year=(year or 0) - 1)


def increase(case: Case) -> Answer | None:
    """Work out by how much, as an amount, a level rose over the year."""
    level, change = case.facts.level, case.facts.change
    if not level or not change or change.basis != "yoy" or change.quantity.unit != PERCENT:
        return None
    return in_currency(case, "increase", [level, change], f"increase_{change.sign or '+'}")


def nation_growth(case: Case) -> Answer | None:
    """Work out the national rate from the place's own and its distance to it."""
    change, gap = case.facts.change, case.facts.gap
    if not change or not gap:
        return None
    return answer(case, "nation_growth", [change, gap], "nation_growth")


def remainder(case: Case) -> Answer | None:
    """Work out the part that a share leaves."""
    share = case.facts.share
    if not share or share.quantity.unit != PERCENT:
        return None
    return answer(case, "remainder", [share], "remainder", topic=case.label)


def per_unit(case: Case) -> Answer | None:
    """Work out the average for each of the things counted beside an amount."""
    level, count = paired(case)
    if not level or not count:
        return None
    return in_currency(case, "per_unit", [level, count], "per_unit", counted=counted_words(case, count.quantity.counted) or "")


def per_month(case: Case) -> Answer | None:
    """Work out the average month of a year's flow; a balance has none."""
    return _spread(case, "per_month")


def per_quarter(case: Case) -> Answer | None:
    """Work out the average quarter of a year's flow; a balance has none."""
    return _spread(case, "per_quarter")


def _spread(case: Case, name: str) -> Answer | None:
    level = case.facts.level
    if not level or level.stock or not level.period or level.period.kind != PeriodKind.YEAR:
        return None
    return in_currency(case, name, [level], name)


def nation_ratio(case: Case) -> Answer | None:
    """Work out how many times the national rate the place's own is."""
    change, gap = case.facts.change, case.facts.gap
    if not change or not gap or gap.sign != "+":
        return None
    return answer(case, "nation_ratio", [change, gap], "nation_ratio")


def paired(case: Case) -> tuple[Figure | None, Figure | None]:
    """Find an amount and the number of those who share it, in one sentence: in this topic, else in a sibling."""
    level, count = case.facts.level, case.facts.count
    for name, facts in case.all_facts:
        if name in case.topic.siblings:
            level, count = level or facts.level, count or facts.count
    return (level, count) if level and count and level.sentence is count.sentence else (None, None)


def ratio(case: Case, other: Case) -> Answer | None:
    """Divide one topic's amount by another's, both in one currency."""
    counts = (case.facts.count, other.facts.count)
    pair = counts if case.question.concepts & {"how_many", "firm"} and all(counts) else same_currency(case, other)
    if not pair or not pair[0] or not pair[1]:
        return None
    result = derive("ratio", pair[0].quantity, pair[1].quantity)
    said = case.say(f"bound_{result.hedge}", q=case.say(f"unit_{MULTIPLE}", n=result.amount))
    inputs = [f.quantity for f in pair if f]
    headline = case.say("ratio_is", q=said, a=case.label, b=other.label)
    return case.derived(headline, formula(case, "ratio", inputs, said), [f for f in pair if f])


def same_currency(case: Case, other: Case) -> tuple[Figure, Figure] | None:
    """Find the two topics' amounts in one currency."""
    for a in (case.facts.level, case.facts.equivalent):
        for b in (other.facts.level, other.facts.equivalent):
            if a and b and a.quantity.unit == b.quantity.unit:
                return a, b
    return None


def difference(case: Case, pair: tuple[Figure, Figure], sides: tuple[Case, Case], lines: tuple[str, ...]) -> Answer:
    """Work out by how much one topic's figure is above the other's."""
    inputs = [f.quantity for f in pair]
    result = derive("difference", *inputs)
    if result.unit == PERCENT:
        result = replace(result, unit=POINT)
    said = case.words.bound(result)
    headline = case.say("difference_is", a=sides[0].label, b=sides[1].label, q=said)
    worked = formula(case, "difference", inputs, said)
    return case.derived(headline, worked, list(pair), beside=lines)


def contrast(case: Case, other: Case, *, growth: bool) -> Answer | None:
    """Set two topics' growth or amounts side by side, with their difference where it can be worked out."""
    counts = (case.facts.count, other.facts.count) if case.question.concepts & {"how_many", "firm"} else (None, None)
    pair = (case.facts.change, other.facts.change) if growth else counts if all(counts) else same_currency(case, other) or (case.facts.level, other.facts.level)
    a, b = pair
    if not a or not b:
        return None
    lines = [case.say("side", topic=c.label, q=case.words.figure(f)) for c, f in ((case, a), (other, b))]
    first, second = (case, other) if a.quantity.amount >= b.quantity.amount else (other, case)
    if None not in (a.stock, b.stock) and a.stock != b.stock and a.kind == b.kind == FigureKind.LEVEL:
        return case.stated(case.say("stock_and_flow"), [a, b], lines=tuple(lines))
    if a.quantity.unit != b.quantity.unit or a.quantity.unit == MULTIPLE:
        return case.stated(case.say("not_comparable"), [a, b], lines=tuple(lines))
    if case.question.concepts & {"both", "increase_abs", "how_much", "how_many"} or (growth and "by_points" in case.question.concepts):
        return difference(case, (a, b) if first is case else (b, a), (first, second), tuple(lines))
    headline = case.say("grew_faster" if growth else "is_larger", a=first.label, b=second.label)
    said = [case.words.figure(f) for f in ((a, b) if first is case else (b, a))]
    headline = case.say("with_both", headline=headline, a=said[0], b=said[1])
    return case.stated(headline, [a, b], lines=tuple(lines))
