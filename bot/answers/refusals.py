"""Refusals and questions back: what did not fit, and the nearest thing the release does say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.case import quote_of
from bot.answers.figures import count_words
from bot.answers.model import Answer, AnswerKind, Suggestion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.case import Case
    from bot.answers.vetoes import Veto
    from bot.answers.words import Words
    from bot.questions.content import Book
    from bot.questions.context import Context
    from bot.questions.model import Question


def nearest(case: Case) -> str:
    """Say the topic's main figure or statement in a few words."""
    figure = case.facts.main
    if figure and figure.kind == "count":
        return count_words(case, figure)
    if figure:
        return case.words.figure(figure)
    statements = case.facts.statements
    return case.facts.release.quote(statements[0].span) if statements else ""


def refuse(case: Case, headline: str, veto: Veto | None = None) -> Answer:
    """Refuse, and offer the nearest fact with its quotation; what vetoed is remembered."""
    offer = nearest(case)
    lines = (case.say("nearest", topic=case.label, fact=offer),) if offer else ()
    figures = (case.facts.main,) if case.facts.main else ()
    told = () if figures else case.facts.statements[:1]
    quotes = tuple(quote_of(case.facts.release, s) for s in told)
    context = replace(case.next_context(refused=True), vetoed=(veto.slot, veto.value) if veto else None)
    return case.answer(AnswerKind.REFUSED, headline, lines=lines, figures=figures, quotes=quotes, context=context)


def refuse_veto(case: Case, veto: Veto) -> Answer:
    """Refuse because a slot does not fit, naming it."""
    return refuse(case, case.say(f"refuse_{veto.slot}", topic=case.label, value=veto.value), veto)


def refuse_aspect(case: Case) -> Answer:
    """Refuse because the release does not say that of this topic."""
    return refuse(case, case.say("refuse_aspect", aspect=case.asking(case.aspect), topic=case.label))


def refuse_all(book: Book, words: Words, question: Question, context: Context, value: str = "") -> Answer:
    """Refuse because nothing fits; the old topic is left, so that its figure does not leak into the next answer."""
    headline = words.say("refuse_elsewhere", value=value) if value else words.say("refuse_none")
    return Answer(
        AnswerKind.REFUSED,
        words.lang,
        headline,
        replace(context, topic=None, aspect=None, refused=True, candidates=(), lang=words.lang, asked=question.text, vetoed=None),
        lines=(words.say("ask_near"),),
        suggestions=offers(book, words, ()),
    )


def offers(book: Book, words: Words, beside: Sequence[str]) -> tuple[Suggestion, ...]:
    """Offer topics to ask about: those named, else the first that have a command."""
    names = beside or [name for name, topic in book.topics.items() if topic.command][:4]
    return tuple(Suggestion(label, label) for name in names if (label := book.topics[name].label.of(words.lang)))


def ask_back(cases: Sequence[Case], words: Words, context: Context, aspect: str | None) -> Answer:
    """Ask which of several topics is meant; each shows its figure's name and its figure."""
    first = cases[0]
    lines, buttons = [], []
    for case in cases:
        fact = _fact(case, aspect)
        lines.append(case.say("candidate" if fact else "candidate_bare", topic=case.label, fact=fact))
        label = case.label if aspect is None else f"{case.label}: {case.asking(aspect)}"
        buttons.append(Suggestion(case.label, label))
    headline = words.say("which_about", aspect=first.asking(aspect)) if aspect else words.say("which")
    figures = tuple(f for case in cases if (f := case.facts.main))
    candidates = tuple(case.name for case in cases)
    return Answer(
        AnswerKind.AMBIGUOUS,
        words.lang,
        headline,
        replace(context, candidates=candidates, topic=None, aspect=aspect, lang=words.lang, asked=first.question.text, vetoed=None),
        lines=tuple(lines),
        quotes=tuple(dict.fromkeys(quote_of(c.facts.release, f) for c in cases for f in ((c.facts.main,) if c.facts.main else c.facts.statements[:1]))),
        figures=figures,
        suggestions=tuple(buttons),
        aspect=aspect,
        trace=first.trace,
    )


def _fact(case: Case, aspect: str | None) -> str:
    figure = {"change": case.facts.change, "count": case.facts.count, "gap": case.facts.gap}.get(aspect or "")
    if figure is None:
        return nearest(case)
    return count_words(case, figure) if figure.kind == "count" else case.words.figure(figure)
