"""Says periods in full, and moves them: a year, a quarter or a month back, for what a figure is compared with."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from bot.text.period import Period, PeriodKind

NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ORDINALS = ["first", "second", "third", "fourth"]
HAN = "一二三四五六七八九十"
LEADING = re.compile(r"^(?:by |as of |as at |at |from |in |over |during )?(?:the )?", re.IGNORECASE)
FIRST_MONTHS = re.compile(r"first \w+ months", re.IGNORECASE)
RELATIVE = re.compile(r"(?:last|this|next) year", re.IGNORECASE)
SIGN = re.compile(r"(?:(?P<y>(?:19|20)\d\d)[ -]?)?(?:[HQ](?P<n>[1-4])|(?P<n2>[1-4])[HQ])(?:[ -]?(?:of )?(?P<y2>(?:19|20)\d\d))?", re.IGNORECASE)
HYPHENED = re.compile(r"(?<=first|econd|third|ourth)-(?=half|quarter)", re.IGNORECASE)
DAY = re.compile(r"[A-Za-z]+\.? \d{1,2}(?:st|nd|rd|th)?\b|\d{1,2}(?:st|nd|rd|th)? (?:of )?[A-Za-z]{3,}\b")
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def _said_as(period: Period, words: str) -> Period:
    return period if words == period.text else Period(period.kind, period.start, period.end, words, period.origin)


def complete(period: Period, language: str) -> Period:
    """Complete a period's words with its year."""
    words = period.text if language == "zh" else LEADING.sub("", period.text)
    if language == "en" and period.kind == PeriodKind.POINT and period.end and (day := DAY.match(words)) and "(" not in words:
        return _said_as(period, _day(day[0], period.end))
    words = _spelled(words.strip(" ,")) if language == "en" else words.strip(" ,")
    if language == "en" and period.year and FIRST_MONTHS.fullmatch(words):
        return _said_as(period, f"{words} of {period.year}")
    january_run = language == "en" and period.kind == PeriodKind.RUN and period.start and period.start.month == 1 and (" to " not in words or words.casefold().startswith("jan"))
    if period.year is None or (str(period.year) in words and not january_run):
        return _said_as(period, words)
    if january_run and period.end and "months" in words:
        return _said_as(period, f"first {NUMBERS[period.end.month - 1]} months of {period.end.year}")
    if january_run and period.start and period.end:  # the release's own words, and the name by which the field knows the same stretch
        return _said_as(period, f"{said(period.kind, period.start, period.end, language)} ({first_months(period.end.month)})")
    if language == "zh":
        bare = re.sub(r"^(?:今年|去年|上年|本年|当年|\d\d年)", "", words)
        return _said_as(period, f"{period.year}年{bare}" if bare not in ("年末", "年底") else f"{period.year}{bare}")
    if RELATIVE.search(words):
        return _said_as(period, RELATIVE.sub(str(period.year), words))
    joiner = " of " if re.search(r"half|quarter|months", words, re.IGNORECASE) and not re.search(r" to ", words) else " "
    return _said_as(period, f"{words}{joiner}{period.year}")


def _day(words: str, day: date) -> str:
    """Say a day with its year, and the last of a month also as its end."""
    said_day = f"{words}, {day.year}" if words[0].isalpha() else f"{words} {day.year}"
    return f"{said_day} (end of {day:%B})" if day.day == monthrange(day.year, day.month)[1] else said_day


def _spelled(words: str) -> str:
    """Spell a half or a quarter that stands as a sign.

    >>> _spelled("H1 2025"), _spelled("2Q"), _spelled("2024 Q3"), _spelled("first-half")
    ('first half of 2025', 'second quarter', 'third quarter of 2024', 'first half')
    """
    sign = SIGN.fullmatch(words)
    if not sign:
        return HYPHENED.sub(" ", words, count=1)
    number = int(sign["n"] or sign["n2"])
    part = "half" if "h" in words.casefold() else "quarter"
    year = sign["y"] or sign["y2"]
    return f"{ORDINALS[number - 1]} {part}" + (f" of {year}" if year else "")


def first_months(month: int) -> str:
    """Name the months of a year up to one of them.

    >>> first_months(6), first_months(4)
    ('first half', 'first four months')
    """
    known = {3: "first quarter", 6: "first half", 9: "first three quarters", 12: "full year"}
    return known.get(month) or f"first {NUMBERS[month - 1]} months"


def back(period: Period, step: str, language: str) -> Period:
    """Move a period a year, a quarter or a month back; one whose days are not known only where it is said in words."""
    if not period.start or not period.end:
        said_year = re.search(r"20\d\d$", period.text) if step == "year" else None
        return period._replace(text=f"{period.text[: said_year.start()]}{int(said_year[0]) - 1}") if said_year else period
    months = MONTHS[step]
    if months == MONTHS["year"]:
        year = str(period.year)
        words = period.text.replace(year, str((period.year or 1) - 1))
        try:
            return period._replace(start=period.start.replace(year=period.start.year - 1), end=period.end.replace(year=period.end.year - 1), text=words)
        except ValueError:
            return period._replace(start=None, end=None, text=words)
    span = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month
    last = period.end.year * 12 + period.end.month - 1 - max(months, 1)
    end = date(last // 12, last % 12 + 1, monthrange(last // 12, last % 12 + 1)[1])
    first = last - span
    start = end if period.kind == PeriodKind.POINT else date(first // 12, first % 12 + 1, 1)
    return period._replace(start=start, end=end, text=said(period.kind, start, end, language))


def said(kind: PeriodKind, start: date, end: date, language: str) -> str:
    """Say a period by its days.

    >>> said(PeriodKind.QUARTER, date(2024, 10, 1), date(2024, 12, 31), "en"), said(PeriodKind.MONTH, date(2025, 2, 1), date(2025, 2, 28), "zh")
    ('fourth quarter of 2024', '2025年2月')
    """
    quarter = (end.month - 1) // 3
    if language == "zh":
        if kind == PeriodKind.POINT:
            return f"{end.year}年末" if end.month == 12 else f"{end.year}年{end.month}月末"  # noqa: PLR2004 - December
        if kind == PeriodKind.QUARTER:
            return f"{end.year}年{HAN[quarter]}季度"
        return f"{end.year}年{end.month}月" if start.month == end.month else f"{end.year}年{start.month}—{end.month}月"
    if kind == PeriodKind.POINT:
        return f"end of {end:%B} {end.year}"
    if kind == PeriodKind.QUARTER:
        return f"{ORDINALS[quarter]} quarter of {end.year}"
    return f"{end:%B} {end.year}" if start.month == end.month else f"{start:%B} to {end:%B} {end.year}"


def end_of(period: Period, language: str) -> Period:
    """Give the point in time at which a stretch ends."""
    if not period.end or period.kind == PeriodKind.POINT:
        return period
    return period._replace(kind=PeriodKind.POINT, start=period.end, text=said(PeriodKind.POINT, period.end, period.end, language))
