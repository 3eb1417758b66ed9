"""A release as published: its text, its sentences and its masthead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Span(NamedTuple):
    """``start`` and ``end`` are code points into the release's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a release; ``release.text[span.start:span.end] == text``.

    ``role`` is ``body``, ``headline``, ``caption``, ``table``, ``note`` or ``contact``; ``paragraph`` counts from 0.
    """

    text: str
    span: Span
    paragraph: int
    role: str = "body"


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the masthead says and the text does not; every field may be None for a bare text file."""

    publisher: str | None = None
    page: str | None = None
    published: date | None = None
    place: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A release: ``id`` is its file's stem, ``text`` its bytes decoded and otherwise untouched, ``language`` en or zh.

    Each reading of a text is a release of its own: two are the same only where they are one object.
    ``encoding`` is what the bytes were in: ``utf-8``, or ``gb18030`` where they had to be converted.
    """

    id: str
    text: str
    language: str
    masthead: Masthead
    sentences: tuple[Sentence, ...]
    encoding: str = "utf-8"

    def quote(self, span: Span) -> str:
        """The words of the release at a span."""
        return self.text[span.start : span.end]
