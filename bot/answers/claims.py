"""Claims: a figure someone states is held against the release's own; a false premise is never confirmed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.answers.case import quote_of
from bot.answers.derive import TABLE
from bot.answers.figures import beside, count_words, metric
from bot.answers.select import matches
from bot.facts.model import StatementKind
from bot.text.quantity import COUNT, POINT, Hedge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.case import Case
    from bot.answers.model import Answer, Quote
    from bot.answers.vetoes import Veto
    from bot.facts.model import Figure
    from bot.text.quantity import Quantity

CLAIMING = frozenset({"confirm", "why", "not_that"})
ONE = 1
LARGE = 1_000_000
NUMBER_OF = re.compile(r"\bnumber of\b|笔数|件数", re.IGNORECASE)
LOWER, UPPER = (Hedge.OVER, Hedge.AT_LEAST), (Hedge.UNDER, Hedge.UP_TO)


def stated(case: Case) -> tuple[Quantity, ...]:
    """Give the figures the question states, a lone "one dollar" left out."""
    return tuple(q.quantity for q in case.question.slots.quantities if q.quantity.amount != ONE)


def verdict(case: Case) -> Answer | None:
    """Hold what the question states against the release; None where it states nothing or only refers to a figure."""
    quantities = stated(case)
    concepts = case.question.concepts
    if not quantities:
        return _premise(case)
    wrong = [q for q in quantities if not any(matches(q, f) and not crosses(q, f) for f in case.facts.figures)]
    claimed = "confirm" in concepts or against(case) or (wrong and _stands_by(case, wrong))
    if not claimed:
        return None
    figures = list(dict.fromkeys(f for q in quantities if (f := counterpart(case, q))))
    if not figures:
        return None
    return _worded(case, figures, wrong)


def _stands_by(case: Case, wrong: list[Quantity]) -> bool:
    """Whether a figure nobody asks to confirm is still said of the topic: it has a unit, or "why" or "not that" is said of it."""
    if case.aspect in TABLE and not case.question.concepts & CLAIMING:
        return False  # what is stated is there to be worked with
    return bool(case.question.concepts & CLAIMING) or any(q.unit != COUNT or q.counted for q in wrong)


def misplaced(case: Case, veto: Veto) -> Answer | None:
    """Answer a claim whose figure, day or words are the release's own but of another period, speaker or matter.

    None where nothing of the claim stands in the release: then it is refused.
    """
    if "confirm" not in case.question.concepts:
        return None
    if veto.slot == "speaker":
        return _other_speaker(case)
    own = list(dict.fromkeys(f for q in stated(case) for f in case.facts.figures if matches(q, f)))
    if own and len(own) >= len(stated(case)) and veto.slot in ("period", "elsewhere"):
        said = case.say("and").join(case.say("it_is", said=said_of(case, f), metric=f.metric) for f in own)
        return case.stated(case.say("claim_differs", said=said), own, lines=(case.say(f"note_{veto.slot}"),))
    if case.facts.figures or stated(case) or not case.facts.statements or veto.slot == "elsewhere":
        return None
    told = [s for s in case.facts.statements if s.kind == StatementKind.EVENT] if veto.slot == "period" else case.facts.statements[:1]
    if not told:
        return None
    words = case.facts.release.quote(told[0].span)
    return case.told(case.say("claim_differs", said=case.say("quoted", words=words)), told)


def _other_speaker(case: Case) -> Answer | None:
    """Name who did say it, where the release does."""
    spoken = [f for f in case.facts.figures if f.speaker]
    if spoken:
        said = case.say("speaker_is", speaker=spoken[0].speaker)
        return case.stated(case.say("claim_differs", said=said), spoken[:1], lines=(case.words.figure(spoken[0]),))
    told = [s for s in case.facts.statements if s.speaker]
    if not told:
        return None
    return case.told(case.say("claim_differs", said=case.say("speaker_is", speaker=told[0].speaker)), told[:1])


def _worded(case: Case, figures: list[Figure], wrong: list[Quantity]) -> Answer:
    said = case.say("and").join(said_of(case, f) for f in figures)
    others = dict(_others(case, wrong))
    more, also = beside(case, *figures)
    notes = (*_notes(case, figures), *_scale(case, wrong), *others, *more)
    template = "claim_differs" if wrong or against(case) or _misnamed(case, figures) else "claim_hedge" if _dropped(case, figures) else "claim_holds"
    return case.stated(case.say(template, said=said), [*figures, *also], lines=notes, quotes=tuple(others.values()))


def said_of(case: Case, figure: Figure) -> str:
    """Say a figure, with what is counted where it is a count."""
    if figure.kind in ("multiple", "share"):
        return case.say("share_of", q=case.words.quantity(figure.quantity), metric=metric(case, figure))
    return count_words(case, figure) if figure.kind == "count" else case.words.figure(figure)


def counterpart(case: Case, said: Quantity) -> Figure | None:
    """Find the figure of the topic that a stated amount is to be held against: its own, else the one of its kind."""
    facts = case.facts
    own = next((f for f in facts.figures if matches(said, f)), None)
    # The same amount in another currency is what was meant: the currency is what differs.
    own = own or next((f for f in facts.figures if said.is_money and f.quantity.is_money and f.quantity.amount == said.amount), None)
    if own:
        return own
    if said.unit == POINT:
        return facts.gap or facts.change
    if said.unit in ("percent", "multiple"):
        return facts.change or facts.share or facts.main
    if said.is_money:
        same = [f for f in (facts.level, facts.equivalent) if f and f.quantity.unit == said.unit]
        return next(iter(same), facts.level or facts.main)
    asked = {"count": facts.count, "change": facts.change, "equivalent": facts.equivalent, "gap": facts.gap}
    return asked.get(case.aspect) or (facts.level if said.amount >= LARGE else facts.count) or facts.main


def against(case: Case) -> bool:
    """Whether the question has the direction of a change the wrong way round."""
    concepts = case.question.concepts
    if {"nation", "below"} <= concepts and case.facts.gap:
        return case.facts.gap.sign == "+"
    change = case.facts.change
    if not change or "fall" not in concepts:
        return False
    return change.sign == "+" and not _both(case)


def _both(case: Case) -> bool:
    """Whether the question asks which way it went ("rise or fall?")."""
    return "growth" in case.question.concepts and "fall" in case.question.concepts and not stated(case)


def crosses(said: Quantity, figure: Figure) -> bool:
    """Whether a stated amount is hedged the other way round: "over" what the release has as "nearly"."""
    own = figure.quantity.hedge
    return (said.hedge in LOWER and own in UPPER) or (said.hedge in UPPER and own in LOWER)


def drops_hedge(said: Quantity, figure: Figure) -> bool:
    """Whether a stated amount leaves out the figure's own hedge."""
    return figure.quantity.hedge != Hedge.EXACT and said.hedge == Hedge.EXACT


def _dropped(case: Case, figures: list[Figure]) -> bool:
    return any(drops_hedge(q, f) for f in figures for q in stated(case) if matches(q, f))


def _misnamed(case: Case, figures: list[Figure]) -> bool:
    """Whether the question speaks of a value where the release counts a number."""
    return "value_word" in case.question.concepts and any(f.kind == "multiple" and NUMBER_OF.search(f.metric) for f in figures)


def _notes(case: Case, figures: list[Figure]) -> Iterator[str]:
    if _dropped(case, figures):
        yield case.say("note_hedge")
    if against(case):
        yield case.say("note_sign")
    units = {f.quantity.unit for f in figures}
    money = {q.unit for q in stated(case) if q.is_money}
    if money and not money & units:
        yield case.say("note_unit")


def _scale(case: Case, wrong: list[Quantity]) -> Iterator[str]:
    """Say so where a stated amount has the release's digits at another scale."""
    own = {f.quantity.amount.normalize().as_tuple().digits for f in case.facts.figures if f.quantity.is_money}
    if any(q.amount.normalize().as_tuple().digits in own for q in wrong if q.is_money):
        yield case.say("note_scale")


def _others(case: Case, wrong: list[Quantity]) -> Iterator[tuple[str, Quote]]:
    """Say what a wrongly placed figure is of, and quote it, where it stands elsewhere in the releases."""
    for said in wrong:
        for name, facts in case.all_facts:
            other = next((f for f in facts.figures if matches(said, f) and f not in case.facts.figures), None)
            if other:
                note = case.say("note_topic", said=said_of(case, other), topic=case.book.topics[name].label.of(case.words.lang))
                yield note, quote_of(facts.release, other)
                break


def _premise(case: Case) -> Answer | None:
    """A premise without a number: a fall that was a rise, a rate below that was above."""
    if against(case) and case.facts.change:
        figure = case.facts.gap if {"nation", "below"} <= case.question.concepts and case.facts.gap else case.facts.change
        return case.stated(case.say("claim_differs", said=said_of(case, figure)), [figure], lines=(case.say("note_sign"),))
    return None
