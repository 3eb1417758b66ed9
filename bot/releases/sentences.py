"""Cuts a release's text into sentences, each with its span and its role."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from bot.releases.model import Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

PARAGRAPH = re.compile(r"[^\r\n]+")
# A full stop ends a sentence where no abbreviation, initial or decimal stands before it and a new start follows.
STOP = re.compile(r"[.!?][\"”’)\]]*(?=\s+[\"“‘(\[]*[A-Z0-9“\u3400-\u9fff])|[。！？][”’」』）]*")
ABBREVIATION = re.compile(
    r"(?:\b(?:approx|Mr|Ms|Mrs|Dr|No|St|vs|etc|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|tel|Gov|Gen|U\.S|U\.K|a\.m|p\.m|e\.g|i\.e|cf|Fig)|\b[A-Z])\.$"
)
CAPTION = re.compile(r"\(\s*Photo\s*[/:：]|（[^（）]{0,40}摄\s*）|^\s*(?:Photo|Picture|Caption)\s*(?:\d+\s*)?[:：]|^\s*图(?:为|片|说)", re.IGNORECASE)
CAPTIONED = re.compile(r"hoto|HOTO|icture|ICTURE|aption|APTION|图|摄")  # one of these it has
NOTE = re.compile(r"^\s*(?:Notes?|Sources?)\s*[:：]|^\s*(?:附?注|备注|说明)\s*[:：]|^\s*[¹²³⁴①②③]", re.IGNORECASE)
CONTACT = re.compile(r"^\s*(?:Media contact|Contact|Press desk|Enquiries|Tel)\b|^[^。]{0,20}(?:电话|热线|联系)[^。]{0,12}[:：]", re.IGNORECASE)
HEADING_END = re.compile(r"[.。!！?？;；:：”\"]\s*$")
NUMBER = re.compile(r"[-−–+]?\(?\d[\d,.]*[%％]?\)?[%％]?")
LONGEST_HEADING = 110
FEWEST_CELLS = 2
LONGEST_ROW = 14
TITLE = re.compile(r"\s*(?:Table|附?表)\s*\d*[.：:\s]")
COLUMNS = re.compile(r"[\t|]| / | {2,}")
BLANK = ("", "-", "–", "—", "..", "…", "n.a.", "n/a", "N/A")


def split_sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences in order; ``text[s.span.start:s.span.end] == s.text`` for each.

    Headlines, captions, table rows, notes and contact lines are told by their form (a release's usual layout).
    """
    found: list[Sentence] = []
    paragraphs = list(PARAGRAPH.finditer(text))
    trailing = [0, *(_trailing(match[0]) for match in paragraphs), 0]
    for number, match in enumerate(paragraphs):
        paragraph = match[0]
        like = trailing[number + 1] >= FEWEST_CELLS and trailing[number + 1] in (trailing[number], trailing[number + 2])
        role = _role(paragraph, language, table=like or _is_row(paragraph) or bool(TITLE.match(paragraph)))
        for start, end in _cut(paragraph):
            part = paragraph[start:end]
            lead = len(part) - len(part.lstrip())
            span = Span(match.start() + start + lead, match.start() + start + len(part.rstrip()))
            if span.start < span.end:
                found.append(Sentence(text[span.start : span.end], span, number, role))
    return tuple(found)


def _trailing(line: str) -> int:
    """Count the numbers that a line ends in; 0 for one too long for a row or that ends as a sentence does. Two lines alike are rows."""
    cells = line.split()
    if not 1 < len(cells) <= LONGEST_ROW or HEADING_END.search(line) or not cells[0][0].isalpha():
        return 0
    return len(list(takewhile(NUMBER.fullmatch, reversed(cells))))


def _cut(paragraph: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in STOP.finditer(paragraph):
        if stop[0].startswith(".") and ABBREVIATION.search(paragraph, max(start, stop.start() - 8), stop.start() + 1):
            continue
        yield start, stop.end()
        start = stop.end()
    yield start, len(paragraph)


def _is_row(line: str) -> bool:
    """Whether a line is a table's row: a label, then mostly numbers, or a label of any length and three numbers at the end."""
    line = line.strip()
    if " / " in line or "  " in line or "\t" in line or "|" in line:
        label, *columns = (cell.strip() for cell in COLUMNS.split(line))
        return len(columns) >= FEWEST_CELLS and all(NUMBER.fullmatch(cell) or cell in BLANK for cell in columns) and any(c.isalpha() for c in label)
    cells = line.split()
    if len(cells) > 40 or len(cells) <= FEWEST_CELLS:  # noqa: PLR2004 - longer than any printed row
        return False
    numbers = [bool(NUMBER.fullmatch(cell)) for cell in cells]
    labelled = FEWEST_CELLS + 1 < len(cells) <= LONGEST_ROW and all(numbers[-3:]) and not HEADING_END.search(line) and "," not in cells[-4]
    return sum(numbers) >= FEWEST_CELLS and all(numbers[-2:]) and (sum(numbers) * 2 >= len(cells) or labelled)


def _role(line: str, language: str, *, table: bool) -> str:
    if CAPTIONED.search(line) and CAPTION.search(line):
        return "caption"
    if NOTE.search(line):
        return "note"
    if CONTACT.search(line):
        return "contact"
    if table:
        return "table"
    longest = LONGEST_HEADING if language == "en" else LONGEST_HEADING // 2
    return "headline" if len(line.strip()) <= longest and not HEADING_END.search(line) else "body"
