"""The library: several releases asked at once, each by a desk of its own, so that none changes what another answers.

The topics of ``intents/`` are written for one release, its home; a question goes there unless it names another release
by place or publisher, or asks what the home does not speak of. Any other release answers by what it measures
(``bot.questions.measures``). Where several answer, all are shown, newest first; nothing is averaged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answers.catalogue import Catalogue
from bot.answers.measured import Measured, ask_which, none_of, together
from bot.answers.model import AnswerKind
from bot.answers.select import topic_facts
from bot.desk import Desk
from bot.facts.store import Store
from bot.questions.context import EMPTY
from bot.questions.lexicon import tokens
from bot.questions.measures import content, fits, measures_of, translated
from bot.questions.reading import SAID_BESIDE
from bot.text.cleaning import simplify
from bot.text.places import place_id, same_place

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.answers.model import Answer
    from bot.answers.moves import Command
    from bot.answers.words import Words
    from bot.questions.content import Book
    from bot.questions.context import Context
    from bot.questions.measures import Measure
    from bot.questions.model import Question
    from bot.releases.model import Release

ASKING = "/ask "
CURRENCY = "cur_"
POSSESSIVE = 2


@dataclass(frozen=True)
class Library(Catalogue):
    """All releases, each with its own desk; a single release is simply asked."""

    store: Store
    book: Book

    @classmethod
    def open(cls, seeds: Path, intents: Path) -> Library:
        """Read both folders; raise FaultsError with every fault of the first that has any."""
        desk = Desk.open(seeds, intents)
        return cls(desk.store, desk.book)

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Answer a text from the release it is about; never raises."""
        context = context or EMPTY
        asked = text.lstrip().removeprefix(ASKING)
        if not self._others or asked.lstrip().startswith("/"):
            return self.home.ask(text, now, context)
        question = self.home.reader.read(asked, self.home.anchor)
        named = self._named(question.text)
        if named and self._home_release.id not in {r.id for r in named}:
            return self._of_others(question, named, now, context)
        if context.release and not named:
            answer = self._measured(question, self._release(context.release), now, context)
            if answer and answer.kind != AnswerKind.REFUSED:
                return answer
        answer = self.home.ask(text, now, replace(context, release=None) if context.release is None else EMPTY)
        unknown = answer.kind == AnswerKind.AMBIGUOUS and self.home.reader.read(asked).unexplained
        if not named and answer.topic is None and (answer.kind == AnswerKind.REFUSED or unknown):
            found = [a for a in self._answers(question, self._others, now, context) if a.kind != AnswerKind.REFUSED]
            return together(found, self.home.words(answer.lang)) if found else answer
        return answer

    def commands(self, lang: str) -> tuple[Command, ...]:
        """Give every command with its description in a language."""
        return self.home.commands(lang)

    def warm(self, now: datetime) -> None:
        """Read what is read at first need, so that no asker waits for it."""
        self.home.warm(now)

    def words(self, lang: str) -> Words:
        """Give the reply words of a language."""
        return self.home.words(lang)

    # ---- which release ------------------------------------------------------------------------------------------

    @cached_property
    def _home_release(self) -> Release:
        """The release that most topics find facts in; of those alike, the newest."""
        alone = {r.id: Store((r,), {r.id: self.store.facts[r.id]}) for r in self.store.releases}
        return max(self.store.releases, key=lambda r: sum(any(topic_facts(alone[r.id], t)) for t in self.book.topics.values()))

    @cached_property
    def home(self) -> Desk:
        """The desk of the release the topics were written for."""
        return self._desk(self._home_release)

    @cached_property
    def _others(self) -> tuple[Release, ...]:
        return tuple(r for r in self.store.releases if r is not self._home_release)

    @cached_property
    def _desks(self) -> dict[str, Desk]:
        return {}

    def _desk(self, release: Release) -> Desk:
        if release.id not in self._desks:
            self._desks[release.id] = Desk(Store((release,), {release.id: self.store.facts[release.id]}), self.book)
        return self._desks[release.id]

    def _release(self, name: str) -> Release:
        return self.store.release(name)

    @cached_property
    def _names(self) -> tuple[tuple[str, Release], ...]:
        """Every name a release goes by: its place, its publisher; folded."""
        found = []
        for release in self.store.releases:
            masthead = release.masthead
            parts = [masthead.publisher or "", *(masthead.place or "").split(",")[:1]]
            found += [(simplify(p.strip()).casefold(), release) for p in parts if p.strip()]
        return tuple(found)

    def _named(self, text: str) -> tuple[Release, ...]:
        """Give the releases a question names, newest first."""
        named = {release.id for name, release in self._names if name in text}
        return tuple(r for r in self.store.releases if r.id in named)

    # ---- what they measure --------------------------------------------------------------------------------------

    @cached_property
    def _measures(self) -> dict[str, tuple[Measure, ...]]:
        plain = frozenset(token.stem for token in tokens(" ".join(self.book.fillers.en)))
        return {r.id: measures_of(self.store.facts[r.id], [name for name, own in self._names if own is r], plain) for r in self._others}

    def _at(self, question: Question, measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
        """Give the measures of the places a question names, where there are any: their other side or their scope."""
        for found in question.slots.places:
            here = tuple(m for m in measures if any(_is_place(found.id, f.counterpart) or _is_place(found.id, f.scope) for f in m.figures))
            measures = here or measures
        return measures

    def _of_others(self, question: Question, named: tuple[Release, ...], now: datetime, context: Context) -> Answer:
        found = self._answers(question, named, now, context)
        words = self.home.words(question.lang)
        return together(found, words) if found else none_of(self._desk(named[0]), question, words, context)

    def _answers(self, question: Question, releases: tuple[Release, ...], now: datetime, context: Context) -> list[Answer]:
        answers = [a for r in releases if (a := self._measured(question, r, now, context))]
        told = [a for a in answers if a.kind != AnswerKind.REFUSED]
        return told or answers[:1]

    def _measured(self, question: Question, release: Release, now: datetime, context: Context) -> Answer | None:
        """Answer from one release's measures, ask which is meant, or give None where it measures nothing of the kind."""
        desk = self._desk(release)
        question = replace(self._without_names(desk.reader.read(question.text, desk.anchor)), lang=question.lang)
        asked = translated(content(question.text, self._taken(question)), self.book.glossary.en_zh, release.language)
        found = fits(asked, self._at(question, self._measures.get(release.id, ())))
        if not any(c.isalnum() for c in asked) and context.release == release.id:
            found = fits((context.topic or "").casefold(), self._measures[release.id])[:1]
        case = Measured(desk, release, question, context, now)
        return ask_which(case, found) if found else None

    def _without_names(self, question: Question) -> Question:
        """Leave out the places read inside a release's own name (Qinghu is no mistyped Qingpu)."""
        spans = [(at, at + len(name)) for name, _ in self._names if (at := question.text.find(name)) >= 0]
        places = tuple(p for p in question.slots.places if not any(a <= p.start and p.end <= b for a, b in spans))
        return replace(question, slots=replace(question.slots, places=places))

    def _taken(self, question: Question) -> list[tuple[int, int]]:
        """Give the spans of a question that name no measure: slots, asking words, words that mean nothing, the release's names."""
        slots = question.slots
        spans = [(s.start, s.end) for group in (slots.periods, slots.places, slots.quantities) for s in group]
        spans += [(h.start, h.end) for h in question.hits if self._asks(h.concept)]
        spans += self.home.reader.fillers(question.text)
        for name, _ in self._names:
            at = question.text.find(name)
            if at >= 0:
                spans.append((at, at + len(name) + (POSSESSIVE if question.text.startswith("'s", at + len(name)) else 0)))
        return spans

    def _asks(self, concept: str) -> bool:
        """Whether a concept asks (an aspect, a currency, a follow-up) and names nothing."""
        matcher = self.home.matcher
        return (concept in matcher.asking and concept not in matcher.naming) or concept.startswith(CURRENCY) or concept in SAID_BESIDE


def _is_place(place: str, name: str | None) -> bool:
    """Whether a name is a place's."""
    found = place_id(name) if name else None
    return found is not None and same_place(found, place)
