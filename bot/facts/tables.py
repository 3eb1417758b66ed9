"""Tables flattened to text: units from the title, the header or the row's label; columns from the header; a row's label before its cells."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.draft import Draft
from bot.facts.model import FigureKind
from bot.releases.model import Sentence, Span
from bot.text.numbers import parse_digits, scale_of
from bot.text.quantity import COUNT, PERCENT, Hedge, Quantity
from bot.text.units import AFTER, BEFORE, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.releases.model import Release

CELL = re.compile(r"(?<![^\s|])[-−–+]?\(?\d[\d,]*(?:\.\d+)?[%％]?\)?[%％]?(?![^\s|])")
UNIT_LINE = re.compile(r"(?<!\s)\s*+[(（]?(?:Units?\b|In (?:billions?|millions?|thousands?|\d+)\b|计?量?单位)", re.IGNORECASE)
YEAR = re.compile(r"(?:19|20)\d\d")
SCALE = re.compile(r"(?<![a-z])(?:(?P<many>1?0,?000|1,000|100|10|1) ?(?=million|billion|thousand|yuan|us|tonnes|tons|persons|people|units))?(?P<scale>trillion|billion|bn|million|mln|thousand|万亿|千亿|百亿|十亿|亿|千万|百万|万|千(?=元))?(?=\W|[a-z元吨美港欧户人辆台件标千立个]|$)", re.IGNORECASE)
MONEY = re.compile(rf"(?<![a-z])({alternatives(AFTER)})(?![a-z])|(?:RMB|CNY)|(?P<sign>{alternatives(BEFORE)})", re.IGNORECASE)
THINGS = re.compile(r"tonne|tons|kwh|people|persons|units|pieces|households|vehicles|吨|千瓦时|人次|万人|辆|台|件|户|标箱|标准箱|立方米|平方米|千瓦|公里|头|只|箱|度|亩|公顷|立方|人|kW|MW|TEU|passengers|arrivals|visitors", re.IGNORECASE)
CHANGE = re.compile(r"change|growth|grew|yoy|y/y|y-o-y|mom|(?:year|quarter|month|week).on.(?:year|quarter|month|week)|increase|%|％|同比|增长|增速|环比|增减|涨跌|±", re.IGNORECASE)
SHARE = re.compile(r"share|proportion|percentage of|占比|比重|构成", re.IGNORECASE)
RATE = re.compile(r"\brate|ratio|yield|利率|失业率|[^比]率$", re.IGNORECASE)
PARTED = re.compile(r"\s*\|\s*|\t+| {2,}| [–—/] ")
DATED = re.compile(r"\b(?:Q[1-4]|H[12]|FY|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:\s?[-–]\s?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)?) (?:19|20)\d\d\b")
TOGETHER = re.compile(r"\b(?:year|quarter|month|week)[ -]on[ -](?:year|quarter|month|week)\b|\b(?:previous|same|last) (?:year|quarter|month)\b", re.IGNORECASE)  # one heading of several words
BASES = {"mom": re.compile(r"\bmom\b|month.on.month|环比", re.IGNORECASE), "qoq": re.compile(r"\bqoq\b|quarter.on.quarter", re.IGNORECASE)}
STATED = re.compile(r"(?P<of>[^()（）]+)[(（](?P<unit>[^()（）]*)[)）]")
PERCENTS = re.compile(r"%|％|per ?cent", re.IGNORECASE)
HEADING = re.compile(r"(?:[^\s(（]|\u00a0)+(?:\s?[(（][^()（）]*[)）])?")
MEASURE_ONLY = re.compile(r"(?:(?:HK|US|A|S)?[$€£¥]|RMB|CNY|USD|HKD|EUR|yuan|dollars?|euros?)? ?(?:trillion|billion|million|thousand|bn|mn|mln)?(?: (?:yuan|dollars?|euros?))?", re.IGNORECASE)
STATED_UNITS = re.compile(r"[A-Z0-9][^,%]{1,40}, (?:%|(?:EUR|USD|RMB|CNY|HKD|GBP|JPY|HK\$|US\$|[$€£¥]) ?(?:billion|million|trillion|thousand|bn|mn))(?= |$)")
NUMBER_OF = re.compile(r"^(?:total )?(?:number|no\.) of\b|(?:家|户|人|笔|件|个|辆|台)数$", re.IGNORECASE)
SEPARATOR = re.compile(r"[\t|]| / | {2,}")
FOOTNOTE_MARK = re.compile(r"\(\d\)")
FOOTED = re.compile(r"\s?\(\d\)$")
MOST_TITLE_LINES = 4


class Unit(NamedTuple):
    """What a cell's number is in: its factor and unit."""

    factor: int
    name: str


class Column(NamedTuple):
    """A column: its heading, what it holds and, where its heading says so, its unit."""

    name: str
    kind: FigureKind
    unit: Unit | None
    basis: str = "yoy"


def table_drafts(rows: list[Sentence], release: Release) -> list[Draft]:
    """Give a draft for each cell of a table's rows; ``rows`` are its title, header and data lines in order."""
    titles = [r.text for r in rows if _is_title(r.text)]
    data = [r for r in rows if not _is_title(r.text)]
    title = " ".join(titles[:MOST_TITLE_LINES])
    header = _header(titles, max((len(_cells(row.text)) for row in data), default=0))
    unit = _unit(title, release.language)
    named = " ".join(line for line in titles if line != header)
    return [draft for row in data for draft in _row(row, _columns(header, row.text, (title, named), release.language), unit, release.language)]


def _cells(line: str) -> list[re.Match[str]]:
    """Give a row's cells; a label's own number, and the mark of a footnote after it, are none."""
    parted = SEPARATOR.search(line)
    cells = list(CELL.finditer(line, parted.end() if parted else 0))
    marked = len(cells) > 2 and FOOTNOTE_MARK.fullmatch(cells[0][0]) and not any(cell[0].startswith("(") for cell in cells[1:])  # noqa: PLR2004 - a row has two cells at least
    return cells[1:] if marked else cells


def _header(titles: list[str], cells: int) -> str:
    """Give the line that heads the columns: the last with a heading for each, else the last that ends in no unit."""
    for line in reversed(titles):
        ends_in_unit = re.search(r"[(（](?!\s?(?:%|％|percent|per cent|±%)\s?[)）])[^()（）]*[)）]\s*$", line) and not PARTED.search(line.strip())
        if not UNIT_LINE.match(line) and not ends_in_unit and len(_headings(line)) >= cells:
            return line
    return ""


def _headings(line: str) -> list[str]:
    if len(stated := STATED_UNITS.findall(line)) > 1:
        return stated
    line = TOGETHER.sub(_as_one, DATED.sub(_as_one, line.strip()))
    return [word for word in PARTED.split(line) if word] if PARTED.search(line) else HEADING.findall(line)


def _as_one(words: re.Match[str]) -> str:
    return words[0].replace(" ", "\u00a0")


def _percents(title: str) -> FigureKind | None:
    """Give what all cells are where a title's only unit is percent: "Consumer prices (change from the previous year, per cent)"."""
    units = [m["unit"] for m in STATED.finditer(title)]
    if len(units) != 1 or not PERCENTS.search(units[0]) or ";" in units[0] or "；" in units[0] or _unit(title, "en") != (1, COUNT):
        return None
    told = PERCENTS.sub("", title)
    return FigureKind.CHANGE if CHANGE.search(told) else FigureKind.SHARE if SHARE.search(told) else FigureKind.RATE


def _titled(word: str, title: str) -> tuple[FigureKind, Unit] | None:
    """Give what a column holds by a title that says it of each part: "Stocks (trillion yuan) and growth in August and July (percent)"."""
    parts = [(m["of"], m["unit"]) for m in STATED.finditer(title) if PERCENTS.search(m["unit"]) or _unit(m["unit"], "en") != (1, COUNT)]
    stem = word.casefold().rstrip("s")
    of, unit = next(((of, unit) for of, unit in reversed(parts) if stem in of.casefold()), ("", "")) if len(parts) > 1 else ("", "")
    if not of or not stem:
        return None
    if not PERCENTS.search(unit):
        return FigureKind.LEVEL, _unit(unit, "en")
    return (FigureKind.CHANGE if CHANGE.search(of) else FigureKind.SHARE if SHARE.search(of) else FigureKind.RATE), Unit(1, PERCENT)


def _is_title(line: str) -> bool:
    """Whether a line of a table holds no cells: words only, a unit in brackets at its end, or the years of a header."""
    cells = CELL.findall(line)
    return not cells or UNIT_LINE.match(line) is not None or (line.rstrip()[-1:] in ")）" and not CELL.fullmatch(line.rsplit(maxsplit=1)[-1])) or all(YEAR.fullmatch(c) for c in cells)


def _unit(text: str, language: str) -> Unit:
    words = next((m for m in SCALE.finditer(text) if m["scale"] or m["many"]), None)
    factor = (int(words["many"].replace(",", "")) if words["many"] else 1) * scale_of(words["scale"]) if words else 1
    money = MONEY.search(text)
    if money:
        return Unit(factor, AFTER.get(money[1].casefold(), "CNY") if money[1] else BEFORE.get((money["sign"] or "rmb").casefold(), "CNY"))
    return Unit(factor, "CNY" if factor > 1 and language == "zh" and not THINGS.search(text) else COUNT)


def _columns(header: str, row: str, titles: tuple[str, str], language: str) -> list[Column]:
    """Give the columns of a row; ``titles`` are all that stands above the cells, and that without the line of headings."""
    title, named = titles
    cells = len(_cells(row))
    words = _headings(header)
    columns: list[Column] = []
    subject = ""
    years = [word for word in words if YEAR.fullmatch(word) or DATED.fullmatch(word.replace("\u00a0", " "))]
    percents = _percents(named)
    for word in words[-cells:] if cells else []:
        titled = _titled(word, named) or ((percents, Unit(1, PERCENT)) if percents is not None else None)
        if titled:
            columns.append(Column(word, titled[0], titled[1] if titled[0] == FigureKind.LEVEL else None, _basis(named)))
            continue
        kind = FigureKind.SHARE if SHARE.search(word) else FigureKind.CHANGE if CHANGE.search(word) else FigureKind.RATE if RATE.search(word) else FigureKind.LEVEL
        # a change beside several periods is of the latest of them, not of the one it happens to follow
        subject = (max(years, key=_year_of) if subject in years else subject) if kind == FigureKind.CHANGE else re.sub(r"\s?[(（].*|, .*", "", word)
        subject = "" if MEASURE_ONLY.fullmatch(subject) else subject
        own = re.search(r"[(（]([^()（）]*)[)）]|(?:\b(?:HK|US)?\$|[€£¥]|\b[A-Z]{3}) ?(?:bn|mn|billion|million|trillion)", word)
        unit = _unit(own[0], language) if own and kind == FigureKind.LEVEL else None
        columns.append(Column(subject, kind, unit if unit and unit != (1, COUNT) else None, _basis(word)))
    if columns:
        return columns
    if percents is not None:
        return [Column("", percents, None, _basis(named))] * cells
    alternates = CHANGE.search(title) and cells % 2 == 0
    return [Column("", FigureKind.CHANGE if alternates and nth % 2 else FigureKind.LEVEL, None) for nth in range(cells)]


def _basis(heading: str) -> str:
    return next((name for name, said in BASES.items() if said.search(heading)), "yoy")


def _year_of(heading: str) -> str:
    return "".join(YEAR.findall(heading)[-1:])


def _row(row: Sentence, columns: list[Column], unit: Unit, language: str) -> Iterator[Draft]:
    cells = _cells(row.text)
    label = FOOTED.sub("", row.text[: cells[0].start()].strip(" |/\t")) if cells else ""
    own = re.search(r"[(（]([^()（）]*)[)）]", label)
    labelled = _unit(own[1], language) if own else None
    label = label.removesuffix(own[0]).rstrip() if own and labelled != (1, COUNT) else label
    for nth, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        number = parse_digits(cell[0].strip("-−–+%％()"))
        if number is None:
            continue
        here = labelled if labelled and labelled != (1, COUNT) else Unit(1, COUNT) if NUMBER_OF.search(label) else column.unit or unit
        yield _cell(row, cell, column, Unit(here.factor, here.name), number, label, (nth, len(cells)))


def _cell(row: Sentence, cell: re.Match[str], column: Column, unit: Unit, number: Decimal, label: str, place: tuple[int, int]) -> Draft:
    printed = cell[0]
    rate = column.kind != FigureKind.LEVEL or printed[-1] in "%％"
    kind = column.kind if column.kind != FigureKind.LEVEL else FigureKind.SHARE if rate else FigureKind.COUNT if unit.name == COUNT else FigureKind.LEVEL
    amount = number if rate else number * Decimal(unit.factor)
    falls = printed[0] in "-−–("
    return Draft(
        quantity=Quantity(amount, PERCENT if rate else unit.name, Hedge.EXACT, printed),
        start=cell.start(),
        end=cell.end(),
        span=Span(row.span.start + cell.start(), row.span.start + cell.end()),
        sentence=row,
        kind=kind,
        rule="table_cell",
        sign=("-" if falls else "+") if kind == FigureKind.CHANGE else None,
        basis=column.basis if kind == FigureKind.CHANGE else None,
        label=f"{label}\t{column.name}",
        nth=place[0],
        of=place[1],
    )
