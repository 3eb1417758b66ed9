"""Amounts in another currency: as the release states them, else at the rate its own two figures imply, never a market rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.answers.derive import derive
from bot.answers.formula import answer, formula

if TYPE_CHECKING:
    from bot.answers.case import Case
    from bot.answers.model import Answer
    from bot.facts.model import Figure

DOLLAR, YUAN = "USD", "CNY"
CURRENCIES = frozenset({"in_usd", "in_cny"})


class Rate(NamedTuple):
    """The two figures of a release that state one amount in yuan and in dollars."""

    yuan: Figure
    dollars: Figure


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


def asked_in(case: Case) -> str | None:
    """Give the currency a worked-out amount is asked in, or None where none is named."""
    return wanted_currency(case) if case.question.concepts & (CURRENCIES | {"convert"}) else None


def in_currency(case: Case, name: str, figures: list[Figure], template: str, **slots: object) -> Answer | None:
    """Work a derivation out in the currency asked: on the release's own amount in it, else converted at its implied rate."""
    level, *others = figures
    wanted = asked_in(case)
    if wanted is None or level.quantity.unit == wanted or not level.quantity.is_money:
        return answer(case, name, figures, template, **slots)
    native = next((f for f in (case.facts.level, case.facts.equivalent) if f and f.quantity.unit == wanted), None)
    if native and native.equivalent_of in (level.span, None):
        return answer(case, name, [native, *others], template, **slots)
    rates = rate_of(case)
    if not rates or wanted not in (DOLLAR, YUAN):
        return None
    return _chained(case, name, figures, rates, wanted)


def _chained(case: Case, name: str, figures: list[Figure], pair: Rate, wanted: str) -> Answer:
    """Work a derivation out and convert its result, both formulas shown."""
    step = "to_usd" if wanted == DOLLAR else "to_cny"
    rates = [pair.dollars, pair.yuan] if wanted == DOLLAR else [pair.yuan, pair.dollars]
    first = derive(name, *(f.quantity for f in figures))
    inputs = [first, *(r.quantity for r in rates)]
    said = case.words.bound(derive(step, *inputs))
    shown = formula(case, name, [f.quantity for f in figures], case.words.bound(first))
    return case.derived(case.say("converted", q=said), f"{shown}; {formula(case, step, inputs, said)}", [*figures, *rates])
