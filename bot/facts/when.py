"""Tells the period of a figure: from its sentence, else carried from its paragraph, else the document's own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.text.period import FoundPeriod, Period, PeriodKind
from bot.text.periods import find_periods

if TYPE_CHECKING:
    from datetime import date

    from bot.facts.draft import Draft
    from bot.releases.model import Release, Sentence

COMPARED = re.compile(r"(?:\bfrom|\bthan(?: in| that of| at)?|\bbelow|\bcompared with|\bagainst|\bof the whole of|\blevel of|\bthat of|\bsince|\bto|比|较|与|由|从|是|相当于|至)\s*(?:the )?(?:end of |same period of |上年|whole of |level of )?$", re.IGNORECASE)
YEAR_AGO_AFTER = re.compile(r"^\s?(?:\([^)]*\)\s?)?(?:a year (?:earlier|ago|before)|(?:in )?the (?:same (?:period|quarter|month)(?: of)?) (?:last year|a year)|a year ago|last year)", re.IGNORECASE)
YEAR_AGO_BEFORE = re.compile(r"(?:上年同期|去年同期|上年末?)的?\s*$")
# "from 4.1 percent in 2024": the period is of the figure that another is compared with.
COMPARED_FIGURE = re.compile(r"\b(?:from|compared with|against|than|versus)\s[^,;.]{0,6}\d[^,;]{0,24}?\b(?:in|at|for|of|by)\s(?:the )?$", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s")
ALONE = re.compile(r"^,? alone\b|^当月")
NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
TARGET_KINDS = (PeriodKind.YEAR, PeriodKind.POINT)
STOCK = re.compile(r"balance|outstanding|stood at|余额|存量", re.IGNORECASE)
NEAR = 12
OWN_GAP = re.compile(r"\s(?:in|at|for|by|as of|over|during)\s(?:the )?", re.IGNORECASE)
BRIEF = (PeriodKind.MONTH, PeriodKind.POINT)
OPENING_PARAGRAPHS = 1
FEW = 12
LEADING = re.compile(r"^(?:by |as of |at |from |in )?(?:the )?", re.IGNORECASE)


class Calendar:
    """A release's time: its date, its main period, and the periods each sentence states."""

    def __init__(self, release: Release) -> None:
        """Read every sentence's periods against the release's date."""
        self.language = release.language
        self.anchor = release.masthead.published or _dated(release)
        self.found = {s.span.start: find_periods(s.text, self.anchor) for s in release.sentences}
        self.main = self._main(release)
        self.carried: dict[int, Period] = {}
        last: tuple[int, Period] | None = None
        for sentence in release.sentences:
            if last and last[0] == sentence.paragraph and (last[1].kind not in BRIEF or STOCK.search(sentence.text) or self._as_brief(last[1])):
                self.carried[sentence.span.start] = last[1]
            leading = [f for f in self._usable(sentence, 0) if f.start < 40]  # noqa: PLR2004 - a sentence's opening
            if leading and sentence.role == "body" and not ALONE.match(sentence.text[leading[0].end :]):
                last = (sentence.paragraph, leading[0].period)

    def _usable(self, sentence: Sentence, upto: int) -> list[FoundPeriod]:
        """The sentence's periods that are not only what a figure is compared with."""
        del upto
        text = sentence.text
        return [
            f
            for f in self.found[sentence.span.start]
            if f.period.kind not in (PeriodKind.DAY, PeriodKind.OTHER)
            and not COMPARED.search(text[: f.start][-34:])
            and not COMPARED_FIGURE.search(text[: f.start][-60:])
            and not POSSESSIVE.match(text[f.end :][:3])
            and not text[f.start : f.end].endswith(("'s", "’s"))
        ]

    def _as_brief(self, period: Period) -> bool:
        """Whether the document's own period is as brief as a month or a point, so that such a one carries on."""
        return self.main is None or self.main.kind == period.kind or self.main.kind in BRIEF

    def _main(self, release: Release) -> Period | None:
        """The document's own period: the first that its headline or opening states, else the commonest."""
        opening = [s for s in release.sentences[:8] if s.role == "headline" or s.paragraph <= OPENING_PARAGRAPHS]
        for sentence in opening:
            for f in self._usable(sentence, 0):
                if f.period.end and (not self.anchor or f.period.end <= self.anchor):
                    return self.complete(f.period)
        if self.language == "en" and self.anchor and len(release.sentences) > FEW:
            month = f"{self.anchor:%B} {self.anchor.year}"
            return Period(PeriodKind.MONTH, self.anchor.replace(day=1), self.anchor, month)
        every = [f.period for s in release.sentences for f in self._usable(s, 0) if f.period.end]
        common = Counter((p.start, p.end) for p in every).most_common(1)
        return next((self.complete(p) for p in every if (p.start, p.end) == common[0][0]), None) if common else None

    def period_of(self, draft: Draft) -> Period | None:
        """Give a draft's period; ``origin`` tells whether the sentence states it."""
        sentence = draft.sentence
        own = self._own(draft)
        if own:
            return self._shifted(draft, self.complete(own))
        usable = self._usable(sentence, draft.start)
        before = [f for f in usable if f.start < draft.start]
        after = [f for f in usable if f.start >= draft.end]
        chosen = before[-1] if before else None
        if after and (chosen is None or _closer(sentence.text, draft, after[0])):
            chosen = after[0]
        if chosen:
            return self._shifted(draft, self.complete(chosen.period))
        carried = self.carried.get(sentence.span.start)
        if carried and sentence.role == "body":
            return self._shifted(draft, replace(self.complete(carried), origin="paragraph"))
        return self._shifted(draft, self._inferred(draft, self.main)) if self.main else None

    def _own(self, draft: Draft) -> Period | None:
        """Give the period that stands right after a figure ("from 4.2 percent in December"): its own, and never to come."""
        for f in self.found[draft.sentence.span.start]:
            gap = draft.sentence.text[draft.end : f.start]
            if not (0 < len(gap) <= NEAR and OWN_GAP.fullmatch(gap)) or f.period.kind in (PeriodKind.DAY, PeriodKind.OTHER):
                continue
            period = f.period
            ahead = period.start and period.end and self.anchor and period.start > self.anchor and not draft.target
            if ahead and period.start and period.end and str(period.year) not in period.text:
                return replace(period, start=period.start.replace(year=period.start.year - 1), end=period.end.replace(year=period.end.year - 1))
            return period
        return None

    def _inferred(self, draft: Draft, main: Period) -> Period:
        """Take the document's own period; of a document dated by a point in time, a flow takes the year."""
        if main.kind == PeriodKind.POINT and main.end and not STOCK.search(draft.sentence.text):
            year = main.end.year
            text = f"{year}年" if self.language == "zh" else str(year)
            return Period(PeriodKind.YEAR, main.end.replace(month=1, day=1), main.end.replace(month=12, day=31), text, "document")
        return replace(main, origin="document")

    def _shifted(self, draft: Draft, period: Period) -> Period:
        """Move last year's figure in the same sentence a year back."""
        text = draft.sentence.text
        if not (YEAR_AGO_AFTER.match(text[draft.end :][:40]) or YEAR_AGO_BEFORE.search(text[: draft.start][-10:])):
            return period
        if draft.kind in ("change", "multiple") or period.year is None or not period.start or not period.end:
            return period
        year = str(period.year)
        words = period.text.replace(year, str(period.year - 1))
        try:
            return replace(period, start=period.start.replace(year=period.year - 1), end=period.end.replace(year=period.year - 1), text=words)
        except ValueError:
            return replace(period, start=None, end=None, text=words)

    def complete(self, period: Period) -> Period:
        """Complete a period's words with its year."""
        words = period.text if self.language == "zh" else LEADING.sub("", period.text)
        words = words.strip(" ,")
        january_run = self.language == "en" and period.kind == PeriodKind.RUN and period.start and period.start.month == 1
        if period.year is None or (str(period.year) in words and not january_run):
            return replace(period, text=words)
        if self.language == "en" and period.kind == PeriodKind.RUN and period.start and period.end and period.start.month == 1:
            return replace(period, text=_first_months(period.end.month, period.end.year))
        if self.language == "zh":
            bare = re.sub(r"^(?:今年|去年|上年|本年|当年|\d\d年)", "", words)
            return replace(period, text=f"{period.year}年{bare}" if bare not in ("年末", "年底") else f"{period.year}{bare}")
        if re.search(r"last year|this year|next year", words, re.IGNORECASE):
            return replace(period, text=re.sub(r"(?:last|this|next) year", str(period.year), words, flags=re.IGNORECASE))
        joiner = " of " if re.search(r"half|quarter|months", words, re.IGNORECASE) else " "
        return replace(period, text=f"{words}{joiner}{period.year}")


def _first_months(month: int, year: int) -> str:
    """Say a run of months from January: "first half of 2025", "first four months of 2026"."""
    known = {3: "first quarter", 6: "first half", 9: "first three quarters", 12: "full year"}
    name = known.get(month) or f"first {NUMBERS[month - 1]} months"
    return f"{name} {year}" if month == 12 else f"{name} of {year}"  # noqa: PLR2004 - December


def _closer(text: str, draft: Draft, after: FoundPeriod) -> bool:
    """Whether a period right after a figure is its own ("in the first half of 2025", "in June")."""
    gap = text[draft.end : after.start]
    return len(gap) < 46 and not re.search(r"[,;，；。]", gap) and bool(re.search(r"\b(?:in|by|at|for|during|as of|over)\s*(?:the )?$", gap))  # noqa: PLR2004 - a phrase's reach


def _dated(release: Release) -> date | None:
    """The release's own date as its opening or its text states it."""
    for sentence in release.sentences[:8]:
        for f in find_periods(sentence.text):
            if f.period.kind == PeriodKind.DAY and f.period.end:
                return f.period.end
    years = [f.period for s in release.sentences[:12] for f in find_periods(s.text) if f.period.end]
    latest = max((p.end for p in years if p.end), default=None)
    for sentence in release.sentences[:8]:
        for f in find_periods(sentence.text, latest):
            if f.period.kind == PeriodKind.DAY and f.period.end and latest:
                following = f.period.end.replace(year=latest.year + 1)
                return following if f.period.end < latest else f.period.end
    return latest
