"""Finds quantities in any text, of releases and of questions: number, scale and unit as printed, with the hedge beside it.

Small tokens compose: a number, a scale after it, a currency before or a unit after. A second pass carries scale and
unit back over a list ("71.4, 443.9 and 621.7 billion yuan") and a range, whose ends become bounds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from bot.text.fractions import find_fractions
from bot.text.hedges import hedge_at
from bot.text.numbers import DIGITS, EN_WORD, HAN_DIGITS, TENS, UNITS, parse_digits, parse_han, parse_word, scale_of
from bot.text.patterns import grouped, lowered
from bot.text.quantity import MULTIPLE, Found, Hedge, Quantity
from bot.text.units import ALL_AFTER, BEFORE, CLASSIFIERS, MEASURES, SUBUNITS, alternatives, unit_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HUNDRED = Decimal(100)
MILLION = 1_000_000
LONGEST_GAP = 8  # ", and "
NEAR = 20  # the ends of a range lie within a factor of each other
_HAN = "".join(HAN_DIGITS) + "十百千"
_AFTER_WORDS = [w for w in ALL_AFTER if w.isascii() and w[-1].isalpha()]
_AFTER_SIGNS = [w for w in ALL_AFTER if not (w.isascii() and w[-1].isalpha())]
_SCALE = r"(?:[\s-]?(?P<scale>trillion|billion|million|thousand|trn|bln|mln|tn|bn|mn|k|m|b)(?![a-z])|(?P<more1>[余多])?\s?(?P<han_scale>万亿|千万|百万|千亿|百亿|十亿|亿|万|千(?=[余多]?[元家户人个亿])|百(?=[余多]?[元家户人个]))(?P<more2>[余多])?)?"
_UNIT = (
    rf"(?:[\s-]?(?P<word>{grouped(alternatives(_AFTER_WORDS))})(?![a-z])|[余多]?\s?(?P<sign>{alternatives(_AFTER_SIGNS)})"
    rf"|(?P<more3>[余多])?\s?(?P<classifier>{grouped(alternatives(CLASSIFIERS))})(?!月)|\s?(?P<measure>{grouped(alternatives(MEASURES).lower())})(?![a-z]))?"
)
_BEFORE = rf"(?:(?<![a-z])(?P<before>{grouped(alternatives(BEFORE))})\s?)?"
# Where a number can begin: at a digit, a sign, a number word's first letter, or a currency's letters before one of these. Elsewhere nothing more is tried.
_WORDS = "".join(sorted({word[0] for word in (*UNITS[1:], *TENS)}))
_SIGNS = "".join(re.escape(sign) for sign in sorted({word[0] for word in BEFORE if not (word[0].isascii() and word[0].isalpha())}))
_START = rf"(?:(?=[\d{_HAN}{_SIGNS}])|(?<![a-z])(?=[{_WORDS}]|[a-z]{{1,3}}\$?\s?[\d{_HAN}{_WORDS}]))"
NUMBER = re.compile(  # of a text in small letters
    rf"{_START}{_BEFORE}(?:(?<![\d.,])(?P<digits>{DIGITS})(?![\d])|(?<![a-z-])(?P<en>{EN_WORD})(?![a-z])|(?P<han>[{_HAN}]+)){_SCALE}{_UNIT}"
)
OR_SO = re.compile(r", or ")
SEPARATOR = re.compile(r"\s*(?:,|、|，|;|；)?\s*(?:and|or|和|及|与|或)?\s*")
RANGE = re.compile(r"\s?(?:-|–|—|~|～|－|to|至|到|and)\s?")
FROM = re.compile(
    r"(?:\bfrom|\bby|\bup|\bdown|rose|fell|grew|gained|lost|climbed|dropped|declined|increased|decreased|jumped|slipped|expanded|shrank"
    r"|quickened|slowed|eased|widened|narrowed|strengthened|weakened|expanded|contracted|rising|falling|climbing|increase|decrease|improved|went up|went down|lowered|raised|cut|由|从|升|降|跌|加|少|高)\s*$",
    re.IGNORECASE,
)
FROM_ONLY = re.compile(r"(?:\bfrom|由|从)\s*$", re.IGNORECASE)
THINGS = re.compile(r" (?:new |more |other )?(?!as\b|respectively\b|versus\b)[a-z-]{4,}s\b", re.IGNORECASE)  # "RMB 2.44 trillion, and 118.3 billion new policies"
IN_KIND = re.compile(r"\s(?:in|by) [a-z]+ and ", re.IGNORECASE)
BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)


class _Raw(NamedTuple):
    """A number found, before lists and ranges are seen."""

    number: Decimal
    scale: int
    unit: str | None
    start: int
    end: int
    classifier: str | None
    word: str | None  # the number where it is in words

    @property
    def bare(self) -> bool:
        """Whether neither scale nor unit stands with it."""
        return self.unit is None and self.scale == 1


def find_quantities(text: str) -> list[Found]:
    """Find every quantity of a text in order; bare numbers are counts of something unnamed.

    >>> [(f.quantity.surface, f'{f.quantity.amount:.0f}', f.quantity.unit) for f in find_quantities("usd 5.46bn, up 37%")]
    [('usd 5.46bn', '5460000000', 'USD'), ('37%', '37', 'percent')]
    >>> [(f.quantity.surface, f.quantity.hedge.value) for f in find_quantities("近4000亿元，高15个百分点")]
    [('4000亿元', 'under'), ('15个百分点', 'exact')]
    """
    if not _NUMERIC.search(text) and not _WORDY.search(lowered(text)):
        return []
    raws = _listed(list(_numbers(text)), text)
    fractions = list(find_fractions(text))
    if not fractions:
        return _ranged([_found(r, text) for r in raws], text)
    taken = bytearray(len(text))
    for fraction in fractions:
        taken[fraction.start : fraction.end] = b"\1" * (fraction.end - fraction.start)
    found = [_found(r, text) for r in raws if taken.find(1, r.start, r.end) < 0]
    found += fractions
    found.sort(key=lambda f: f.start)
    return _ranged(found, text)


_NUMERIC = re.compile(rf"[\d{_HAN}]")
_WORDY = re.compile(rf"(?<![a-z])(?:{EN_WORD})(?![a-z])|half|halv|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth|doubl|twice|tripl|trebl|quadrupl|fold|dozen|a (?:hundred|thousand|[mb]illion|trillion)|[半倍番]")


GROUPS = ("digits", "en", "han", "before", "word", "sign", "classifier", "measure", "scale", "han_scale")


def _numbers(text: str) -> Iterator[_Raw]:
    for match in NUMBER.finditer(lowered(text)):
        raw = _raw(match, text)
        if raw is not None:
            yield raw


def _raw(match: re.Match[str], text: str) -> _Raw | None:
    digits, word, han, before, said, sign, classifier, measure, scaled, han_scaled = match.group(*GROUPS)
    number = parse_digits(digits) if digits else parse_word(word) if word else parse_han(han)
    if number is None:
        return None
    after = said or sign or classifier or measure
    scale = scale_of(scaled or han_scaled)
    start, end = match.span()
    if before and (word or han):
        start, before = match.start("en") if word else match.start("han"), None
    unit = unit_of(before, after)
    if han and ((not after and scale == 1) or (scale == 1 and unit != "CNY" and han in ("千", "百", "十", "千千"))):
        return None
    if measure and not classifier:
        classifier = text[match.start("measure") : match.end("measure")]
    return _Raw(number, scale, unit, start, end, classifier, word or han)


def _listed(raws: list[_Raw], text: str) -> list[_Raw]:
    """Carry scale and unit over a list: back from its last item, and a currency on from its first."""
    for i in range(len(raws) - 2, -1, -1):
        here, following = raws[i], raws[i + 1]
        gap = text[here.end : following.start]
        if len(gap) <= LONGEST_GAP and not here.word and not following.word and (_joined(gap) or _range(gap)) and not OR_SO.match(gap):
            raws[i] = _like(here, following, ranged=_range(gap))
    for i in range(1, len(raws)):
        here, previous = raws[i], raws[i - 1]
        if here.unit is not None or here.scale == 1 or not _money(previous.unit):
            continue
        gap = text[previous.end : here.start]
        if (_joined(gap) or _range(gap)) and not THINGS.match(text[here.end : here.end + 40]):
            raws[i] = here._replace(unit=previous.unit)
    return raws


def _like(here: _Raw, following: _Raw, *, ranged: bool) -> _Raw:
    """Give an item of a list what only the next one says: "16.5 to 17 million", 6.4万、4.9万人次, "28.6 and 13.7 billion yuan"."""
    half_said = here.classifier == "个" and following.unit in ("percentage_point", "bp")
    if (here.bare or half_said) and following.unit not in (None, "count"):
        return here._replace(scale=following.scale, unit=following.unit, classifier=following.classifier)
    unscaled = here.scale == 1 < following.scale
    same_money = _money(here.unit) and (here.unit == following.unit or (following.unit is None and ranged))
    near = here.bare and following.unit is None and ranged and here.number < following.number <= NEAR * here.number
    if unscaled and (same_money or near):
        return here._replace(scale=following.scale)
    if here.unit is None and here.scale == following.scale > 1 and following.unit == "count" and following.classifier:
        return here._replace(unit="count", classifier=following.classifier)
    return here


def _money(unit: str | None) -> bool:
    return unit is not None and len(unit) == 3 and unit.isupper()  # noqa: PLR2004 - ISO 4217 codes have three letters


def _joined(gap: str) -> bool:
    return len(gap) <= LONGEST_GAP and bool(gap.strip()) and SEPARATOR.fullmatch(gap) is not None


def _range(gap: str) -> bool:
    return len(gap) <= 5 and RANGE.fullmatch(gap) is not None  # noqa: PLR2004 - " to "


def _found(raw: _Raw, text: str) -> Found:
    surface = text[raw.start : raw.end]
    amount = raw.number * raw.scale
    unit = raw.unit or "count"
    if unit == MULTIPLE and amount >= MILLION:
        unit = "count"  # "used 1.2 million times": nothing grows a million times over
    if unit == "bp" or unit in SUBUNITS:
        amount, unit = amount / HUNDRED, SUBUNITS.get(unit, "percentage_point")
    times = "times" if unit == "count" and raw.unit == MULTIPLE else None
    quantity = Quantity(amount, unit, hedge_at(text, raw.start, raw.end, surface), surface, times or raw.classifier)
    return Found(quantity, raw.start, raw.end)


def _hedged(found: list[Found], text: str) -> list[Found]:
    """Let one hedge cover the amounts joined to it ("over €9 million and JPY 1.2 billion")."""
    for i in range(1, len(found)):
        here, previous = found[i], found[i - 1]
        if previous.quantity.hedge == Hedge.EXACT or here.quantity.hedge != Hedge.EXACT:
            continue
        covers = previous.quantity.hedge in (Hedge.OVER, Hedge.UNDER, Hedge.ABOUT)
        gap = text[previous.end : here.start]
        restates = here.quantity.is_money and previous.quantity.is_money
        if restates and gap.strip() in ("(", "（", "(or", "or", ", or", "(that is"):
            found[i] = here._replace(quantity=replace(here.quantity, hedge=previous.quantity.hedge))
        if covers and here.quantity.unit != "count" and (here.quantity.unit == previous.quantity.unit or here.quantity.is_money) and (_joined(gap) or IN_KIND.fullmatch(gap)):
            found[i] = here._replace(quantity=replace(here.quantity, hedge=previous.quantity.hedge))
    return found


def _ranged(found: list[Found], text: str) -> list[Found]:
    """Make the ends of a range its bounds: the lower "at least", the upper "up to"."""
    found = _hedged(found, text)
    for i in range(len(found) - 1):
        low, high = found[i], found[i + 1]
        gap = text[low.end : high.start]
        if not _range(gap):
            continue
        before = text[max(0, low.start - 24) : low.start]
        if (gap.strip() == "and" and not BETWEEN.search(before)) or low.quantity.unit != high.quantity.unit or low.quantity.amount >= high.quantity.amount:
            continue
        starts = FROM_ONLY if low.quantity.surface[-1:].isdigit() else FROM
        if starts.search(before) or (low.quantity.unit == "count" and not low.quantity.counted and gap.strip() == "to" and low.quantity.amount < MILLION):
            continue
        found[i] = low._replace(quantity=replace(low.quantity, hedge=Hedge.AT_LEAST))
        found[i + 1] = high._replace(quantity=replace(high.quantity, hedge=Hedge.UP_TO))
    return found
