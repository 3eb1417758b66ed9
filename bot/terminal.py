"""The terminal: replies as text, facts as tables, and a chat with line editing and history."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.answers.model import Answer
    from bot.desk import Desk
    from bot.library import Library

BAR = "│ "
# Where a line may end: after a word or a Chinese character, each with the marks that open before or close after it.
PIECE = re.compile(r"[“‘（《「『【]*(?:[^\s\u2e80-\uffdc]+|[\u2e80-\uffdc])[，。、；：？！）》」』】]*\s*|\s+")
BOLD, DIM, RESET = "\033[1m", "\033[2m", "\033[0m"
PROMPT = "> "
LEAVING = frozenset({"/quit", "/exit", "exit", "quit"})
COLUMNS = ("surface", "value", "unit", "hedge", "kind", "sign", "metric", "period", "speaker", "rule", "doubts")
CELL = 34


def width_of(text: str) -> int:
    """How many columns a text takes.

    >>> width_of("USD"), width_of("跨境"), width_of("近4000亿元"), width_of("e\u0301")
    (3, 4, 10, 1)
    """
    return len(text) if text.isascii() else sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    """By Unicode's East Asian width; a mark that stands on the character before it takes none."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """Wrap a text to a width in columns: Chinese at any character, English between words, never before a closing mark.

    >>> wrap("融资余额 rose strongly，对。", 11)
    ['融资余额 ', 'rose ', 'strongly，', '对。']
    """
    if width_of(text) == len(text):
        return textwrap.wrap(text, width) or [""]
    lines, line = [], ""
    for piece in _pieces(text, width):
        if line and width_of(line + piece.rstrip()) > width:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]


def _pieces(text: str, width: int) -> Iterator[str]:
    """Cut a text where a line may end; a piece wider than a line is cut anywhere."""
    for piece in PIECE.findall(text):
        if width_of(piece) <= width:
            yield piece
        else:
            yield from piece


def printable(text: str) -> str:
    r"""Give a text without what would steer a terminal: control characters and marks of direction become spaces.

    >>> printable("a\x1b[31mb\u202ec\td")
    'a [31mb c d'
    """
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(c)[0] == "C" and c != "\n" else c for c in text)


def render(answer: Answer, *, colour: bool = False, numbered: bool = False) -> str:
    """Write an answer as text: title, headline, lines, quotations behind a bar, source, what to ask next."""
    width = min(shutil.get_terminal_size((80, 24)).columns, 100) - len(BAR)
    parts = [line for text in answer.above for line in _folded(text, width)]
    parts += [_styled(line, BOLD, colour=colour) for line in _folded(answer.title, width)]
    for text in (answer.headline, *answer.lines):
        parts += _folded(text, width)
    for quote in (q for q in answer.quotes if q.text not in answer.text):
        parts += [BAR + line for line in _folded(quote.text, width)]
    parts += [_styled(line, DIM, colour=colour) for line in _folded(answer.source, width)]
    shown = [f"[{n} {s.label}]" if numbered else f"[{s.label}]" for n, s in enumerate(answer.suggestions, 1)]
    return "\n".join([*parts, *_filled(shown, width)])


def _folded(text: str, width: int) -> list[str]:
    return [line.rstrip() for piece in printable(text).split("\n") for line in wrap(piece, width)] if text else []


def _filled(labels: Sequence[str], width: int) -> Iterator[str]:
    """Put labels beside one another as far as a line goes."""
    line = ""
    for label in labels:
        if line and width_of(f"{line} {label}") > width:
            yield line
            line = ""
        line = f"{line} {label}".lstrip()
    if line:
        yield line


def _styled(text: str, style: str, *, colour: bool) -> str:
    return f"{style}{text}{RESET}" if colour else text


def table(name: str, figures: Sequence[Mapping[str, object]], statements: Sequence[Mapping[str, object]]) -> str:
    """Write a release's facts as a table: the figures with the rule that made each, then the statements."""
    rows = [list(COLUMNS), *([_cell(row.get(c)) for c in COLUMNS] for row in figures)]
    said = [["kind", "subject", "words", "rule"], *([_cell(s["kind"]), _cell(s["subject"]), _cell(s["quote"]), _cell(s["rule"])] for s in statements)]
    return "\n".join([f"{name}: {len(figures)} figures, {len(statements)} statements", *_grid(rows), "", *_grid(said), ""])


def _cell(value: object) -> str:
    value = ", ".join(value) if isinstance(value, list) else value
    text = "" if value is None else " ".join(printable(str(value)).split())
    if width_of(text) <= CELL:
        return text
    while width_of(text) >= CELL:
        text = text[:-1]
    return text + "…"


def _grid(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(width_of(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def chat(desk: Desk | Library, *, plain: bool = False) -> None:
    """Chat until the input ends: a number picks a suggestion; colours only where the output is a terminal."""
    tty = sys.stdin.isatty() and sys.stdout.isatty()
    read = _reader() if tty else _plain
    answer = desk.ask("/start", datetime.now(UTC))
    while True:
        print(render(answer, colour=tty and not plain, numbered=True))  # noqa: T201 - the chat itself
        text = read()
        if text is None or text.strip().casefold() in LEAVING:
            return
        answer = desk.ask(_picked(text, answer), datetime.now(UTC), answer.context)


def _picked(text: str, answer: Answer) -> str:
    """Give the suggestion a number picks, else the text itself."""
    number = text.strip()
    if number.isdecimal() and 1 <= int(number[:4]) <= len(answer.suggestions):
        return answer.suggestions[int(number) - 1].question
    return text


def _plain() -> str | None:
    line = sys.stdin.readline()
    return line or None


def _reader() -> Callable[[], str | None]:
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - only a terminal needs line editing
    from prompt_toolkit.history import InMemoryHistory  # noqa: PLC0415 - only a terminal needs line editing

    session: PromptSession[str] = PromptSession(PROMPT, history=InMemoryHistory())

    def read() -> str | None:
        try:
            return session.prompt()
        except (EOFError, KeyboardInterrupt):
            return None

    return read
