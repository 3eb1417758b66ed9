"""The terminal: replies as text, facts as tables, and a chat with line editing and history."""

from __future__ import annotations

import shutil
import sys
import textwrap
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bot.answers.model import Answer
    from bot.desk import Desk

BAR = "│ "
WIDE = 76
BOLD, DIM, RESET = "\033[1m", "\033[2m", "\033[0m"
PROMPT = "> "
LEAVING = frozenset({"/quit", "/exit", "exit", "quit"})
COLUMNS = ("surface", "value", "unit", "hedge", "kind", "sign", "metric", "period", "speaker", "rule")
CELL = 34


def width_of(text: str) -> int:
    """How many columns a text takes: a Chinese character takes two."""
    return sum(2 if "\u1100" <= c <= "\uffdc" and c > "\u2e7f" else 1 for c in text)


def wrap(text: str, width: int) -> list[str]:
    """Wrap a text to a width in columns, Chinese anywhere, English between words."""
    if width_of(text) == len(text):
        return textwrap.wrap(text, width) or [""]
    lines, line = [], ""
    for character in text:
        if width_of(line + character) > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def render(answer: Answer, *, colour: bool = False, numbered: bool = False) -> str:
    """Write an answer as text: title, headline, lines, quotations behind a bar, source, what to ask next."""
    width = min(shutil.get_terminal_size((80, 24)).columns, 100) - len(BAR)
    parts = []
    if answer.title:
        parts.append(f"{BOLD}{answer.title}{RESET}" if colour else answer.title)
    for text in (answer.headline, *answer.lines):
        parts += [line for piece in text.splitlines() for line in wrap(piece, width)]
    for quote in answer.quotes:
        parts += [BAR + line for piece in quote.text.splitlines() for line in wrap(piece, width)]
    if answer.source:
        parts.append(f"{DIM}{answer.source}{RESET}" if colour else answer.source)
    if answer.suggestions:
        shown = (f"[{n} {s.label}]" if numbered else f"[{s.label}]" for n, s in enumerate(answer.suggestions, 1))
        parts.append(" ".join(shown))
    return "\n".join(parts)


def table(name: str, figures: Sequence[Mapping[str, object]], statements: Sequence[Mapping[str, object]]) -> str:
    """Write a release's facts as a table: the figures with the rule that made each, then the statements."""
    rows = [list(COLUMNS), *([_cell(row.get(c)) for c in COLUMNS] for row in figures)]
    said = [["kind", "subject", "words", "rule"], *([_cell(s["kind"]), _cell(s["subject"]), _cell(s["quote"]), _cell(s["rule"])] for s in statements)]
    return "\n".join([f"{name}: {len(figures)} figures, {len(statements)} statements", *_grid(rows), "", *_grid(said), ""])


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def _grid(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(width_of(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def chat(desk: Desk, *, plain: bool = False) -> None:
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
    if number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(answer.suggestions):
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
