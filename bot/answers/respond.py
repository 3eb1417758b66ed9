"""From a case to its answer: vetoes first, then claims, then the aspect asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers import exchange, figures, told, worked
from bot.answers.claims import NUMBER_OF, misplaced, verdict
from bot.answers.demands import miscounted, unasked, unmet, wanting
from bot.answers.refusals import refuse_aspect, refuse_veto
from bot.answers.select import matches
from bot.answers.vetoes import find_veto, fits, still_vetoed
from bot.text.quantity import MULTIPLE

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
INSTEAD = {"purpose": "purpose", "plan": "plan", "outlook": "plan"}
OWN = {"in_cny": "CNY", "in_usd": "USD"}
COUNTED = ("count", "change", "share", "equivalent", "gap", "place", "year")
PEOPLE = "people"
NOT_OF_PEOPLE = ("cause", "purpose", "place", "ordinal", "period", "schedule")
NAMED = ("place", "name", "role", "event", "credit")
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
    if missing := wanting(case):
        return refuse_aspect(replace(case, aspect=missing))
    claimed = verdict(case)
    if claimed:
        return claimed
    if lacking := unmet(case, answers) or _lacking(case):
        return refuse_aspect(replace(case, aspect=lacking))
    if case.aspect == "period" and case.context.aspect == "speaker" and case.context.topic == case.name and (said := told.occasion(case)):
        return said  # asked after who said it, "when" is when it was said
    answer = _all(case) if _whole(case) else answers(case, case.aspect) or _yielded(case)
    return _dated(case, answer, now) if answer else refuse_aspect(case)


def _lacking(case: Case) -> str | None:
    """Give the aspect that a topic's own kind of facts cannot answer: an amount where it has a number, names where it only counts."""
    concepts, facts = case.question.concepts, case.facts
    if case.aspect == "level" and "money_amount" in concepts and not any(f.quantity.is_money for f in facts.figures):
        return case.aspect
    if case.aspect == "level" and concepts & {"value_word", "volume_word"} and not facts.figures:
        return case.aspect
    if "value_word" in concepts and "how_many" not in concepts and ((case.aspect == "level" and not facts.level) or _grows_in_number(case)):
        return "level"
    if case.aspect in NAMING and _only_counted(case):
        return "names"
    return case.aspect if case.name == PEOPLE and case.aspect in NOT_OF_PEOPLE else None


def _combined(case: Case) -> Case:
    """A currency asked of what is worked out (in this question, or just before) asks for that in the currency."""
    spoken_of = case.question.slots.people or (case.context.person and case.question.concepts & {"he", "office"})
    if case.name == PEOPLE and spoken_of and case.aspect in ("definition", "identify", "level"):
        return replace(case, aspect="people")
    if case.aspect in ("increase", "contrast") and case.facts.count and not case.facts.change and case.question.concepts & {"how_many", "increase_abs"} and "year_before" not in case.question.concepts:
        return replace(case, aspect="count")  # "how many more initiatives": the release counts the others
    if case.aspect == "ratio" and case.facts.share:
        return replace(case, aspect="share")
    if case.aspect in ("change", "contrast") and "growth" in case.question.concepts and _in_its_own(case):
        return replace(case, aspect="increase")
    if case.aspect != "equivalent":
        return case
    concepts = case.question.concepts
    asked = next((a for c, a in WORKED_OUT.items() if c in concepts), "increase" if "growth" in concepts and ("money_amount" in concepts or _in_its_own(case)) else None)
    before = case.context.aspect if case.context.topic == case.name and not case.context.refused else None
    aspect = asked or (before if before in WORKED_OUT.values() else None)
    return replace(case, aspect=aspect) if aspect else case


def _grows_in_number(case: Case) -> bool:
    """Whether growth is asked of a value where the release has that of a number."""
    return case.aspect == "change" and case.facts.change is not None and bool(NUMBER_OF.search(case.facts.change.metric))


def _in_its_own(case: Case) -> bool:
    """Whether growth is asked in the currency the level is in: that asks for the amount it grew by."""
    level, change = case.facts.level, case.facts.change
    starts = {h.start for h in case.question.hits}
    # "Growth in yuan settlement" names the topic; "growth in yuan, please" asks for yuan.
    asked = {OWN[h.concept] for h in case.question.hits if h.concept in OWN and not starts & {h.end, h.end + 1}}
    return level is not None and change is not None and level.quantity.unit in asked


def _amount_beside(case: Case) -> Case:
    """Money asked of a topic that only counts is that of its sibling in the same sentence."""
    concepts, count = case.question.concepts, case.facts.count
    money = concepts & {"money_amount", "in_usd", "in_cny"} or ("how_much" in concepts and "firm" not in concepts and case.context.topic == case.name)
    if case.facts.level or not count or not money or case.aspect not in ("level", "equivalent", "increase"):
        return case
    for name, facts in case.all_facts:
        if name in case.topic.siblings and facts.level and facts.level.sentence is count.sentence:
            return replace(case, name=name, facts=facts)
    return case


def _count_beside(case: Case) -> Case:
    """A number asked of a topic that has only an amount is that of the one whose sentence shares it."""
    return count_beside(case) if case.aspect == "count" else case


def count_beside(case: Case) -> Case:
    """Take the topic that counts the firms of an amount's own sentence, where firms are asked about and this one has no number."""
    level = case.facts.level
    if case.facts.count or not level or not case.question.concepts & {"firm"}:
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
    if case.aspect == "increase" and case.facts.change and case.facts.change.quantity.unit == MULTIPLE:
        return figures.change(case)  # how much more in number is not said, only how many times
    if not case.facts.figures and (told_instead := _told_instead(case)):
        return told_instead
    if case.aspect == "people" and "who" not in case.question.concepts and case.name != PEOPLE:
        return told.statement(case)  # the role of a place is no one's office
    if case.topic.whole and case.aspect == "place":
        return None
    if case.aspect == "change" and "change_word" in case.question.concepts and not case.facts.figures:
        return told.plan(case)  # what changes in a policy is what is planned for it
    if case.aspect in ("period", "year") and (dated := told.dated(case)):
        return dated
    if "plan" in case.question.concepts and not case.facts.figures and case.aspect in HANDLERS and case.aspect != "period":
        return told.plan(case)
    for other in YIELDING.get(case.aspect, ()):
        answer = figures.main(case) if other == "main" else answers(case, other)
        answer = answer or (told.statement(case) if other == "main" else None)
        if answer:
            return answer
    return None


def _told_instead(case: Case) -> Answer | None:
    """What a topic without any figure tells where its words asked for a figure or a cause: its purpose, its plan, its list."""
    if case.aspect == "cause":
        return answers(case, "purpose")  # why a measure was taken is what it is for
    other = next((aspect for concept, aspect in INSTEAD.items() if concept in case.question.concepts), None)
    return answers(case, other) if other and case.aspect in ("change", "increase") else None


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
    reckons = case.aspect == "change" and ("work_out" in case.question.concepts or any(matches(q.quantity, f) for q in case.question.slots.quantities for f in (case.facts.change,) if f))
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
