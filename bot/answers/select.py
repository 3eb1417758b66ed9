"""Picks the facts a topic is about out of the store, and the one that an aspect asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bot.facts.model import Figure, FigureKind, Statement
from bot.questions.lexicon import tokens
from bot.text.numbers import parse_digits
from bot.text.quantity import COUNT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from bot.facts.store import Store
    from bot.questions.content import Selector, Topic
    from bot.releases.model import Release
    from bot.text.quantity import Quantity

DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_regex = lru_cache(maxsize=2048)(lambda pattern: re.compile(pattern, re.IGNORECASE))


@dataclass(frozen=True)
class TopicFacts:
    """What one release says on one topic: its figures and statements, in text order."""

    release: Release
    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences its figures and statements stand in, each once."""
        texts = (*(f.sentence.text for f in self.figures), *(s.sentence.text for s in self.statements))
        return tuple(dict.fromkeys(texts))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its sentences' words."""
        return frozenset(token.stem for token in tokens(" ".join(self.sentences).casefold()))

    def first(self, test: Callable[[Figure], bool]) -> Figure | None:
        """Give the first figure that passes; one with a stated period before one without."""
        passing = [f for f in self.figures if test(f)]
        stated = [f for f in passing if f.period and not f.period.inferred]
        return next(iter(stated or passing), None)

    @cached_property
    def level(self) -> Figure | None:
        """The amount itself, in the currency the release gives first."""
        return self.first(lambda f: f.kind == FigureKind.LEVEL and f.equivalent_of is None and not f.target)

    @cached_property
    def equivalent(self) -> Figure | None:
        """The same amount as the release restates it in another currency."""
        return self.first(lambda f: f.kind == FigureKind.LEVEL and f.equivalent_of is not None)

    @cached_property
    def change(self) -> Figure | None:
        """The growth or fall: a rate, or a multiple the release calls a rise."""
        return self.first(_is_growth) or self.first(lambda f: f.kind == FigureKind.MULTIPLE and bool(f.sign))

    @cached_property
    def gap(self) -> Figure | None:
        """The distance to the national or another group's rate."""
        return self.first(lambda f: f.kind == FigureKind.CHANGE and f.basis == "vs_peer")

    @cached_property
    def count(self) -> Figure | None:
        """The number of things counted."""
        return self.first(lambda f: f.kind == FigureKind.COUNT)

    @cached_property
    def share(self) -> Figure | None:
        """The part of the whole."""
        return self.first(lambda f: f.kind in (FigureKind.SHARE, FigureKind.RATE))

    @cached_property
    def main(self) -> Figure | None:
        """The figure a bare name asks for."""
        return self.level or self.share or self.count or self.change

    def __bool__(self) -> bool:
        """Whether the release says anything on the topic."""
        return bool(self.figures or self.statements)


def _is_growth(figure: Figure) -> bool:
    return (
        figure.kind == FigureKind.CHANGE
        and figure.basis != "vs_peer"
        and figure.quantity.unit in ("percent", "multiple")
        and not figure.target
    )


def _all(patterns: tuple[str, ...], text: str | None) -> bool:
    return all(_regex(pattern).search(text or "") for pattern in patterns)


def mantissa(quantity: Quantity) -> Decimal | None:
    """Give the bare number of a quantity as printed: 82.7 of "USD 82.7 billion"."""
    digits = DIGITS.search(quantity.surface)
    return parse_digits(digits[0]) if digits else None


def matches(said: Quantity, figure: Figure) -> bool:
    """Whether a stated amount is the figure's own: same amount, and a unit that is the same or was left out."""
    own = figure.quantity
    if said.unit == COUNT and said.counted is None and said.amount == mantissa(own) and said.surface[-1:].isdigit():
        return True
    return said.amount == own.amount and (said.unit == own.unit or (said.unit == COUNT and said.counted is None))


def picks_figure(selector: Selector, figure: Figure) -> bool:
    """Whether a selector takes a figure."""
    return (
        not selector.quote
        and _all(selector.metric, figure.metric)
        and _all(selector.sentence, figure.sentence.text)
        and _all(selector.counterpart, figure.counterpart)
        and (not selector.kind or figure.kind in selector.kind)
        and (not selector.unit or figure.quantity.unit in selector.unit)
    )


def picks_statement(selector: Selector, statement: Statement, release: Release) -> bool:
    """Whether a selector takes a statement."""
    return _all(selector.quote, release.quote(statement.span)) and (
        not selector.kind or statement.kind in selector.kind
    )


def topic_facts(store: Store, topic: Topic) -> Iterator[TopicFacts]:
    """Give what each release says on a topic, newest release first; releases that say nothing are left out."""
    for release in store.releases:
        facts = store.facts[release.id]
        figures = tuple(f for f in facts.figures if any(picks_figure(s, f) for s in topic.figures))
        picked = ((p, s) for p in topic.statements for s in facts.statements if picks_statement(p, s, release))
        statements = tuple(dict.fromkeys(s for _, s in picked))
        found = TopicFacts(release, figures, statements)
        if found:
            yield found
