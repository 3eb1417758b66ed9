"""One release beside the home one: its measures, and the answer they give to a question read already."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answers.choosing import choose
from bot.answers.measured import Measured
from bot.answers.model import AnswerKind
from bot.answers.select import matches
from bot.answers.words import Words
from bot.facts.store import Store
from bot.questions.context import EMPTY
from bot.questions.measures import LOOSE, NAMED, fits, measures_of
from bot.questions.reading import SAID_BESIDE
from bot.questions.terms import covered
from bot.text.cleaning import clean
from bot.text.periods import find_periods
from bot.text.places import find_places, place_id, same_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from bot.answers.case import Case
    from bot.answers.model import Answer
    from bot.facts.model import Facts
    from bot.questions.content import Book
    from bot.questions.context import Context
    from bot.questions.match import Matcher
    from bot.questions.measures import Fit, Measure
    from bot.questions.model import Question, Slots
    from bot.questions.reading import Reader
    from bot.questions.terms import Feature, Terms
    from bot.releases.model import Release
    from bot.text.period import FoundPeriod
    from bot.text.places import FoundPlace

CURRENCY = "cur_"
YEAR = re.compile(r"\d{4}|\d\d年|明|next|later|coming")  # a year stated, or one ahead
WHOLLY, MOSTLY = 0.99, 0.74
NEARLY = 1.6  # the least score of a measure that answers a question naming no release
EXACT = 1.99  # the score of a measure that explains all of a question and is called just that
Span = tuple[int, int]


@dataclass(frozen=True)
class Asking:
    """A question, where it names releases, and whether it asks for the change on the month; what it names is read at need."""

    question: Question
    asker: Asker
    spans: tuple[Span, ...] = ()
    monthly: bool = False
    given: tuple[Feature, ...] | None = None  # what it is to name, whatever it says

    @cached_property
    def features(self) -> tuple[Feature, ...]:
        """What the question names."""
        return self.asker.features(self.question, self.spans) if self.given is None else self.given


@dataclass(frozen=True)
class Told:
    """An answer to a question that names no release; ``exact`` if it is the measure's very name, ``dated`` if its very period is asked."""

    answer: Answer
    features: tuple[Feature, ...]
    exact: bool
    dated: bool

    def stands_by(self, question: Question) -> bool:
        """Whether the answer has every figure that the question states."""
        return all(any(matches(q.quantity, f) for f in self.answer.figures) for q in question.slots.quantities)


@dataclass(frozen=True)
class Shelf:
    """A release with what is needed to answer from its measures."""

    release: Release
    facts: Facts
    book: Book
    matcher: Matcher
    reader: Reader
    terms: Terms
    own: tuple[str, ...]

    @cached_property
    def store(self) -> Store:
        """The release alone."""
        return Store((self.release,), {self.release.id: self.facts})

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """What the release measures."""
        title = next((s.text for s in self.release.sentences), "")
        return measures_of(self.facts, self.terms, self.own, title)

    @cached_property
    def keys(self) -> frozenset[str]:
        """All that the measures name, and the characters in which they do: what none of them holds, none answers."""
        return frozenset(k for m in self.measures for k in (*m.keys, *m.around))

    @property
    def anchor(self) -> date | None:
        """The date relative periods are read against."""
        return self.release.masthead.published

    def words(self, lang: str) -> Words:
        """Give the reply words of a language."""
        return Words(self.book.replies[lang], lang)

    def speaks_of(self, text: str) -> frozenset[str]:
        """Give the concepts a sentence speaks of."""
        return frozenset(h.concept for h in self.reader.named(text))

    def read(self, question: Question, spans: Iterable[Span]) -> Question:
        """Read a question's times against this release's date, and leave out what only names the release."""
        spans = tuple(spans)
        periods = tuple(self._past(p, question.text) for p in find_periods(question.text, self.anchor) if not _in(p.start, p.end, spans))
        slots: Slots = replace(question.slots, periods=periods, places=self._elsewhere(question, spans))
        return replace(question, slots=slots)

    def _past(self, found: FoundPeriod, text: str) -> FoundPeriod:
        """Read a month or quarter without its year that would lie ahead of the release as the last one before it."""
        said = text[found.start : found.end]
        if not self.anchor or not found.period.start or found.period.start <= self.anchor or YEAR.search(said):
            return found
        earlier = next(iter(find_periods(said, self.anchor.replace(year=self.anchor.year - 1, day=1))), found)
        return found._replace(period=earlier.period)

    def _elsewhere(self, question: Question, spans: Iterable[Span]) -> tuple[FoundPlace, ...]:
        """Give the places a question names that are not the release's own."""
        return tuple(p for p in question.slots.places if not _in(p.start, p.end, spans) and not any(same_place(p.id, own) for own in self._home))

    @cached_property
    def _home(self) -> frozenset[str]:
        return frozenset(found for name in self.own if (found := place_id(name)))

    def ask(self, asking: Asking, context: Context, now: datetime) -> Answer | None:
        """Answer from the measures, ask which is meant, or give None where nothing of the kind is measured."""
        features = asking.features or (named_in(self.terms, self.book, context.topic) if context.topic else ())
        found = self.find(asking, features)
        return choose(self._measured(asking, features, context, now), found) if found else None

    def told(self, asking: Asking, now: datetime, least: float) -> Told | None:
        """Give the answer to a question that names no release, where the measures that fit it so well state one."""
        found = self.find(asking, asking.features) if asking.features else []
        if not found or found[0].score < least:
            return None
        asked = self._measured(asking, asking.features, EMPTY, now)
        answer = choose(asked, found)
        if answer is None or answer.kind not in (AnswerKind.STATED, AnswerKind.DERIVED):
            return None
        best = next((f for f in found if f.measure.name == answer.topic), found[0])
        if best.score < least:
            return None
        return Told(answer, asking.features, exact=best.score >= EXACT, dated=asked.exactly(answer.figures))

    def judged(self, asking: Asking, context: Context, now: datetime) -> Case | None:
        """Give the case of the measure that a sentence's words name best, with all its figures of the time said."""
        found = [f for f in self.find(asking, asking.features) if f.said >= NAMED]
        if not found:
            return None
        measured = self._measured(asking, asking.features, context, now).about(found[0].measure)
        return measured.case(found[0].measure, whole=True)

    def find(self, asking: Asking, features: tuple[Feature, ...]) -> list[Fit]:
        """Give the measures that fit what is named, best first."""
        if not self._holds(features):
            return []
        return fits(features, [p.id for p in self._elsewhere(asking.question, asking.spans)], self.measures)

    def named(self, features: tuple[Feature, ...], places: tuple[str, ...]) -> tuple[Fit, ...]:
        """Give the measures that are called wholly what is named, with nothing left over that their sentences do not say."""
        found = fits(features, places, self.measures) if self._holds(features) else []
        return tuple(f for f in found if f.said >= WHOLLY and f.explains >= MOSTLY)

    def _holds(self, features: Iterable[Feature]) -> bool:
        """Whether all that is named stands anywhere in the measures."""
        return all(covered(f.run, self._text) >= LOOSE if f.run else f.key in self.keys for f in features)

    @cached_property
    def _text(self) -> str:
        """The characters of all measures and their sentences."""
        return " ".join(dict.fromkeys(part for m in self.measures for part in (m.text, m.sentences)))

    def beside(self, asking: Asking, features: tuple[Feature, ...], found: Sequence[Fit], now: datetime) -> Answer | None:
        """Answer the question of a topic from the measures that are the topic's; None where they state nothing to it."""
        answer = choose(self._measured(asking, features, EMPTY, now), found)
        return answer if answer and answer.kind in (AnswerKind.STATED, AnswerKind.DERIVED) else None

    def _measured(self, asking: Asking, features: tuple[Feature, ...], context: Context, now: datetime) -> Measured:
        question = self.read(asking.question, asking.spans)
        slots = question.slots
        known = [(p.start, p.end) for p in slots.periods if p.period.end] + [(p.start, p.end) for p in slots.places]
        spots = (*asking.spans, *((f.start, f.end) for f in features), *known)
        trimmed = replace(question, hits=tuple(h for h in question.hits if not _meets((h.start, h.end), spots)))
        return Measured(self, self.release, trimmed, context, now, monthly=asking.monthly)


class Asker:
    """Reads what a question names, once for all releases."""

    def __init__(self, terms: Terms, reader: Reader, matcher: Matcher, known: Callable[[str], bool]) -> None:
        """Keep what reads it; ``known`` tells whether any release names a word."""
        self.terms, self.reader, self.matcher, self.known = terms, reader, matcher, known

    def features(self, question: Question, spans: Iterable[Span]) -> tuple[Feature, ...]:
        """Give what a question names: without slots, asking words and words that mean nothing."""
        slots = question.slots
        taken = [*spans, *((s.start, s.end) for group in (slots.periods, slots.places, slots.quantities) for s in group)]
        text = _blank(question.text, taken)
        named = self.terms.features(text, self.known)
        terms = [(f.start, f.end) for f in named if f.key[0] not in "=~"]
        silent = [(h.start, h.end) for h in question.hits if self._asks(h.concept)]
        silent += self.reader.fillers(question.text) if not question.text.isascii() else []
        silent = [s for s in silent if not _meets(s, terms)]
        return tuple(self.terms.features(_blank(text, silent), self.known) if silent else named)

    def _asks(self, concept: str) -> bool:
        """Whether a concept asks (an aspect, a currency, a follow-up) and names nothing."""
        return (concept in self.matcher.asking and concept not in self.matcher.naming) or concept.startswith(CURRENCY) or concept in SAID_BESIDE


def named_in(terms: Terms, book: Book, topic: str) -> tuple[Feature, ...]:
    """Give what a topic names: a measure, or the label of a topic; at no place of a question."""
    known = book.topics.get(topic)
    label = clean(known.label.en if known else topic)
    return tuple(f._replace(start=0, end=0) for f in terms.features(_blank(label, ((p.start, p.end) for p in find_places(label)))))


def _blank(text: str, spans: Iterable[Span]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _in(start: int, end: int, spans: Iterable[Span]) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _meets(span: Span, others: Iterable[Span]) -> bool:
    return any(span[0] < b and a < span[1] for a, b in others)
