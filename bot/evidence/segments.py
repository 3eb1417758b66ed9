"""Cuts a release's text into what the evidence page shows: paragraphs of plain pieces and marked ones."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.releases.sentences import PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.evidence.spots import Spots
    from bot.facts.model import Facts
    from bot.releases.model import Release

# Marks that would turn the page's text around, and controls: shown by their number.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
FIGURE, DATE, LEFT, PLAIN, MARK = "figure", "date", "left", "plain", "hidden"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: its text, what it is, and for a figure its numbers in the table, from 1."""

    text: str
    what: str = PLAIN
    numbers: tuple[int, ...] = ()
    kind: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the release as published: its role and its pieces."""

    role: str
    pieces: tuple[Piece, ...]


def paragraphs(release: Release, facts: Facts, spots: Spots) -> Iterator[Paragraph]:
    """Give the paragraphs in order; their pieces joined are the release's text, line ends apart."""
    marks = sorted(_marks(facts, spots), key=lambda mark: (mark[0], mark[2].what != FIGURE))
    roles = {sentence.paragraph: sentence.role for sentence in release.sentences}
    nth = 0
    for number, line in enumerate(PARAGRAPH.finditer(release.text)):
        here = []
        while nth < len(marks) and marks[nth][0] < line.end():
            here.append(marks[nth])
            nth += 1
        yield Paragraph(roles.get(number, "body"), tuple(_pieces(release.text, line.start(), line.end(), here)))


def _marks(facts: Facts, spots: Spots) -> Iterator[tuple[int, int, Piece]]:
    doubtful = {figure.span for figure, _ in spots.doubtful}
    for n, figure in enumerate(facts.figures, 1):
        yield figure.span.start, figure.span.end, Piece("", FIGURE, (n,), str(figure.kind), figure.span in doubtful)
    yield from ((span.start, span.end, Piece("", DATE)) for span in spots.dates)
    yield from ((span.start, span.end, Piece("", LEFT)) for span in spots.left)


def _pieces(text: str, start: int, end: int, marks: list[tuple[int, int, Piece]]) -> Iterator[Piece]:
    """Cut a line at its marks; one that begins within another is told in the table only."""
    place = start
    for begin, stop, piece in marks:
        if begin < place or stop > end:
            continue
        yield from _plain(text[place:begin])
        yield Piece(text[begin:stop], piece.what, piece.numbers, piece.kind, piece.doubtful)
        place = stop
    yield from _plain(text[place:end])


def _plain(text: str) -> Iterator[Piece]:
    place = 0
    for match in HIDDEN.finditer(text):
        if match.start() > place:
            yield Piece(text[place : match.start()])
        yield Piece(f"U+{ord(match[0]):04X}", MARK, kind=unicodedata.name(match[0], "control").lower())
        place = match.end()
    if place < len(text):
        yield Piece(text[place:])
