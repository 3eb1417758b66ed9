"""An answer as a Telegram message: HTML within Telegram's limit, and the same as plain text.

Shape, top to bottom: title in bold, headline and lines, formula, quotations in an expandable block, source as a link.
Telegram counts the characters left after parsing the markup (Bot API, sendMessage: 1-4096); UTF-16 code units are
counted here, which is never fewer. What is too long loses quotations first, then lines; every piece is cut before it is
escaped and wrapped, so that no cut falls inside a tag, and only at the end of a clause, so that no figure is cut.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.answers.model import Answer

LIMIT = 4096
LONG = 500  # units from where on an answer is folded in a group: half a screen of a phone
HEADLINE = 4
CUT = "…"
UNSHOWN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters but the new line; lone surrogates
WEB = re.compile(r"https?://[^\s/]+\.[^\s]+")
CLAUSE_END = re.compile(r"\n|[。！？；，、](?!\d)|[.!?;,](?=\s)")


@dataclass(frozen=True, slots=True)
class Page:
    """A message ready to send: Telegram HTML, and plain text for when Telegram refuses the HTML."""

    html: str
    plain: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a message: its text, the markup around it, and its place in the order of cutting (low is cut first)."""

    text: str
    before: str = ""
    after: str = ""
    keep: int = 0


def render(answer: Answer) -> Page:
    """Give the answer as a message of 1 to 4,096 characters."""
    return _page(_fit(list(_pieces(answer)), LIMIT))


def fold(answer: Answer, page: Page) -> Page:
    """Give a long answer's page with its lines folded, to be opened by a tap; a short one as it is."""
    if size(answer.text) <= LONG:
        return page
    lines = [text for text in map(printable, (*answer.above, *answer.lines)) if text]
    folded = _Piece("\n".join(lines), "<blockquote expandable>", "</blockquote>", keep=1)
    pieces = list(_pieces(replace(answer, above=(), lines=())))
    at = next((number for number, piece in enumerate(pieces) if piece.keep < HEADLINE), len(pieces))
    return _page(_fit([*pieces[:at], folded, *pieces[at:]], LIMIT))


def plain_page(text: str) -> Page:
    """Give plain words as a message."""
    return _page(_fit([_Piece(printable(text))], LIMIT))


def size(text: str) -> int:
    """Count UTF-16 code units.

    >>> size("a"), size("亿"), size("😀")
    (1, 1, 2)
    """
    return len(text.encode("utf-16-le")) // 2


def printable(text: str) -> str:
    r"""Drop what Telegram cannot show: control characters and lone surrogates; white space at the ends.

    >>> printable(" a\x00b\ud800\n ")
    'ab'
    """
    return UNSHOWN.sub("", text).strip()


def shorten(text: str, room: int) -> str:
    """Cut the text at the end of a clause to at most ``room`` units, the mark of the cut included.

    >>> shorten("It neared 400 billion yuan, up 37 percent.", 30)
    'It neared 400 billion yuan, …'
    >>> shorten("over 600 billion yuan", 10)
    ''
    """
    if size(text) <= room:
        return text
    ends = [found.end() for found in CLAUSE_END.finditer(text, 0, max(room, 0) + 1)]  # one more, to see what follows
    fitting = (text[:end].rstrip() for end in reversed(ends) if size(text[:end]) + 2 <= room)
    return next((f"{start} {CUT}" for start in fitting), "")


def _pieces(answer: Answer) -> Iterable[_Piece]:
    title, headline, formula = (printable(part or "") for part in (answer.title, answer.headline, answer.formula))
    for line in map(printable, answer.above):
        if line:
            yield _Piece(line, keep=1)
    if title:
        yield _Piece(title, "<b>", "</b>", keep=5)
    if headline:
        yield _Piece(headline, keep=HEADLINE)
    for line in map(printable, answer.lines):
        if line:
            yield _Piece(line, keep=1)
    if formula and formula not in answer.text:
        yield _Piece(formula, "<code>", "</code>", keep=2)
    for quote in map(printable, dict.fromkeys(quote.text for quote in answer.quotes if quote.text not in answer.text)):
        if quote:
            yield _Piece(quote, "<blockquote expandable>", "</blockquote>", keep=0)
    if source := printable(answer.source):
        yield _source(source, answer.page)


def _source(source: str, page: str | None) -> _Piece:
    if page := web_page(page):
        return _Piece(source, f'<a href="{html.escape(page)}">', "</a>", keep=3)
    return _Piece(source, keep=3)


def web_page(page: str | None) -> str | None:
    """Give the address when it is one that a tap can open.

    >>> web_page("https://example.org/a"), web_page("javascript:alert(1)"), web_page(None)
    ('https://example.org/a', None, None)
    """
    return page if page and WEB.fullmatch(page) else None


def _fit(pieces: list[_Piece], limit: int) -> list[_Piece]:
    """Cut the least needed pieces, the last of them first, until all fit."""
    for keep in sorted({piece.keep for piece in pieces}):
        for place in reversed(range(len(pieces))):
            excess = _total(pieces) - limit
            if excess <= 0:
                return pieces
            piece = pieces[place]
            if piece.keep == keep:
                text = shorten(piece.text, max(size(piece.text) - excess, 0))
                pieces[place : place + 1] = [_Piece(text, piece.before, piece.after, piece.keep)] if text else []
    return pieces


def _total(pieces: list[_Piece]) -> int:
    return sum(size(piece.text) for piece in pieces) + max(len(pieces) - 1, 0)


def _page(pieces: list[_Piece]) -> Page:
    pieces = pieces or [_Piece(CUT)]
    marked = "\n".join(f"{piece.before}{html.escape(piece.text, quote=False)}{piece.after}" for piece in pieces)
    return Page(marked, "\n".join(piece.text for piece in pieces))
