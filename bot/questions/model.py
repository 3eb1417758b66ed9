"""What was asked: hits on concepts, slots, and the question as read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.text.period import FoundPeriod
    from bot.text.places import FoundPlace
    from bot.text.quantity import Found


FOLLOW = "follow"
# The words that make a clause a question, in each language.
INTERROGATIVE = re.compile(r"\b(?:how|what|which|who|whose|when|where|why)\b|多少|几|哪|谁|什么|怎|为何")
CLAUSE_END = re.compile(r"\s[-\u2013]\s|[;:.!?\u2014，。；：！？～…]+|,(?!\d)")


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found in the cleaned question at ``start:end``; ``edits`` tells how far the typing was off."""

    concept: str
    start: int
    end: int
    surface: str
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Slots:
    """What a question pins down: each is compared with the fact's own, and a conflict refuses."""

    periods: tuple[FoundPeriod, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    quantities: tuple[Found, ...] = ()
    people: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question as read: cleaned text, language, hits, slots and the words nothing explains."""

    text: str
    lang: str
    hits: tuple[Hit, ...] = ()
    slots: Slots = field(default_factory=Slots)
    unexplained: tuple[str, ...] = ()
    negated: frozenset[str] = frozenset()
    strange_at: tuple[int, ...] = ()  # where each unexplained word stands

    def without_preamble(self, naming: frozenset[str], asking: frozenset[str]) -> Question:
        """Leave out what is asked in clauses before the first that names something, where that part asks for itself.

        "I am on deadline; when you can: what share of ATMs takes foreign cards?" asks for a share, not for a date.
        """
        first = min((h.start for h in self.hits if h.concept in naming), default=0)
        start = max((m.end() for m in CLAUSE_END.finditer(self.text, 0, first)), default=0)
        kept = [(word, at) for word, at in zip(self.unexplained, self.strange_at, strict=False) if at >= start]
        trimmed = replace(self, unexplained=tuple(w for w, _ in kept), strange_at=tuple(at for _, at in kept)) if self.strange_at else self
        if INTERROGATIVE.search(self.text[:start]) or not INTERROGATIVE.search(self.text[start:]):
            return trimmed
        return replace(trimmed, hits=tuple(h for h in self.hits if h.start >= start or h.concept not in asking))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The concepts asked about; the negated ones and a mere "and …" are left out."""
        return frozenset(hit.concept for hit in self.hits) - self.negated - {FOLLOW}


@dataclass(frozen=True, slots=True)
class Match:
    """One intent fits: a topic, an aspect (None: the topic's main one) and how sure."""

    topic: str
    aspect: str | None
    score: float


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several intents fit alike: a question back to the person."""

    topics: tuple[str, ...]
    aspect: str | None
    score: float


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Nothing fits; ``aspect`` is what was asked, if that much was clear."""

    aspect: str | None = None
    score: float = 0.0
