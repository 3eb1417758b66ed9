"""The desk: releases and content opened once, and ``ask``, the whole pipeline from a question to its answer."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from functools import cached_property
from secrets import token_hex
from typing import TYPE_CHECKING

from bot.answers.case import Case
from bot.answers.catalogue import Catalogue
from bot.answers.checks import Judged, check
from bot.answers.model import Answer, AnswerKind
from bot.answers.moves import Command, chat, commands, find_move, unknown_command
from bot.answers.pair import both, given
from bot.answers.refusals import ask_back, refuse_all, refuse_veto
from bot.answers.respond import HANDLERS, answers, count_beside, respond
from bot.answers.select import TopicFacts, matches, topic_facts
from bot.answers.templates import check_templates
from bot.answers.told import ask_who, needs_person
from bot.answers.vetoes import find_veto
from bot.answers.words import Words
from bot.answers.worked import contrast, ratio
from bot.facts.store import Store
from bot.questions.context import EMPTY, Context
from bot.questions.dialogue import Decider, Decision
from bot.questions.halves import COMPARED, ONE_QUESTION, apart, halves, listed
from bot.questions.lexicon import tokens
from bot.questions.loading import read_intents
from bot.questions.match import Matcher
from bot.questions.model import FOLLOW, Ambiguous, Match, NoMatch, Question
from bot.questions.reading import Reader
from bot.questions.small_talk import SmallTalk
from bot.releases.reading import read_seeds

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from bot.questions.content import Book

log = logging.getLogger(__name__)
SURE = 92.0
POINTS = {"percent", "percentage_point"}
AGAIN = {"say_in_zh": "zh", "say_in_en": "en"}
PLAIN = {"start": "start", "help": "help", "facts": "topics"}


@dataclass(frozen=True)
class Desk(Catalogue):
    """Everything a question needs: the store of facts and the book of intents."""

    store: Store
    book: Book

    @classmethod
    def open(cls, seeds: Path, intents: Path) -> Desk:
        """Read both folders; raise FaultsError with every fault of the first that has any."""
        return cls(Store.of(read_seeds(seeds)), read_intents(intents, check_templates))

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Answer a text; never raises: what goes wrong inside is logged and answered with an apology."""
        context = context or EMPTY
        try:
            return self._command(text.strip(), now, context) if text.lstrip().startswith("/") else self._ask(text, now, context)
        except Exception:
            reference = token_hex(4)
            log.exception("a question could not be answered; reference %s", reference)
            words = self.words(context.lang or "en")
            return Answer(AnswerKind.REFUSED, words.lang, words.say("error", id=reference), context)

    def _ask(self, text: str, now: datetime, context: Context) -> Answer:
        """Answer a message; one that asks two things is answered on both, where both have an answer."""
        read = self.reader.read(text, self.anchor)
        whole = self._ask_once(apart(read, context, self.book.concepts["how_much"]) or text, now, context)
        if whole.kind == AnswerKind.CHAT or read.concepts & ONE_QUESTION:
            return whole
        follow = self.book.concepts[FOLLOW].en[0] + " " if read.lang == "en" else self.book.concepts[FOLLOW].zh[0]
        pieces = halves(read.text) if given(whole) or read.concepts & COMPARED else (*halves(read.text), *listed(read.text, read.hits, follow))
        return both(whole, pieces, lambda part: self._ask_once(part, now, context), lambda part, after: self._ask(part, now, after), self.words(whole.lang), self.label)

    def _ask_once(self, text: str, now: datetime, context: Context, topic: str | None = None) -> Answer:
        question = self.reader.read(text, self.anchor)
        question = replace(question, lang=self._lang(question, context)).without_preamble(self.matcher.naming, self.matcher.asked)
        words = self.words(question.lang)
        again = next((AGAIN[c] for c in question.concepts if c in AGAIN), None)
        if again:
            words = self.words(again)
            question = replace(question, lang=again)
            if context.topic and not question.concepts & self.matcher.naming:
                return self._match(question, Match(context.topic, context.aspect, 1.0), words, now, context)
        floor = SURE if question.concepts & self.matcher.naming else 0.0
        move = None if topic else find_move(self.book, question.text, floor)
        if move:
            return chat(self.book, words, context, move)
        decision = self._decide(question, context, topic)
        return self._answer(question, decision, words, now, context)

    def _decide(self, question: Question, context: Context, topic: str | None) -> Decision:
        if topic is None:
            return self.decider.decide(question, context)
        aspects = self.matcher.rank_aspects(question.concepts)
        return Decision(Match(topic, aspects[0].name if aspects else None, 1.0))

    def _answer(self, question: Question, decision: Decision, words: Words, now: datetime, context: Context) -> Answer:
        result = decision.result
        elsewhere = next((h.surface for h in question.hits if h.concept in self.book.elsewhere), "")
        if isinstance(result, NoMatch):
            if not question.slots.quantities and not question.concepts & (self.matcher.naming | self.book.elsewhere) and (move := self.small_talk.move(question.text)):
                return replace(chat(self.book, words, context, move), trace=decision.trace)
            answer = refuse_all(self.book, words, question, context, elsewhere)
            return replace(answer, trace=decision.trace)
        if isinstance(result, Ambiguous):
            if elsewhere:
                return replace(refuse_all(self.book, words, question, context, elsewhere), trace=decision.trace)
            if result.aspect and result.aspect not in HANDLERS:
                return self._match(question, Match(result.topics[0], result.aspect, 0.0), words, now, context, decision)
            vetoed = self._all_vetoed(question, result, words, now, context, decision)
            if vetoed:
                return vetoed
            cases = [self._case(question, Match(n, result.aspect, 0.0), words, context, decision) for n in result.topics]
            return ask_back(cases, words, context, result.aspect)
        return self._match(question, result, words, now, context, decision)

    def _match(
        self, question: Question, match: Match, words: Words, now: datetime, context: Context,
        decision: Decision | None = None,
    ) -> Answer:
        case = self._case(question, match, words, context, decision)
        if match.topic == "people" and needs_person(case):
            return ask_who(case)
        if decision and decision.second and match.aspect in ("ratio", "contrast"):
            other = self._case(question, replace(match, topic=decision.second), words, context, decision)
            if "how_many" in question.concepts:
                case, other = count_beside(case), count_beside(other)
            growth = bool(question.concepts & {"growth", "fall"}) or (decision.followed and context.aspect == "change")
            compared = ratio(case, other) if match.aspect == "ratio" else contrast(case, other, growth=growth)
            if compared:
                return compared
        return respond(case, now)

    def judged(self, sentence: str, words: Words) -> tuple[Judged, ...]:
        """Give the case of one sentence of a pasted text: its own topic, whatever was talked of before."""
        question = self.reader.read(sentence, self.anchor)
        said = tuple(q.quantity for q in question.slots.quantities)
        if not said:
            return ()
        ranked = self.matcher.rank_topics(question.concepts)
        known = [r.name for r in ranked if self.facts_of(r.name).figures] or list(self._figured(question))
        topic = known[0] if known else next(iter(self.book.topics))
        case = self._case(question, Match(topic, None, 0.0), words, EMPTY, None)
        return (Judged(said, case if known else replace(case, facts=TopicFacts(self.store.releases[0], (), ()))),)

    def _all_vetoed(
        self, question: Question, result: Ambiguous, words: Words, now: datetime, context: Context, decision: Decision
    ) -> Answer | None:
        """Refuse where every topic that could be meant is vetoed by the same slot, rather than ask back in vain."""
        cases = [self._case(question, Match(n, result.aspect, 0.0), words, context, decision) for n in result.topics]
        vetoes = [find_veto(case) for case in cases]
        if not vetoes[0] or not all(vetoes) or any(respond(case, now).kind == AnswerKind.DERIVED for case in cases):
            return None
        return refuse_veto(cases[0], vetoes[0])

    def _case(
        self, question: Question, match: Match, words: Words, context: Context, decision: Decision | None
    ) -> Case:
        facts = self.facts_of(match.topic)
        return Case(
            book=self.book,
            store=self.store,
            words=words,
            question=question,
            context=context,
            name=match.topic,
            facts=facts,
            aspect=match.aspect or self.book.topics[match.topic].main,
            score=match.score,
            trace=decision.trace if decision else (),
            all_facts=self.all_facts,
        )

    def _command(self, text: str, now: datetime, context: Context) -> Answer:
        name, _, rest = text[1:].partition(" ")
        name = name.split("@")[0].casefold()
        words = self.words(self.lang_of_command(rest, context))
        if name in PLAIN and not (name == "start" and rest.strip() in self._by_command):
            return chat(self.book, words, context, PLAIN[name])
        if name == "start":
            name, rest = rest.strip(), ""
        if name == "ask":
            return self._ask(rest, now, context)
        if name == "check":
            return check(rest, words, context, lambda sentence: self.judged(sentence, words))
        topic = "release" if name == "source" else self._by_command.get(name)
        if topic is None:
            return unknown_command(self.book, words, context, name)
        return self._ask_once(rest, now, replace(context, lang=words.lang), topic)

    def warm(self, now: datetime) -> None:
        """Read what is read at first need (places, sounds, everyday words), so that no asker waits for it."""
        for topic in self.book.topics.values():
            for text in (topic.label.en, topic.label.zh):
                self.ask(text[::-1], now)  # words nobody knows, so that typos are looked for
            return

    # ---- what the desk keeps at hand ---------------------------------------------------------------------------

    def words(self, lang: str) -> Words:
        """Give the reply words of a language."""
        return Words(self.book.replies[lang], lang)

    def commands(self, lang: str) -> tuple[Command, ...]:
        """Give every command with its description in a language."""
        return commands(self.book, self.words(lang))

    def facts_of(self, topic: str) -> TopicFacts:
        """Give the facts of a topic from the newest release that has any; empty ones where none has."""
        return self._facts[topic]

    @cached_property
    def _facts(self) -> dict[str, TopicFacts]:
        empty = TopicFacts(self.store.releases[0], (), ())
        return {name: next(topic_facts(self.store, topic), empty) for name, topic in self.book.topics.items()}

    @cached_property
    def all_facts(self) -> tuple[tuple[str, TopicFacts], ...]:
        """Every topic's facts by name."""
        return tuple(self._facts.items())

    @cached_property
    def reader(self) -> Reader:
        """Reads questions."""
        return Reader(self.book, self.store.people)

    @cached_property
    def small_talk(self) -> SmallTalk:
        """Tells small talk in words no phrase has."""
        return SmallTalk(self.book)

    @cached_property
    def matcher(self) -> Matcher:
        """Ranks topics and aspects."""
        matcher = Matcher(self.book, (s.text for release in self.store.releases for s in release.sentences))
        for name, facts in self.all_facts:  # what a topic's own sentences speak of is no stranger in its questions
            matcher.spoken[name] = self._spoken_of(facts)
            matcher.worded[name] = frozenset(token.stem for text in facts.sentences for token in tokens(text.casefold()))
        return matcher

    def _spoken_of(self, facts: TopicFacts) -> frozenset[str]:
        """Give the concepts that the sentences of facts speak of."""
        return frozenset(hit.concept for text in facts.sentences for hit in self.reader.named(text))

    @cached_property
    def decider(self) -> Decider:
        """Decides what a question is about."""
        return Decider(self.matcher, self._has, self._figured, self._units, self.book.elsewhere)

    def _units(self, topic: str) -> frozenset[str]:
        level = self.facts_of(topic).level
        return frozenset({level.quantity.unit} if level else ())

    @cached_property
    def _by_command(self) -> dict[str, str]:
        return {topic.command: name for name, topic in self.book.topics.items() if topic.command}

    @cached_property
    def anchor(self) -> date | None:
        """The newest release's date: relative periods are read against it."""
        return self.store.releases[0].masthead.published

    @cached_property
    def _able(self) -> dict[tuple[str, str], bool]:
        return {}

    def _has(self, topic: str, aspect: str) -> bool:
        """Whether a topic has an answer to an aspect."""
        key = (topic, aspect)
        if key not in self._able:
            question = Question("", "en")
            case = self._case(question, Match(topic, aspect, 0.0), self.words("en"), EMPTY, None)
            self._able[key] = answers(case, aspect) is not None
        return self._able[key]

    def _figured(self, question: Question) -> tuple[str, ...]:
        """Give the topics that hold a figure the question states."""
        said = [q.quantity for q in question.slots.quantities]
        return () if not said else tuple(
            name
            for name, facts in self.all_facts
            if any(matches(q, f) or (q.amount == f.quantity.amount and {q.unit, f.quantity.unit} <= POINTS) for q in said for f in facts.figures)
        )

    def _lang(self, question: Question, context: Context) -> str:
        """The question's language; one with no words of its own keeps the dialogue's."""
        return question.lang if any(c.isalpha() for c in question.text) else context.lang or question.lang

    def lang_of_command(self, rest: str, context: Context) -> str:
        """Give the language to answer a command in."""
        return self.reader.read(rest).lang if rest.strip() else context.lang or "en"
