"""What does not fit together in a release's figures, told once each has a name: kept as printed and flagged, never repaired.

- ``headline_differs``: an exact figure of the headline that the body's own figures of the same matter contradict;
- ``sum_differs``: a whole, or a balance, that the parts stated beside it do not give (beyond the rounding of what is printed);
- ``part_exceeds_whole``: a part ("of which", 其中) larger than what it is a part of.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.model import Figure, FigureKind
from bot.text.numbers import DIGITS, parse_digits
from bot.text.quantity import Hedge

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDED = Decimal("0.01")
GAP = 3  # white space between two sentences
MOST = 60
WITHIN = 200  # figures after a headline that may be of its matter
AMOUNTS = (FigureKind.LEVEL, FigureKind.COUNT)
OF_WHICH = re.compile(r"^[^.;。；]{0,24}?(?:\bof which\b|\bof whom\b|\bof them\b|其中)[^.;。；\d]{0,40}$", re.IGNORECASE)
NUMBER = re.compile(DIGITS)
WORD = re.compile(r"[A-Za-z]{3,}|[\u4e00-\u9fff]{2}")
HAN = re.compile(r"[\u4e00-\u9fff]+")
TOTAL = re.compile(r"^\s*(?:grand )?(?:total|all|sum)\b|^\s*(?:合计|总计|全部|总额)", re.IGNORECASE)
SUBROW = re.compile(r"^\s*(?:of which|including|其中|#|—|-)", re.IGNORECASE)
FAR = Decimal("0.2")  # rows that miss the total by more are but some of its parts


class Whole(NamedTuple):
    """A whole and the two parts that make it, or a balance and the two sides whose difference it is; by their names."""

    whole: re.Pattern[str]
    parts: tuple[re.Pattern[str], re.Pattern[str]]
    balance: bool


def _whole(whole: str, first: str, second: str, *, balance: bool = False) -> Whole:
    return Whole(re.compile(whole, re.IGNORECASE), (re.compile(first, re.IGNORECASE), re.compile(second, re.IGNORECASE)), balance)


WHOLES = (
    _whole(r"^(?:imports and exports|exports and imports|total (?:foreign )?trade|foreign trade)$|^(?:货物)?进出口(?:总[值额]|额)?$", r"^exports$|^出口(?:总?[值额])?$", r"^imports$|^进口(?:总?[值额])?$"),
    _whole(r"^(?:trade )?(?:surplus|deficit)$|^(?:贸易)?[顺逆]差$", r"^exports$|^出口(?:总?[值额])?$", r"^imports$|^进口(?:总?[值额])?$", balance=True),
    _whole(r"receipts and payments$|^(?:跨境|涉外)?收支(?:总额)?$", r"^(?:cross-border )?receipts$|^(?:跨境|涉外)?收入$", r"^(?:cross-border )?payments$|^(?:跨境|涉外)?支出$"),
    _whole(r"^surplus$|^(?:跨境收支|收支)?[顺逆]差$", r"^(?:cross-border )?receipts$|^(?:跨境|涉外)?收入$", r"^(?:cross-border )?payments$|^(?:跨境|涉外)?支出$", balance=True),
)


def checked(figures: list[Figure]) -> list[Figure]:
    """Give the figures with what does not fit together flagged."""
    flags: dict[int, str] = dict.fromkeys(_headlines(figures), "headline_differs")
    flags |= dict.fromkeys(_parts(figures), "part_exceeds_whole")
    flags |= dict.fromkeys(_sums(figures), "sum_differs")
    flags |= dict.fromkeys(_totals(figures), "sum_differs")
    return [replace(f, doubts=(*f.doubts, flags[n])) if n in flags else f for n, f in enumerate(figures)]


def _words(metric: str) -> set[str]:
    """Give a name's content words; for Chinese, its pairs of characters."""
    pairs = {run[i : i + 2] for run in HAN.findall(metric) for i in range(len(run) - 1)}
    return pairs | {w.casefold() for w in WORD.findall(metric) if w.isascii()}


def _headlines(figures: list[Figure]) -> Iterator[int]:
    for n, figure in enumerate(figures):
        if figure.sentence.role != "headline" or figure.quantity.hedge != Hedge.EXACT:
            continue
        amount, words = figure.quantity.amount, _words(figure.metric)
        body = [f for f in figures[n + 1 : n + WITHIN] if f.sentence.role != "headline"]
        alike = [f.quantity.amount for f in body if f.quantity.unit == figure.quantity.unit and f.kind == figure.kind and f.sign == figure.sign and words & _words(f.metric)][:MOST]
        sums = [a + b for a, b in combinations(alike[:12], 2)] if figure.kind in AMOUNTS else []
        if alike and not any(abs(a - amount) <= ROUNDED * max(a, amount) for a in alike + sums):
            yield n


def _step(figure: Figure) -> Decimal:
    """Give what the last digit printed is worth."""
    printed = NUMBER.search(figure.quantity.surface)
    number = parse_digits(printed[0]) if printed else None
    if not printed or not number:
        return Decimal(0)
    decimals = len(printed[0].partition(".")[2])
    return figure.quantity.amount / number * Decimal(1).scaleb(-decimals)


def _exact(figure: Figure) -> bool:
    return figure.kind in AMOUNTS and figure.quantity.hedge == Hedge.EXACT and figure.equivalent_of is None and not figure.target


def _parts(figures: list[Figure]) -> Iterator[int]:
    for n in range(1, len(figures)):
        whole, part = figures[n - 1], figures[n]
        if part.sentence is not whole.sentence or part.quantity.unit != whole.quantity.unit or not (_exact(part) and _exact(whole)) or part.sentence.role == "table":
            continue
        offset = part.sentence.span.start
        gap = part.sentence.text[whole.span.end - offset : part.span.start - offset]
        if OF_WHICH.match(gap) and part.quantity.amount > whole.quantity.amount:
            yield n


def _sums(figures: list[Figure]) -> Iterator[int]:
    """Flag a whole or a balance whose two sides stand near it, in its paragraph and of its period, and do not give it."""
    exact = [(n, f) for n, f in enumerate(figures) if _exact(f) and f.sentence.role == "body"]
    for rule in WHOLES:
        for at, (n, whole) in enumerate(exact):
            if not rule.whole.search(whole.metric):
                continue
            near = [f for _, f in exact[max(0, at - 8) : at + 9] if f is not whole and f.sentence.paragraph == whole.sentence.paragraph and f.quantity.unit == whole.quantity.unit and _beside(whole, f) and _same_time(f, whole)]
            sides = [[f for f in near if part.search(f.metric)] for part in rule.parts]
            if all(len(side) == 1 for side in sides) and _off(whole, [side[0] for side in sides], balance=rule.balance):
                yield n


def _beside(whole: Figure, part: Figure) -> bool:
    """Whether a part stands in the whole's own sentence or in the one right after it."""
    return part.sentence is whole.sentence or 0 <= part.sentence.span.start - whole.sentence.span.end <= GAP


def _same_time(a: Figure, b: Figure) -> bool:
    return (a.period.text if a.period else None) == (b.period.text if b.period else None)


def _off(whole: Figure, parts: list[Figure], *, balance: bool = False) -> bool:
    amounts = [p.quantity.amount for p in parts]
    made = abs(amounts[0] - amounts[1]) if balance else sum(amounts, Decimal(0))
    return abs(made - whole.quantity.amount) > _step(whole) + sum((_step(p) for p in parts), Decimal(0))


def _totals(figures: list[Figure]) -> Iterator[int]:
    """Flag a table's total row whose column does not add up to it; a table of parts within parts is left alone."""
    tables: dict[tuple[int, int], list[int]] = {}
    table, last = 0, -1
    for n, figure in enumerate(figures):
        if figure.rule != "table_cell":
            continue
        table += figure.sentence.paragraph > last + 1
        last = figure.sentence.paragraph
        column = sum(f.sentence is figure.sentence for f in figures[max(0, n - 12) : n])
        tables.setdefault((table, column), []).append(n)
    for cells in tables.values():
        rows = [figures[n] for n in cells]
        totals = [n for n in cells if TOTAL.match(figures[n].sentence.text)]
        parts = [f for f in rows if not TOTAL.match(f.sentence.text)]
        whole = figures[totals[0]] if len(totals) == 1 else None
        if whole is None or len(parts) < 2 or any(SUBROW.match(f.sentence.text) for f in rows) or not all(f.kind in AMOUNTS for f in rows):  # noqa: PLR2004 - a sum has two terms
            continue
        made = sum((f.quantity.amount for f in parts), Decimal(0))
        if _off(whole, parts) and abs(made - whole.quantity.amount) <= FAR * whole.quantity.amount:
            yield totals[0]
