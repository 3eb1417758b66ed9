"""Answers that a stated figure gives: the amount, the growth, the gap, the number, the share, the date, the speaker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.select import matches
from bot.questions.lexicon import tokens
from bot.text.quantity import MULTIPLE

if TYPE_CHECKING:
    from bot.answers.case import Case
    from bot.answers.model import Answer
    from bot.facts.model import Figure


def about(case: Case) -> tuple[str, ...]:
    """Explain the term, in the topic's own words."""
    return (case.topic.explain.of(case.words.lang),)


def beside(case: Case, *shown: Figure) -> tuple[tuple[str, ...], list[Figure]]:
    """Give the topic's other main figures of the sentences shown, worded, and the figures themselves."""
    facts = case.facts
    sentences = {f.sentence.span for f in shown}
    others = [f for f in (facts.level, facts.equivalent, facts.change, facts.gap) if f and f not in shown and f.sentence.span in sentences]
    lines = [case.say("beside", figures=case.say("and").join(case.words.figure(f) for f in others))] if others else []
    if facts.count and facts.count not in shown and facts.count.sentence.span in sentences:
        lines += counted(case)
    return tuple(lines), others


def level(case: Case) -> Answer | None:
    """Give the amount, with its equivalent, growth and gap beside it."""
    facts, words = case.facts, case.words
    if not facts.level:
        return None
    figures = [f for f in (facts.level, facts.equivalent, facts.change, facts.gap) if f]
    if facts.change and facts.change.quantity.unit == MULTIPLE:
        figures = [f for f in figures if f is not facts.change]
    said = [words.figure(f) for f in figures]
    if facts.equivalent:
        said[:2] = [case.say("with_equivalent", a=said[0], b=said[1])]
    return case.stated(case.say("and").join(said), figures, lines=(*counted(case), *about(case)))


def counted(case: Case) -> tuple[str, ...]:
    """Add the number of firms or things beside an amount, where the topic has both."""
    figure = case.facts.count
    if not figure or not case.facts.level:
        return ()
    return (case.say("also_count", n=count_words(case, figure)),)


def count_words(case: Case, figure: Figure) -> str:
    """Say a number of things with what is counted."""
    said = case.words.quantity(figure.quantity)
    counted = counted_words(case, figure.quantity.counted)
    if case.words.lang == case.facts.release.language and figure.quantity.surface.isalpha():
        said = case.say(f"hedge_{figure.quantity.hedge}", q=figure.quantity.surface)
    return case.say("count_of", n=said, counted=counted) if counted else said


def counted_words(case: Case, counted: str | None) -> str | None:
    """Say what is counted in the reply's language, where a concept names it; else in the release's words."""
    if not counted or case.words.lang == case.facts.release.language:
        return counted
    stems = {token.stem for token in tokens(counted.casefold())}
    for name in ("firm", "initiative"):
        surfaces = case.book.concepts[name].en
        if any({t.stem for t in tokens(str(s))} <= stems for s in surfaces):
            return case.say(f"counted_{name}")
    return case.say("counted_other", counted=counted)


def main(case: Case) -> Answer | None:
    """Give whatever figure the topic is chiefly about."""
    figure = case.facts.main
    handler = {"level": level, "share": share, "count": count, "change": change}
    kind = "count" if figure and figure.kind == "count" else "share" if figure and figure is case.facts.share else "level"
    if figure and figure is case.facts.change:
        kind = "change"
    return handler[kind](case) if figure else None


def change(case: Case) -> Answer | None:
    """Give the growth; a multiple stays as written, and its two readings are said."""
    figure = case.facts.change
    if not figure:
        return None
    more, others = beside(case, figure)
    lines = (*more, *about(case))
    if figure.quantity.unit == MULTIPLE:
        lines = (case.say("two_readings", q=case.words.bare(figure.quantity)), *lines)
        headline = case.say(f"multiple_{figure.sign or '+'}", q=case.words.quantity(figure.quantity), metric=metric(case, figure))
    else:
        headline = case.words.figure(figure)
    return case.stated(headline, [figure, *others], lines=lines)


def metric(case: Case, figure: Figure) -> str:
    """Name what is measured: the release's own words in their own language, the topic's label in the other."""
    return figure.metric if case.facts.release.language == case.words.lang else case.label


def gap(case: Case) -> Answer | None:
    """Give the distance to the national rate."""
    figure = case.facts.gap
    if not figure:
        return None
    more, others = beside(case, figure)
    return case.stated(case.words.figure(figure), [figure, *others], lines=(*more, *about(case)))


def count(case: Case) -> Answer | None:
    """Give the number of things."""
    figure = case.facts.count
    if not figure:
        return None
    more, others = beside(case, figure)
    return case.stated(count_words(case, figure), [figure, *others], lines=(*more, *about(case)))


def share(case: Case) -> Answer | None:
    """Give the part of the whole."""
    figure = case.facts.share
    if not figure:
        return None
    return case.stated(case.say("share_of", q=case.words.quantity(figure.quantity), metric=metric(case, figure)), [figure], lines=about(case))


def period(case: Case) -> Answer | None:
    """Say what time a figure is of; where no sentence states it, say so."""
    figure = case.facts.main
    if not figure or not figure.period:
        return None
    if figure.period.inferred:
        return None
    return case.stated(case.say("as_of", p=case.words.period(figure.period), said=figure.period.text), [figure], lines=(case.words.figure(figure),))


def year(case: Case) -> Answer | None:
    """Say the year of a figure, where its own sentence states it."""
    figure = case.facts.main
    return period(case) if figure and figure.period and figure.period.year and str(figure.period.year) in figure.period.text else None


def base(case: Case) -> Answer | None:
    """Say what a change is measured from, where the release says so; a multiple with no base named has none."""
    stated = case.question.slots.quantities
    gap = case.facts.gap
    figure = gap if gap and any(matches(q.quantity, gap) for q in stated) else case.facts.change
    if not figure or not figure.basis or figure.quantity.unit == MULTIPLE:
        return None
    said = case.words.figure(figure)
    headline = case.say("base_yoy", said=said) if figure.basis == "yoy" else said
    return case.stated(headline, [figure], lines=about(case))


def speaker(case: Case) -> Answer | None:
    """Name the speaker, only where the sentence names one."""
    figure = next((f for f in case.facts.figures if f.speaker), None)
    if figure:
        return case.stated(case.say("speaker_is", speaker=figure.speaker), [figure], lines=(case.words.figure(figure),))
    statement = next((s for s in case.facts.statements if s.speaker), None)
    if statement:
        words = case.facts.release.quote(statement.span)
        return case.told(case.say("speaker_is", speaker=statement.speaker), [statement], lines=(case.say("clause", kind=case.say(f"kind_{statement.kind}"), words=words),))
    return None


def quote(case: Case) -> Answer | None:
    """Give the release's own sentence."""
    figure = case.facts.main
    if figure:
        return case.stated(figure.sentence.text, [figure], lines=())
    statements = case.facts.statements[:3]
    return case.told(statements[0].sentence.text, statements) if statements else None


def identify(case: Case) -> Answer | None:
    """Say what a figure someone quotes is: its measure and its place in the release."""
    stated = case.question.slots.quantities
    figure = next((f for q in stated for f in case.facts.figures if matches(q.quantity, f)), None)
    figure = figure or case.facts.main
    if not figure:
        return None
    said = count_words(case, figure) if figure.kind == "count" else case.words.figure(figure)
    return case.stated(case.say("it_is", said=said, metric=figure.metric), [figure], lines=about(case))


def basis(case: Case) -> Answer | None:
    """Say what exactly is measured: a number or a value, one currency or all, in the release's words."""
    figures = [f for f in case.facts.figures if f.kind in ("level", "change", "multiple", "share", "count")]
    if not figures:
        return None
    said = list(dict.fromkeys(f.metric for f in figures))
    return case.stated(case.say("measured_as", metrics=case.say("list_and").join(said)), figures[:4], lines=about(case))
