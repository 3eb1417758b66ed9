"""Finds what a release measures, by its own words: for releases that no topic was written for.

The measures of a release are its figures grouped by what their metrics name (``bot.questions.terms``) and by the places
they are about. A question fits a measure when all it names is the measure's own, or stands in its sentences; of those
that fit, the one whose name the question says most wholly comes first, so that an exact name wins over a near one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.facts.nouns import CONNECTIVE, LEAD, UP_DOWN, VERB
from bot.questions.terms import Feature, covered
from bot.text.cleaning import clean
from bot.text.periods import find_periods
from bot.text.places import find_places, place_id, same_place

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.facts.model import Facts, Figure
    from bot.questions.terms import Terms

NAMED = 0.6  # the share of a measure's name that a question must say to be answered by it
SPOKEN = 0.2  # ... to be asked back about it
CLOSE = 0.05
NEARBY = 0.5  # what stands in the sentence only explains half as much as what stands in the name
MOST_NEARBY = 0.5  # the share of a question that its sentence alone may explain
LOOSE = 0.75  # the share of a run of characters that must stand in a text for the text to have it
ASIDE = re.compile(r",? (?:which|who|where|followed)\b.*$|, (?:the|an?|its) .*$|^followed by (?:the )?")
CLAUSE = re.compile(r"^.*[，；：](?=..)")  # a name does not run over a clause's end
MOVING = re.compile(r"(?<=..)(?:同比|环比)?(?:实现)?(?:增长|下降|上升|回落|增加|减少|提高|上涨|下跌)?$")  # nor does it end by moving
OF = re.compile(r"(?<=\w) (?:of|to|with|for|by|in|from|on|at) ")
RATE = frozenset({"interest_rate"})  # what a rate is one of, whether its name says so or not
WHERE = r"\b(?:in|of|at) (?:[a-z'’-]+ ){{0,3}}{name}(?: (?:province|city|municipality|prefecture|region|county|district|zone|port|area))\b"
BRACKET = re.compile(r"([^()]{2,40}?) ?\($")
MOVED = frozenset(word for word in re.findall(r"[a-z]{4,}", UP_DOWN) if word not in ("gains", "hits", "tops", "rises", "falls"))
LEADING = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir) ((?:[a-z-]+ ?){1,3})$")
NO_NAME = re.compile(r"^(?:把|以|可|由|将|一家|对于|其中|通过)|(?:以|了|的|等|从|至|由|把)$")
# What only says how or under what, 中 after a whole, and the kinds listed before what they are of (远期、期权等衍生品).
BY_WAY = re.compile(r"^(?:通过|经由|以|按)[^的]{1,20}的|^[^等]{1,20}、[^等]{1,20}等(?=..)|中$|(?<=\w) (?:under|via|during|handled by|through) .*$")


@dataclass(frozen=True)
class Measure:
    """What some figures of a release measure; ``name`` in the release's words, ``keys`` what it names beside runs of characters."""

    name: str
    figures: tuple[Figure, ...]
    features: tuple[Feature, ...]
    keys: frozenset[str]
    around: frozenset[str]
    text: str
    sentences: str
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fit:
    """A measure with how much of the question it explains, and how much of its name the question says, 0 to 1 each."""

    measure: Measure
    explains: float
    said: float
    heads: bool = True  # whether the question says what the name is about, and not only what it is of

    @property
    def score(self) -> float:
        """Both together."""
        return self.explains + self.said


def measures_of(facts: Facts, terms: Terms, own: Collection[str] = (), title: str = "") -> tuple[Measure, ...]:
    """Group a release's figures by what they measure, in text order; ``own`` are the names the release goes by.

    What its title names is spoken of all through it.
    """
    home = {found for name in own if (found := place_id(name))}
    grouped: dict[tuple[object, ...], list[tuple[Figure, str, tuple[Feature, ...], frozenset[str]]]] = {}
    for figure in facts.figures:
        if not phrase(figure.metric):
            continue
        text = _bare(figure, own)
        places = frozenset(p.id for p in find_places(text)) or _bracketed(figure) or _places_of(figure)
        for place in find_places(text):
            text = text[: place.start] + " " * (place.end - place.start) + text[place.end :]
        features = tuple(terms.features(text))
        if features or places - home:
            key = (frozenset(f.key for f in features), places - home)
            grouped.setdefault(key, []).append((figure, text, features, places - home))
    return tuple(_measure(group, terms, clean(title)) for group in grouped.values())


def phrase(metric: str) -> str:
    """Cut a metric before a verb, so that a noun phrase is left; empty where none is.

    >>> phrase("imports edged"), phrase("members of the RCEP made up over a third"), phrase("value added of industry")
    ('imports', 'members of the RCEP', 'value added of industry')
    >>> phrase("通过保税等方式申报的跨境电商出口"), phrase("远期、期权等衍生品签约"), phrase("把比率")
    ('跨境电商出口', '衍生品签约', '')
    """
    metric = LEAD.sub("", ASIDE.sub("", metric))
    metric = MOVING.sub("", BY_WAY.sub("", CLAUSE.sub("", metric)))
    verb = next((m.start() for m in VERB.finditer(metric) if m.start()), len(metric))
    words = metric[:verb].split()
    while words and (words[-1].casefold() in MOVED or (words[-1].casefold() in CONNECTIVE and words[-1].endswith("ed"))):
        words.pop()
    return "" if NO_NAME.search(metric) else " ".join(words)


def _led(figure: Figure) -> str:
    """Give a metric with the noun that leads it, where it was cut at its "of"."""
    before = figure.sentence.text[: max(figure.sentence.text.find(figure.metric), 0)]
    led = LEADING.search(before) if figure.metric.startswith("of ") else None
    return f"{led[1].strip()} {figure.metric}" if led else figure.metric


def _bare(figure: Figure, own: Collection[str]) -> str:
    """Give a metric without the release's own names, and without times."""
    text = clean(phrase(_led(figure)))
    for name in sorted(own, key=len, reverse=True):
        if name in text:
            text = re.sub(WHERE.format(name=re.escape(name)), " ", text).replace(name, " ")
    for found in find_periods(text):
        text = text[: found.start] + " " * (found.end - found.start) + text[found.end :]
    return text


def _bracketed(figure: Figure) -> frozenset[str]:
    """Give the place whose own the figure is, standing in brackets after its name: "Indonesia (635,000)"."""
    before = clean(figure.sentence.text[: figure.span.start - figure.sentence.span.start])
    led = BRACKET.search(before)
    return frozenset(p.id for p in find_places(led[1]) if p.end == len(led[1])) if led else frozenset()


def _places_of(figure: Figure) -> frozenset[str]:
    found = place_id(figure.counterpart) if figure.counterpart else None
    return frozenset({found} if found else ())


def _measure(group: list[tuple[Figure, str, tuple[Feature, ...], frozenset[str]]], terms: Terms, title: str) -> Measure:
    _, text, features, places = group[0]
    figures = tuple(f for f, *_ in group)
    sentences = clean(" ".join(dict.fromkeys(f.sentence.text for f in figures)))
    beside = " ".join(f"{f.scope or ''} {f.counterpart or ''} {f.quantity.counted or ''}" for f in figures)
    around = terms.features(f"{sentences} {clean(beside)} {title}")
    return Measure(
        name=min((phrase(_led(f)) for f in [f for f in figures if f.kind != FigureKind.SHARE] or figures), key=len),
        figures=figures,
        features=features,
        keys=frozenset(f.key for f in features if not f.run),
        around=frozenset(f.key for f in around if not f.run) | (RATE if any(f.kind == FigureKind.RATE for f in figures) else frozenset()),
        text=text,
        sentences=f"{sentences} {title}",
        places=places,
    )


def fits(asked: Iterable[Feature], places: Collection[str], measures: Iterable[Measure]) -> list[Fit]:
    """Give the measures that what a question names fits, best first; each place asked of must be the measure's."""
    asked = tuple(asked)
    found = [fit for m in measures if _there(places, m) and (fit := _fit(asked, len(places), m))]
    return sorted(found, key=lambda f: -f.score)


def _there(places: Collection[str], measure: Measure) -> bool:
    return all(any(same_place(own, place) for own in measure.places) for place in places)


def _fit(asked: tuple[Feature, ...], places: int, measure: Measure) -> Fit | None:
    """Hold a question against a measure; None where it names something else."""
    weight = sum(f.weight for f in asked) + places
    if not weight:
        return None
    named, nearby = float(places), 0.0
    for feature in asked:
        if _has(feature, measure.keys, measure.text):
            named += feature.weight
        elif _has(feature, measure.around, measure.sentences):
            nearby += feature.weight
        else:
            return None
    if not named or nearby > MOST_NEARBY * weight:
        return None
    keys = {f.key for f in asked}
    runs = " ".join(f.run for f in asked if f.run)
    whole = sum(f.weight for f in measure.features) + (max(places, 1) if measure.places else 0)
    said = places + sum(f.weight * (covered(f.run, runs) if f.run else f.key in keys) for f in measure.features)
    return Fit(measure, (named + NEARBY * nearby) / weight, said / whole, heads=_heads(measure, keys, runs))


def _heads(measure: Measure, keys: set[str], runs: str) -> bool:
    """Whether what a name is about is said: in English what stands before "of", "to" and the like, in Chinese what stands last."""
    if not measure.features:
        return True
    of = OF.search(measure.text)
    before = [f for f in measure.features if f.start < of.start()] if of else []
    head = before or measure.features[-1:]
    return any(covered(f.run, runs) >= LOOSE if f.run else f.key in keys for f in head)


def _has(feature: Feature, keys: frozenset[str], text: str) -> bool:
    return covered(feature.run, text) >= LOOSE if feature.run else feature.key in keys
