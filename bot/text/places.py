"""Finds places in a cleaned text: countries, regions, groups of states, Chinese provinces and cities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.text.gazetteer import table

LATIN = r"[a-z]+(?:[.-][a-z]+|'(?!s\b)[a-z]+)*\.?"
WORD = re.compile(rf"{LATIN}|[\u4e00-\u9fff]")
LONGEST = 7
FIRST_HAN, HAN_HEAD = "\u4e00", 2
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
    names, heads = table()["names"], _heads()
    found: list[FoundPlace] = []
    after = 0
    for candidate in _candidates().finditer(text):
        start = candidate.start()
        if start < after:
            continue
        word = candidate[0]
        most = heads.get(word.rstrip(".") if word < FIRST_HAN else text[start : start + HAN_HEAD])
        if most and (end := _longest(text, start, most, names)):
            place = names[text[start:end].rstrip(".") if text[start:end] not in names else text[start:end]]
            found.append(FoundPlace(place, kind_of(place), start, end))
            after = end
    return found


@lru_cache(maxsize=1)
def _candidates() -> re.Pattern[str]:
    """Give a pattern of where names may begin: any word, and the characters that are a name's first."""
    return re.compile(rf"{LATIN}|[{''.join({head[0] for head in _heads() if head[:1] >= FIRST_HAN})}]")


@lru_cache(maxsize=1)
def _heads() -> dict[str, int]:
    """Give the word, or the two characters, that names begin with, each with the most words of such a name."""
    heads: dict[str, int] = {}
    for name in table()["names"]:
        words = WORD.findall(name)
        if words and len(words) <= LONGEST:
            head = words[0].rstrip(".") if words[0] < FIRST_HAN else name[:HAN_HEAD]
            heads[head] = max(heads.get(head, 0), len(words))
    return heads


def _longest(text: str, start: int, most: int, names: dict[str, str]) -> int:
    """Give where the longest name at a place ends, of so many words at most; 0 for none."""
    for end in reversed([word.end() for word in islice(WORD.finditer(text, start), most)]):
        name = text[start:end]
        if (name in names or name.rstrip(".") in names) and name not in ORDINARY:
            return end
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
