"""Small talk in words no phrase has: a scorer learned from the moves' phrases, held against what is no small talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.questions.scorer import PhraseScorer
from bot.text.cleaning import bare

if TYPE_CHECKING:
    from bot.questions.content import Book

# Chosen on tests/questions/small_talk.jsonl: no question there is taken for small talk at it.
SURE = 0.9
MOST_OUTSIDE = 700


class SmallTalk:
    """Tells the chat move of a message, or that it is none; learned once, at first need."""

    def __init__(self, book: Book) -> None:
        """Learn from the moves; the names of topics and of near matters are what lies outside."""
        labelled = {name: tuple(map(str, (*move.en, *move.zh))) for name, move in book.moves.items()}
        outside = [*map(str, (*book.outside.en, *book.outside.zh))]
        outside += [text.casefold() for topic in book.topics.values() for text in (topic.label.en, topic.label.zh)]
        surfaces = [str(s) for name in sorted(book.elsewhere) for s in (*book.concepts[name].en, *book.concepts[name].zh)]
        self.scorer = PhraseScorer.learn(labelled, (outside + surfaces)[:MOST_OUTSIDE])

    def move(self, text: str) -> str | None:
        """Give the move a cleaned text makes, or None where it is not sure."""
        ranked = self.scorer.rank(bare(text), 1)
        return ranked[0].label if ranked and ranked[0].score >= SURE else None
