"""Tells a release's own date from its text, where its masthead gives none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.text.period import PeriodKind
from bot.text.periods import find_periods

if TYPE_CHECKING:
    from datetime import date

    from bot.releases.model import Release


def dated(release: Release) -> date | None:
    """Give the release's own date as its opening or its text states it, or None."""
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
