"""Slots veto: a question about another period, place, currency or matter than the facts cover is refused by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.text.periods import find_periods
from bot.text.places import place_id, place_name, same_place, within

if TYPE_CHECKING:
    from bot.answers.case import Case
    from bot.facts.model import Figure
    from bot.questions.model import Hit
    from bot.text.period import FoundPeriod, Period

NATIONAL = ("gap", "nation_growth")
WHOLE_COUNTRY = "CN"
CURRENCY = "cur_"
PEOPLE = "people"
MEASURED_FROM = re.compile(r"(?:\b(?:over|from|than|against|versus|vs|since|to)(?: in)?|比|较|与|和|从)\s?\Z")
GROWING = frozenset({"growth", "gap", "fall", "bigger", "share", "average"})
BESIDE = 6
SECOND = "second"
OTHER_BASIS = "other_basis"
SPOKEN_OF = frozenset({"release"})  # "what does the release say, then?"
INSTITUTIONS = ("pboc", "safe")
CHANGES = ("change", "increase", "contrast", "gap")
HEADS = frozenset({"president", "director", "deputy"})


class Veto(NamedTuple):
    """What did not fit: the slot, and the value in the question's own words."""

    slot: str
    value: str


def find_veto(case: Case) -> Veto | None:
    """Give the first slot of the question that no fact of the topic fits, or None."""
    return _market(case) or _head(case) or _beside(case) or _elsewhere(case) or _place(case) or _period(case) or _currency(case) or _basis(case) or _speaker(case) or _ordinal(case)


def still_vetoed(case: Case) -> Veto | None:
    """Give what vetoed the question before where this one speaks on of it: it names neither the topic nor a value of its own.

    "Shanghai's settlement?" is refused, and so is "and the growth?" after it: Chongqing's would be taken for Shanghai's.
    """
    context, question = case.context, case.question
    if not context.refused or context.vetoed is None or context.topic != case.name:
        return None
    veto = Veto(*context.vetoed)
    own = {"place": question.slots.places, "period": tuple(p for p in question.slots.periods if p.period.year)}.get(veto.slot, ())
    named = {c for pattern in case.topic.patterns for c in pattern} | SPOKEN_OF
    return None if own or question.concepts & named else veto


def _surface(case: Case, concept: str) -> str:
    return next((h.surface for h in case.question.hits if h.concept == concept), concept)


def _market(case: Case) -> Veto | None:
    """Today's rate is not the rate the release implies."""
    asked = case.aspect in ("rate", "equivalent") and "now" in case.question.concepts
    return Veto("elsewhere", _surface(case, "now")) if asked else None


def _elsewhere(case: Case) -> Veto | None:
    """A near matter that no fact of the topic speaks of."""
    allowed = {c for pattern in case.topic.patterns for c in pattern} | set(case.topic.hints)
    if case.name == PEOPLE and not _local(case):
        allowed.discard("head_office")
    elif case.name == PEOPLE:
        allowed.add("head_office")
    meant = {(h.start, h.end) for h in case.question.hits if (h.concept in allowed or h.concept in case.book.asking) and h.concept not in case.book.elsewhere}
    for hit in case.question.hits:
        if hit.concept not in case.book.elsewhere or hit.concept in allowed or hit.concept in case.question.negated or (hit.start, hit.end) in meant:
            continue
        if not _alternative(case, hit, allowed):
            return Veto("elsewhere", hit.surface)
    return None


def _alternative(case: Case, hit: Hit, allowed: set[str]) -> bool:
    """Whether a near matter is only one side of a choice whose other side is the topic's own ("ATMs or POS terminals?")."""
    hits = case.question.hits
    return any(
        e.concept == "either" and 0 <= min(abs(e.end - hit.start), abs(hit.end - e.start)) <= BESIDE
        for e in hits
    ) and any(h.concept in allowed and h.concept != hit.concept for h in hits)


def _local(case: Case) -> bool:
    """Whether a question about an office speaks of the release's own branch or place."""
    own = _covered(case)
    return "branch" in case.question.concepts or any(found.id in own for found in case.question.slots.places)


def _head(case: Case) -> Veto | None:
    """The head of a national institution is not the head of its branch."""
    concepts = case.question.concepts
    institution = next((c for c in INSTITUTIONS if c in concepts), None)
    asked = case.name == PEOPLE and institution and concepts & HEADS and not _local(case) and not case.question.slots.people
    return Veto("elsewhere", _surface(case, institution)) if asked and institution else None


def _beside(case: Case) -> Veto | None:
    """Something asked of a person that is no office and no word of theirs."""
    if case.name != PEOPLE or not case.question.slots.people or "said" in case.question.concepts:
        return None
    known = {c for pattern in case.topic.patterns for c in pattern} | set(case.topic.hints)
    meant = {(h.start, h.end) for h in case.question.hits if h.concept in known or h.concept in case.book.asking}
    left = next((h for h in case.question.hits if h.concept in case.book.naming - case.book.asking - known and (h.start, h.end) not in meant), None)
    return Veto("elsewhere", left.surface) if left else None


def _place(case: Case) -> Veto | None:
    """A place that is neither the facts' own nor their counterpart."""
    covered = _covered(case)
    concepts = case.question.concepts
    if "nation" in concepts and concepts & {"volume_word", "value_word", "money_amount"} and not concepts & {"growth", "gap", "fall", "bigger", "share"}:
        return Veto("place", _surface(case, "nation"))
    if {"nation", "how_much"} <= concepts and case.aspect == "nation_growth" and not concepts & GROWING and not _of_growth(case):
        return Veto("place", _surface(case, "nation"))
    for found in case.question.slots.places:
        if any(same_place(found.id, own) for own in covered):
            continue
        if found.id == WHOLE_COUNTRY and (case.aspect in NATIONAL or "nation" in case.question.concepts or len(case.question.slots.places) > 1):
            continue
        if found.id != WHOLE_COUNTRY and any(within(own, found.id) for own in covered) and found.kind == "world":
            continue
        return Veto("place", place_name(found.id, case.words.lang))
    return None


def _of_growth(case: Case) -> bool:
    """Whether the dialogue is at a growth rate, so that "and nationally?" asks for the nation's."""
    return case.context.topic == case.name and case.context.aspect in ("change", "gap", "nation_growth")


def _covered(case: Case) -> set[str]:
    names = {case.facts.release.masthead.place or ""}
    for figure in case.facts.figures:
        names |= {figure.scope or "", figure.counterpart or ""}
    parts = {part.strip() for name in names for part in name.split(",")[:1]}
    return {found for part in parts if part and (found := place_id(part))}


def _period(case: Case) -> Veto | None:
    """A period that no figure of the topic has."""
    figures = [f for f in case.facts.figures if f.period]
    for found in case.question.slots.periods:
        if _compared_with(case, found, figures):
            continue
        if not any(fits(found.period, f) for f in figures) and not _told(case, found.period):
            value = case.question.text[found.start : found.end]
            return Veto("period", case.words.period(found.period) if found.period.year else value)
    return None


def _compared_with(case: Case, found: FoundPeriod, figures: list[Figure]) -> bool:
    """Whether a period is only what a change is measured from: the year before, beside the figure's own year or after "over"."""
    if case.aspect not in CHANGES:
        return False
    years = {p.period.year for p in case.question.slots.periods}
    own = {f.period.year for f in figures if f.period and f.basis == "yoy"}
    before = any(year is not None and found.period.year == year - 1 and years <= {year - 1, year} for year in own)
    return before and (len(years) > 1 or bool(MEASURED_FROM.search(case.question.text[: found.start])))


def _told(case: Case, period: Period) -> bool:
    """Whether a statement of the topic names the year in its own words, or the period is the release's own day."""
    year = str(period.year)
    texts = [s.sentence.text for s in case.facts.statements]
    if period.kind == "month" and period.start and period.end:
        days = [found.period for text in texts for found in find_periods(text, case.facts.release.masthead.published)]
        return any(day.start and day.end and period.start <= day.start and day.end <= period.end for day in days)
    if period.kind == "day" and period.end:
        day = case.facts.release.masthead.published
        return any(re.search(rf"\b{period.end.day}\b", t) for t in texts) or (period.end == day and case.topic.main == "source")
    return any(year in t for t in texts)


def fits(period: Period, figure: Figure) -> bool:
    """Whether a figure is of the period asked about."""
    own = figure.period
    if own is None or period.year is None:
        return True
    if own.year != period.year:
        return False
    if period.kind == "year" or (own.start, own.end) == (period.start, period.end):
        return True
    # A point within the year of a flow is no end of it; the year's own end is, and so is the same point in other words.
    return period.kind == "point" and own.kind in ("point", "year") and own.end == period.end


def _basis(case: Case) -> Veto | None:
    """A change on the quarter or month before, where the release's is on the year before."""
    change = case.facts.change
    asked = OTHER_BASIS in case.question.concepts and change is not None and change.basis == "yoy" and "either" not in case.question.concepts
    return Veto("elsewhere", _surface(case, OTHER_BASIS)) if asked else None


def _speaker(case: Case) -> Veto | None:
    """Words put in the mouth of someone whom no fact of the topic is ascribed to."""
    people = case.question.slots.people
    if not people or case.name == PEOPLE or "said" not in case.question.concepts:
        return None
    spoken = {f.speaker for f in case.facts.figures} | {s.speaker for s in case.facts.statements}
    return None if spoken & set(people) else Veto("speaker", people[0])


def _ordinal(case: Case) -> Veto | None:
    """A second of something the release calls the first, or names without rank."""
    asked = SECOND in case.question.concepts and case.facts.statements and case.topic.main != "credit"
    return Veto("elsewhere", _surface(case, SECOND)) if asked else None


def _currency(case: Case) -> Veto | None:
    """A currency that no figure of the topic is in and that the release gives no rate for."""
    units = {f.quantity.unit for f in case.facts.figures}
    for hit in case.question.hits:
        if hit.concept.startswith(CURRENCY) and hit.concept.removeprefix(CURRENCY) not in units:
            return Veto("currency", hit.surface)
    return None
