"""Writes quantities, periods and dates as a reader of English or Chinese expects: numbers by Babel's locale data."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from bot.text.numbers import as_printed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.facts.model import Figure
    from bot.text.period import Period
    from bot.text.quantity import Quantity

HOME_CURRENCY = "CNY"
# From here on a reader of the language expects a scale word: English million and more, Chinese 万 and more.
SCALED_FROM = {"en": Decimal(1_000_000), "zh": Decimal(100_000)}
STYLE = {"en": "long", "zh": "short"}
MOST_DIGITS = 12


@lru_cache(maxsize=2)
def locale_of(lang: str) -> Locale:
    """Give the locale of a language, ``en`` or ``zh``."""
    return Locale("zh" if lang == "zh" else "en")


@lru_cache(maxsize=4096)
def number(amount: Decimal, lang: str) -> str:
    """Write an amount without rounding it.

    >>> number(Decimal("5460000000"), "en"), number(Decimal("400000000000"), "zh"), number(Decimal("9640"), "en")
    ('5.46 billion', '4000亿', '9,640')
    """
    if abs(amount) < SCALED_FROM[lang]:
        return str(format_decimal(amount, format="#,##0.############", locale=locale_of(lang)))
    return str(
        format_compact_decimal(amount, format_type=STYLE[lang], locale=locale_of(lang), fraction_digits=MOST_DIGITS)  # type: ignore[arg-type]
    )


@lru_cache(maxsize=256)
def written(day: date, lang: str) -> str:
    """Write a day as the language does."""
    return str(format_date(day, "d MMM y" if lang == "en" else "long", locale=locale_of(lang)))


class Words:
    """Says things in one language, from the reply templates of ``intents/replies``."""

    def __init__(self, templates: Mapping[str, str], lang: str) -> None:
        """Keep the language's templates."""
        self.templates = templates
        self.lang = lang

    def say(self, name: str, /, **slots: object) -> str:
        """Fill a template; KeyError where no such template or slot is (``check`` proves there is none)."""
        return self.templates[name].format(**slots)

    def has(self, name: str) -> bool:
        """Whether a template has that name."""
        return name in self.templates

    def bare(self, quantity: Quantity) -> str:
        """Say an amount with its unit, without its hedge."""
        n = as_printed(quantity.surface, quantity.amount, self.lang) or number(quantity.amount, self.lang)
        if quantity.unit == HOME_CURRENCY:
            return self.say("unit_CNY", n=n)
        if quantity.is_money:
            name = locale_of(self.lang).currencies.get(quantity.unit, quantity.unit)
            return self.say("unit_money", n=n, code=quantity.unit, name=name)
        return self.say(f"unit_{quantity.unit}", n=n)

    def quantity(self, quantity: Quantity) -> str:
        """Say an amount with its hedge: "nearly 400 billion yuan", 近4000亿元."""
        return self.say(f"hedge_{quantity.hedge}", q=self.bare(quantity))

    def bound(self, quantity: Quantity) -> str:
        """Say an amount with its hedge as a bound: "under 400 billion yuan"."""
        return self.say(f"bound_{quantity.hedge}", q=self.bare(quantity))

    def figure(self, figure: Figure) -> str:
        """Say a figure by its kind: a change by its direction, a gap by its side, anything else as a quantity."""
        said = self.quantity(figure.quantity)
        if figure.kind == "change" and figure.sign:
            if figure.basis == "vs_peer" and self.has(f"gap_{figure.sign}"):
                return self.say(f"gap_{figure.sign}", q=said)
            basis = figure.basis if figure.basis == "yoy" else "other"
            return self.say(f"change_{basis}_{figure.sign}", q=said)
        return said

    def date(self, day: date) -> str:
        """Write a day as the language does."""
        return written(day, self.lang)

    def period(self, period: Period | None) -> str:
        """Say a period in the reply's language where its year is known, else in the release's words."""
        if period is None:
            return ""
        if period.kind == "year" and period.year:
            said = self.say("year", y=period.year)
        elif self.lang == "zh" and period.kind == "point" and period.end and period.end.month == 12:  # noqa: PLR2004 - December
            said = self.say("late_year", y=period.year)
        else:
            said = period.text
        return self.say("inferred", p=said) if period.inferred else said
