"""The card of a release: its headline, its main figures with the sentences they stand in, and where it was published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.case import quote_of
from bot.answers.model import Answer, AnswerKind, Suggestion
from bot.facts.model import FigureKind
from bot.questions.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.answers.select import TopicFacts
    from bot.answers.words import Words
    from bot.facts.model import Facts, Figure
    from bot.releases.model import Release

MOST_FIGURES = 6


def digest(release: Release, facts: Facts, topics: Sequence[tuple[str, TopicFacts]], words: Words) -> Answer:
    """Give a release's card; ``topics`` are (label, facts) of what can be asked about it."""
    chosen = list(_chosen(facts, topics))[:MOST_FIGURES]
    masthead = release.masthead
    date = words.date(masthead.published) if masthead.published else "-"
    publisher = masthead.publisher or release.id
    headline = next((s.text for s in release.sentences if s.role == "headline"), "")
    return Answer(
        AnswerKind.STATED,
        words.lang,
        headline,
        Context(lang=words.lang),
        title=publisher,
        lines=tuple(words.say("candidate", topic=label, fact=words.figure(figure)) for label, figure in chosen),
        quotes=tuple(dict.fromkeys(quote_of(release, figure) for _, figure in chosen)),
        source=words.say("source_is", publisher=publisher, date=date),
        page=masthead.page,
        figures=tuple(figure for _, figure in chosen),
        suggestions=tuple(Suggestion(label, label) for label, found in topics if found.main)[:4],
    )


def _chosen(facts: Facts, topics: Sequence[tuple[str, TopicFacts]]) -> Iterator[tuple[str, Figure]]:
    """Give each topic's main figure, then amounts no topic has, under the release's own name for them."""
    seen = set()
    for label, found in topics:
        if found.main and found.main.span not in seen:
            seen.add(found.main.span)
            yield label, found.main
    for figure in facts.figures:
        told = figure.kind == FigureKind.LEVEL and figure.equivalent_of is None and not figure.target and figure.sentence.role == "body"
        if told and figure.metric and figure.span not in seen:
            seen.add(figure.span)
            yield figure.metric, figure
