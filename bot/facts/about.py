"""From drafts to figures: what each measures, where, when, with whom, and who said so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.facts.metrics import metrics_of
from bot.facts.model import Figure, FigureKind
from bot.facts.scopes import counterpart_of, scope_of
from bot.facts.speakers import speakers_of
from bot.facts.sums import checked
from bot.facts.when import Calendar
from bot.text.patterns import grouped

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release, Span
    from bot.text.period import Period

STOCK = re.compile(grouped("balance|outstanding|stood at|余额|存量|末|reserves|debt|deposits|loans|stock"))


def describe(release: Release, drafts: list[Draft]) -> list[Figure]:
    """Give a figure for each draft, in order."""
    calendar = Calendar(release)
    metrics = metrics_of(release, drafts)
    speakers = speakers_of(release, drafts)
    scope = scope_of(release)
    periods: dict[Span, Period | None] = {}  # what a figure restates in another currency is of the same time
    for draft, metric in zip(drafts, metrics, strict=True):
        base = draft.equivalent_of
        periods[draft.span] = periods[base] if base in periods else calendar.period_of(draft, metric)
    return checked([
        Figure(
            release=release.id,
            quantity=draft.quantity,
            kind=draft.kind,
            metric=metric,
            span=draft.span,
            sentence=draft.sentence,
            rule=draft.rule,
            scope=scope,
            counterpart=counterpart_of(release, draft, metric),
            period=periods[draft.span],
            basis=draft.basis,
            sign=draft.sign,
            speaker=speaker,
            stock=_stock(draft, metric),
            target=draft.target,
            equivalent_of=draft.equivalent_of,
            doubts=draft.doubts,
        )
        for draft, metric, speaker in zip(drafts, metrics, speakers, strict=True)
    ])


def _stock(draft: Draft, metric: str) -> bool | None:
    """Whether an amount is a balance at a point in time (True) or a volume over a period (False)."""
    if draft.kind != FigureKind.LEVEL:
        return None
    return bool(STOCK.search(metric))
