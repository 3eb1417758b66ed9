"""Suggestions as buttons that answer on tap."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

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
        tap(label, data(suggestion.question))
        for suggestion in answer.suggestions[: MOST_BUTTONS - 1 - len(tools)]
        if (label := label_of(suggestion.label or suggestion.question)) and suggestion.question
    ]
    beside = list(tools)
    if page := web_page(answer.page):
        beside.append(InlineKeyboardButton(source, url=page))
    return InlineKeyboardMarkup([*rows(found), *rows(beside)]) if found or beside else None


@lru_cache(maxsize=2048)  # most answers offer the same few questions, and the library takes its time to make a button
def tap(label: str, data: str) -> InlineKeyboardButton:
    """Give a button that asks when it is tapped."""
    return InlineKeyboardButton(label, callback_data=data)


def wire(markup: InlineKeyboardMarkup) -> str:
    """Give a keyboard as the JSON it is on the wire, where its buttons ask, open or copy: the library's own way looks at every field there is."""
    return json.dumps({"inline_keyboard": [[_wire(button) for button in row] for row in markup.inline_keyboard]})


def _wire(button: InlineKeyboardButton) -> dict[str, Any]:
    if button.callback_data is not None:
        return {"text": button.text, "callback_data": button.callback_data}
    if button.url is not None:
        return {"text": button.text, "url": button.url}
    return button.to_dict()


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
