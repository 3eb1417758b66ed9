"""Finds places in a cleaned text: countries, regions, groups of states, Chinese provinces and cities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.text.gazetteer import table

WORD = re.compile(r"[a-z]+(?:[.-][a-z]+|'(?!s\b)[a-z]+)*\.?|[\u4e00-\u9fff]")
LONGEST = 7
MISTYPED = 6
COUNTRY = "CN"
COUNTRY_CODE = 2
# Names that are everyday words in releases and questions of this kind, whatever else they are the names of.
ORDINARY = frozenset(
    ["central", "bank", "reading", "mobile", "nice", "of", "most", "best", "deal", "bath", "split", "orange", "world", "center", "union", "man", "male", "chad", "niger", "jersey", "turkey", "bar", "世界", "大庆", "和平", "开放", "中心", "平安", "新区", "大同", "统一", "太平", "安康", "长治", "保定", "上市", "公主", "东方", "海城", "高要", "通道", "联合", "兴业", "建设", "开发", "新民"]
)


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place at ``start:end`` of a cleaned text; ``kind`` is ``country``, ``region``, ``province`` or ``city``."""

    id: str
    kind: str
    start: int
    end: int


def kind_of(place: str) -> str:
    """Tell a place's kind from its id: CN, 035 or ASEAN, CN-CQ, CN:Chengdu."""
    if ":" in place:
        return "city"
    if "-" in place:
        return "province"
    return "country" if len(place) == COUNTRY_CODE and place != "EU" else "region"


def find_places(text: str) -> list[FoundPlace]:
    """Find the places of a cleaned text in order, the longest name at a spot.

    >>> [p.id for p in find_places("rmb settlement of chengdu, not chongqing")]
    ['CN:Chengdu', 'CN-CQ']
    >>> [p.id for p in find_places("对欧盟和越南的收支")], find_places("a nice reading of the balance")
    (['EU', 'VN'], [])
    """
    names = table()["names"]
    words = [(m.start(), m.end()) for m in WORD.finditer(text)]
    found: list[FoundPlace] = []
    i = 0
    while i < len(words):
        size = _longest(text, words, i, names)
        if size:
            start, end = words[i][0], words[i + size - 1][1]
            place = names[text[start:end].rstrip(".") if text[start:end] not in names else text[start:end]]
            found.append(FoundPlace(place, kind_of(place), start, end))
        i += max(size, 1)
    return found


def _longest(text: str, words: list[tuple[int, int]], i: int, names: dict[str, str]) -> int:
    start = words[i][0]
    for size in range(min(LONGEST, len(words) - i), 0, -1):
        name = text[start : words[i + size - 1][1]]
        if (name in names or name.rstrip(".") in names) and name not in ORDINARY:
            return size
    return 0


@lru_cache(maxsize=1)
def _long_names() -> list[str]:
    return [name for name in table()["names"] if len(name) >= MISTYPED and name.isascii() and name.isalpha() and name not in ORDINARY]


@lru_cache(maxsize=2048)
def near_place(word: str) -> str | None:
    """Give the place whose name of six letters or more a word is one edit from, or None.

    >>> near_place("shanghi"), near_place("chengdo"), near_place("chengdu"), near_place("paris"), near_place("balance")
    ('CN-SH', 'CN:Chengdu', 'CN:Chengdu', None, None)
    """
    if len(word) < MISTYPED - 1 or not word.isalpha():
        return None
    from rapidfuzz import process  # noqa: PLC0415 - reading releases needs none of it
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    near = process.extractOne(word, _long_names(), scorer=OSA.distance, score_cutoff=1)
    return table()["names"][near[0]] if near else None


def place_id(name: str) -> str | None:
    """Give a place's id by its name in either language, or None."""
    folded = name.casefold().strip()
    names = table()["names"]
    return names.get(folded) or names.get(folded.removesuffix("市").removesuffix("省"))


def place_name(place: str, lang: str) -> str:
    """Say a place's name in a language; its id where the gazetteer has none."""
    return table()[lang].get(place, place)


def same_place(a: str, b: str) -> bool:
    """Whether two ids are one place; Southeast Asia stands for ASEAN."""
    alike = ({"ASEAN", "035"},)
    return a == b or any(a in group and b in group for group in alike)


def within(inner: str, outer: str) -> bool:
    """Whether a place lies within a country or a region that holds it by its id."""
    return outer == "001" or (kind_of(inner) in ("city", "province") and inner[:2] == outer)
