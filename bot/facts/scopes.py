"""Tells the place a release's figures are for, and the other side of a flow where the words name one."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bot.text.cleaning import clean, simplify
from bot.text.places import find_places, place_id, place_name, same_place

if TYPE_CHECKING:
    from bot.facts.draft import Draft
    from bot.releases.model import Release

DATELINE = re.compile(r"^\s*([A-Z][A-Za-z' ]{2,24}?)(?:,| -| –| —|\s*\()")
REACH = 500
# Two characters before the word for a province or a city; longer names are the gazetteer's. No market, no listing, no "all the city".
HAN_PLACE = re.compile(r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fff](?<![全我各本该外上城超股楼债门夜都省两跨从节在向据对与及]))(?P<kind>省|市(?!场|值|民|价|面)|关区|自治区|自治州)")
OPENING = 2000
AGAIN = 2
OTHER_SIDE = re.compile(r"\b(?:with|to|from|by)\s+((?:the )?[A-Z][A-Za-z]+(?: [A-Z][a-z]+)?|foreign visitors|overseas visitors|foreigners|foreign tourists)\b")
OTHER_SIDE_ZH = re.compile(r"[对与同自]([\u4e00-\u9fff]{2,6}?)(?=的|进出口|出口|进口|结算|涉外|跨境|分别|[、，])")
PEOPLE = re.compile(r"\b(?:foreign|overseas) (?:visitors|tourists|travellers)\b|\bforeigners\b|境外(?:来宾|游客)|外国游客|外籍", re.IGNORECASE)
LAST_PART = re.compile(r".*(?:[;；。]|, (?:while |and ))", re.DOTALL)


def scope_of(release: Release) -> str | None:
    """Give the place a release speaks for: its masthead's, else its dateline's or its first named region."""
    if release.masthead.place:
        return release.masthead.place.split(",")[0].strip()
    if release.language == "zh":
        return _han_place(release.text[:OPENING])
    for sentence in release.sentences[:6]:
        dateline = DATELINE.match(sentence.text)
        if dateline and dateline[1].isupper():
            return dateline[1].strip().title()
    return None


def _han_place(text: str) -> str | None:
    """Give the place in China that an opening names most: one the gazetteer knows, else two characters before 省 or 市."""
    known = Counter(found.id for found in find_places(simplify(text)) if found.id.startswith("CN") and found.id != "CN")
    if known and known.most_common(1)[0][1] >= AGAIN:
        return place_name(known.most_common(1)[0][0], "zh")
    named = Counter(m[0] for m in HAN_PLACE.finditer(text))
    return named.most_common(1)[0][0] if named else None


def _people(words: str, language: str) -> re.Match[str] | None:
    if language == "zh":
        return PEOPLE.search(words) if "外" in words else None
    return PEOPLE.search(words) if "oreign" in words or "verseas" in words else None


def counterpart_of(release: Release, draft: Draft, metric: str) -> str | None:
    """Give the other side of a flow: a place beside the release's own that the clause names, or visitors."""
    text = draft.sentence.text
    before = text[max(0, draft.start - REACH) : draft.start]
    part = LAST_PART.match(before)
    clause = (before[part.end() :] if part else before) + text[draft.start : draft.end + 2]
    people = _people(clause, release.language) or _people(metric, release.language)
    if people:
        return people[0]
    if not (OTHER_SIDE_ZH if release.language == "zh" else OTHER_SIDE).search(clause):
        return None
    own = place_id(release.masthead.place.split(",")[0]) if release.masthead.place else None
    for found in find_places(clean(clause)):
        home = found.id == "CN" or (own and same_place(found.id, own))
        if not home:
            return place_name(found.id, release.language)
    return None
