"""Tells which releases a question names: by place, publisher, speaker, day, month and issuer, in either language.

What names a release is no slot of what is asked: its span is left out before the question's content is read. A whole
country's name and a kind of issuer ("customs") name weakly: they only choose among releases that nothing else tells apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bot.questions.lexicon import CJK, Lexicon, tokens
from bot.questions.names import SHORTEST, Name, names_of
from bot.questions.terms import near_name
from bot.text.cleaning import clean
from bot.text.period import PeriodKind
from bot.text.periods import find_periods
from bot.text.places import place_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from bot.questions.content import Book
    from bot.questions.model import Hit
    from bot.releases.model import Release
    from bot.text.period import FoundPeriod

HEAD = 600  # characters in which a release says what it is and when
ISSUER = "by_"
NEAR = 40  # characters between a month and the word for a release that it names
WITHIN = re.compile(r"\b(?:in|of|from|by|the)\b|[里中,，]")
LATIN = re.compile(r"[a-z]{4,}")
WHO, WHEN = "who", "when"


@dataclass(frozen=True)
class Named:
    """The releases a question names, newest first; where in it they are named; ``weakly`` by what only chooses."""

    releases: tuple[Release, ...] = ()
    weakly: tuple[Release, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    monthly: bool = False  # whether the change on the month is asked
    dated: tuple[tuple[int, int], ...] = ()  # where a day or month names one

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the releases named."""
        return frozenset(r.id for r in self.releases)


@dataclass(frozen=True)
class Naming:
    """The names of all releases, and the words that name one."""

    all: tuple[Release, ...]
    book: Book
    speakers: tuple[tuple[str, str], ...] = ()  # release and person

    def named(self, text: str, now: date) -> Named:
        """Give the releases that a cleaned question names."""
        hits = self._lexicon.hits(tokens(text), text)[0]
        who, weak, spans = self._who(text)
        issued = {h.concept for h in hits if h.concept.startswith(ISSUER)}
        issuers = {r.id for r in self.all if issued & self._issuer[r.id]}
        when, dated = self._when(text, now, [h for h in hits if not h.concept.startswith(ISSUER)])
        chosen = _both(_both(who, when), issuers & (who | when)) if who or when else set()
        if not when and _newest(text, hits):
            chosen = {next(r.id for r in self.all if r.id in (chosen or issuers or {self.all[0].id}))}
        taken = (*spans, *dated, *((h.start, h.end) for h in hits if h.concept.startswith(ISSUER) and (issuers & (chosen or issuers))))
        documents = [(h.start, h.end) for h in hits if h.concept in ("document", "published")]
        taken = (*taken, *documents) if chosen else taken
        return Named(self._of(chosen), self._of(_both(weak, issuers) if not chosen else set()), tuple(taken), monthly=any(h.concept == "monthly_change" for h in hits), dated=(*dated, *documents) if dated and documents else ())

    def of_the_release(self, text: str) -> bool:
        """Whether a question speaks of "the release", naming none: the one that the topics were written for."""
        return any(h.concept == "the_release" for h in self._lexicon.hits(tokens(text), text)[0])

    def near(self, word: str) -> str | None:
        """Give the name that a mistyped word is meant to be, or None."""
        return near_name(word, self._words)

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(n.text for n in self._names if LATIN.fullmatch(n.text) and not place_id(n.text))

    def points_back(self, text: str) -> bool:
        """Whether a question holds a word that only points at what was said before."""
        return any(h.concept == "pointing" for h in self._lexicon.hits(tokens(text), text)[0])

    def own(self, release: str) -> tuple[str, ...]:
        """Give the names a release goes by, to be left out of what it measures."""
        return tuple(n.text for n in self._names if n.release == release)

    def _of(self, ids: set[str]) -> tuple[Release, ...]:
        return tuple(r for r in self.all if r.id in ids)

    # ---- who ---------------------------------------------------------------------------------------------------

    def _who(self, text: str) -> tuple[set[str], set[str], list[tuple[int, int]]]:
        """Give the releases named by place, publisher or speaker, those named weakly, and the spans of the names."""
        found = [(n, at) for n in self._names if (at := _stands(n.text, text)) >= 0] if self._any.search(text) else []
        spoken = list(self._by_sound(text))
        found += [(n, at) for n, at, _ in spoken]
        lengths = {(n.text, at): size for n, at, size in spoken}
        strong = [(n, at) for n, at in found if not n.weak]
        if strong:  # a longer name says more than a place within it; two names that share no release name both
            size = {(n, a): lengths.get((n.text, a), len(n.text)) for n, a in strong}
            outer = [(n, a) for n, a in strong if not any(size[m, b] > size[n, a] and b <= a < b + size[m, b] for m, b in strong)]
            each = [{n.release for n, a in outer if a == at} for at in {a for _, a in outer}]
            chosen = set.intersection(*each) or set.union(*each)
        else:
            chosen = set()
        spans = [(at, at + lengths.get((n.text, at), len(n.text))) for n, at in found]
        return chosen, {n.release for n, _ in found if n.weak}, [(a, b + 2 if text.startswith("'s", b) else b) for a, b in spans]

    def _by_sound(self, text: str) -> Iterator[tuple[Name, int, int]]:
        """Find names of places written in the other language's script, where no gazetteer knows them."""
        chinese, letters = CJK.search(text), {m[0]: m.start() for m in LATIN.finditer(text)}
        for name, said in self._strange:
            if chinese and name.text == said:
                yield from ((name, at, size) for at, size in _sounding(text, said))
            elif name.text != said and said in letters:
                yield name, letters[said], len(said)

    @cached_property
    def _names(self) -> tuple[Name, ...]:
        found = dict.fromkeys(n for release in self.all for n in names_of(release))
        found.update(dict.fromkeys(Name(clean(person), release) for release, person in self.speakers))
        return tuple(n for n in found if len(n.text) >= SHORTEST)

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """Finds out whether any name stands in a text at all."""
        return re.compile("|".join(re.escape(n.text) for n in self._names) or r"(?!)")

    @cached_property
    def _strange(self) -> tuple[tuple[Name, str], ...]:
        """Names of places that no gazetteer knows: in letters, to be heard in characters, or the other way round, with their sound."""
        placed = [n for n in self._names if not n.weak and not place_id(n.text)]
        heard = [(n, _sound(n.text)) for n in placed if len(n.text) == SHORTEST and CJK.match(n.text)]
        return (*((n, n.text) for n in placed if LATIN.fullmatch(n.text)), *((n, said) for n, said in heard if not place_id(said)))

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon([(s, name) for name, c in self.book.releases.items() for s in (*c.en, *c.zh)], ())

    @cached_property
    def _issuer(self) -> dict[str, set[str]]:
        """What kind of office issued each release, by its publisher and its first lines."""
        heads = {r.id: clean(f"{r.masthead.publisher or ''} {' '.join(s.text for s in r.sentences[:2])}") for r in self.all}
        return {name: {h.concept for h in self._lexicon.hits(tokens(head), head)[0] if h.concept.startswith(ISSUER)} for name, head in heads.items()}

    # ---- when --------------------------------------------------------------------------------------------------

    def _when(self, text: str, now: date, hits: list[Hit]) -> tuple[set[str], list[tuple[int, int]]]:
        """Give the releases named by their day, or by a month or year beside a word for a release; and those spans."""
        said = {h.concept for h in hits}
        documents = [(h.start, h.end) for h in hits if h.concept in ("document", "published")]
        for word, back in (("today", 0), ("yesterday", 1)):
            if word in said and documents:
                ids = {r.id for r in self.all if r.masthead.published == now - timedelta(days=back)}
                if ids:
                    return ids, [(h.start, h.end) for h in hits if h.concept == word]
        for found in find_periods(text, None):
            ids = self._dated(found, text, documents)
            if ids:
                return ids, [(found.start, found.end)]
        return set(), []

    def _dated(self, found: FoundPeriod, text: str, documents: list[tuple[int, int]]) -> set[str]:
        stated = _day(found, text)
        if stated:
            day, month, year = stated
            return {name for name, days in self._days.items() if any(d.day == day and d.month == month and year in (None, d.year) for d in days)}
        if not any(_beside(found, span) for span in documents):
            return set()
        return {r.id for r in self.all if self._of_month(r, found)}

    def _of_month(self, release: Release, found: FoundPeriod) -> bool:
        """Whether a release came out in a month or year said, or bears it in its title."""
        title = clean(" ".join(s.text for s in release.sentences[:1]))
        titled = {_stretch(p) for p in find_periods(title, release.masthead.published)}
        months = _months(found)
        published = release.masthead.published
        if _stretch(found) in titled and found.period.end:
            return True
        if found.period.kind == PeriodKind.MONTH and published and months == published.month:
            return found.period.year in (None, published.year)
        return found.period.kind == PeriodKind.MONTH and any(t[0] == PeriodKind.MONTH and t[2] and t[2].month == months and found.period.year in (None, t[2].year) for t in titled)

    @cached_property
    def _days(self) -> dict[str, set[date]]:
        """The days each release is of: its publication, and the days its first lines name."""
        days = {}
        for release in self.all:
            head = clean(release.text[:HEAD])
            named = (p.period for p in find_periods(head, release.masthead.published) if p.period.kind == PeriodKind.DAY)
            days[release.id] = {d for d in (release.masthead.published, *(p.end for p in named)) if d}
        return days


def _newest(text: str, hits: Iterable[Hit]) -> bool:
    """Whether the newest release is asked for: "latest" with the word for a release close behind, and not within it."""
    hits = list(hits)
    ends = [h.end for h in hits if h.concept == "latest"]
    starts = [h.start for h in hits if h.concept == "document"]
    return any(0 <= start - end <= NEAR and not WITHIN.search(text[end:start]) for end in ends for start in starts)


def _both(one: set[str], other: set[str]) -> set[str]:
    """What two ways of naming agree on; the first where they do not."""
    return (one & other) or one or other


def _stands(name: str, text: str) -> int:
    """Give where a name stands in a text, as a word of its own where it is written in letters; else -1."""
    at = text.find(name)
    while at >= 0 and name[0].isascii():
        if not (at and text[at - 1].isalnum() and text[at - 1].isascii()) and not (text[at + len(name) : at + len(name) + 1].isalnum() and text[at + len(name)].isascii()):
            return at
        at = text.find(name, at + 1)
    return at


@lru_cache(maxsize=4096)
def _sound(text: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - a large table, read only when a name is looked for by its sound

    return "".join(lazy_pinyin(text))


def _sounding(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Find two or three characters that sound like a name in letters."""
    sounds = [_sound(c) if CJK.match(c) else "" for c in text]
    for start, first in enumerate(sounds):
        if first and name.startswith(first):
            for size in (2, 3):
                if all(sounds[start : start + size]) and "".join(sounds[start : start + size]) == name:
                    yield start, size


def _beside(found: FoundPeriod, span: tuple[int, int]) -> bool:
    return 0 <= span[0] - found.end <= NEAR or 0 <= found.start - span[1] <= SHORTEST * SHORTEST


def _stretch(found: FoundPeriod) -> tuple[PeriodKind, date | None, date | None]:
    return found.period.kind, found.period.start, found.period.end


def _months(found: FoundPeriod) -> int | None:
    """Give the month a period is, by its days or its words."""
    from bot.text.periods import MONTHS  # noqa: PLC0415 - beside its only use

    if found.period.end:
        return found.period.end.month
    said = found.period.text.casefold()
    named = next((i for i, m in enumerate(MONTHS, 1) if m[:3] in said), None)
    digits = re.search(r"\d{1,2}(?=月)", said)
    return named or (int(digits[0]) if digits else None)


def _day(found: FoundPeriod, text: str) -> tuple[int, int, int | None] | None:
    """Give day, month and year (where stated) of a period that is a day."""
    if found.period.kind != PeriodKind.DAY:
        return None
    if found.period.end:
        return found.period.end.day, found.period.end.month, found.period.end.year
    said = text[found.start : found.end]
    month = _months(found)
    days = [int(d) for d in re.findall(r"\d{1,2}(?!\d|月)", said)]
    return (days[0], month, None) if days and month else None
