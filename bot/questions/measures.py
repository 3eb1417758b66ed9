"""Finds what a release measures, by its own words: for releases that no topic was written for.

The measures of a release are its figures grouped by metric, scope and other side. A question fits a measure when all
of its content words are the measure's (or its sentence's), and they make up most of the measure's name. English is
matched on stems, Chinese on runs of characters; across languages by the terms of ``intents/glossary``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.questions.lexicon import CJK, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.facts.model import Facts, Figure

SHORTEST_RUN = 2
NAMED = 0.5  # the share of a measure's name that a question must say
CLOSE = 0.05
IN_SENTENCE = 0.5
ENOUGH = 0.8  # the share of a question's content that the measure and its sentence must explain


@dataclass(frozen=True)
class Measure:
    """What some figures of a release measure; ``name`` in the release's words."""

    name: str
    figures: tuple[Figure, ...]
    words: frozenset[str]
    around: frozenset[str]
    text: str
    sentences: str


@dataclass(frozen=True, slots=True)
class Fit:
    """A measure with how much of the question it explains, and how much of its name the question says, 0 to 1 each."""

    measure: Measure
    explains: float
    said: float

    @property
    def score(self) -> float:
        """Both together."""
        return self.explains + self.said


def measures_of(facts: Facts, own: Iterable[str] = (), plain: frozenset[str] = frozenset()) -> tuple[Measure, ...]:
    """Group a release's figures by what they measure, in text order; ``own`` are its names, ``plain`` the stems that mean nothing."""
    own = tuple(own)
    grouped: dict[tuple[str, str, str], list[Figure]] = {}
    for figure in facts.figures:
        if figure.metric:
            grouped.setdefault((figure.metric.casefold(), figure.scope or "", figure.counterpart or ""), []).append(figure)
    return tuple(_measure(key, figures, own, plain) for key, figures in grouped.items())


def _measure(key: tuple[str, str, str], figures: list[Figure], own: tuple[str, ...], plain: frozenset[str]) -> Measure:
    folded, scope, counterpart = key
    bare = folded
    for name in sorted((*own, scope.casefold()), key=len, reverse=True):
        bare = bare.replace(name, " ") if name else bare
    name = figures[0].metric
    sentences = " ".join(dict.fromkeys(f.sentence.text for f in figures)).casefold()
    counted = " ".join(f.quantity.counted or "" for f in figures)
    around = f"{sentences} {scope} {counterpart} {counted}".casefold()
    return Measure(name, tuple(figures), _stems(bare) - plain, _stems(around) | _stems(name), bare, around)


def _stems(text: str) -> frozenset[str]:
    return frozenset(t.stem for t in tokens(text.casefold()) if not CJK.match(t.word) and not t.word[0].isdigit())


def content(text: str, left_out: Iterable[tuple[int, int]]) -> str:
    """Give a cleaned question without what its slots and asking words take."""
    kept = list(text)
    for start, end in left_out:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def translated(asked: str, terms: Mapping[str, str], language: str) -> str:
    """Write the terms of a question in the release's language; what no term says stays as it is."""
    pairs = terms.items() if language == "zh" else ((zh, en) for en, zh in terms.items())
    for said, meant in sorted(pairs, key=lambda p: -len(p[0])):
        if said in asked:
            asked = asked.replace(said, f" {meant} ")
    return asked


def fits(asked: str, measures: Iterable[Measure]) -> list[Fit]:
    """Give the measures that a question's content fits, best first."""
    stems = _stems(asked)
    runs = "".join(c if CJK.match(c) else " " for c in asked).split()
    found = [_fit(stems, runs, measure) for measure in measures]
    good = [f for f in found if f.explains >= ENOUGH and f.said >= NAMED]
    return sorted(good, key=lambda f: -f.score)


def _fit(stems: frozenset[str], runs: list[str], measure: Measure) -> Fit:
    weight = len(stems) + sum(map(len, runs)) / 2
    if not weight:
        return Fit(measure, 0.0, 0.0)
    explained = len(stems & measure.words) + IN_SENTENCE * len(stems & measure.around - measure.words)
    named = sum(_covered(run, measure.text) for run in runs)
    nearby = sum(_covered(run, measure.sentences) for run in runs)
    explained += (named + IN_SENTENCE * max(0, nearby - named)) / 2
    whole = len(measure.words) + sum(1 for c in measure.text if CJK.match(c)) / 2
    said = len(stems & measure.words) + _covered_name(measure.text, runs) / 2
    return Fit(measure, explained / weight, said / whole if whole else 0.0)


def _covered(run: str, text: str) -> int:
    """Count the characters of a run that stand, two and more together, in a text."""
    count = i = 0
    while i < len(run):
        size = next((n for n in range(len(run) - i, SHORTEST_RUN - 1, -1) if run[i : i + n] in text), 0)
        count += size
        i += max(size, 1)
    return count


def _covered_name(name: str, runs: list[str]) -> int:
    han = "".join(c if CJK.match(c) else " " for c in name).split()
    return sum(_covered(part, " ".join(runs)) for part in han)
