"""Answers from a release that no topic was written for: its measures stand in for topics, under the same vetoes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from bot.answers.case import Case
from bot.answers.model import Answer, AnswerKind, Suggestion
from bot.answers.refusals import nearest
from bot.answers.respond import respond
from bot.answers.select import TopicFacts
from bot.answers.vetoes import fits as of_period
from bot.questions.content import Bilingual, Topic
from bot.questions.measures import CLOSE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.answers.words import Words
    from bot.facts.store import Store
    from bot.questions.content import Book
    from bot.questions.context import Context
    from bot.questions.match import Matcher
    from bot.questions.measures import Fit, Measure
    from bot.questions.model import Question
    from bot.releases.model import Release

MOST = 4


class Asked(Protocol):
    """What is needed of a release's desk."""

    @property
    def store(self) -> Store:
        """Give its release and facts."""

    @property
    def book(self) -> Book:
        """Give the content."""

    @property
    def matcher(self) -> Matcher:
        """Give what ranks aspects."""

    def words(self, lang: str) -> Words:
        """Give the reply words."""


@dataclass(frozen=True)
class Measured:
    """One question to one release: what is needed to word an answer from any of its measures."""

    desk: Asked
    release: Release
    question: Question
    context: Context
    now: datetime

    def case(self, measure: Measure) -> Case:
        """Give the case of a measure: a topic made of it, and those of its figures that the period asked fits."""
        name = measure.name
        own = tuple(dict.fromkeys(h.concept for h in self.question.hits))
        topic = Topic(label=Bilingual(en=name, zh=name), explain=Bilingual(en="", zh=""), patterns=((),), hints=own)
        book = self.desk.book.model_copy(update={"topics": {**self.desk.book.topics, name: topic}})
        facts = TopicFacts(self.release, self._of_the_period(measure), ())
        aspects = self.desk.matcher.rank_aspects(self.question.concepts)
        aspect = aspects[0].name if aspects else _main(facts)
        followed = replace(self.context, release=self.release.id)
        words = self.desk.words(self.question.lang)
        return Case(book, self.desk.store, words, self.question, followed, name, facts, aspect, all_facts=((name, facts),))

    def _of_the_period(self, measure: Measure) -> tuple:  # type: ignore[type-arg]
        periods = [p.period for p in self.question.slots.periods]
        fitting = tuple(f for f in measure.figures if f.period and all(of_period(p, f) for p in periods))
        return fitting or measure.figures


def _main(facts: TopicFacts) -> str:
    """Give the aspect a bare name asks for."""
    kinds = (("level", facts.level), ("share", facts.share), ("count", facts.count))
    return next((name for name, there in kinds if there), "change")


def ask_which(asked: Measured, found: Sequence[Fit]) -> Answer:
    """Answer from the best fit, or ask which of those that fit alike is meant."""
    best = found[0]
    close = [f for f in found if best.score - f.score < CLOSE]
    cases = [asked.case(f.measure) for f in close[:MOST]]
    if len(cases) == 1 or len({c.facts.figures for c in cases}) == 1:
        return respond(cases[0], asked.now)
    words = cases[0].words
    lines = tuple(words.say("candidate", topic=c.name, fact=nearest(c)) for c in cases)
    figures = tuple(c.facts.main for c in cases if c.facts.main)
    answer = cases[0].answer(AnswerKind.AMBIGUOUS, words.say("which"), lines=lines, figures=figures, title="")
    return replace(answer, suggestions=tuple(Suggestion(c.name, c.name) for c in cases))


def together(answers: Sequence[Answer], words: Words) -> Answer:
    """Show the answers of several releases, newest first, each under its source; a single one is itself."""
    first, *others = answers
    if not others:
        return first
    lines = [*first.lines, first.source]
    for other in others:
        lines += [other.title, other.headline, *other.lines, other.source]
    quotes = tuple(dict.fromkeys(q for a in answers for q in a.quotes))
    figures = tuple(f for a in answers for f in a.figures)
    return replace(first, lines=tuple(line for line in lines if line), quotes=quotes, figures=figures, source=words.say("several_sources"))


def none_of(desk: Asked, question: Question, words: Words, context: Context) -> Answer:
    """Refuse: the release named does not measure what is asked."""
    release = desk.store.releases[0]
    name = release.masthead.publisher or release.id
    headline = words.say("refuse_measure", publisher=name)
    offered = list(dict.fromkeys(f.metric for f in desk.store.facts[release.id].figures if f.metric))[:MOST]
    kept = replace(context, topic=None, aspect=None, refused=True, candidates=(), lang=words.lang, asked=question.text, release=release.id)
    return Answer(AnswerKind.REFUSED, words.lang, headline, kept, lines=(words.say("ask_near"),), suggestions=tuple(Suggestion(m, f"{name}: {m}") for m in offered))
