"""Tells the place a release's figures are for, and the other side of a flow where the words name one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.text.cleaning import clean
from bot.text.places import find_places, place_id, place_name, same_place

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release

DATELINE = re.compile(r"^\s*([A-Z][A-Za-z' ]{2,24}?)(?:,| -| –| —|\s*\()")
REACH = 500
HAN_PLACE = re.compile(r"([\u4e00-\u9fff]{2,4}(?:省|市|关区|自治区))")
OTHER_SIDE = re.compile(r"\b(?:with|to|from|by)\s+((?:the )?[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?|foreign visitors|overseas visitors|foreigners|foreign tourists)\b")
OTHER_SIDE_ZH = re.compile(r"[对与同自]([\u4e00-\u9fff]{2,6}?)(?=的|进出口|出口|进口|结算|涉外|跨境|分别|[、，])")
PEOPLE = re.compile(r"\b(?:foreign|overseas) (?:visitors|tourists|travellers)\b|\bforeigners\b|境外(?:来宾|游客)|外国游客|外籍", re.IGNORECASE)
PART = re.compile(r"[;；。]|, (?:while |and )")


def scope_of(release: Release) -> str | None:
    """Give the place a release speaks for: its masthead's, else its dateline's or its first named region."""
    if release.masthead.place:
        return release.masthead.place.split(",")[0].strip()
    if release.language == "zh":
        found = HAN_PLACE.search(release.text[:2000])
        return re.sub(r"^(?:中国|人民银行|外汇局|国家外汇管理局)", "", found[1]) if found else None
    for sentence in release.sentences[:6]:
        dateline = DATELINE.match(sentence.text)
        if dateline and dateline[1].isupper():
            return dateline[1].strip().title()
    return None


def _people(words: str) -> re.Match[str] | None:
    low = words.lower()
    return PEOPLE.search(words) if "foreign" in low or "overseas" in low or "外" in low else None


def counterpart_of(release: Release, draft: Draft, metric: str) -> str | None:
    """Give the other side of a flow: a place beside the release's own that the clause names, or visitors."""
    text = draft.sentence.text
    clause = PART.split(text[max(0, draft.start - REACH) : draft.start])[-1] + text[draft.start : draft.end + 2]
    people = _people(clause) or _people(metric)
    if people:
        return people[0]
    if not (OTHER_SIDE_ZH.search(clause) or (len(clause.split()) > 1 and OTHER_SIDE.search(clause))):
        return None
    own = place_id(release.masthead.place.split(",")[0]) if release.masthead.place else None
    for found in find_places(clean(clause)):
        home = found.id == "CN" or (own and same_place(found.id, own))
        if not home:
            return place_name(found.id, release.language)
    return None
