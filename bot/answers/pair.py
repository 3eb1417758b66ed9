"""Joins the answers to two questions asked in one message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.model import Answer, AnswerKind
from bot.questions.halves import asks_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.answers.words import Words
    from bot.questions.context import Context

PEOPLE = "people"
GIVEN = (AnswerKind.STATED, AnswerKind.DERIVED)


def given(answer: Answer) -> bool:
    """Whether an answer gives what was asked."""
    return answer.kind in GIVEN


def covers(whole: Answer, part: Answer) -> bool:
    """Whether an answer says already all that another heads with."""
    return given(whole) and (part.headline in whole.text or (bool(part.figures) and part.topic == whole.topic and part.figures[0] in whole.figures and not part.formula))


def both(whole: Answer, pieces: Iterable[tuple[str, str]], once: Callable[[str], Answer], then: Callable[[str, Context], Answer], words: Words, label: Callable[[Answer], str]) -> Answer:
    """Give the answer to a message cut in two where both pieces have one, else the answer to the whole.

    ``once`` answers the first piece, ``then`` the second in the dialogue after it; ``label`` names an answer's topic.
    """
    for ahead, behind in pieces:
        first = once(ahead)
        second = then(behind, first.context) if given(first) else None
        if PEOPLE in (first.topic, second and second.topic) and not asks_each(ahead, behind):
            continue  # "Yao said A and B" is no list of Yao and B
        if second and given(second) and not covers(first, second):
            return whole if covers(whole, first) and covers(whole, second) else joined(first, second, words, label(second))
    return whole


def joined(first: Answer, second: Answer, words: Words, label: str) -> Answer:
    """Say the first answer with the second under it, the second named where it is of another topic."""
    said = second.headline if second.topic == first.topic else words.say("candidate", topic=label, fact=second.headline)
    derived = AnswerKind.DERIVED if AnswerKind.DERIVED in (first.kind, second.kind) else AnswerKind.STATED
    formula = (second.formula,) if second.formula else ()
    shown = tuple(line for line in second.lines if any(f in line for f in formula))
    return replace(
        first,
        kind=derived,
        lines=(said, *shown, *first.lines),
        quotes=tuple(dict.fromkeys((*first.quotes, *second.quotes))),
        figures=tuple(dict.fromkeys((*first.figures, *second.figures))),
        formula=first.formula or second.formula,
        context=second.context,
        suggestions=second.suggestions,
        trace=(*first.trace, *second.trace),
    )
