"""Names what a figure measures, in the release's own words, cut to what a reader would call it language by language."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from bot.facts.metrics_en import metric_en
from bot.facts.nouns import cut, subject_of
from bot.facts.settling import in_full, settled
from bot.text.cleaning import clean
from bot.text.periods import find_periods
from bot.text.places import find_places

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release

GENERIC_COLUMN = re.compile(r"value|amount|volume|number|level|figure|total value|金额|数值|数量|总量|绝对量|绝对值|累计|本期", re.IGNORECASE)
TOTAL = re.compile(r"(?:grand )?total", re.IGNORECASE)
MOST = 120
LEADING, AFTER = 200, 120


def metrics_of(release: Release, drafts: list[Draft]) -> list[str]:
    """Name the metric of each draft in order; one that its words leave out is the one before it."""
    if release.language == "zh":
        from bot.facts.metrics_zh import metric_zh  # noqa: PLC0415 - its patterns are compiled only where Chinese is read
    found: list[str] = []
    full = in_full(release.text) if release.language == "en" else {}
    for i, draft in enumerate(drafts):
        earlier = found[i - 1] if i and drafts[i - 1].sentence.paragraph == draft.sentence.paragraph else ""
        if draft.label is not None:
            metric = _cell(draft, release.language, full.get("trade", ""))
        elif draft.equivalent_of is not None and found:
            metric = found[-1]
        elif release.language == "zh":
            metric = metric_zh(drafts, found, i)
        else:
            lead = earlier or _lead(release, draft)
            metric = settled(metric_en(drafts, found, i, lead), draft.kind, draft.sentence.text[draft.end : draft.end + AFTER], lead or (found[0].removeprefix("share of ") if found else ""), full)
        found.append((metric or earlier or _heading(draft)).strip()[:MOST])
    return found


def _lead(release: Release, draft: Draft) -> str:
    """Name what the sentences before a paragraph's first figure are about: their subject, else the heading above."""
    at = bisect_left(release.sentences, draft.sentence.span.start, key=lambda s: s.span.start)
    for sentence in reversed(release.sentences[max(0, at - 2) : at]):
        if sentence.role == "headline":
            return cut(sentence.text)
        if sentence.role == "body" and sentence.paragraph != draft.sentence.paragraph:
            return ""
        if sentence.paragraph == draft.sentence.paragraph and (subject := subject_of(sentence.text[:LEADING])):
            return subject
    return ""


def _cell(draft: Draft, language: str, trade: str) -> str:
    """Name a table's cell by its row, and by its column where that says what is measured; a total of trade is both ways together."""
    row, _, column = (draft.label or "").partition("\t")
    if not column or column in row or GENERIC_COLUMN.fullmatch(column.strip()) or find_periods(column):
        return row
    if language == "zh" or not column[0].isupper():
        return f"{column}{' ' if language == 'en' else ''}{row}"
    column = trade if trade and TOTAL.fullmatch(column.strip()) else column
    return f"{column} {'with' if find_places(clean(row)) else 'of'} {row}"


def _heading(draft: Draft) -> str:
    return draft.sentence.text[: draft.start].strip(" ,;:(") or draft.sentence.text[draft.end :].strip(" ,;:.")
