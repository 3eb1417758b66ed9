"""From a case to its answer: vetoes first, then claims, then the aspect asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import exchange, figures, told, worked
from bot.answers.claims import misplaced, verdict
from bot.answers.demands import miscounted, unasked, uncounted, unmet
from bot.answers.refusals import refuse_aspect, refuse_veto
from bot.answers.select import matches
from bot.answers.vetoes import find_veto, fits, still_vetoed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.answers.case import Case
    from bot.answers.model import Answer

HANDLERS: dict[str, Callable[[Case], Answer | None]] = {
    "level": figures.level,
    "change": figures.change,
    "gap": figures.gap,
    "nation_growth": worked.nation_growth,
    "count": figures.count,
    "equivalent": exchange.equivalent,
    "rate": exchange.rate,
    "pair": exchange.pair,
    "year_before": worked.year_before,
    "increase": worked.increase,
    "per_unit": worked.per_unit,
    "per_month": worked.per_month,
    "per_quarter": worked.per_quarter,
    "nation_ratio": worked.nation_ratio,
    "share": figures.share,
    "remainder": worked.remainder,
    "period": figures.period,
    "base": figures.base,
    "speaker": figures.speaker,
    "identify": figures.identify,
    "basis": figures.basis,
    "quote": figures.quote,
    "statement": told.statement,
    "definition": told.definition,
    "defined": told.defined,
    "year": figures.year,
    "plan": told.plan,
    "list": told.statement,
    "purpose": told.statement,
    "place": told.place,
    "ordinal": told.statement,
    "people": told.people,
    "credit": told.credit,
    "source": told.source,
}
# Asking words whose answer is worked out, and the aspect they ask for.
WORKED_OUT = {"year_before": "year_before", "increase_abs": "increase", "average": "per_unit", "per_month": "per_month", "per_quarter": "per_quarter"}
COUNTED = ("count", "change", "share", "equivalent", "gap", "place", "year")
PEOPLE = "people"
NOT_OF_PEOPLE = ("purpose", "place", "ordinal", "period", "schedule")
NAMED = ("place", "name", "role", "event")
NAMING = ("list", "definition", "names")
# Asked of a year, these are of that year and no other.
OF_ITS_OWN_YEAR = frozenset({"change", "gap", "nation_growth", "count", "share", "per_unit", "rate", "increase", "speaker", "quote", "remainder"})
# An aspect that only colours the question gives way to the topic's own where it has no answer of its own.
YIELDING = {
    "level": ("statement", "main"),
    "statement": ("main",),
    "definition": ("main",),
    "list": ("main",),
    "plan": ("statement",),
    "purpose": (),
    "place": ("main",),
    "ordinal": (),
    "people": ("speaker", "statement"),
    "speaker": ("people",),
    "period": (),
    "share": (),
    "contrast": ("main",),
    "ratio": ("change",),
    "identify": ("main",),
    "basis": ("main",),
}


def answers(case: Case, aspect: str) -> Answer | None:
    """Give the answer to one aspect, or None where the release has none."""
    handler = HANDLERS.get(aspect)
    return handler(case) if handler else None


def respond(case: Case, now: datetime) -> Answer:
    """Answer a case, or refuse it by name."""
    case = _combined(case)
    if veto := still_vetoed(case):
        return refuse_veto(case, veto)
    derived = _year_before(case)
    if derived:
        return derived
    case = _count_beside(_amount_beside(case))
    veto = find_veto(case) or miscounted(case) or unasked(case)
    if veto:
        case = replace(case, trace=(*case.trace, f"veto: {veto.slot} {veto.value}"))
        return misplaced(case, veto) or refuse_veto(case, veto)
    if uncounted(case):
        return refuse_aspect(replace(case, aspect="count"))
    claimed = verdict(case)
    if claimed:
        return claimed
    if lacking := unmet(case, answers):
        return refuse_aspect(replace(case, aspect=lacking))
    sized = case.question.concepts & {"value_word", "volume_word"}
    if sized and case.aspect == "level" and not case.facts.figures:
        return refuse_aspect(case)
    if "value_word" in case.question.concepts and case.aspect == "level" and not case.facts.level:
        return refuse_aspect(case)
    if case.aspect in NAMING and _only_counted(case):
        return refuse_aspect(replace(case, aspect="names"))
    if case.name == PEOPLE and case.aspect in NOT_OF_PEOPLE:
        return refuse_aspect(case)
    answer = _all(case) if _whole(case) else answers(case, case.aspect) or _yielded(case)
    return _dated(case, answer, now) if answer else refuse_aspect(case)


def _combined(case: Case) -> Case:
    """A currency asked of what is worked out (in this question, or just before) asks for that in the currency."""
    if case.name == PEOPLE and case.question.slots.people and case.aspect in ("definition", "identify", "level"):
        return replace(case, aspect="people")
    if case.aspect != "equivalent":
        return case
    concepts = case.question.concepts
    asked = next((a for c, a in WORKED_OUT.items() if c in concepts), "increase" if {"growth", "money_amount"} <= concepts else None)
    before = case.context.aspect if case.context.topic == case.name and not case.context.refused else None
    aspect = asked or (before if before in WORKED_OUT.values() else None)
    return replace(case, aspect=aspect) if aspect else case


def _amount_beside(case: Case) -> Case:
    """Money asked of a topic that only counts is that of its sibling in the same sentence."""
    concepts, count = case.question.concepts, case.facts.count
    if case.facts.level or not count or not concepts & {"money_amount", "in_usd", "in_cny"} or case.aspect not in ("level", "equivalent", "increase"):
        return case
    for name, facts in case.all_facts:
        if name in case.topic.siblings and facts.level and facts.level.sentence is count.sentence:
            return replace(case, name=name, facts=facts)
    return case


def _count_beside(case: Case) -> Case:
    """A number asked of a topic that has only an amount is that of the one whose sentence shares it."""
    level = case.facts.level
    if case.facts.count or not level or case.aspect != "count" or not case.question.concepts & {"firm"}:
        return case
    for name, facts in case.all_facts:
        if case.name in case.book.topics[name].siblings and facts.count and facts.count.sentence is level.sentence:
            return replace(case, name=name, facts=facts)
    return case


def _whole(case: Case) -> bool:
    """Whether the topic gives all it holds to any aspect that a handler knows."""
    return case.topic.whole and case.aspect in HANDLERS and case.aspect not in COUNTED


def _all(case: Case) -> Answer | None:
    return HANDLERS[case.topic.main](case)


def _only_counted(case: Case) -> bool:
    """Whether the release counts the topic's things and says nothing else of them: their names are not given."""
    figures_there = case.facts.figures
    return bool(figures_there) and all(f.kind == "count" for f in figures_there) and not case.facts.statements


def _yielded(case: Case) -> Answer | None:
    if case.aspect == "names" and not case.facts.figures and any(s.items or s.kind in NAMED for s in case.facts.statements):
        return told.statement(case)
    if case.topic.whole and case.aspect == "place":
        return None
    if case.aspect == "change" and "change_word" in case.question.concepts and not case.facts.figures:
        return told.plan(case)  # what changes in a policy is what is planned for it
    if case.aspect == "period" and (dated := told.dated(case)):
        return dated
    if "plan" in case.question.concepts and not case.facts.figures and case.aspect in HANDLERS and case.aspect != "period":
        return told.plan(case)
    for other in YIELDING.get(case.aspect, ()):
        answer = figures.main(case) if other == "main" else answers(case, other)
        answer = answer or (told.statement(case) if other == "main" else None)
        if answer:
            return answer
    return None


def _year_before(case: Case) -> Answer | None:
    """A period one year before the figure's is worked out where the release gives the growth."""
    periods = [p for p in case.question.slots.periods if p.period.year]
    level = case.facts.level
    if len(periods) != 1 or not level or not level.period or not level.period.year:
        return None
    period = periods[0].period
    if level.period.kind not in ("year", "point") or period.year != level.period.year - 1 or period.kind not in ("year", "point") or any(fits(period, f) for f in case.facts.figures):
        return None
    if find_veto(replace(case, question=replace(case.question, slots=replace(case.question.slots, periods=())))):
        return None
    reckons = case.aspect == "change" and any(matches(q.quantity, f) for q in case.question.slots.quantities for f in (case.facts.change,) if f)
    if case.aspect not in OF_ITS_OWN_YEAR or reckons:
        return worked.year_before(replace(case, aspect="year_before"))
    return None


def _dated(case: Case, answer: Answer, now: datetime) -> Answer:
    """Name the year a relative period was read as, and what today's reading would be."""
    notes = []
    for found in case.question.slots.periods:
        said = case.question.text[found.start : found.end]
        year = found.period.year
        published = case.facts.release.masthead.published
        if not year or not published or any(c.isdigit() for c in said):
            continue
        notes.append(case.say("relative_read", said=said, year=year))
        if now.year != published.year:
            notes.append(case.say("relative_now", year=year + now.year - published.year))
    return replace(answer, lines=(*answer.lines, *notes)) if notes else answer
