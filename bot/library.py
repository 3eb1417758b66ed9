"""The library: several releases asked at once, so that none changes what another answers.

The topics of ``intents/`` are written for one release, its home; a question goes there unless it names another release
(``bot.questions.naming``) or asks what the home does not speak of. Any other release answers by what it measures
(``bot.answers.shelf``). Where several answer, all are shown, newest first; nothing is averaged.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answers.catalogue import Catalogue
from bot.answers.measured import none_of
from bot.answers.model import AnswerKind
from bot.answers.select import topic_facts
from bot.answers.shelf import Shelf
from bot.answers.together import beside, together
from bot.desk import Desk
from bot.facts.store import Store
from bot.questions.context import EMPTY
from bot.questions.naming import Naming
from bot.questions.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

    from bot.answers.model import Answer
    from bot.answers.moves import Command
    from bot.answers.shelf import Told
    from bot.answers.words import Words
    from bot.questions.content import Book
    from bot.questions.context import Context
    from bot.questions.model import Question
    from bot.questions.naming import Named
    from bot.releases.model import Release

ASKING = "/ask "
TOLD = (AnswerKind.STATED, AnswerKind.DERIVED)
PERIOD, ELSEWHERE = "period", "elsewhere"
FOLLOWING = frozenset({"follow", "part_of"})


@dataclass(frozen=True)
class Library(Catalogue):
    """All releases; a single one is simply asked."""

    store: Store
    book: Book

    @classmethod
    def open(cls, seeds: Path, intents: Path) -> Library:
        """Read both folders; raise FaultsError with every fault of the first that has any."""
        desk = Desk.open(seeds, intents)
        return cls(desk.store, desk.book)

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Answer a text from the releases it is about; never raises."""
        context = context or EMPTY
        asked = text.lstrip().removeprefix(ASKING)
        if not self._others or asked.lstrip().startswith("/"):
            return self.home.ask(text, now, context)
        question = self.home.reader.read(asked, self.home.anchor)
        named = self.naming.named(question.text, now.date())
        if named.releases and self._home_release.id not in named.ids:
            return self._of_others(question, named, now, context)
        if context.release and not named.releases:
            answer = self._shelf(self.store.release(context.release)).ask(question, named.spans, context, now)
            if answer and answer.kind != AnswerKind.REFUSED:
                return answer
        answer = self.home.ask(text, now, replace(context, release=None) if context.release is None else EMPTY)
        others = [r for r in (named.releases or named.weakly or self.store.releases) if r is not self._home_release]
        return self._beside(question, named, answer, others, now, context)

    def commands(self, lang: str) -> tuple[Command, ...]:
        """Give every command with its description in a language."""
        return self.home.commands(lang)

    def warm(self, now: datetime) -> None:
        """Read what is read at first need, so that no asker waits for it."""
        self.home.warm(now)
        for release in self._others:
            _ = self._shelf(release).measures

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
        release = self._home_release
        return Desk(Store((release,), {release.id: self.store.facts[release.id]}), self.book)

    @cached_property
    def _others(self) -> tuple[Release, ...]:
        return tuple(r for r in self.store.releases if r is not self._home_release)

    @cached_property
    def naming(self) -> Naming:
        """Tells which releases a question names."""
        spoken = ((r.id, f.speaker) for r in self._others for f in self.store.facts[r.id].figures if f.speaker)
        return Naming(self.store.releases, self.book, tuple(dict.fromkeys(spoken)))

    @cached_property
    def _terms(self) -> Terms:
        return Terms.of(self.book)

    @cached_property
    def _shelves(self) -> dict[str, Shelf]:
        return {}

    def _shelf(self, release: Release) -> Shelf:
        if release.id not in self._shelves:
            own = self.naming.own(release.id)
            self._shelves[release.id] = Shelf(release, self.store.facts[release.id], self.book, self.home.matcher, self.home.reader, self._terms, own)
        return self._shelves[release.id]

    # ---- asking several -----------------------------------------------------------------------------------------

    def _of_others(self, question: Question, named: Named, now: datetime, context: Context) -> Answer:
        """Answer from the releases named, none of which is the home."""
        answers = self._answers(question, named.releases, named, now, context)
        words = self.home.words(question.lang)
        if told := [a for a in answers if a.kind in TOLD]:
            return together(told, words)
        asking = [a for a in answers if a.kind == AnswerKind.AMBIGUOUS]
        return next(iter((*asking, *answers)), None) or none_of(self._shelf(named.releases[0]), question, words, context)

    def _answers(self, question: Question, releases: Iterable[Release], named: Named, now: datetime, context: Context) -> list[Answer]:
        return [a for r in releases if (a := self._shelf(r).ask(question, named.spans, context, now))]

    def _beside(self, question: Question, named: Named, answer: Answer, others: list[Release], now: datetime, context: Context) -> Answer:
        """Show what other releases say beside the home's answer, or in its place where the question is none of the home's."""
        words = self.home.words(answer.lang)
        unknown = answer.kind == AnswerKind.AMBIGUOUS and bool(self.home.reader.read(question.text).unexplained)
        if named.releases or not (answer.kind == AnswerKind.REFUSED or unknown):
            return answer
        found = [self._shelf(r).told(question, named.spans, now) for r in others]
        told = [t for t in found if t and t.stands_by(question)]
        theirs = [t for t in told if not context.topic or not self._follows(question)]
        if answer.topic is not None and not unknown:
            theirs = [t for t in theirs if (t.dated if answer.vetoed == PERIOD else t.exact and answer.vetoed == ELSEWHERE and self._is_theirs(question, t))]
        if theirs:
            return together([t.answer for t in theirs], words)
        return answer if unknown else beside(answer, [t.answer for t in told], words)

    def _follows(self, question: Question) -> bool:
        """Whether a question goes on from the one before: "and …", "of which …", or nothing named."""
        return bool(FOLLOWING & {h.concept for h in question.hits}) or not self._terms.features(question.text)

    def _is_theirs(self, question: Question, told: Told) -> bool:
        """Whether all that the home took for its own stands within what the other release's measure is called."""
        naming = [h for h in question.hits if h.concept in self.home.matcher.naming]
        return all(any(f.start < h.end and h.start < f.end for f in told.features) or not self._terms.features(h.surface) for h in naming)
