"""Decides what a question is about: its own names first, then the dialogue's, then asks back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.questions.asking import COMPARING, FAINT, asked, ranks_another
from bot.questions.match import FOREMOST
from bot.questions.model import FOLLOW, Ambiguous, Match, NoMatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.questions.context import Context
    from bot.questions.match import Matcher, Ranked
    from bot.questions.model import Question

MARGIN = 0.35
WEAK = 0.6
MOST_UNKNOWN = 3
# Measured on the questions under tests/questions: right ones lie at 0.34 and less, made-up strange ones at 0.41 and more.
MOST_FOREIGN = 0.4
# One who states a figure of the release, or asks to confirm one, gets only the release's own figure back.
MOST_FOREIGN_CLAIM = 0.75
MOST_FOREIGN_TOLD = 0.5  # the same of what is told without a figure
FIGURED_OVER = 2.0
MOST_CANDIDATES = 5
MOST_COMPARED = 6
PEOPLE = "people"
COUNTED = "firm"
CURRENCY_OF = {"rmb": "CNY", "in_cny": "CNY", "in_usd": "USD"}
KEPT_ASPECTS = frozenset({"change", "gap", "count", "equivalent", "per_unit", "year_before", "nation_growth"})
# What a person of the release may be asked: their words, or themselves.
SAYING = ("said", "plan", "outlook")
SET_BESIDE = re.compile(r"^(?:and |so |but )?(?:is|was|are|were|isn't|how (?:does|did)) (?:that|it|this|those|these)\b.*\b(?:than|compare|against|versus|vs)\b|^(?:那|所以)?(?:这个?|那个?|它)(?:数字?|金额)?(?:是不是|是否|有没有|要)?(?:比|大于|高于|多于|超过)")
COMPARATOR = re.compile(r"\b(?:and|than|vs|versus|against|with|to)\b|[和与跟比]|还是")
FIGURES = ("level", "change", "count", "share")


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided, with the trail that led there."""

    result: Match | Ambiguous | NoMatch
    trace: tuple[str, ...] = ()
    followed: bool = False  # whether the dialogue gave the topic
    second: str | None = None  # the other topic of a comparison


class Decider:
    """Decides with a matcher and with what the store can answer: ``answers(topic, aspect)``, ``figured(amounts)``."""

    def __init__(
        self,
        matcher: Matcher,
        answers: Callable[[str, str], bool],
        figured: Callable[[Question], tuple[str, ...]],
        units: Callable[[str], frozenset[str]],
        elsewhere: frozenset[str] = frozenset(),
    ) -> None:
        """Keep the ranker and the oracles: what is answered, which topics hold a stated figure, a topic's own units, near matters."""
        self.units = units
        self.elsewhere = elsewhere
        self.matcher = matcher
        self.answers = answers
        self.figured = figured

    def decide(self, question: Question, context: Context) -> Decision:
        """Decide on topic and aspect."""
        aspects = self.matcher.rank_aspects(question.concepts)
        aspect = asked(question, aspects, self.matcher, self.figured)
        topics = self.matcher.rank_topics(question.concepts, question.unexplained)
        trace = (
            "topics: " + ", ".join(f"{r.name} {r.score}" for r in topics[:5]),
            "aspects: " + ", ".join(f"{r.name} {r.score}" for r in aspects[:5]),
            "concepts: " + " ".join(sorted(question.concepts)),
            "not explained: " + " ".join(question.unexplained),
        )
        decision = (
            self._of_the_two(topics, aspects, question, context)
            or self._comparison(topics, aspects, question)
            or self._first(topics, question, aspect, context)
            or self._of_its_figure(topics, question, aspect)
            or self._named(topics, question, context)
            or self._by_figure(question, aspect, context)
            or self._followed(question, aspect, context)
            or self._asked_back(question, aspect)
        )
        return replace(decision, trace=trace)

    def _of_the_two(self, topics: list[Ranked], aspects: list[Ranked], question: Question, context: Context) -> Decision | None:
        """The topic spoken of last is set beside the one before ("the difference between the two") or the one named ("is that more than …?")."""
        wanted = next((a.name for a in aspects if a.name in COMPARING), None)
        spoken = [name for name in context.history if name != context.topic]
        named = [r.name for r in topics if r.score > 0]
        if wanted and named and context.topic not in (None, named[0]) and SET_BESIDE.search(question.text) and all(self.answers(str(n), "level") for n in (context.topic, named[0])):
            return Decision(Match(str(context.topic), wanted, WEAK), followed=True, second=named[0])
        meant = "two_of" in question.concepts or ("bigger" in question.concepts and ("growth" in question.concepts or context.aspect == "change"))
        if not wanted or not meant or not spoken or not context.topic or "nation" in question.concepts or named:
            return None
        kind = "change" if question.concepts & {"growth", "fall"} or context.aspect == "change" else "level"
        if not all(self.answers(name, kind) for name in (spoken[-1], context.topic)):
            return None
        return Decision(Match(spoken[-1], wanted, WEAK), followed=True, second=context.topic)

    def _comparison(self, topics: list[Ranked], aspects: list[Ranked], question: Question) -> Decision | None:
        """Two topics named apart from each other, and a word that sets them side by side."""
        wanted = next((a.name for a in aspects if a.name in COMPARING), None)
        if not wanted or not topics or "nation" in question.concepts:
            return None
        pairs = [
            (self.matcher.weigh(a.explained | b.explained), a, b)
            for i, a in enumerate(topics[:MOST_COMPARED])
            for b in topics[i + 1 : MOST_COMPARED]
            if self._apart(a, b) and all(any(self.answers(r.name, kind) for kind in FIGURES) for r in (a, b))
        ]
        kind = "change" if question.concepts & {"growth", "fall"} else "level"
        whole, ahead, behind = max(
            pairs, key=lambda p: (p[0], self.answers(p[1].name, kind) + self.answers(p[2].name, kind)), default=(0.0, topics[0], topics[0])
        )
        least = 0.0 if question.concepts & {"times_of", "bigger", "both"} or _set_apart(question, ahead, behind) else WEAK
        if not pairs or whole < self.matcher.weigh(topics[0].explained) + least:
            return None
        ahead, behind = sorted((ahead, behind), key=lambda r: _place(question, r))
        aspect = "ratio" if any(a.name == "ratio" for a in aspects) else wanted
        if aspect == "ratio" and _divisor_first(question, ahead):
            ahead, behind = behind, ahead
        return Decision(Match(ahead.name, aspect, whole), second=behind.name)

    def _apart(self, a: Ranked, b: Ranked) -> bool:
        """Whether two topics are each named by words of their own; "firms" that both count may be shared."""
        shared = a.explained & b.explained
        own = min(self.matcher.weigh(a.explained - shared), self.matcher.weigh(b.explained - shared))
        return own > self.matcher.weigh(shared) - 1 if shared == {COUNTED} else not shared and own > 0

    def _named(
        self, topics: list[Ranked], question: Question, context: Context
    ) -> Decision | None:
        """The question names its topic; the words that name it ask nothing."""
        left = question.concepts - topics[0].explained if topics else question.concepts
        if topics and "rmb" in topics[0].explained:
            left -= {"in_cny"}  # "settled in yuan" names the topic and asks for no conversion
        if topics and ranks_another(question, self.matcher, topics[0].name):
            left -= {"ordinal"}
        aspect = asked(question, self.matcher.rank_aspects(left), self.matcher, self.figured)
        if of_people := self._of_people(topics, question, context, aspect):
            return of_people
        if not topics or (topics[0].score <= 0 and context.topic is None):
            return None
        return self._best(topics, question, context, aspect)

    def _of_people(self, topics: list[Ranked], question: Question, context: Context, aspect: str | None) -> Decision | None:
        """A person is named, or spoken of before, and what they said or hold is asked."""
        alone = not topics or (len(topics[0].explained) == 1 and "said" not in question.concepts)
        if question.slots.people and context.topic not in (None, PEOPLE) and {"said", "confirm"} <= question.concepts and not topics:
            return Decision(Match(str(context.topic), "speaker", WEAK), followed=True)
        if question.slots.people and (alone or not question.concepts & self.matcher.naming):
            return Decision(Match(PEOPLE, aspect if aspect in FOREMOST else "people" if question.concepts & {"plan", "outlook"} else "speaker" if "said" in question.concepts else "people" if aspect in ("names", "list") else aspect, 1.0))
        if context.topic == PEOPLE and context.person and question.concepts & set(SAYING) and not question.concepts & self.matcher.naming:
            return Decision(Match(PEOPLE, aspect, WEAK), followed=True)
        return None

    def _best(self, topics: list[Ranked], question: Question, context: Context, aspect: str | None) -> Decision | None:
        """The topic that the question's words name best, or those they name alike."""
        if context.candidates and (chosen := self._chosen(topics, context)):
            return Decision(Match(chosen.name, aspect or context.aspect, chosen.score), followed=True)
        if question.slots.quantities and "confirm" in question.concepts:
            topics = [r for r in topics if r.score > 0 and any(self.answers(r.name, kind) for kind in FIGURES)]
            if not topics:
                return None
        if "ordinal" in question.concepts and aspect in ("nation_growth", "gap"):
            aspect = "ordinal"  # 全国首家 asks for a rank among the country's, not for its growth
        best = topics[0]
        if context.topic and aspect and aspect not in FAINT and not best.explained & self.matcher.naming:
            return None  # "and their growth? I will not quote you": no other topic is named
        beside = (question.concepts & self.matcher.naming) - best.explained - self.matcher.hints[best.name] - self.matcher.spoken.get(best.name, frozenset())
        claims = bool(question.slots.quantities) and bool(question.concepts & {"confirm"} or best.name in self.figured(question))
        strange = self.matcher.not_of(best.name, question.unexplained)
        told = "confirm" in question.concepts and self.answers(best.name, "statement") and not any(self.answers(best.name, kind) for kind in FIGURES)
        most = MOST_FOREIGN_CLAIM if claims else MOST_FOREIGN_TOLD if told else MOST_FOREIGN
        if self.matcher.foreign(strange, best.explained, beside) > most:
            return Decision(NoMatch(aspect))
        close = [r for r in topics if best.score - r.score < MARGIN and not r.explained < best.explained]
        if aspect is None and (kept := self._kept(question, context)) and any(self.answers(r.name, kept) for r in close):
            aspect = kept
        if len(close) > 1:
            close = self._narrowed(close, aspect, question, context)
        if len(close) > 1:
            return Decision(Ambiguous(tuple(r.name for r in close[:MOST_CANDIDATES]), aspect, best.score))
        return Decision(Match(close[0].name, aspect, close[0].score))

    def _first(self, topics: list[Ranked], question: Question, aspect: str | None, context: Context) -> Decision | None:
        """Back to the first topic of the dialogue."""
        if topics or "first_one" not in question.concepts or not context.history:
            return None
        return Decision(Match(context.history[0], None if aspect == "ordinal" else aspect, WEAK), followed=True)

    def _kept(self, question: Question, context: Context) -> str | None:
        """The aspect that a bare "and the other one?" keeps from the turn before."""
        opens = any(h.concept == FOLLOW and (h.start == 0 or h.end == len(question.text.rstrip("?!。？ "))) for h in question.hits)
        return context.aspect if opens and context.aspect in KEPT_ASPECTS else None

    def _chosen(self, topics: list[Ranked], context: Context) -> Ranked | None:
        """The one of the candidates asked back about that the reply names."""
        named = [r for r in topics if r.name in context.candidates]
        return named[0] if named and (len(named) == 1 or named[0].score - named[1].score >= MARGIN) else None

    def _narrowed(
        self, close: list[Ranked], aspect: str | None, question: Question, context: Context
    ) -> list[Ranked]:
        """Among topics named alike: the one whose figure is stated, the only one that answers, the one beside the dialogue's own, its own."""
        figured = [r for r in close if r.name in self.figured(question)]
        if len(figured) == 1:
            return figured
        if aspect and aspect not in FAINT and len(answering := [r for r in close if self.answers(r.name, aspect)]) == 1:
            return answering
        beside = [r for r in close if r.name in self.matcher.siblings.get(context.topic or "", ()) and not context.refused]
        if len(beside) == 1 and not any(r.name == context.topic for r in close):
            return beside
        going = [r for r in close if r.name == context.topic and not context.refused]
        return going or close

    def _of_its_figure(self, topics: list[Ranked], question: Question, aspect: str | None) -> Decision | None:
        """The question states a figure of one topic, and the topic it names by its words holds none at all."""
        figured = self.figured(question)
        if len(figured) != 1 or not topics or topics[0].name == figured[0] or topics[0].score > FIGURED_OVER or self.units(topics[0].name):
            return None
        if not set(self.matcher.topics[figured[0]][0]) & question.concepts and not self.matcher.hints[figured[0]] & question.concepts:
            return None
        return Decision(Match(figured[0], aspect or "identify", 1.0))

    def _by_figure(self, question: Question, aspect: str | None, context: Context) -> Decision | None:
        """The question names no topic, but a figure of the release."""
        topics = self.figured(question)
        if len(topics) == 1 and (topics[0] == context.topic or not (context.topic and "confirm" in question.concepts)):
            return Decision(Match(topics[0], "identify" if aspect in (None, "definition") else aspect, 1.0))
        return None

    def _followed(self, question: Question, aspect: str | None, context: Context) -> Decision | None:
        """The dialogue gives the topic, where the question is a follow-up and no new matter."""
        if context.candidates and (picked := self._picked(question, aspect, context)):
            return Decision(Match(picked, aspect if aspect != "equivalent" else context.aspect, WEAK), followed=True)
        if context.topic is None or question.concepts & self.elsewhere:
            return None
        if context.topic == PEOPLE and question.unexplained and aspect in ("list", "definition", None) and not question.slots.people:
            return None  # "and which policies are to be improved": of no person
        slots = question.slots
        asks = aspect or slots.periods or slots.places or slots.quantities or question.concepts
        if not asks or self.matcher.strangeness(question.unexplained) >= MOST_UNKNOWN:
            return None
        kept = None if slots.periods else context.aspect
        return Decision(Match(context.topic, aspect or kept, WEAK), followed=True)

    def _picked(self, question: Question, aspect: str | None, context: Context) -> str | None:
        """The one of the candidates asked back about that has the currency or the aspect a reply names."""
        units = {unit for concept, unit in CURRENCY_OF.items() if concept in question.concepts}
        able = [name for name in context.candidates if units & self.units(name)] if units else []
        if len(able) != 1 and aspect:
            able = [name for name in context.candidates if self.answers(name, aspect)]
        return able[0] if len(able) == 1 else None

    def _asked_back(self, question: Question, aspect: str | None) -> Decision:
        """Nothing gives the topic: ask back where the aspect alone makes sense, else say so."""
        aspect = "level" if aspect == "definition" and "how_much" in question.concepts else aspect
        if aspect and self.matcher.strangeness(question.unexplained) < MOST_UNKNOWN and not question.slots.places:
            if aspect in ("gap", "nation_growth") and len(sole := [n for n in self.matcher.topics if self.answers(n, aspect)]) == 1:
                return Decision(Match(sole[0], aspect, WEAK))
            if aspect == "rate" and (rated := [n for n in self.matcher.topics if self.answers(n, "pair")]):
                return Decision(Match(rated[0], aspect, WEAK))
            able = tuple(name for name in self.matcher.topics if self.answers(name, aspect))
            if able and aspect in ("change", "count", "gap", "level", "per_unit", "share", "equivalent", "year_before", "increase"):
                return Decision(Ambiguous(able[:MOST_CANDIDATES], aspect, 0.0))
        return Decision(NoMatch(aspect))


def _divisor_first(question: Question, first: Ranked) -> bool:
    """Whether the topic named first is what is divided by: "how many times X is Y", but X是Y的几倍."""
    times = next((h for h in question.hits if h.concept == "times_of"), None)
    if times is None or "bigger" in question.concepts or "ratio" in times.surface:
        return False
    return times.start < _place(question, first)


def _place(question: Question, ranked: Ranked) -> int:
    """Where in the question a topic is first named."""
    return min((h.start for h in question.hits if h.concept in ranked.explained), default=0)


def _set_apart(question: Question, a: Ranked, b: Ranked) -> bool:
    """Whether a word of comparing stands between the names of two topics."""
    first, last = sorted((_place(question, a), _place(question, b)))
    return bool(COMPARATOR.search(question.text, first, last))
