"""Suggestions as buttons that answer on tap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.rendering import CUT, printable, size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.answers.model import Suggestion
    from bot.chat.memory import Buttons

MOST_BUTTONS = 100  # Telegram's clients show no more
ROW_WIDTH = 32  # units of label that fit on a phone; a Chinese character counts double
LABEL = 64


def keyboard(suggestions: Sequence[Suggestion], buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Give the suggestions as rows of buttons, or None when there is none."""
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for suggestion in suggestions[:MOST_BUTTONS]:
        label = label_of(suggestion.label or suggestion.question)
        if not label or not suggestion.question:
            continue
        button = InlineKeyboardButton(label, callback_data=buttons.data(suggestion.question))
        if not rows or _width(label) > room:
            rows.append([])
            room = ROW_WIDTH
        rows[-1].append(button)
        room -= _width(label)
    return InlineKeyboardMarkup(rows) if rows else None


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
