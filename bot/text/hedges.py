"""Hedges: the words beside a number that say how exactly it is meant; they are data and never dropped.

Each rule is hedge + pattern; those before the number are matched up to its start, those after it from its end.
"""

from __future__ import annotations

import re

from bot.text.patterns import grouped
from bot.text.quantity import Hedge

_GAP = r"(?:\s|the|a|an|an? (?:total|combined) of|total|combined|equal to|by|to|at|of|were|was|is|worth|and|in|级|了|到|达|达到|至|其|到了|人民币|of all|\(|（)*"
_EN = {
    Hedge.UP_TO: r"no more than|not more than|at most|(?<!edged )(?<!crept )(?<!went )(?<!gone )(?<!inched )(?<!ticked )(?<!moved )(?<!picked )(?<!nudged )(?<!shot )(?<!was )(?<!were )(?<!is )(?<!came )(?<!add )(?<!adds )(?<!added )(?<!adding )up to|capped at|a maximum of|maximum of|as much as|as many as|a ceiling of|not exceed(?:ing)?|within|no higher than|a limit of",
    Hedge.AT_LEAST: r"at least|no less than|not less than|no fewer than|a minimum of|minimum of|not below|no lower than",
    Hedge.OVER: r"more than|over|above|exceed(?:ed|s|ing)?|top(?:ped|s|ping)?|surpass(?:ed|es|ing)?|in excess of|greater than|upwards of|cross(?:ed|es|ing)|beyond|well over|just over|slightly over|pass(?:ed|es|ing)?|broke through|higher than the|beat",
    Hedge.UNDER: r"near(?:ly|ed|s|ing)|almost|close to|less than|fewer than|under|below|just short of|just under|short of|approach(?:ed|es|ing)|not quite|not yet|nearing|shy of",
    Hedge.ABOUT: r"about|around|approximately|approx\.?|roughly|some|an estimated|estimated at|estimated|circa|or so|in the region of|near|equivalent to about|~|≈|projected at around",
}
_ZH = {
    Hedge.UP_TO: r"不超过|不高于|最高(?:可达|达到|达|为)?|至多|最多|上限(?:为|是)?|封顶|不得超过|以内|不大于|控制在",
    Hedge.AT_LEAST: r"不少于|不低于|至少|最低|不小于|不得低于|起码|最少",
    Hedge.OVER: r"突破|超过|超|逾|高于|多于|大于|突破了|已超|站上|跨越|首破|迈上",
    Hedge.UNDER: r"近|接近|将近|不足|不到|低于|少于|逼近|未到|未满|小于|趋近",
    Hedge.ABOUT: r"约占(?:[^，。；、]{0,12}的)?|约合|约为|(?<![签合条契公节预制])约|大约|大概|左右|估计|预计约|折合约|大致",
}
BEFORE = [(h, re.compile(rf"(?<![a-z])(?:{p}){_GAP}$", re.IGNORECASE)) for h, p in _EN.items()]
BEFORE_ZH = [(h, re.compile(rf"(?:{p})(?:人民币|等值|了|到|达|达到|为|\s)*$")) for h, p in _ZH.items()]
AFTER = [
    (Hedge.AT_LEAST, re.compile(r"^\s*+(?:(?:yuan|percent|%|元|家|户)\s*+)?(?:or (?:above|more|higher|over)|and (?:above|more|over)|以上|及以上|或以上|起(?![诉来步]))", re.IGNORECASE)),
    (Hedge.UP_TO, re.compile(r"^\s*(?:or (?:less|below|lower|under)|以内|以下|及以下|之内|为限)", re.IGNORECASE)),
    (Hedge.OVER, re.compile(r"^\s*(?:多(?!元)|余|有余|-plus|\+|plus\b|开外)", re.IGNORECASE)),
    (Hedge.ABOUT, re.compile(r"^\s*(?:or so|左右|上下|前后|or thereabouts)", re.IGNORECASE)),
    (Hedge.UNDER, re.compile(r"^\s*(?:不到)", re.IGNORECASE)),
]
ANY_BEFORE = re.compile(rf"(?<![a-z])(?:{grouped('|'.join(_EN.values()))}){_GAP}$")  # of a text in lower case, where it costs half
ANY_BEFORE_ZH = re.compile(rf"(?:{grouped('|'.join(_ZH.values()))})(?:人民币|等值|了|到|达|达到|为|\s)*$")
ANY_AFTER = re.compile("|".join(pattern.pattern for _, pattern in AFTER), re.IGNORECASE)
ENDS_ZH = frozenset(re.findall(r"[\u4e00-\u9fff]", ANY_BEFORE_ZH.pattern))  # no other Chinese character ends such a hedge
BEGINS_AFTER = frozenset(re.findall(r"[^\x00-\x7f]", ANY_AFTER.pattern)) | {"\u3000", "\xa0"}
MORE_WITHIN = re.compile(r"\d[余多]|[万亿千百十][余多]")
REACH, REACH_ZH = 40, 30
# "more than doubled" hedges; "more than in 2023" compares: a hedge word right before the number only.


def hedge_before(text: str, start: int) -> Hedge | None:
    """Read the hedge that ends where a number starts.

    >>> hedge_before("volume neared 400", 14), hedge_before("超6000亿", 1), hedge_before("rose 37%", 5)
    (<Hedge.UNDER: 'under'>, <Hedge.OVER: 'over'>, None)
    """
    window = text[max(0, start - REACH) : start]
    ascii_end = window[-1:].isascii()
    if not ascii_end and "\u4e00" <= window[-1] <= "\u9fff" and window[-1] not in ENDS_ZH:
        return None
    if not (ANY_BEFORE.search(window.lower()) if ascii_end else ANY_BEFORE_ZH.search(window, max(0, len(window) - REACH_ZH))):
        return _wide(window) if ascii_end else None
    for hedge, pattern in BEFORE if ascii_end else BEFORE_ZH:
        if pattern.search(window):
            return hedge
    return _wide(window) if ascii_end else None


def _wide(window: str) -> Hedge | None:
    """Read a Chinese hedge with a space after it."""
    return None if window.isascii() else next((h for h, p in BEFORE_ZH if p.search(window.rstrip())), None)


def hedge_after(text: str, end: int) -> Hedge | None:
    """Read the hedge that starts where a number ends."""
    first = text[end : end + 1]
    if not first.isascii() and first not in BEGINS_AFTER:
        return None
    window = text[end : end + 14]
    return next((hedge for hedge, pattern in AFTER if pattern.match(window)), None) if ANY_AFTER.match(window) else None


def hedge_at(text: str, start: int, end: int, surface: str) -> Hedge:
    """Read a number's hedge on either side of it or within it (1300多家, 40余万元)."""
    if ("余" in surface or "多" in surface) and MORE_WITHIN.search(surface):
        return Hedge.OVER
    after = hedge_after(text, end)
    return after or hedge_before(text, start) or Hedge.EXACT
