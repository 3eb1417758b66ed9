"""Numbers in digits and in words, English and Chinese, as exact decimals."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.text.patterns import grouped

UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, int] = {word: i for i, word in enumerate(UNITS)} | {word: 20 + 10 * i for i, word in enumerate(TENS)}
SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "k": 1000,
    "million": 10**6,
    "mln": 10**6,
    "mn": 10**6,
    "m": 10**6,
    "billion": 10**9,
    "bln": 10**9,
    "bn": 10**9,
    "b": 10**9,
    "trillion": 10**12,
    "trn": 10**12,
    "tn": 10**12,
}
HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
HAN_SCALES = {"十": 10, "百": 100, "千": 1000}
HAN_GROUPS = {"万": 10**4, "亿": 10**8, "万亿": 10**12, "千万": 10**7, "百万": 10**6, "千亿": 10**11, "百亿": 10**10, "十亿": 10**9, "千": 1000, "百": 100}

EN_WORD = rf"(?:(?:{grouped('|'.join(TENS))})(?:-(?:{grouped('|'.join(UNITS[1:10]))}))?|{grouped('|'.join(UNITS[1:]))})"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
LONGEST = 40


def parse_digits(text: str) -> Decimal | None:
    """Read a number in digits; None where it is longer than any figure printed.

    >>> parse_digits("7,800"), parse_digits("0.46"), parse_digits("9" * 99)
    (Decimal('7800'), Decimal('0.46'), None)
    """
    return Decimal(text.replace(",", "")) if len(text) <= LONGEST else None


def parse_word(text: str) -> Decimal | None:
    """Read an English number word below a hundred.

    >>> parse_word("Thirty-four"), parse_word("nine"), parse_word("often")
    (Decimal('34'), Decimal('9'), None)
    """
    total = 0
    for part in text.casefold().split("-"):
        if part not in WORDS:
            return None
        total += WORDS[part]
    return Decimal(total)


def parse_han(text: str) -> Decimal | None:
    """Read a Chinese number below ten thousand.

    >>> parse_han("十八"), parse_han("两"), parse_han("三百二十"), parse_han("千")
    (Decimal('18'), Decimal('2'), Decimal('320'), Decimal('1000'))
    """
    total, digit = 0, None
    for character in text:
        if character in HAN_DIGITS:
            digit = HAN_DIGITS[character]
        elif character in HAN_SCALES:
            total += (1 if digit is None else digit) * HAN_SCALES[character]
            digit = 0
        else:
            return None
    return Decimal(total + (digit or 0))


def scale_of(word: str | None) -> int:
    """Give a scale word's factor, 1 for none.

    >>> scale_of("bn"), scale_of("万亿"), scale_of(None)
    (1000000000, 1000000000000, 1)
    """
    if not word:
        return 1
    return SCALES.get(word.casefold()) or HAN_GROUPS.get(word, 1)


HAN_NUMBER = re.compile(r"[零一二三四五六七八九十百千两〇]+")


# How a release prints an amount: its digits and their scale.
PRINTED = {
    "en": re.compile(r"(?<![\d.,])(?P<digits>\d[\d,]*+(?:\.\d++)?+)\s?+(?P<scale>trillion|billion|million)?+(?=$|[\s%])", re.IGNORECASE),
    "zh": re.compile(r"(?<![\d.,])(?P<digits>\d[\d,]*+(?:\.\d++)?+)(?P<scale>万亿|亿|万)?+(?![\d.,万亿])"),
}
WRITTEN = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def as_printed(surface: str, amount: Decimal, lang: str) -> str | None:
    """Give an amount in the digits and the scale it is printed in, where that is the language's own writing; else None.

    >>> as_printed("23846.5亿元", Decimal("2384650000000"), "zh"), as_printed("US$68.42 billion", Decimal("68420000000"), "en")
    ('23846.5亿', '68.42 billion')
    >>> as_printed("over a third", Decimal("33.33"), "en"), as_printed("71.4", Decimal("71400000000"), "en")
    (None, None)
    """
    found = PRINTED[lang].search(surface)
    digits = parse_digits(found["digits"]) if found else None
    scale = (found["scale"] or "").casefold() if found else ""
    if found is None or digits is None or digits * WRITTEN[scale] != amount:
        return None
    return f"{found['digits']}{' ' if lang == 'en' and scale else ''}{found['scale'] or ''}"
