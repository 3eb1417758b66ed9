"""Suggestions as buttons that answer on tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.rendering import CUT, printable, size, web_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.answers.model import Answer

MOST_BUTTONS = 100  # Telegram's clients show no more
ROW_WIDTH = 32  # units of label that fit on a phone; a Chinese character counts double
LABEL = 64


def keyboard(answer: Answer, data: Callable[[str], str], source: str, tools: Sequence[InlineKeyboardButton] = ()) -> InlineKeyboardMarkup | None:
    """Give the answer's suggestions, its tools, and a button labelled ``source`` that opens its page; None when there is none.

    ``data`` makes a question a button's ``callback_data``.
    """
    found = [
        InlineKeyboardButton(label, callback_data=data(suggestion.question))
        for suggestion in answer.suggestions[: MOST_BUTTONS - 1 - len(tools)]
        if (label := label_of(suggestion.label or suggestion.question)) and suggestion.question
    ]
    beside = list(tools)
    if page := web_page(answer.page):
        beside.append(InlineKeyboardButton(source, url=page))
    return InlineKeyboardMarkup([*rows(found), *rows(beside)]) if found or beside else None


def rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Put buttons into rows that a phone shows whole."""
    made: list[list[InlineKeyboardButton]] = []
    room = 0
    for button in buttons:
        if not made or _width(button.text) > room:
            made.append([])
            room = ROW_WIDTH
        made[-1].append(button)
        room -= _width(button.text)
    return made


def label_of(text: str) -> str:
    """Give a label on one line, at most 64 units.

    >>> label_of(" Growth   of it ")
    'Growth of it'
    """
    line = " ".join(printable(text[: 4 * LABEL]).split())
    if size(line) <= LABEL:
        return line
    kept = line[: LABEL - 1]
    while size(kept) > LABEL - 1:
        kept = kept[:-1]
    return kept.rstrip() + CUT


def _width(label: str) -> int:
    return len(label) + sum(char > "\u2e80" for char in label) + 2
