"""Ranks topics and aspects by the concepts a question holds, weighed by how rare each is across the content.

A pattern holds when all its concepts are in the question; the patterns of a topic that hold add up to what it
explains. A concept that names something and that the topic does not explain counts against it. Two topics that
explain as much are a question back to the person, not a coin toss.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.questions.lexicon import stem, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.questions.content import Book, Pattern

KEPT = 2048  # sets of concepts whose ranking is remembered: different words often hold the same
HINT_SHARE = 0.35
UNEXPLAINED_SHARE = 0.7
UNKNOWN_WORD = 0.25
MOST_UNKNOWN = 3
HALF_WORD = 0.5
QUALIFYING = re.compile(r"[a-z]{3}(?:ed|ly)$")  # participles and adverbs qualify; what is asked about is a noun
# Aspects whose words colour many questions; any other aspect asked beside them is the one meant.
# Asked with anything else, these are still what is asked: "why did it grow so much?" asks no growth.
FOREMOST = frozenset({"cause", "forecast", "contact", "career"})
SOFT = frozenset({"level", "statement", "list", "place", "definition", "people", "plan", "purpose", "identify"})


class Ranked(NamedTuple):
    """A candidate with what it explains (``score``) and the concepts it rests on."""

    name: str
    score: float
    explained: frozenset[str]


class Matcher:
    """Ranks the topics and the aspects of a book."""

    def __init__(self, book: Book, sentences: Iterable[str] = ()) -> None:
        """Weigh each concept by the number of topics whose names use it, each other word by the sentences that hold it."""
        held = [{token.stem for token in tokens(text.casefold())} for text in sentences]
        self.sentences = len(held)
        self.common = Counter(stem for stems in held for stem in stems)
        self.topics = {name: topic.patterns for name, topic in book.topics.items()}
        self.hints = {name: frozenset(topic.hints) for name, topic in book.topics.items()}
        self.siblings = {name: frozenset(topic.siblings) for name, topic in book.topics.items()}
        self.spoken: dict[str, frozenset[str]] = {}
        self.worded: dict[str, frozenset[str]] = {}
        self.aspects = {name: aspect.patterns for name, aspect in book.aspects.items()}
        used = Counter(c for patterns in self.topics.values() for c in {c for p in patterns for c in p})
        self.weights = {c: 1 + math.log(len(self.topics) / (1 + n)) / 2 for c, n in used.items()}
        asking = Counter(c for patterns in self.aspects.values() for c in {c for p in patterns for c in p})
        self.asking = {c: 1 + math.log(len(self.aspects) / (1 + n)) / 4 for c, n in asking.items()}
        self.asked = frozenset(asking) - {"firm", "rmb", "in_usd", "in_cny", "convert", "rate_of_exchange", "growth", "year_before"}
        self.naming = frozenset(used) - frozenset(asking)
        self._ranked_aspects = lru_cache(maxsize=KEPT)(self._rank_aspects)
        self._weighed_topics = lru_cache(maxsize=KEPT)(self._weigh_topics)

    def weigh(self, concepts: Iterable[str]) -> float:
        """Add up the weights of concepts as names."""
        return math.fsum(self.weights.get(c, 1.0) for c in concepts)  # exact: the order of a set, which differs by process, decides no tie

    def rarity(self, word: str) -> float:
        """Give how rare a word is across the store: 1 for one that no sentence holds, towards 0 for one in every sentence."""
        rare = math.log((1 + self.sentences) / (1 + self.common[stem(word)])) / math.log(1 + self.sentences) if self.sentences else 1.0
        return rare * HALF_WORD if QUALIFYING.search(word) else rare

    def not_of(self, topic: str, unknown: Iterable[str]) -> tuple[str, ...]:
        """Leave out the words that stand in the topic's own sentences: they are no strangers there."""
        own = self.worded.get(topic, frozenset())
        return tuple(word for word in unknown if stem(word) not in own)

    def strangeness(self, unknown: Iterable[str]) -> float:
        """Give how much words nothing explains weigh: each by its rarity, a character as half a word."""
        return math.fsum((1.0 if word.isascii() else HALF_WORD) * self.rarity(word) for word in unknown)

    def foreign(self, unknown: Iterable[str], explained: Iterable[str], beside: Iterable[str] = ()) -> float:
        """Give the share of a question's weight that lies in words nothing explains and in other matters named, 0 to 1; a character is half a word."""
        strange = self.strangeness(unknown)
        strange += self.weigh(beside)
        known = self.weigh(explained)
        return strange / (strange + known) if strange else 0.0

    def rank_topics(self, concepts: Collection[str], unknown: Collection[str] = ()) -> list[Ranked]:
        """Rank the topics some pattern of which holds, best first; ``unknown`` are the words nothing explains."""
        ranked = []
        for name, score, against, explained in self._weighed_topics(frozenset(concepts)):
            cost = min(math.fsum(map(self.rarity, self.not_of(name, unknown))), MOST_UNKNOWN)
            ranked.append(Ranked(name, round(score - (against + UNKNOWN_WORD * cost), 3), explained))
        return sorted(ranked, key=lambda r: (-r.score, r.name))

    def _weigh_topics(self, held: frozenset[str]) -> tuple[tuple[str, float, float, frozenset[str]], ...]:
        """Give each topic some pattern of which holds, with what speaks for it, what against, and what it explains."""
        weighed = []
        for name, patterns in self.topics.items():
            explained = _held(patterns, held)
            if not explained:
                continue
            left = (held & self.naming) - explained
            hinted = left & self.hints[name]
            score = self.weigh(explained) + HINT_SHARE * self.weigh(hinted)
            weighed.append((name, score, UNEXPLAINED_SHARE * self.weigh(left - hinted), explained))
        return tuple(weighed)

    def rank_aspects(self, concepts: Collection[str]) -> list[Ranked]:
        """Rank the aspects some pattern of which holds, best first: the one that explains most asking words."""
        return list(self._ranked_aspects(frozenset(concepts)))

    def _rank_aspects(self, held: frozenset[str]) -> tuple[Ranked, ...]:
        ranked = []
        for name, patterns in self.aspects.items():
            best = max((p for p in patterns if held.issuperset(p)), key=self._ask, default=None)
            if best:
                ranked.append(Ranked(name, round(self._ask(best), 3), frozenset(best)))
        return tuple(sorted(ranked, key=lambda r: (r.name not in FOREMOST, r.name in SOFT, -r.score)))

    def _ask(self, pattern: Iterable[str]) -> float:
        return math.fsum(self.asking[c] for c in pattern)


def _held(patterns: Iterable[Pattern], held: frozenset[str]) -> frozenset[str]:
    """Give all the concepts of the patterns that hold."""
    return frozenset(c for pattern in patterns if held.issuperset(pattern) for c in pattern)


def share_explained(weights: Mapping[str, float], explained: Collection[str], all_concepts: Collection[str]) -> float:
    """Give the share of a question's naming weight that a candidate explains, 0 to 1."""
    whole = sum(weights.get(c, 1.0) for c in all_concepts)
    return sum(weights.get(c, 1.0) for c in explained) / whole if whole else 0.0
