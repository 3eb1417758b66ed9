"""Finds the quotations of a release, over as many sentences as they run, and the words beside them that may ascribe them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.releases.model import Release

CURLY = re.compile(r"[“「]([^“”「」]{12,4000})[”」]")
STRAIGHT = re.compile(r'"([^"\n]{12,4000})"')
REACH = 160


class Quotation(NamedTuple):
    """Words between quotation marks at ``start:end`` of the release, with what stands before and after them."""

    start: int
    end: int
    before: str
    after: str


def quotations_of(release: Release) -> Iterator[Quotation]:
    """Give the quotations of a release in order; names and slogans in quotation marks are too short to be one."""
    for pattern in (CURLY, STRAIGHT):
        for match in pattern.finditer(release.text):
            before = release.text[max(0, match.start() - REACH) : match.start()].rpartition("\n")[2]
            after = release.text[match.end() : match.end() + REACH].partition("\n")[0]
            if _spoken(match[1], before, after):
                yield Quotation(match.start(), match.end(), before, after)


def _spoken(words: str, before: str, after: str) -> bool:
    """Whether what is quoted is a sentence someone said: it ends like one, or is led up to or followed like one."""
    return bool(words[-1] in "。.!?！？,，" or before.rstrip().endswith((":", "：", ",", "，")) or re.match(r"[,，]?\s?(?:[a-z]+ )?(?:said|says|added|told|noted)", after))
