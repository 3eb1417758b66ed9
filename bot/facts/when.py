"""Tells the period of a figure: from its sentence, else carried from its paragraph or section, else the document's own."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from bot.facts.dating import anchor_of, periods_of
from bot.facts.force import former, in_force, so_far
from bot.facts.model import FigureKind
from bot.facts.settling import CONVERTED
from bot.facts.shifts import back, complete, end_of
from bot.facts.spoken import (
    AGO,
    AGO_AFTER,
    AHEAD,
    ALONE,
    ASIDE,
    BASE,
    BEGINS,
    BESIDES,
    BRIEF,
    FEW,
    FROM,
    MOST_YEARS,
    NEW,
    OPENING,
    REACH,
    SAME_OF,
    SAME_STRETCH,
    STOCK,
    STOCKS,
    STRETCHES,
    TO_COME,
    WHOLE_YEAR,
    YEAR_AGO_BEFORE,
    apart,
    as_brief,
    closer,
    cumulative,
    goes_on,
    own_period,
    past_years,
    set_aside,
)
from bot.facts.stated import holidays_in, runs_of, since_in, since_of, usable_in
from bot.text.period import FoundPeriod, Period, PeriodKind
from bot.text.periods import find_periods

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release, Sentence


APART = re.compile(r";|, (?:al)?though\b|\b(?:whereas|owing to|because|due to|thanks to|as a result of)\b")  # a period behind one of these is of what is said there
FLOWS = re.compile(r"[^.;,]{0,60}\b(?:was|were|been) (?:sold|issued|signed|placed|raised|floated|redeemed)\b")


class Calendar:
    """A release's time: its date, its main period, and the periods each sentence states."""

    def __init__(self, release: Release) -> None:
        """Read every sentence's periods against the release's date."""
        self.language = release.language
        self.anchor = anchor_of(release)
        named = periods_of(release)
        self.found = {s.span.start: [self._past(f, s) for f in named[s.span.start]] for s in release.sentences}
        self.usable = {s.span.start: self._usable(s) for s in release.sentences}
        self.called, self.also = runs_of(release)
        self.sinces = {s.span.start: since_in(self.found[s.span.start], s.text) for s in release.sentences if self.language == "en" and "since" in s.text.casefold()}
        self.month = self._month()
        self.main, self.opening = self._main(release)
        self.stated = next((s.span.start for s in release.sentences if s.role == "body" and self.usable[s.span.start]), 0)
        self.now = -1  # where the last sentence starts that tells what is so now
        self.carried: dict[int, Period] = {}
        self.brief: dict[int, Period] = {}  # a month or a point that goes on for rates only, or where "it" goes on
        self.section: dict[int, Period] = {}
        self._carry(release)

    def _past(self, found: FoundPeriod, sentence: Sentence) -> FoundPeriod:
        """Move a month or quarter that names no year and would lie ahead a year back: releases tell of the past."""
        period = found.period
        told = re.search(r"\d{4}|\d\d年|year|年", period.text) or period.kind == PeriodKind.DAY
        if told or not period.start or not self.anchor or period.start <= self.anchor or AHEAD.search(sentence.text[max(0, found.start - 90) : found.start]):
            return found
        return found._replace(period=back(period, "year", self.language))

    def _carry(self, release: Release) -> None:
        """Carry a period that a sentence opens with through its paragraph, and a stretch of time through its section."""
        last: tuple[int, Period] | None = None
        section: Period | None = None
        paragraph, headed = -1, False
        opened: Period | None = None  # what the paragraph before opens with
        for sentence in release.sentences:
            start = sentence.span.start
            if sentence.role == "headline":
                section, headed = None, paragraph >= 0
            if last and last[0] == sentence.paragraph and (last[1].kind not in BRIEF or STOCK.search(sentence.text) or as_brief(self.main, last[1]) or apart(self.main, last[1])):
                self.carried[start] = last[1]
            elif last and last[0] == sentence.paragraph:
                self.brief[start] = last[1]
            if section:
                self.section[start] = section
            usable = self.usable[start]
            leading = [f for f in usable if f.start < OPENING]
            within = leading and cumulative(self.main, leading[0].period) and BESIDES.match(sentence.text[leading[0].end :])
            if leading and sentence.role == "body" and not within and not ALONE.match(sentence.text[leading[0].end :]):
                last = (sentence.paragraph, leading[0].period)
            opens = sentence.role == "body" and sentence.paragraph != paragraph
            paragraph = sentence.paragraph
            first = next((f.period for f in usable if not self._ahead(f.period)), None) if opens else None
            if opens:
                if opened and not first and SAME_STRETCH.search(sentence.text):
                    self.section[start] = section = opened
                opened = first or opened
            if first and first.kind in STRETCHES and not cumulative(self.main, first) and (headed or self.main is None or self.main.kind not in STRETCHES):
                section = first
            elif first and as_brief(self.main, first):
                section = None

    def _usable(self, sentence: Sentence) -> list[FoundPeriod]:
        usable = usable_in(self.found[sentence.span.start], sentence.text, self.language)
        holidays = holidays_in(sentence.text, self.anchor.year) if self.anchor and self.language == "en" else []
        return sorted([*(f for f in usable if not any(h.start < f.end and f.start < h.end for h in holidays)), *holidays], key=BEGINS) if holidays else usable

    def _ahead(self, period: Period) -> bool:
        return bool(self.anchor and period.end and period.end > self.anchor)

    def _main(self, release: Release) -> tuple[Period | None, Period | None]:
        """Give the document's own period, and that of an opening which states none: the month it is of."""
        paragraphs = list(dict.fromkeys(s.paragraph for s in release.sentences[:40] if s.role == "body" and len(s.text) > OPENING))
        for sentence in release.sentences[:12]:
            if sentence.role == "headline" or sentence.paragraph in paragraphs[:1]:
                for f in self.usable[sentence.span.start]:
                    if (f.period.end or f.period.kind == PeriodKind.OTHER) and not self._ahead(f.period):
                        return complete(f.period, self.language), None
        every = [f.period for s in release.sentences if s.role != "headline" for f in self.usable[s.span.start] if f.period.end and not self._ahead(f.period)]
        common = Counter((p.start, p.end) for p in every).most_common(1)
        main = next((complete(p, self.language) for p in every if (p.start, p.end) == common[0][0]), None) if common else None
        if not self.month:
            return main, None
        first = next((p for s in release.sentences if s.paragraph in paragraphs[:2] for p in [f.period for f in self.usable[s.span.start]] if p.end and not self._ahead(p)), None)
        return (complete(first, self.language) if first else main or self.month), self.month

    def _month(self) -> Period | None:
        """Give the month the release is of; a Chinese one is read by what it states."""
        if self.language == "zh" or not self.anchor:
            return None
        return Period(PeriodKind.MONTH, self.anchor.replace(day=1), self.anchor, f"{self.anchor:%B} {self.anchor.year}", "document")

    def period_of(self, draft: Draft, metric: str = "") -> Period | None:
        """Give a draft's period, by the name its release has for it; ``origin`` tells whether the sentence states it."""
        period = self._period_of(draft, metric)
        for usual, own in self.called.items():
            if period and usual in period.text:
                return period._replace(text=period.text.replace(usual, own))
        if period and "(" not in period.text and (other := next((also for name, also in self.also.items() if period.text.casefold().startswith(name)), None)):
            return period._replace(text=f"{period.text} ({other})")
        return period

    def _period_of(self, draft: Draft, metric: str) -> Period | None:
        sentence = draft.sentence
        column = draft.label.partition("\t")[2] if draft.label else ""
        headed = find_periods(column, self.anchor) if column else []
        if headed:
            return self._headed(headed[0].period)
        english = self.language == "en"
        if english and (own := self._same(draft) or own_period(draft, self.found[sentence.span.start]) or past_years(draft)):
            return complete(own, self.language)
        if english and (former(draft, metric) or (metric == "exchange rate" and (sentence.role == "note" or CONVERTED.match(sentence.text)) and not self.usable[sentence.span.start])):
            return None
        if draft.target and self.anchor and WHOLE_YEAR.search(f"{sentence.text[max(0, draft.start - 44) : draft.start]} … {sentence.text[draft.end : draft.end + 24]}"):
            return self._whole_year()
        usable = self.usable[sentence.span.start]
        at = bisect_left(usable, draft.start, key=BEGINS)
        chosen = next((f for f in reversed(usable[max(0, at - 2) : at]) if not set_aside(sentence.text, f, draft)), None)
        after = [f for f in usable[at : at + FEW] if f.start >= draft.end and not ASIDE.search(sentence.text[draft.end : f.start])]
        if after and ((english and closer(sentence.text, draft, after[0])) or (chosen is None and self._reaches(draft, after[0]))):
            chosen = after[0]
        if self.month and in_force(draft, metric, self._before(draft), carried=sentence.span.start in self.carried):
            self.now = sentence.span.start
            return self.month
        if (sinces := self.sinces.get(sentence.span.start)) and (since := since_of(draft, sinces, usable)):
            return Period(PeriodKind.OTHER, None, None, f"since {complete(since.period, self.language).text}")
        if chosen:
            return self._shifted(draft, complete(chosen.period, self.language))
        if self.now == sentence.span.start and not draft.target:
            return self.month  # what goes on from what is so now
        return self._shifted(draft, self._long_ago(draft, self._inherited(draft, metric)))

    def _reaches(self, draft: Draft, after: FoundPeriod) -> bool:
        """Whether a period further on may be of a figure that none goes before: not past a semicolon, nor one to come unless the figure is a target."""
        return not APART.search(draft.sentence.text, draft.end, after.start) and (draft.target or not self._ahead(after.period))

    def _before(self, draft: Draft) -> int:
        """Give where the last period before a figure in its sentence ends, or 0."""
        found = self.found[draft.sentence.span.start]
        at = bisect_left(found, draft.start, key=BEGINS)
        return found[at - 1].end if at else 0

    def _headed(self, period: Period) -> Period:
        """Say a column's period as the document says its own, or the one a year before: "Q3 2023" is the third quarter of 2023."""
        for known in (self.main, back(self.main, "year", self.language)) if self.main else ():
            if known.start and (known.start, known.end) == (period.start, period.end):
                return known._replace(origin="sentence")
        return complete(period, self.language)

    def _long_ago(self, draft: Draft, period: Period | None) -> Period | None:
        """Take the words a sentence opens with where they only count back: "Five years ago the ratio was below 12 percent"."""
        found, text = self.found[draft.sentence.span.start], draft.sentence.text
        opening = next((f for f in found if f.period.kind == PeriodKind.OTHER and (f.start <= 1 or (len(found) == 1 and AGO.search(f.period.text) and text.startswith("When ")))), None)
        if not opening or opening.start > draft.start:
            return period
        if period and re.match(r"(?:a|one) year", opening.period.text, re.IGNORECASE):
            return back(period, "year", self.language)
        return opening.period._replace(text=opening.period.text.casefold())

    def _inherited(self, draft: Draft, metric: str) -> Period | None:
        """Take the period of the paragraph, of the section, or of the document."""
        sentence = draft.sentence
        start = sentence.span.start
        if draft.target and self.anchor and WHOLE_YEAR.search(sentence.text[max(0, draft.start - 400) : draft.start]):
            return self._whole_year()
        carried = self.carried.get(start) or (self.brief[start] if start in self.brief and goes_on(draft) else None)
        if carried and sentence.role == "body":
            period = complete(carried, self.language)._replace(origin="paragraph")
            return self._stocked(draft, metric, period) if draft.kind == FigureKind.LEVEL else period
        section = self.section.get(start)
        if section and sentence.role == "body":
            return self._stocked(draft, metric, complete(section, self.language)._replace(origin="section"))
        if self.language == "en" and draft.kind in (FigureKind.LEVEL, FigureKind.COUNT) and TO_COME.search(sentence.text, max(0, draft.start - REACH), draft.start):
            return None
        if self.opening and start < self.stated:
            return self.opening
        return self._stocked(draft, metric, self._inferred(draft, self.main)) if self.main else None

    def _whole_year(self) -> Period | None:
        """Give the year of the release, which its targets for the whole year are for."""
        if not self.anchor:
            return None
        year = self.anchor.year
        return Period(PeriodKind.YEAR, self.anchor.replace(month=1, day=1), self.anchor.replace(month=12, day=31), f"{year}年" if self.language == "zh" else f"full year {year}")

    def _stocked(self, draft: Draft, metric: str, period: Period) -> Period:
        """Give a balance of a stretch of time the point at which it ends."""
        held = draft.kind in (FigureKind.LEVEL, FigureKind.COUNT) or (draft.kind == FigureKind.CHANGE and draft.quantity.unit == "percent")
        flows = FLOWS.match(draft.sentence.text[draft.end : draft.end + 80])
        stock = self.language == "en" and ((held and STOCKS.search(metric) and not NEW.search(metric) and not flows) or so_far(draft))
        return end_of(period, self.language) if stock and period.kind in (*STRETCHES, PeriodKind.YEAR) else period

    def _same(self, draft: Draft) -> Period | None:
        """Give the like stretch of another year, where the words after a figure name its year: "39.7 percent in the same period of 2024"."""
        after = draft.sentence.text[draft.end : draft.end + 80]
        said = SAME_OF.match(after) if " same " in after or " corresponding " in after else None
        if not said:
            return None
        period = self.carried.get(draft.sentence.span.start) or next((f.period for f in self.usable[draft.sentence.span.start]), None) or self.main
        if not period or not period.year:
            return None
        for _ in range(max(0, min(period.year - int(said["year"]), MOST_YEARS))):
            period = back(complete(period, self.language), "year", self.language)
        return period

    def _inferred(self, draft: Draft, main: Period) -> Period:
        """Take the document's own period; of a document dated by a point in time, a flow takes the year."""
        if main.kind == PeriodKind.POINT and main.end and not STOCK.search(draft.sentence.text):
            year = main.end.year
            words = f"{year}年" if self.language == "zh" else str(year)
            return Period(PeriodKind.YEAR, main.end.replace(month=1, day=1), main.end.replace(month=12, day=31), words, "document")
        return Period(main.kind, main.start, main.end, main.text, "document")

    def _shifted(self, draft: Draft, period: Period | None) -> Period | None:
        """Move last year's or last month's figure in the same sentence back."""
        if period is None:
            return None
        text = draft.sentence.text
        ago = AGO_AFTER.match(text[draft.end : draft.end + 60])
        if not ago and self.language == "en" and draft.quantity.unit in ("percent", "percentage_point") and FROM.search(text[max(0, draft.start - 24) : draft.start]):
            rolling = period.kind == PeriodKind.MONTH or (period.kind == PeriodKind.RUN and period.start and period.start.month != 1)
            return back(period, "month" if rolling else "year", self.language) if period.kind != PeriodKind.POINT else period
        if not (ago or YEAR_AGO_BEFORE.search(text[max(0, draft.start - 10) : draft.start])):
            return period
        if draft.kind in (FigureKind.CHANGE, FigureKind.MULTIPLE) and not (BASE.search(text[max(0, draft.start - 40) : draft.start]) and draft.quantity.unit == "percent"):
            return period
        step = (ago["step"] or ago["step2"] or ago["step3"] or "year").casefold() if ago else "year"
        return back(period, step, self.language)
