"""Several releases that answer one question: all are shown, newest first, each under its source; nothing is averaged.

The answer of the release that the topics were written for stays the headline, so that a release beside it changes
nothing of what is answered about it: what newer releases say stands above it, what older ones say below.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.model import Answer
    from bot.answers.words import Words

MOST_QUOTES = 2


def together(answers: Sequence[Answer], words: Words, lead: Answer | None = None) -> Answer:
    """Show answers, given newest first, around the leading one (the first where none leads); a single one is itself."""
    lead = lead or answers[0]
    if len(answers) < 2:  # noqa: PLR2004 - one is no company
        return lead
    at = next(i for i, a in enumerate(answers) if a is lead)
    above = tuple(line for a in answers[:at] for line in _block(a, words))
    below = tuple(line for a in answers[at + 1 :] for line in _block(a, words))
    quotes = tuple(dict.fromkeys(q for a in (lead, *answers) for q in a.quotes))
    figures = (*lead.figures, *(f for a in answers if a is not lead for f in a.figures))
    own = tuple(words.say("quoted", words=q.text) for q in lead.quotes[:MOST_QUOTES])
    return replace(lead, above=above, lines=(*lead.lines, *own, lead.source, *below), quotes=quotes, figures=figures, source=words.say("several_sources"), cited=lead.source)


def beside(refused: Answer, answers: Sequence[Answer], words: Words) -> Answer:
    """Add to a refusal, in lines of their own, what other releases say on it; it stays a refusal of the release it is about."""
    if not answers:
        return refused
    below = (words.say("others_say"), *(line for a in answers for line in _block(a, words)))
    return replace(refused, lines=(*refused.lines, *below))


def _block(answer: Answer, words: Words) -> tuple[str, ...]:
    """Give an answer as lines, its own quotation and source last."""
    told = (answer.title, answer.headline, *answer.lines)
    quotes = (words.say("quoted", words=q.text) for q in answer.quotes[:MOST_QUOTES] if q.text not in told)
    return tuple(line for line in (*told, *quotes, answer.source) if line)
