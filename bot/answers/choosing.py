"""Which measure of a release a question means: the best that has what is asked, several asked back about, or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.measured import MOST
from bot.answers.model import Answer, AnswerKind, Suggestion
from bot.answers.refusals import nearest
from bot.questions.measures import CLOSE, NAMED, SPOKEN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.measured import Asked, Measured
    from bot.answers.words import Words
    from bot.questions.context import Context
    from bot.questions.measures import Fit
    from bot.questions.model import Question

SHARE, WHOLLY = "share", 0.99
WINDOW = 0.3  # how much less a measure may fit that has what is asked, than one that fits best and has it not


def choose(asked: Measured, found: Sequence[Fit]) -> Answer | None:
    """Answer from the best fit that has what is asked, or ask which of those that fit alike is meant."""
    named = [f for f in found if f.said >= NAMED]
    if asked.aspect == SHARE:  # of what else a share might be, its sentence does not tell
        named = [f for f in named if f.explains >= WHOLLY] or named[:0]
    if not named:
        return _which(asked, [f for f in found if f.said >= SPOKEN and f.heads][:MOST])
    near = [f for f in named if named[0].score - f.score < WINDOW]
    for whole in (1, 0):
        serving = [f for f in near if asked.serves(f.measure)[whole]]
        if serving:
            near = serving
            break
    close = [f for f in near if near[0].score - f.score < CLOSE]
    if len(close) == 1:
        return asked.about(close[0].measure).answer(close[0].measure)
    return _which(asked, close[:MOST])


def _which(asked: Measured, close: Sequence[Fit]) -> Answer | None:
    if not close:
        return None
    if asked.periods and not any(asked.serves(f.measure)[0] for f in close):
        return asked.about(close[0].measure).answer(close[0].measure)
    cases = [asked.case(f.measure) for f in close]
    words = cases[0].words
    lines = tuple(words.say("candidate", topic=c.name, fact=nearest(c)) for c in cases)
    figures = tuple(c.facts.main for c in cases if c.facts.main)
    answer = cases[0].answer(AnswerKind.AMBIGUOUS, words.say("which"), lines=lines, figures=figures, title="")
    return replace(answer, suggestions=tuple(Suggestion(c.name, c.name) for c in cases))


def none_of(desk: Asked, question: Question, words: Words, context: Context) -> Answer:
    """Refuse: the release named does not measure what is asked."""
    release = desk.store.releases[0]
    name = release.masthead.publisher or release.id
    headline = words.say("refuse_measure", publisher=name)
    offered = list(dict.fromkeys(f.metric for f in desk.store.facts[release.id].figures if f.metric))[:MOST]
    kept = replace(context, topic=None, aspect=None, refused=True, candidates=(), lang=words.lang, asked=question.text, release=release.id)
    return Answer(AnswerKind.REFUSED, words.lang, headline, kept, lines=(words.say("ask_near"),), suggestions=tuple(Suggestion(m, f"{name}: {m}") for m in offered))
