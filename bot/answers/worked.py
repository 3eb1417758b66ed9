"""Answers worked out from stated figures, each with its formula: never from a number a person typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from bot.answers.derive import TABLE, derive
from bot.answers.figures import counted_words
from bot.text.quantity import MULTIPLE, PERCENT, POINT

if TYPE_CHECKING:
    from bot.answers.case import Case
    from bot.answers.model import Answer
    from bot.facts.model import Figure
    from bot.text.quantity import Quantity

DOLLAR, YUAN = "USD", "CNY"


class Rate(NamedTuple):
    """The two figures of a release that state one amount in yuan and in dollars."""

    yuan: Figure
    dollars: Figure


def formula(case: Case, name: str, inputs: list[Quantity], result: str) -> str:
    """Write a derivation's formula with its inputs' bounds and its result."""
    left = TABLE[name].formula.format(*(case.words.bound(q) for q in inputs))
    return f"{left} = {result}"


def answer(case: Case, name: str, figures: list[Figure], template: str, **slots: object) -> Answer:
    """Work a derivation out and word it."""
    inputs = [f.quantity for f in figures]
    result = derive(name, *inputs)
    said = case.words.bound(result)
    headline = case.say(template, q=said, **slots)
    return case.derived(headline, formula(case, name, inputs, said), figures)


def year_before(case: Case) -> Answer | None:
    """Work out the level a year earlier from the level and its growth."""
    level, change = case.facts.level, case.facts.change
    if not level or not change or change.basis != "yoy" or change.quantity.unit != PERCENT:
        return None
    year = level.period.year if level.period else None
    template = "year_before_of" if year else "year_before"
    return answer(case, "year_before", [level, change], template, year=(year or 0) - 1)


def increase(case: Case) -> Answer | None:
    """Work out by how much, as an amount, a level rose over the year."""
    level, change = case.facts.level, case.facts.change
    if not level or not change or change.basis != "yoy" or change.quantity.unit != PERCENT:
        return None
    return answer(case, "increase", [level, change], f"increase_{change.sign or '+'}")


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
    if case.question.concepts & {"in_cny", "in_usd"} and level.quantity.unit != wanted_currency(case):
        return convert_average(case, wanted_currency(case))
    return answer(case, "per_unit", [level, count], "per_unit", counted=counted_words(case, count.quantity.counted) or "")


def paired(case: Case) -> tuple[Figure | None, Figure | None]:
    """Find an amount and the number of those who share it, in one sentence: in this topic, else in a sibling."""
    level, count = case.facts.level, case.facts.count
    for name, facts in case.all_facts:
        if name in case.topic.siblings:
            level, count = level or facts.level, count or facts.count
    return (level, count) if level and count and level.sentence is count.sentence else (None, None)


def rate_of(case: Case) -> Rate | None:
    """Find the one pair of figures in the release that states an amount in both currencies."""
    figures = case.store.facts[case.facts.release.id].figures
    for figure in figures:
        if figure.equivalent_of is None:
            continue
        first = next((f for f in figures if f.span == figure.equivalent_of), None)
        pair = {f.quantity.unit: f for f in (first, figure) if f}
        if DOLLAR in pair and YUAN in pair:
            return Rate(pair[YUAN], pair[DOLLAR])
    return None


def pair(case: Case) -> Answer | None:
    """Give the topic's own two currencies, where it states both: the pair a rate is implied by."""
    level, other = case.facts.level, case.facts.equivalent
    return case.stated(case.words.figure(level), [level, other]) if level and other else None


def rate(case: Case) -> Answer | None:
    """Work out the yuan-per-dollar rate the release's own pair implies: that, never a market rate."""
    pair = rate_of(case)
    if not pair:
        return None
    result = derive("rate", pair.yuan.quantity, pair.dollars.quantity)
    said = case.say(f"bound_{result.hedge}", q=case.say("unit_rate", n=result.amount))
    inputs = [pair.yuan.quantity, pair.dollars.quantity]
    return case.derived(case.say("implied_rate", q=said), formula(case, "rate", inputs, said), list(pair))


def equivalent(case: Case) -> Answer | None:
    """Give an amount in the other currency: as stated where the release does, else at its implied rate."""
    wanted = wanted_currency(case)
    stated = [f for f in (case.facts.level, case.facts.equivalent) if f]
    if case.context.aspect == "per_unit" and case.context.topic == case.name:
        return convert_average(case, wanted)
    native = next((f for f in stated if f.quantity.unit == wanted), None)
    if native:
        others = [f for f in stated if f is not native]
        headline = case.words.quantity(native.quantity)
        return case.stated(headline, [native, *others], lines=tuple(case.words.quantity(f.quantity) for f in others))
    pair = rate_of(case)
    if not stated or not pair or wanted not in (DOLLAR, YUAN):
        return None
    return converted(case, stated[0], pair, wanted)


def converted(case: Case, level: Figure, pair: Rate, wanted: str) -> Answer:
    """Convert an amount at the release's implied rate, and say that it is that."""
    name = "to_usd" if wanted == DOLLAR else "to_cny"
    rates = [pair.dollars, pair.yuan] if wanted == DOLLAR else [pair.yuan, pair.dollars]
    return answer(case, name, [level, *rates], "converted")


def convert_average(case: Case, wanted: str) -> Answer | None:
    """Convert the average just given at the release's implied rate."""
    level, count = paired(case)
    pair = rate_of(case)
    if not level or not count or not pair or level.quantity.unit == wanted:
        return None
    name = "to_usd" if wanted == DOLLAR else "to_cny"
    rates = [pair.dollars, pair.yuan] if wanted == DOLLAR else [pair.yuan, pair.dollars]
    average = derive("per_unit", level.quantity, count.quantity)
    inputs = [average, *(r.quantity for r in rates)]
    result = derive(name, *inputs)
    said = case.words.bound(result)
    first = formula(case, "per_unit", [level.quantity, count.quantity], case.words.bound(average))
    both = f"{first}; {formula(case, name, inputs, said)}"
    return case.derived(case.say("converted", q=said), both, [level, count, *rates])


def wanted_currency(case: Case) -> str:
    """Tell which currency is asked for: the one named, else the other one than the release's."""
    concepts = case.question.concepts
    if "in_cny" in concepts:
        return YUAN
    if "in_usd" in concepts:
        return DOLLAR
    level = case.facts.level
    if "rmb" in concepts and "convert" in concepts:
        return YUAN
    return DOLLAR if level and level.quantity.unit == YUAN else YUAN


def ratio(case: Case, other: Case) -> Answer | None:
    """Divide one topic's amount by another's, both in one currency."""
    pair = same_currency(case, other)
    if not pair:
        return None
    result = derive("ratio", pair[0].quantity, pair[1].quantity)
    said = case.say(f"bound_{result.hedge}", q=case.say(f"unit_{MULTIPLE}", n=result.amount))
    inputs = [f.quantity for f in pair]
    headline = case.say("ratio_is", q=said, a=case.label, b=other.label)
    return case.derived(headline, formula(case, "ratio", inputs, said), list(pair))


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
    pair = (case.facts.change, other.facts.change) if growth else same_currency(case, other) or (case.facts.level, other.facts.level)
    a, b = pair
    if not a or not b:
        return None
    lines = [case.say("side", topic=c.label, q=case.words.figure(f)) for c, f in ((case, a), (other, b))]
    first, second = (case, other) if a.quantity.amount >= b.quantity.amount else (other, case)
    if a.quantity.unit != b.quantity.unit or a.quantity.unit == MULTIPLE:
        return case.stated(case.say("not_comparable"), [a, b], lines=tuple(lines))
    if case.question.concepts & {"both", "increase_abs", "how_much"}:
        return difference(case, (a, b) if first is case else (b, a), (first, second), tuple(lines))
    headline = case.say("grew_faster" if growth else "is_larger", a=first.label, b=second.label)
    said = [case.words.figure(f) for f in ((a, b) if first is case else (b, a))]
    headline = case.say("with_both", headline=headline, a=said[0], b=said[1])
    return case.stated(headline, [a, b], lines=tuple(lines))
