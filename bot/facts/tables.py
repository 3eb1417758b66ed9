"""Tables flattened to text: units from the title, columns from the header, a row's label before its cells."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.draft import Draft
from bot.facts.model import FigureKind
from bot.releases.model import Sentence, Span
from bot.text.numbers import parse_digits, scale_of
from bot.text.quantity import COUNT, PERCENT, Hedge, Quantity
from bot.text.units import AFTER, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.releases.model import Release

CELL = re.compile(r"(?<!\S)[-−–+]?\d[\d,]*(?:\.\d+)?%?(?!\S)")
SCALE = re.compile(r"(trillion|billion|million|thousand|万亿|亿|万)", re.IGNORECASE)
MONEY = re.compile(rf"({alternatives(AFTER)})|(?:RMB|CNY)|(US\$|\$|USD)", re.IGNORECASE)
CHANGE = re.compile(r"change|growth|yoy|y/y|%|同比|增长|增速|环比|increase", re.IGNORECASE)
SHARE = re.compile(r"share|占比|比重", re.IGNORECASE)
MOST_TITLE_LINES = 4


class Column(NamedTuple):
    """A column: its heading and whether it holds growth rates or shares."""

    name: str
    kind: FigureKind


def table_drafts(rows: list[Sentence], release: Release) -> list[Draft]:
    """Give a draft for each cell of a table's rows; ``rows`` are its title, header and data lines in order."""
    titles = [r.text for r in rows if not CELL.search(r.text) or r.text.rstrip()[-1:] in ")）."]
    data = [r for r in rows if r.text not in titles]
    title = " ".join(titles[:MOST_TITLE_LINES])
    header = next((t for t in reversed(titles) if "(" not in t and "（" not in t), "")
    unit = _unit(title, release.language)
    return [draft for row in data for draft in _row(row, header, unit)]


def _unit(title: str, language: str) -> tuple[int, str]:
    scale = SCALE.search(title)
    money = MONEY.search(title)
    known = AFTER.get(money[1].casefold()) if money and money[1] else "USD" if money and money[2] else None
    default = "CNY" if scale and (language == "zh" or money) else COUNT
    return scale_of(scale[1]) if scale else 1, known or default


def _columns(header: str, cells: int) -> list[Column]:
    words = header.split()[-cells:] if header else []
    columns = []
    subject = ""
    for word in words:
        changing = bool(CHANGE.search(word))
        kind = FigureKind.CHANGE if changing else FigureKind.SHARE if SHARE.search(word) else FigureKind.LEVEL
        subject = subject if changing else word
        columns.append(Column(subject, kind))
    return columns or [Column("", FigureKind.LEVEL)] * cells


def _row(row: Sentence, header: str, unit: tuple[int, str]) -> Iterator[Draft]:
    cells = list(CELL.finditer(row.text))
    label = row.text[: cells[0].start()].strip() if cells else ""
    columns = _columns(header, len(cells))
    for nth, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        printed = cell[0]
        number = parse_digits(printed.strip("-−–+%"))
        if number is None:
            continue
        rate = column.kind != FigureKind.LEVEL
        amount = number if rate else number * Decimal(unit[0])
        quantity = Quantity(amount, PERCENT if rate else unit[1], Hedge.EXACT, printed)
        kind = FigureKind.COUNT if not rate and unit[1] == COUNT else column.kind
        yield Draft(
            quantity=quantity,
            start=cell.start(),
            end=cell.end(),
            span=Span(row.span.start + cell.start(), row.span.start + cell.end()),
            sentence=row,
            kind=kind,
            rule="table_cell",
            sign=("-" if printed[0] in "-−–" else "+") if kind == FigureKind.CHANGE else None,
            basis="yoy" if kind == FigureKind.CHANGE else None,
            label=f"{label}\t{column.name}",
            nth=nth,
            of=len(cells),
        )
