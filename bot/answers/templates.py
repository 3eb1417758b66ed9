"""Checks the reply templates: every slot is one that replies fill, and both languages have the same ones."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.questions.content import Book
    from bot.questions.loading import Reader

SLOTS = frozenset(
    {"a", "aspect", "b", "caption", "code", "command", "counted", "date", "fact", "figures", "formula", "headline", "id", "kind", "label", "meaning", "metric"}
    | {"metrics", "n", "name", "offices", "p", "person", "publisher", "q", "said", "speaker", "subject", "topic", "value", "words", "y", "year"}
)


def slots_of(template: str) -> set[str]:
    """Give the slots of a template; ValueError where its braces do not match.

    >>> sorted(slots_of("{q} in {year}"))
    ['q', 'year']
    """
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def check_templates(reader: Reader, book: Book) -> None:
    """Note every template with an unknown slot, unmatched braces, or other slots in the other language."""
    for name, english in book.replies["en"].items():
        file = f"{reader.root.name}/replies"
        try:
            slots, other = slots_of(english), slots_of(book.replies["zh"][name])
        except ValueError as error:
            reader.fault(file, name, str(error), "write each slot as {name}, a brace itself as {{ or }}")
            continue
        for slot in sorted((slots | other) - SLOTS):
            reader.fault(file, name, f"has an unknown slot {{{slot}}}", f"use one of {', '.join(sorted(SLOTS))}")
