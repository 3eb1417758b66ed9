"""Asking the desk, and remembering what it said: the same words in the same dialogue on the same day have the same answer.

The desk is a pure function of text, day and context, so nothing can be stale but by another desk, which forgets all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.chat.keyboards import keyboard, wire
from bot.chat.rendering import fold, render
from bot.chat.shelf import Bounded
from bot.chat.tools import tools

if TYPE_CHECKING:
    from datetime import date, datetime

    from telegram import InlineKeyboardMarkup

    from bot.answers.model import Answer
    from bot.chat.memory import Memory
    from bot.chat.rendering import Page
    from bot.chat.service import Answering
    from bot.chat.wording import Wording
    from bot.questions.context import Context

MOST = 4_096
LONGEST = 300  # characters of a question worth remembering


@dataclass(frozen=True, slots=True)
class Said:
    """An answer, ready to be sent, long ones ``folded`` in a group; ``questions`` are those of its buttons, each to be remembered when it is sent."""

    answer: Answer
    page: Page
    folded: Page
    markup: InlineKeyboardMarkup | None
    questions: tuple[str, ...]
    buttons: str | None  # the markup as it is on the wire


class Asking:
    """The desk's answers as messages."""

    def __init__(self, most: int = MOST) -> None:
        """Remember at most so many."""
        self._most = most
        self._desk: Answering | None = None
        self._said: Bounded[tuple[str, date, Context], Said] = Bounded(most)

    def ask(self, desk: Answering, text: str, context: Context, words: Wording, memory: Memory, now: datetime) -> Said:
        """Ask ``desk``; ``words`` label the buttons."""
        if desk is not self._desk:
            self._desk, self._said = desk, Bounded(self._most)
        key = (text, now.date(), context)
        said = self._said.get(key) if len(text) <= LONGEST else None
        if said is None:
            said = _prepared(desk.ask(text, now, context), words, memory, now)
            if len(text) <= LONGEST and said.answer.quotes:  # an apology has none, and is not for another
                self._said.put(key, said)
        else:
            for question in said.questions:
                memory.button(question, now)
        return said


def _prepared(answer: Answer, words: Wording, memory: Memory, now: datetime) -> Said:
    asked: list[str] = []

    def data(question: str) -> str:
        asked.append(question)
        return memory.button(question, now)

    markup = keyboard(answer, data, words.say("source", answer.lang), tools(answer, words, data))
    page = render(answer)
    return Said(answer, page, fold(answer, page), markup, tuple(asked), wire(markup) if markup is not None else None)
