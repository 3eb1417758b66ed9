"""Tells which periods of a sentence its figures can be of: not those it only compares with, nor the day of an occasion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.model import FigureKind
from bot.facts.spoken import (
    BEGUN,
    BEGUN_WITH,
    BETWEEN,
    COMPARED,
    COMPARED_FIGURE,
    COMPARED_ZH,
    LIKE,
    MOVED,
    OCCASION,
    OPENING,
    POSSESSIVE,
    RELATED,
    RUN,
)
from bot.text.period import FoundPeriod, Period, PeriodKind

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release

# "As of July 31, 1,286 ATMs", "had registered by October 22": a day up to which something is counted.
THAN = re.compile(r"\b(?:than|compared (?:with|to)|against|versus)(?: in| that of| at| for| during)? (?:the )?$", re.IGNORECASE)
UNTIL = re.compile(r"\b(?:as of|as at|by|up to|until)\s*$", re.IGNORECASE)
HOLIDAY = re.compile(r"(?:\b(?P<year>20\d\d)\s)?(?P<name>(?:(?!(?:The|This|Last|During|In|Over|A|An|For|And|Public|Bank|Of|At|On)\b)[A-Z][\w'’-]{1,20}\s){1,4}(?:and\s(?:[A-Z][\w'’-]{1,20}\s){1,3})?)(?P<kind>[Hh]olidays?|[Gg]olden [Ww]eek)\b(?:,? (?:of )?(?P<year2>20\d\d)\b)?")
NEAR_HOLIDAY = re.compile(r"\b(?:before|ahead of|after|until|since|by|last year['’]s|previous)(?: the| this)?(?: [a-z-]+)? $", re.IGNORECASE)
# The runs from January that have two names each.
RUNS = {"first quarter": "three months", "first half": "six months", "first three quarters": "nine months"}


def usable_in(found: list[FoundPeriod], text: str, language: str) -> list[FoundPeriod]:
    """Give those of a sentence's periods that are not only what a figure is compared with; a day up to which is counted is a point in time."""
    if language == "en" and "since" in text.casefold():
        sinces = {f.end for f in since_in(found, text)}
        found = [f for f in found if f.end not in sinces]
    days = [f for f in found if f.period.kind == PeriodKind.DAY and language == "en" and UNTIL.search(text[max(0, f.start - 8) : f.start])]
    found = [f._replace(period=f.period._replace(kind=PeriodKind.POINT)) if f in days else f for f in found if f in days or f.period.kind not in (PeriodKind.DAY, PeriodKind.OTHER)]
    kept = [f for f in found if _stated(f, text, language)]
    stated = {f.start for f in kept}
    kept = [f for n, f in enumerate(found) if f.start in stated and not (n and _after_compared(found[n - 1], f, text, stated))]
    return [f for n, f in enumerate(kept) if not (BETWEEN.search(text[max(0, f.start - 14) : f.start]) and n + 1 < len(kept) and text[f.end : kept[n + 1].start].strip() == "and")]


def holidays_in(text: str, year: int) -> list[FoundPeriod]:
    """Give the holidays that a sentence names as times of its figures, each with its year: "National Day holiday 2025".

    >>> [f.period.text for f in holidays_in("The National Day and Mid-Autumn Festival holiday brought 5 visitors, 3% more than the May Day holiday", 2025)]
    ['National Day and Mid-Autumn Festival holiday 2025']
    """
    found = []
    for match in HOLIDAY.finditer(text) if "oliday" in text or "olden" in text else ():
        words = f"{match['name']}{match['kind'].lower()} {match['year'] or match['year2'] or year}"
        found.append(FoundPeriod(Period(PeriodKind.OTHER, None, None, words), match.start(), match.end()))
    return [f for f in found if _stated(f, text, "en") and not NEAR_HOLIDAY.search(text[max(0, f.start - 30) : f.start])]


def _after_compared(before: FoundPeriod, f: FoundPeriod, text: str, stated: set[int]) -> bool:
    """Whether a period is joined to one that a figure is compared with: "than in May and June"."""
    return before.start not in stated and text[before.end : f.start] == " and " and not COMPARED_FIGURE.search(text[max(0, before.start - 60) : before.start])


def _stated(f: FoundPeriod, text: str, language: str) -> bool:
    before = text[max(0, f.start - 60) : f.start]
    run = f.period.kind == PeriodKind.RUN and RUN.search(f.period.text)
    if language == "zh":
        return bool(run) or not COMPARED_ZH.search(before)
    return not (
        THAN.search(before)
        or (COMPARED.search(before[-44:]) and (not run or before.endswith("the ")))
        or COMPARED_FIGURE.search(before[-60:])
        or LIKE.search(before)
        or (BEGUN.search(before) and not BEGUN_WITH.match(text[f.end :]))
        or (f.start and (POSSESSIVE.match(text[f.end : f.end + 3]) or text[f.start : f.end].endswith(("'s", "’s"))))
        or ("-" in f.period.text and OCCASION.match(text[f.end :]))
        or (f.period.kind == PeriodKind.POINT and f.period.text.casefold().startswith("from "))
        or (RELATED.match(f.period.text) and f.start > OPENING and not MOVED.search(before) and not OWN_YEAR.search(before))
    )


def runs_of(release: Release) -> tuple[dict[str, str], dict[str, str]]:
    """Give what to call the runs from January that a release has a name of its own for, and what else it calls those it has two names for.

    "First nine months", where it speaks of no three quarters; where it speaks of both, either is said with the other.
    """
    low = release.text.casefold() if release.language == "en" else ""
    two = {name: f"first {own}" for name, own in RUNS.items() if f" {own}" in low and name in low}
    own_names = {f"({name})": f"(first {own})" for name, own in RUNS.items() if f"first {own}" in low and name not in low}
    return own_names, {**two, **{other: name for name, other in two.items()}}


SINCE = re.compile(r"\bsince(?: (?:then|the|its|their|it|our|they|was|were|operations|being|having|[a-z]+ed|(?:launch|start|introduction|establishment|opening|founding|inception|beginning|debut|end|scheme|trial|pilot|system|zone|facility|fund|campaign|programme|program|project|service|reform|policy)(?: of)?|began|in|on|at|of|early|late|mid)){0,8} $", re.IGNORECASE)
# "settled 41.7 billion of trade last year under": nothing between an amount and the year compares.
OWN_YEAR = re.compile(r"\d\S*(?: (?!(?:than|from|over|on|against|compared|same|corresponding|period|versus|above|below|as|up|down|more|less|fewer|higher|lower|earlier|and|but|while|to|percent|percentage)\b)[A-Za-z'’-]+){1,8} $")
PARTS = re.compile(r"[;:]|, (?:and|while|whereas|although|though|but|compared)\b")
TO = re.compile(r"[^,]{0,12} to\b")
EXTREME = re.compile(r"\b(?:[a-z]{3,}est|first|best|worst|most|least|second|third|record|high|low)\b[^,.;]{0,60}$", re.IGNORECASE)
FARTHEST = 110  # characters between a figure and what it has been counted since


def since_in(found: list[FoundPeriod], text: str) -> list[FoundPeriod]:
    """Give the times since which a sentence counts, "since its launch in 2022": not those that only tell how rare something is."""
    given = []
    for f in found:
        since = SINCE.search(text[max(0, f.start - FARTHEST) : f.start])
        if since and f.period.kind != PeriodKind.OTHER and not EXTREME.search(text[: max(0, f.start - FARTHEST) + since.start()][-FARTHEST:]):
            given.append(f._replace(start=max(0, f.start - FARTHEST) + since.start()))
    return given


def since_of(draft: Draft, sinces: list[FoundPeriod], usable: list[FoundPeriod]) -> FoundPeriod | None:
    """Give the time since which a figure has been counted: said in its clause, with no other time nearer."""
    text = draft.sentence.text
    for f in sinces:
        first, last = (f.end, draft.start) if f.end <= draft.start else (draft.end, f.start)
        between = text[first:last]
        if f.end <= draft.start and draft.kind in (FigureKind.LEVEL, FigureKind.COUNT) and TO.match(between):
            continue  # "has doubled since 2022 to 9,430": that is where it stands now
        if 0 <= last - first <= FARTHEST and not PARTS.search(between) and not any(first <= other.start < last for other in usable):
            return f
    return None
