"""What was asked: hits on concepts, slots, and the question as read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.text.period import FoundPeriod
    from bot.text.places import FoundPlace
    from bot.text.quantity import Found


FOLLOW = "follow"


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


@dataclass(frozen=True, slots=True)
class Question:
    """A question as read: cleaned text, language, hits, slots and the words nothing explains."""

    text: str
    lang: str
    hits: tuple[Hit, ...] = ()
    slots: Slots = field(default_factory=Slots)
    unexplained: tuple[str, ...] = ()
    negated: frozenset[str] = frozenset()

    @property
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
