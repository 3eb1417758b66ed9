"""Derivations: figures worked out from stated ones, with their formula and bounds.

Each input's hedge is a bound; a bound is carried through the formula by the direction in which the result moves with
that input (interval arithmetic on monotone functions), and the result is rounded outward, to three significant
digits or to as many as its least precise input has, whichever is more; to one more where that would push a bound off
the nearest number (under 108.03 is under 108.1, not under 109), for a rate of exchange, which is quoted so, and for
thousands of 万 and 亿, which Chinese writes whole (2667万, not 2670万).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import TYPE_CHECKING

from bot.text.quantity import COUNT, MULTIPLE, PERCENT, Hedge, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

DIGITS = 3
RATE = "rate"
MYRIAD = 4
HUNDRED = Decimal(100)
LOWER = (Hedge.OVER, Hedge.AT_LEAST)
UPPER = (Hedge.UNDER, Hedge.UP_TO)
ROUNDING = {Hedge.OVER: ROUND_FLOOR, Hedge.UNDER: ROUND_CEILING}


@dataclass(frozen=True, slots=True)
class Derivation:
    """A way to work a figure out.

    ``inputs`` names the kinds of figure it takes; ``directions`` says for each whether the result grows (+1) or
    falls (-1) with it; ``unit`` is the result's unit, or None for that of the first input; ``template`` names the
    reply template that writes the formula.
    """

    name: str
    inputs: tuple[str, ...]
    directions: tuple[int, ...]
    work_out: Callable[..., Decimal]
    formula: str
    unit: str | None = None


TABLE: dict[str, Derivation] = {
    d.name: d
    for d in (
        Derivation("year_before", ("level", "change"), (1, -1), lambda a, g: a / (1 + g / HUNDRED), "{0} ÷ (1 + {1})"),
        Derivation(
            "increase", ("level", "change"), (1, 1), lambda a, g: a - a / (1 + g / HUNDRED), "{0} − {0} ÷ (1 + {1})"
        ),
        Derivation("nation_growth", ("change", "gap"), (1, -1), lambda g, p: g - p, "{0} − {1}", PERCENT),
        Derivation("rate", ("level", "equivalent"), (1, -1), lambda y, d: y / d, "{0} ÷ {1}", RATE),
        Derivation("to_usd", ("level", "usd", "cny"), (1, 1, -1), lambda a, d, y: a * d / y, "{0} × {1} ÷ {2}", "USD"),
        Derivation("to_cny", ("level", "cny", "usd"), (1, 1, -1), lambda a, y, d: a * y / d, "{0} × {1} ÷ {2}", "CNY"),
        Derivation("per_unit", ("level", "count"), (1, -1), lambda a, n: a / n, "{0} ÷ {1}"),
        Derivation("per_month", ("flow",), (1,), lambda a: a / 12, "{0} ÷ 12"),
        Derivation("per_quarter", ("flow",), (1,), lambda a: a / 4, "{0} ÷ 4"),
        Derivation("nation_ratio", ("change", "gap"), (1, 1), lambda g, p: g / (g - p), "{0} ÷ ({0} − {1})", MULTIPLE),
        Derivation("remainder", ("share",), (-1,), lambda s: HUNDRED - s, "100% − {0}", PERCENT),
        Derivation("ratio", ("level", "level"), (1, -1), lambda a, b: a / b, "{0} ÷ {1}", MULTIPLE),
        Derivation("difference", ("any", "any"), (1, -1), lambda a, b: a - b, "{0} − {1}"),
    )
}


def hedge_of(inputs: tuple[Quantity, ...], directions: tuple[int, ...]) -> Hedge:
    """Carry the inputs' bounds through: all pushing one way give a bound, both ways or any "about" give about."""
    if any(q.hedge == Hedge.ABOUT for q in inputs):
        return Hedge.ABOUT
    pushes = {
        direction * (1 if q.hedge in LOWER else -1)
        for q, direction in zip(inputs, directions, strict=True)
        if q.hedge in LOWER + UPPER
    }
    if not pushes:
        return Hedge.EXACT
    return Hedge.ABOUT if len(pushes) > 1 else Hedge.OVER if pushes == {1} else Hedge.UNDER


def digits(amount: Decimal) -> int:
    """Count an amount's significant digits."""
    return len(amount.normalize().as_tuple().digits)


def derive(name: str, *inputs: Quantity) -> Quantity:
    """Work a derivation out; ZeroDivisionError-like decimal errors cannot occur on a release's positive figures."""
    rule = TABLE[name]
    raw = rule.work_out(*(q.amount for q in inputs))
    hedge = hedge_of(inputs, rule.directions)
    if rule.name in ("remainder", "nation_growth", "difference"):
        rounded = raw
    else:
        precision = max(DIGITS, min((digits(q.amount) for q in inputs if q.unit != COUNT), default=DIGITS))
        rounded = _rounded(raw, max(precision, DIGITS + (rule.unit == RATE or _thousands_of_wan(raw))), hedge)
    exact = hedge == Hedge.EXACT and rounded != raw
    return Quantity(rounded, rule.unit or inputs[0].unit, Hedge.ABOUT if exact else hedge)


def _thousands_of_wan(raw: Decimal) -> bool:
    """Whether an amount has four digits before its 万, 亿 or 万亿."""
    return raw.adjusted() > MYRIAD and raw.adjusted() % MYRIAD == MYRIAD - 1


def _rounded(raw: Decimal, precision: int, hedge: Hedge) -> Decimal:
    """Round a bound outward, with one digit more where that is not the nearest number; anything else to the nearest."""
    nearest = Context(prec=precision, rounding=ROUND_HALF_EVEN).create_decimal(raw)
    outward = ROUNDING.get(hedge)
    if outward is None:
        return nearest
    if precision > DIGITS:
        return Context(prec=precision, rounding=outward).create_decimal(raw)
    if Context(prec=precision, rounding=outward).create_decimal(raw) == nearest:
        return nearest
    return Context(prec=precision + 1, rounding=outward).create_decimal(raw)
