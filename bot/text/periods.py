"""Reads periods of time, of releases and questions alike, so that "last year" and 去年 mean one thing.

Each rule is name + pattern + production; the first rule to take a place keeps it. A relative period is resolved
against ``anchor``; one whose year nothing gives keeps its words and has no days.
"""

from __future__ import annotations

import functools
import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from bot.text.numbers import UNITS, parse_han, parse_word
from bot.text.period import FoundPeriod, Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Callable

M = re.Match[str]
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
MONTH = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
YEAR = r"(?:19|20)\d\d"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
HAN = "一二三四五六七八九十两"
_OF = r"(?:,? ?(?:of |in )?(?:the )?(?:year )?)?"
_Y = rf"(?:{_OF}(?P<y>{YEAR})(?!\d))?"
_BEGINS = r"(?=[\d\s今去前上明本当])"  # elsewhere nothing more is tried
_ZY = r"(?:(?P<y>(?:19|20)?\d\d)年|(?P<rel>今年|去年|前年|上年|明年|本年|当年))?"


def month_of(word: str) -> int:
    """Give a month's number from its English name or abbreviation."""
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(word.casefold().rstrip(".")[:3]))


def days(year: int, first: int, last: int) -> tuple[date, date]:
    """Give the first and the last day of a run of months."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def year_of(match: M, anchor: date | None) -> tuple[int | None, bool]:
    """Give the year a match states or implies, and whether it states it."""
    groups = match.groupdict()
    if groups.get("y"):
        year = int(groups["y"])
        return (year if year > 99 else 2000 + year), True  # noqa: PLR2004 - two digits stand for this century
    shift = RELATIVE.get((groups.get("rel") or "").strip().casefold())
    if anchor is None:
        return None, False
    return anchor.year + (shift or 0), shift is not None


RELATIVE = {
    "今年": 0, "本年": 0, "当年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2,
    "this year": 0, "last year": -1, "next year": 1, "the current year": 0, "the year before last": -2, "year before last": -2,
    "上一年": -1, "前一年": -1, "上年度": -1, "今年度": 0, "this year's": 0, "last year's": -1,
}


def make(kind: PeriodKind, span: tuple[date, date] | None, text: str) -> Period:
    """Make a period with its days where they are known."""
    return Period(kind, span[0] if span else None, span[1] if span else None, text)


def _months(kind: PeriodKind, match: M, anchor: date | None, first: int, last: int) -> Period:
    year, _ = year_of(match, anchor)
    return make(kind, days(year, first, last) if year else None, match[0].strip())


def _year(match: M, anchor: date | None) -> Period | None:
    year, _ = year_of(match, anchor)
    return _months(PeriodKind.YEAR, match, anchor, 1, 12) if year else None


def _last_month(match: M, anchor: date | None) -> Period | None:
    """Read "last month", or its end, against the day it is said on."""
    if anchor is None:
        return None
    year, month = (anchor.year, anchor.month - 1) if anchor.month > 1 else (anchor.year - 1, 12)
    span = days(year, month, month)
    named = f"{MONTHS[month - 1].capitalize()} {year}"
    return make(PeriodKind.POINT, (span[1], span[1]), f"end of {named}") if "end" in match[0].casefold() else make(PeriodKind.MONTH, span, named)


def _half(match: M, anchor: date | None) -> Period:
    second = bool(re.search(r"second|下半|h2|2h", match[0], re.IGNORECASE))
    return _months(PeriodKind.HALF, match, anchor, 7 if second else 1, 12 if second else 6)


def _quarter(match: M, anchor: date | None) -> Period | None:
    word = match["q"].casefold()
    number = ORDINALS.get(word) or (int(word) if word.isdigit() else int(parse_han(word) or 0))
    return _months(PeriodKind.QUARTER, match, anchor, number * 3 - 2, number * 3) if 1 <= number <= 4 else None  # noqa: PLR2004 - four quarters


def _run(match: M, anchor: date | None) -> Period | None:
    word = (match["n"] or match["m"]).casefold() if "m" in match.re.groupindex else match["n"].casefold()
    number = int(word) if word.isdigit() else int(parse_word(word) or parse_han(word) or 0)
    number *= 3 if re.search(r"quarter|季", match[0], re.IGNORECASE) else 1
    return _months(PeriodKind.RUN, match, anchor, 1, number) if 1 <= number <= 12 else None  # noqa: PLR2004 - twelve months


def _month_run(match: M, anchor: date | None) -> Period | None:
    a, b = match["a"], match["b"]
    first, last = (int(a), int(b)) if a.isdigit() else (month_of(a), month_of(b))
    return _months(PeriodKind.RUN, match, anchor, first, last) if 1 <= first <= last <= 12 else None  # noqa: PLR2004 - twelve months


def _between(match: M, anchor: date | None) -> Period | None:
    """Read the first and last month of a quarter as the quarter, and January with another as a run; of others it may be the one against the other."""
    period = _month_run(match, anchor)
    if not period or not period.start or not period.end or period.start.month % 3 != 1 or period.end.month - period.start.month != 2:  # noqa: PLR2004 - a quarter's months
        return period if period and period.start and period.start.month == 1 else None  # from January on, it is a run
    quarter = list(ORDINALS)[period.end.month // 3 - 1]
    return make(PeriodKind.QUARTER, (period.start, period.end), f"{quarter} quarter of {period.end.year}")


def _rolling(match: M, anchor: date | None) -> Period | None:
    """Read a run of months by its last: "the 12 months to May 2025"."""
    word = match["n"].casefold()
    months = 12 if word.startswith("year") or word == "twelve" else int(word) if word.isdigit() else int(parse_word(word) or 0)
    last = month_of(match["m"])
    year, _ = year_of(match, anchor)
    if not 1 <= months <= 60:  # noqa: PLR2004 - five years
        return None
    if not year:
        return make(PeriodKind.RUN, None, match[0].strip())
    first = year * 12 + last - months
    return make(PeriodKind.RUN, (date(first // 12, first % 12 + 1, 1), days(year, last, last)[1]), match[0].strip())


def _month(match: M, anchor: date | None) -> Period | None:
    word = match["m"]
    number = int(word) if word.isdigit() else month_of(word)
    return _months(PeriodKind.MONTH, match, anchor, number, number) if 1 <= number <= 12 else None  # noqa: PLR2004 - twelve months


def _day(match: M, anchor: date | None) -> Period | None:
    word = match["m"]
    month, day = (int(word) if word.isdigit() else month_of(word)), int(match["d"])
    year, _ = year_of(match, anchor)
    if not 1 <= month <= 12 or not 1 <= day <= 31:  # noqa: PLR2004 - the calendar
        return None
    fits = year and day <= monthrange(year, month)[1]
    return make(PeriodKind.DAY, (date(year, month, day),) * 2 if fits and year else None, match[0].strip())


def _point(match: M, anchor: date | None) -> Period | None:
    groups = match.groupdict()
    word = groups.get("m")
    month = 12 if not word else int(word) if word.isdigit() else month_of(word)
    if re.search(r"mid-?year|年中", match[0], re.IGNORECASE):
        month = 6
    year, _ = year_of(match, anchor)
    if not 1 <= month <= 12:  # noqa: PLR2004 - twelve months
        return None
    span = days(year, month, month) if year else None
    return make(PeriodKind.POINT, (span[1], span[1]) if span else None, match[0].strip())


def _quarter_end(match: M, anchor: date | None) -> Period | None:
    period = _quarter(match, anchor)
    if period is None:
        return None
    return make(PeriodKind.POINT, (period.end, period.end) if period.end else None, match[0].strip())


def _other(match: M, anchor: date | None) -> Period:
    del anchor
    return make(PeriodKind.OTHER, None, match[0].strip())


class Rule(NamedTuple):
    """A named way to say a period."""

    name: str
    pattern: re.Pattern[str]
    produce: Callable[[M, date | None], Period | None]
    words: tuple[str, ...]


def _rule(name: str, pattern: str, produce: Callable[[M, date | None], Period | None], *words: str) -> Rule:
    """Make a rule; ``words`` are what a text must hold one of (in lower case) for its pattern to be tried at all."""
    return Rule(name, re.compile(pattern, re.IGNORECASE), produce, words)


_MON = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_Q = ("q1", "q2", "q3", "q4")
_CENTURY = ("19", "20")


_REL_EN = r"(?P<rel>(?:this|last|next) year|the year before last|year before last|the current year)"
RULES = (
    _rule("12 months to May 2025", rf"\b(?:the )?(?P<n>\d{{1,2}}|{'|'.join(UNITS[2:13])}) months (?:up )?(?:to|ending|ended|through) (?:in |the end of |end-)?(?P<m>{MONTH})\b{_Y}", _rolling, "months"),
    _rule("year to end-May", rf"\b(?:the )?(?P<n>year) (?:to|ending|ended) (?:in |the end of |end-)?(?P<m>{MONTH})\b{_Y}(?! \d)", _rolling, "year to", "year end"),
    _rule("end of June 2025", rf"\b(?:(?:by |as of |at |from )?(?:the )?(?:end|close)[ -](?:of )?|late |end-|year-?end )(?P<m>{MONTH})\b{_Y}", _point, "end", "close", "late", "start", "beginning"),
    _rule("late 2024", rf"\b(?:(?:the )?(?:end|close|turn)[ -](?:of )?(?:the )?(?:year )?|late |end-?|year-?end |early )(?P<y>{YEAR})\b", _point, "end", "close", "turn", "late", "early"),
    _rule("end of last year", rf"\b(?:(?:the )?end of |late ){_REL_EN}\b", _point, "end of", "late "),
    _rule("mid-2024", rf"\bmid-?(?P<y>{YEAR})\b|\bmid-year\b", _point, "mid"),
    _rule("February 17, 2025", rf"\b(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d{{3}})(?:(?:,? (?:\()?)(?P<y>{YEAR})\b)?", _day, *_MON),
    _rule("17 February 2025", rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{MONTH})\b(?:,? (?P<y>{YEAR})\b)?", _day, *_MON),
    _rule("January-April", rf"\b(?P<a>{MONTH})\s?(?:-|–|to|through)\s?(?P<b>{MONTH})\b{_Y}", _month_run, *_MON),
    _rule("between July and September", rf"\bbetween (?P<a>{MONTH}) and (?P<b>{MONTH})\b{_Y}", _between, "between"),
    _rule("first four months", rf"\b(?:the )?(?:first|initial) (?P<n>\w+) (?:months|quarters)\b{_Y}", _run, "first ", "initial "),
    _rule("over the four months", rf"\b(?:(?:in|over|during|for) (?:the )?(?P<n>{'|'.join(UNITS[2:13])}) months\b(?! (?:ago|earlier|later|before|to))|(?:the )?(?P<m>{'|'.join(UNITS[2:13])})-month (?=flow|period|total|figure))", _run, "month"),
    _rule("first half", rf"\b(?:the )?(?:(?:first|second)[ -]half(?:[ -]year)?|h[12]|[12]h)\b{_Y}", _half, "half", "h1", "h2", "1h", "2h"),
    _rule("third quarter", rf"\b(?:the )?(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)[ -]quarter\b{_Y}", _quarter, "quarter"),
    _rule("Q3 2024", rf"\bq(?P<q>[1-4])\b(?:[ -]?(?:of )?(?P<y>{YEAR})\b)?", _quarter, *_Q),
    _rule("2024 Q3", rf"\b(?P<y>{YEAR})[ -]?q(?P<q>[1-4])\b", _quarter, *_Q),
    _rule("last month", r"\b(?:(?:by |at |as of )?(?:the )?end of )?last month\b", _last_month, "last month"),
    _rule("month and year", rf"\b(?P<m>{MONTH})(?:,? (?:of |in )?(?P<y>{YEAR})\b| (?P<rel>(?:this|last|next) year)\b)", _month, *_MON),
    _rule("month", rf"(?=[jfmasond])(?:(?<=\bin )|(?<=\bfor )|(?<=\bof )|(?<=\bfrom )|(?<=\bsince )|(?<=\bbelow )|(?<=\bduring )|(?<=^))(?P<m>{MONTH.replace('may', 'may(?! )')})\b(?! \d)", _month, *_MON),
    _rule("months named whole", r"\b(?P<m>january|february|april|june|july|august|september|october|november|december)\b", _month, *_MON),
    _rule("fiscal year", r"\bfy ?(?P<y>(?:20)?\d\d)\b", _year, "fy"),
    _rule("relative year", rf"\b{_REL_EN}(?:'s)?\b", _year, "year"),
    _rule("'24", r"(?<![\w])'(?P<y>[12]\d)\b", _year, "'"),
    _rule("five years ago", r"\b(?:\w+) (?:years?|months?) (?:ago|earlier|before)\b", _other, " ago", " earlier", " before"),
    _rule("6月末", rf"{_BEGINS}{_ZY}\s?(?P<m>1[0-2]|0?[1-9])月(?:末|底)", _point, "月末", "月底"),
    _rule("三季度末", rf"(?=[\d今去前上明本当第一二三四]){_ZY}(?:第)?(?P<q>[一二三四1-4])季度末", _quarter_end, "季度末"),
    _rule("2024年末", r"(?:(?P<y>(?:19|20)?\d\d)年|(?P<rel>今年|去年|上年|前年|明年|当年|本年))(?:年?末|年?底|终|年中)|(?<![\d上去今前明])年末|(?<![\d上去今前明])年底|(?<!上)年中(?!级)", _point, "年末", "年底", "年年", "末", "底", "终", "年中"),
    _rule("1月22日", rf"{_BEGINS}{_ZY}\s?(?P<m>1[0-2]|0?[1-9])月(?P<d>[0-3]?\d)[日号]", _day, "月"),
    _rule("1—8月份", rf"{_BEGINS}{_ZY}\s?(?P<a>\d{{1,2}})(?:月份?)?\s?(?:—|-|–|~|～|至|到)\s?(?P<b>\d{{1,2}})月份?", _month_run, "月"),
    _rule("前三季度", rf"(?=[\d今去前上明本当]){_ZY}前(?P<n>[{HAN}\d]{{1,2}})(?:个?季度|季|个月)", _run, "前"),
    _rule("上半年", rf"(?=[\d今去前上明本当下]){_ZY}[上下]半年", _half, "半年"),
    _rule("三季度", rf"(?=[\d今去前上明本当第一二三四]){_ZY}(?:第)?(?P<q>[一二三四1-4])季度?(?![军])", _quarter, "季"),
    _rule("12月", rf"{_BEGINS}{_ZY}\s?(?P<m>1[0-2]|0?[1-9])月份?(?!\d)", _month, "月"),
    _rule("2024年", r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?年(?!期|版|间)(?:度|全年)?", _year, "年"),
    _rule("24年", r"(?<![\d.])(?P<y>[12]\d)年(?!期|来|前|后|以|间|的历)", _year, "年"),
    _rule("去年", r"(?P<rel>今年|去年|前年|上年度|上一年|前一年|明年|上年|本年|后年)(?!同期)", _year, "年"),
    _rule("2024", rf"(?<![\d.,$€£¥〔\[#-])(?:(?<=in )|(?<=for )|(?<=of )|\b)(?P<y>{YEAR})(?![\d.,]*\d|[^\W\d]|%| (?:yuan|firms|enterprises|companies|million|billion|people|times)|-\d\d\b|[〕\]家个台笔元万亿])", _year, *_CENTURY),
)

LETTER = re.compile(r"[a-z]")
# A rule whose words are all Chinese has nothing to find in a text of plain letters.
RULES_ASCII = tuple(rule for rule in RULES if any(word.isascii() for word in rule.words))
WORDS, WORDS_ASCII = ({rule.words for rule in rules} for rules in (RULES, RULES_ASCII))
# And a rule whose words are all English has nothing to find where no such letter stands.
RULES_HAN = tuple(rule for rule in RULES if not all(word.isascii() and LETTER.search(word) for word in rule.words))
WORDS_HAN = tuple(dict.fromkeys(rule.words for rule in RULES_HAN))


def find_periods(text: str, anchor: date | None = None) -> list[FoundPeriod]:
    """Find the periods of a text in order; a relative one, or one without its year, is read against ``anchor``.

    >>> [(f.period.kind.value, f.period.text) for f in find_periods("up 5% in 2024; by the end of June 2025")]
    [('year', '2024'), ('point', 'by the end of June 2025')]
    >>> [str(f.period.end) for f in find_periods("去年上半年", date(2025, 2, 20))]
    ['2024-06-30']
    >>> find_periods("2,022 firms and 2000万元")
    []
    """
    found: list[FoundPeriod] = []
    taken = bytearray(len(text))
    for rule, match in _matches(text) if len(text) < LONG else _matches.__wrapped__(text):
        start, end = match.span()
        if taken.find(1, start, end) >= 0:
            continue
        period = rule.produce(match, anchor)
        if period is not None:
            found.append(FoundPeriod(period, start, end))
            taken[start:end] = b"\1" * (end - start)
    return sorted(found, key=lambda f: f.start)


LONG = 2000  # no sentence that is read twice soon is longer


def forget() -> None:
    """Forget the sentences read last, so that what is measured is a first reading."""
    _matches.cache_clear()


@functools.lru_cache(maxsize=256)  # a sentence is read for its figures, its calendar and its statements, each time against another date
def _matches(text: str) -> tuple[tuple[Rule, M], ...]:
    """Give what the rules' patterns find, in the order of the rules; a rule none of whose words the text holds is not tried."""
    lower = text.lower()
    rules, groups = (RULES_ASCII, WORDS_ASCII) if lower.isascii() else (RULES, WORDS) if LETTER.search(lower) else (RULES_HAN, WORDS_HAN)
    held = set()
    for words in groups:
        for word in words:
            if word in lower:
                held.add(words)
                break
    return tuple((rule, match) for rule in rules if rule.words in held for match in rule.pattern.finditer(text))
