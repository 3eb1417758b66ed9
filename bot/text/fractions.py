"""Fractions, tenths and multiples in words: "two thirds", 近四成, 翻番, "nearly doubled", "one in four"."""

from __future__ import annotations

import re
from decimal import Decimal
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from bot.text.hedges import hedge_at
from bot.text.numbers import EN_WORD, HAN_DIGITS, TENS, UNITS, parse_han, parse_word, scale_of
from bot.text.patterns import grouped
from bot.text.quantity import COUNT, MULTIPLE, PERCENT, POINT, Found, Quantity
from bot.text.units import AFTER, alternatives, unit_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10}
FOLDS = {"double": 2, "triple": 3, "quadruple": 4, "treble": 3}
ADVERBS = {"twice": 2, "thrice": 3}
CENT = Decimal("0.01")
_PART = "|".join(PARTS)
_HAN = "".join(HAN_DIGITS) + "十百"


_SCALE = "hundred(?: (?:thousand|[mb]illion))?|thousand|million|billion|trillion"
_SHORTEST = 3  # letters of a currency's name
_UNIT = rf"(?: (?P<unit>{grouped(alternatives([w for w in AFTER if w.isascii() and w[-1].isalpha() and len(w) >= _SHORTEST]))})(?![a-z]))?"


class Rule(NamedTuple):
    """A named way to say a fraction or multiple, and what it is worth: amount and unit."""

    name: str
    pattern: re.Pattern[str]
    produce: Callable[[re.Match[str]], tuple[Decimal, str] | None]


def _percent(part: Decimal | int, whole: Decimal | int) -> tuple[Decimal, str]:
    return (Decimal(part) * 100 / Decimal(whole)).quantize(CENT).normalize() + Decimal(0), PERCENT


def _worded(match: re.Match[str]) -> tuple[Decimal, str] | None:
    word = match["n"].casefold()
    number = Decimal(1) if word in ("a", "an") else parse_word(word)
    whole = PARTS[match["part"].casefold()]
    return _percent(number, whole) if number and number < whole else None


def _pointed(match: re.Match[str]) -> tuple[Decimal, str] | None:
    words = match["n"].casefold().split()
    part = Decimal(1) / PARTS["half" if words == ["half"] else words[1].removesuffix("s")]
    return (part * (3 if words[0] == "three" else 1)).quantize(CENT).normalize(), POINT


def _halves(match: re.Match[str]) -> tuple[Decimal, str] | None:
    number = parse_word(match["n"])
    return (number + Decimal("0.5"), MULTIPLE) if number else None


def _scale(words: str) -> int:
    return prod(scale_of(word) for word in words.split())


def _scaled(match: re.Match[str]) -> tuple[Decimal, str] | None:
    number = parse_word(match["n"])
    return ((number + Decimal("0.5")) * _scale(match["scale"]), unit_of(None, match["unit"]) or COUNT) if number else None


def _part_of_scale(match: re.Match[str]) -> tuple[Decimal, str] | None:
    words = (match["part"] or "").casefold().split()
    part = {"half": Decimal("0.5"), "three": Decimal("0.75"), "two": Decimal(2) / 3}.get(words[0]) if words else Decimal(1)
    part = part or Decimal(1) / PARTS[words[1]]
    return (part * _scale(match["scale"])).quantize(Decimal(1)), unit_of(None, match["unit"]) or COUNT


def _in(match: re.Match[str]) -> tuple[Decimal, str] | None:
    part, whole = parse_word(match["a"]), parse_word(match["b"])
    return _percent(part, whole) if part and whole and part < whole else None


def _tenths(match: re.Match[str]) -> tuple[Decimal, str] | None:
    printed = match["n"].strip()
    number = Decimal(printed) if printed[0].isdigit() else parse_han(printed)
    half = Decimal("0.5") if match["half"] == "半" else (parse_han(match["half"]) or Decimal(0)) / 10 if match["half"] else Decimal(0)
    return ((number + half) * 10, PERCENT) if number is not None and number <= 10 else None  # noqa: PLR2004 - ten tenths


def _han_fraction(match: re.Match[str]) -> tuple[Decimal, str] | None:
    whole, part = parse_han(match["whole"]), parse_han(match["part"])
    return _percent(part, whole) if whole and part else None


def _hundredths(match: re.Match[str]) -> tuple[Decimal, str] | None:
    text = match["n"]
    whole, _, decimals = text.partition("点")
    number = Decimal(text) if text[0].isdigit() else parse_han(whole)
    part = "".join(str(HAN_DIGITS.get(character, "")) for character in decimals)
    return (number + Decimal("0." + (part or "0")), PERCENT) if number is not None else None


def _fold(match: re.Match[str]) -> tuple[Decimal, str] | None:
    number = parse_word(match["n"])
    return (number, MULTIPLE) if number else None


def _flat(value: str, unit: str) -> Callable[[re.Match[str]], tuple[Decimal, str] | None]:
    return lambda _: (Decimal(value), unit)


RULES = (
    Rule("one in four", re.compile(rf"\b(?P<a>{EN_WORD}) (?:in|out of|of) (?:every )?(?P<b>{EN_WORD})\b(?! (?:years?|months?|days?|decades?))", re.IGNORECASE), _in),
    Rule("half a point", re.compile(r"\b(?P<n>half|(?:a|one) (?:quarter|third|tenth|fifth) of|three quarters of) (?:a|one) percentage[ -]point\b", re.IGNORECASE), _pointed),
    Rule("one and a half times", re.compile(rf"\b(?P<n>{EN_WORD}) and a half (?:times|as (?:much|many) again)\b", re.IGNORECASE), _halves),
    Rule("two and a half billion", re.compile(rf"\b(?P<n>{EN_WORD}) and a half (?P<scale>{_SCALE}){_UNIT}(?![\w-])", re.IGNORECASE), _scaled),
    Rule("half a billion", re.compile(rf"\b(?P<part>half |(?:a|one) (?:quarter|third) of |three quarters of |two thirds of )?a (?P<scale>{_SCALE}){_UNIT}(?![\w-])", re.IGNORECASE), _part_of_scale),
    Rule("two thirds", re.compile(rf"\b(?P<n>an?|{EN_WORD})[ -](?P<part>{_PART})s?\b(?! (?:years?|months?|weeks?|days?|hours?|minutes?|decades?|of the year|earlier|ago|later|quarter|before|year\b|straight|consecutive))", re.IGNORECASE), _worded),
    Rule("half", re.compile(r"\bhalf(?= (?:of|the total|its|their|that)\b)|(?<=over )half\b|(?<=than )half\b|(?<=nearly )half\b|(?<=almost )half\b|(?<=about )half\b|\Ahalf\Z", re.IGNORECASE), _flat("50", PERCENT)),
    Rule("doubled", re.compile(r"\b(?:more than |nearly |almost )?(?P<w>doubl(?:ed|ing)|double(?= (?:the|last|that|what|its|year)|\Z))\b", re.IGNORECASE), _flat("2", MULTIPLE)),
    Rule("tripled", re.compile(r"\b(?P<w>(?:tripl|trebl)(?:ed|ing)|(?:triple|treble)(?= (?:the|last|that|what|its|year)|\Z))\b", re.IGNORECASE), _flat("3", MULTIPLE)),
    Rule("quadrupled", re.compile(r"\b(?P<w>quadrupl(?:ed|ing)|quadruple(?= (?:the|last|that|what|its|year)|\Z))\b", re.IGNORECASE), _flat("4", MULTIPLE)),
    Rule("halved", re.compile(r"\b(?P<w>halved|halving)\b", re.IGNORECASE), _flat("0.5", MULTIPLE)),
    Rule("twice", re.compile(r"\btwice(?= (?:the|that|as (?:much|many|large|big|high|great|long)|its|last|what|those|of)\b|\Z)", re.IGNORECASE), _flat("2", MULTIPLE)),
    Rule("threefold", re.compile(rf"\b(?P<n>{'two|three|four|five|six|seven|eight|nine|ten'})-?fold\b", re.IGNORECASE), _fold),
    Rule("a dozen", re.compile(r"\ba dozen\b", re.IGNORECASE), _flat("12", COUNT)),
    Rule("百分之", re.compile(rf"百分之(?P<n>\d+(?:\.\d+)?|[{_HAN}]+(?:点[{_HAN}]+)?)"), _hundredths),
    Rule("四分之三", re.compile(rf"(?<![{_HAN}])(?P<whole>[{_HAN}]+)分之(?P<part>[{_HAN}]+)"), _han_fraction),
    Rule("两成", re.compile(rf"(?P<n>[{_HAN}]|(?<![\d.])\d(?:\.\d)?\s?)成(?P<half>半|[一二三四五六七八九](?![个家户项十百千万亿成年月]))?(?![立功员本交果绩效都熟分])"), _tenths),
    Rule("一半", re.compile(r"一半|(?<=近)半数?(?![年月天导])|(?<=过)半数?(?![年月天])"), _flat("50", PERCENT)),
    Rule("翻番", re.compile(r"翻了?[一1]?番|翻倍"), _flat("2", MULTIPLE)),
    Rule("翻两番", re.compile(r"翻了?[两2]番"), _flat("4", MULTIPLE)),
)
# What a text must hold one of for a rule to find anything in it.
CUES = {
    "one in four": tuple(f"{word} " for word in (*UNITS[1:], *TENS)),
    "two thirds": tuple(PARTS),
    "half": ("half",),
    "half a point": ("point",),
    "two and a half billion": ("and a half",),
    "half a billion": ("a hundred", "a thousand", "a million", "a billion", "a trillion"),
    "one and a half times": ("and a half",),
    "doubled": ("doubl",),
    "tripled": ("tripl", "trebl"),
    "quadrupled": ("quadrupl",),
    "halved": ("halv",),
    "twice": ("twice",),
    "threefold": ("fold",),
    "a dozen": ("dozen",),
    "百分之": ("分之",),
    "四分之三": ("分之",),
    "两成": ("成",),
    "一半": ("半",),
    "翻番": ("翻",),
    "翻两番": ("翻",),
}
_MANY = 3  # words that are looked for sooner by a pattern
_CUES = {name: re.compile("|".join(map(re.escape, cues))) for name, cues in CUES.items() if len(cues) > _MANY}
_ANY_CUE = re.compile(grouped("|".join(re.escape(cue) for cues in CUES.values() for cue in cues)))
_EN_PREFIX = re.compile(r"^(?:more than|nearly|almost) ", re.IGNORECASE)


def _cued(name: str, folded: str) -> bool:
    if name in _CUES:
        return _CUES[name].search(folded) is not None
    for cue in CUES[name]:  # noqa: SIM110 - asked of every sentence some twenty times: a generator costs twice as much
        if cue in folded:
            return True
    return False


def find_fractions(text: str) -> Iterator[Found]:
    """Find every fraction and worded multiple, in rule order; the first rule to take a place keeps it.

    >>> [(f.quantity.surface, str(f.quantity.amount), f.quantity.hedge.value) for f in find_fractions("nearly two thirds")]
    [('two thirds', '66.67', 'under')]
    >>> [(f.quantity.surface, str(f.quantity.amount)) for f in find_fractions("近四成，同比翻番，完成任务")]
    [('四成', '40'), ('翻番', '2')]
    """
    folded = text.casefold()
    if not _ANY_CUE.search(folded):
        return
    taken = bytearray(len(text))
    for rule in RULES:
        if not _cued(rule.name, folded):
            continue
        for match in rule.pattern.finditer(text):
            start, end = match.span("w") if "w" in rule.pattern.groupindex else match.span()
            produced = rule.produce(match)
            if produced is None or any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            surface = text[start:end]
            amount, unit = produced
            yield Found(Quantity(amount, unit, hedge_at(text, start, end, surface), surface), start, end)
