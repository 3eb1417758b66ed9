"""The spots of a release that a person should look at: doubtful figures, and numbers that no figure holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.releases.model import Span
from bot.text.periods import find_periods

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.facts.model import Facts, Figure
    from bot.releases.model import Release

NUMBER = re.compile(r"\d[\d.,:/-]*(?<=\d)[%％‰]?")
LINE_END = re.compile(r"\r\n|\r|\n")
NO_METRIC = "no_metric"


@dataclass(frozen=True)
class Spots:
    """``doubtful`` figures with what is doubtful about each; ``left`` the numbers no figure holds, dates told apart."""

    text: str
    doubtful: tuple[tuple[Figure, tuple[str, ...]], ...]
    left: tuple[Span, ...]
    dates: tuple[Span, ...]

    @classmethod
    def of(cls, release: Release, facts: Facts) -> Spots:
        """Find the spots of a release."""
        doubtful = tuple((f, doubts_of(f)) for f in facts.figures if doubts_of(f))
        taken = _mask((f.span for f in facts.figures), len(release.text))
        dates = tuple(span for span in _dates(release) if not any(taken[span.start : span.end]))
        dated = _mask(dates, len(release.text))
        numbers = (Span(*m.span()) for m in NUMBER.finditer(release.text))
        left = tuple(s for s in numbers if not any(taken[s.start : s.end]) and not any(dated[s.start : s.end]))
        return cls(release.text, doubtful, left, dates)

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in LINE_END.finditer(self.text)]

    def line(self, place: int) -> int:
        """Give the number of the line a place stands on."""
        return bisect_right(self._ends, place) + 1


def doubts_of(figure: Figure) -> tuple[str, ...]:
    """Give what is doubtful about a figure: what is odd in the source, and what was not found out."""
    return figure.doubts if figure.metric else (*figure.doubts, NO_METRIC)


def _dates(release: Release) -> Iterator[Span]:
    for sentence in release.sentences:
        for found in find_periods(sentence.text, release.masthead.published):
            yield Span(sentence.span.start + found.start, sentence.span.start + found.end)


def _mask(spans: Iterator[Span] | tuple[Span, ...], length: int) -> bytearray:
    mask = bytearray(length)
    for span in spans:
        mask[span.start : span.end] = b"\1" * (span.end - span.start)
    return mask
