"""What is odd in a release's figures: kept as printed and flagged, never repaired.

- ``unclear_multiple``: English "rose 5.8 times", to that many times or by that many (flagged where the draft is made);
- ``equivalent_same_currency``: a restatement "equivalent to" an amount, in that amount's own currency;
- ``equivalent_rate``: a restatement whose implied rate lies off the rate the release's others imply.

What only the figures' names tell (sums, headlines) stands in ``sums``.
"""

from __future__ import annotations

import re
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.facts.draft import Draft

SAME = re.compile(r"[(（]\s?(?:approx\w*\.?|about|around|roughly|equivalent to|equal to|or|约合|折合|约|合)\s?$|(?:equivalent to|约合|折合)\S{0,4}\s?$", re.IGNORECASE)
RATE_OFF = Decimal("0.1")  # no currency's rate moves more within one release


def doubted(drafts: list[Draft]) -> list[Draft]:
    """Give the drafts with what is odd about each flagged."""
    flags: dict[int, list[str]] = {}
    for nth in _same_currency(drafts):
        flags.setdefault(nth, []).append("equivalent_same_currency")
    for nth in _rates_off(drafts):
        flags.setdefault(nth, []).append("equivalent_rate")
    return [draft._replace(doubts=(*draft.doubts, *flags[nth])) if nth in flags else draft for nth, draft in enumerate(drafts)]


def _same_currency(drafts: list[Draft]) -> list[int]:
    found = []
    for nth in range(1, len(drafts)):
        here, before = drafts[nth], drafts[nth - 1]
        if here.sentence is not before.sentence or not here.quantity.is_money or here.quantity.unit != before.quantity.unit:
            continue
        gap = here.sentence.text[before.end : here.start]
        if len(gap) <= 24 and SAME.search(gap) and here.quantity.amount != before.quantity.amount:  # noqa: PLR2004 - a bracket's length
            found.append(nth)
    return found


def _rates_off(drafts: list[Draft]) -> list[int]:
    """Give the restatements off the median rate of their pair of currencies; of two that differ, both."""
    by_span = {draft.span: draft for draft in drafts}
    pairs: dict[tuple[str, str], list[tuple[int, Decimal]]] = {}
    for nth, draft in enumerate(drafts):
        base = by_span.get(draft.equivalent_of) if draft.equivalent_of else None
        if base and draft.quantity.amount and base.quantity.amount:
            pairs.setdefault((base.quantity.unit, draft.quantity.unit), []).append((nth, base.quantity.amount / draft.quantity.amount))
    found = []
    for rates in pairs.values():
        middle = median(rate for _, rate in rates)
        found += [nth for nth, rate in rates if abs(rate - middle) > RATE_OFF * middle / (2 if len(rates) == 2 else 1)]  # noqa: PLR2004 - a pair's median lies between
    return found
