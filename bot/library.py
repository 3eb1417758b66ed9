"""The library: several releases asked at once, so that none changes what another answers.

The topics of ``intents/`` are written for one release, its home; a question goes there unless it names another release
(``bot.questions.naming``) or asks what the home does not speak of. Any other release answers by what it measures
(``bot.answers.shelf``). Where several answer, all are shown, newest first; nothing is averaged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answers.catalogue import Catalogue
from bot.answers.checks import check
from bot.answers.choosing import none_of
from bot.answers.judging import Judge
from bot.answers.model import AnswerKind
from bot.answers.select import topic_facts
from bot.answers.shelf import EXACT, NEARLY, Asker, Asking, Shelf, named_in
from bot.answers.together import beside, together
from bot.desk import AGAIN, Desk
from bot.facts.model import FigureKind
from bot.facts.store import Store
from bot.questions.context import EMPTY
from bot.questions.naming import Naming
from bot.questions.terms import Terms
from bot.text.cleaning import clean
from bot.text.places import find_places, place_id

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bot.answers.model import Answer
    from bot.answers.moves import Command
    from bot.answers.shelf import Told
    from bot.answers.words import Words
    from bot.questions.content import Book
    from bot.questions.context import Context
    from bot.questions.measures import Fit
    from bot.questions.naming import Named
    from bot.questions.terms import Feature
    from bot.releases.model import Release

ASKING = "/ask "
CHECKING = re.compile(r"\s*/check(?:@\S+)?(?:\s|$)", re.IGNORECASE)
TOLD = (AnswerKind.STATED, AnswerKind.DERIVED)
PERIOD, ELSEWHERE = "period", "elsewhere"
FOLLOWING = frozenset({"follow", "part_of"})
SHOWN_BESIDE = frozenset({"level", "change", "share", "count"})
SORTS = {FigureKind.MULTIPLE: FigureKind.CHANGE, FigureKind.RATE: FigureKind.SHARE}


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
        if self._others and (pasted := CHECKING.match(asked)):
            return self._check(asked[pasted.end() :], now, context)
        if asked.lstrip().startswith("/") or not self._others:
            return self.home.ask(text, now, context)
        question = self.home.reader.read(asked, self.home.anchor)
        strange = (question.text[p.start : p.end] for p in question.slots.places if place_id(question.text[p.start : p.end]) is None)
        for word in (*question.unexplained, *strange):
            if name := self.naming.near(word):
                asked = clean(asked).replace(word, name)
                question = self.home.reader.read(asked, self.home.anchor)
        named = self.naming.named(question.text, now.date())
        asking = Asking(question, self._asker, named.spans, monthly=named.monthly)
        if named.releases and self._home_release.id not in named.ids:
            return self._of_others(asking, named, now, context)
        if context.release and not named.releases:
            answer = self._follow_up(asking, context, now)
            if answer:
                return answer
        answer = self._at_home(text, asked, named, now, context)
        if answer.kind == AnswerKind.CHAT:
            return replace(answer, context=replace(context, lang=answer.lang))
        others = [r for r in (named.releases or named.weakly or self.store.releases) if r is not self._home_release]
        if answer.kind in TOLD:
            return self._joined(asking, answer, others, now)
        return answer if named.releases else self._instead(asking, answer, others, now, context, issued=bool(named.weakly) and self._home_release not in named.weakly)

    def _follow_up(self, asking: Asking, context: Context, now: datetime) -> Answer | None:
        """Answer what goes on from the release spoken of; None where it is none of that one's."""
        question = asking.question
        again = next((AGAIN[c] for c in question.concepts if c in AGAIN), None)
        if not asking.features and not (again or question.slots.periods or question.slots.places or question.slots.quantities or self.home.matcher.rank_aspects(question.concepts)):
            return None  # thanks, a greeting: it asks for nothing
        asking = replace(asking, question=replace(question, lang=again or question.lang), given=() if again else asking.given)
        shelf = self._shelf(self.store.release(context.release or ""))
        answer = shelf.ask(asking, context, now)
        if answer is None and not asking.features:
            return none_of(shelf, question, self.home.words(question.lang), context)
        return answer if answer and (answer.kind != AnswerKind.REFUSED or not asking.features) else None

    def _at_home(self, text: str, asked: str, named: Named, now: datetime, context: Context) -> Answer:
        """Answer from the home release; a day or month that only names it is no time that is asked of."""
        kept = replace(context, release=None) if context.release is None else EMPTY
        answer = self.home.ask(text, now, kept)
        if answer.kind != AnswerKind.REFUSED or not named.dated or self._home_release.id not in named.ids:
            return answer
        said = clean(asked)
        for start, end in named.dated:
            said = said[:start] + " " * (end - start) + said[end:]
        again = self.home.ask(said, now, kept)
        return again if again.kind in TOLD else answer

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
    def _asker(self) -> Asker:
        return Asker(self._terms, self.home.reader, self.home.matcher, lambda key: any(key in self._shelf(r).keys for r in self._others))

    @cached_property
    def _shelves(self) -> dict[str, Shelf]:
        return {}

    def _shelf(self, release: Release) -> Shelf:
        if release.id not in self._shelves:
            own = self.naming.own(release.id)
            self._shelves[release.id] = Shelf(release, self.store.facts[release.id], self.book, self.home.matcher, self.home.reader, self._terms, own)
        return self._shelves[release.id]

    def _check(self, text: str, now: datetime, context: Context) -> Answer:
        """Hold every figure of a text against all releases, each verdict naming its release."""
        words = self.home.words(self.home.lang_of_command(text, context))
        judge = Judge(lambda s: self.home.judged(s, words), self._home_release.id, self.home.reader, self._asker, self.naming, lambda name: self._shelf(self.store.release(name)), now)
        return check(text, words, context, judge, several=True)

    # ---- asking several -----------------------------------------------------------------------------------------

    def _of_others(self, asking: Asking, named: Named, now: datetime, context: Context) -> Answer:
        """Answer from the releases named, none of which is the home."""
        answers = [a for r in named.releases if (a := self._shelf(r).ask(asking, context, now))]
        words = self.home.words(asking.question.lang)
        if told := [a for a in answers if a.kind in TOLD]:
            return together(told, words)
        unsure = [a for a in answers if a.kind == AnswerKind.AMBIGUOUS]
        return next(iter((*unsure, *answers)), None) or none_of(self._shelf(named.releases[0]), asking.question, words, context)

    def _joined(self, asking: Asking, answer: Answer, others: list[Release], now: datetime) -> Answer:
        """Show beside the home's answer what other releases say on its topic; a claim is held against the home alone."""
        if not answer.topic or not answer.figures or answer.kind != AnswerKind.STATED or answer.aspect not in SHOWN_BESIDE or asking.question.slots.quantities:
            return answer
        features, found = self._of_topic(answer.topic)
        beside_it = {r.id: a for r in others if r.id in found and (a := self._shelf(r).beside(asking, features, found[r.id], now)) and _alike(a, answer)}
        answers = [answer if r is self._home_release else beside_it[r.id] for r in self.store.releases if r is self._home_release or r.id in beside_it]
        return together(answers, self.home.words(answer.lang), answer)

    def _of_topic(self, topic: str) -> tuple[tuple[Feature, ...], dict[str, tuple[Fit, ...]]]:
        """Give what a topic's label names, and the measures of other releases that are called just that."""
        if topic not in self._topics:
            label = self.book.topics[topic].label.en
            places = find_places(clean(label))
            features = named_in(self._terms, self.book, topic)
            named = {r.id: self._shelf(r).named(features, tuple(p.id for p in places)) for r in self._others} if features else {}
            self._topics[topic] = features, {name: fits for name, fits in named.items() if fits}
        return self._topics[topic]

    @cached_property
    def _topics(self) -> dict[str, tuple[tuple[Feature, ...], dict[str, tuple[Fit, ...]]]]:
        return {}

    def _instead(self, asking: Asking, answer: Answer, others: list[Release], now: datetime, context: Context, *, issued: bool) -> Answer:
        """Show what other releases say in the place of the home's refusal, where the question is none of the home's; else below it."""
        unknown = answer.kind == AnswerKind.AMBIGUOUS and bool(asking.question.unexplained)
        if not (answer.kind == AnswerKind.REFUSED or unknown):
            return answer
        slot = answer.context.vetoed[0] if answer.context.vetoed else None
        free = answer.topic is None or unknown or issued  # the home has nothing of the kind
        least = NEARLY if free or slot in (PERIOD, ELSEWHERE) else EXACT
        told = [t for r in others if (t := self._shelf(r).told(asking, now, least)) and t.stands_by(asking.question)]
        if not told or (not issued and self.naming.of_the_release(asking.question.text)):
            return answer
        follows = self._follows(asking, context)
        theirs = [t for t in told if not follows and (issued or self._is_theirs(asking, t))]
        if not free:
            theirs = [t for t in told if t.dated and slot == PERIOD] or [t for t in theirs if t.exact and slot == ELSEWHERE]
        words = self.home.words(answer.lang)
        if theirs:
            return together([t.answer for t in theirs], words)
        near = [t.answer for t in told if (t.exact or slot == ELSEWHERE) and not follows]
        return answer if unknown else beside(answer, near, words)

    def _follows(self, asking: Asking, context: Context) -> bool:
        """Whether a question goes on from the one before: "and …", "of which …", "them"."""
        return bool(context.topic) and (bool(FOLLOWING & {h.concept for h in asking.question.hits}) or self.naming.points_back(asking.question.text))

    def _is_theirs(self, asking: Asking, told: Told) -> bool:
        """Whether all that the home took for its own stands within what the other release's measure is called."""
        naming = [h for h in asking.question.hits if h.concept in self.home.matcher.naming]
        return all(any(f.start < h.end and h.start < f.end for f in told.features) for h in naming)


def _alike(one: Answer, other: Answer) -> bool:
    """Whether two answers are of one sort: an amount beside an amount, a growth beside a growth."""
    sorts = [SORTS.get(a.figures[0].kind, a.figures[0].kind) for a in (one, other) if a.figures]
    return one.kind == other.kind and len(sorts) == 2 and sorts[0] == sorts[1]  # noqa: PLR2004 - both have one
