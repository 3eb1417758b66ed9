"""The buttons that every answer with a source has: copy it with its citation, say it in the other language, thumbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import CopyTextButton, InlineKeyboardButton

from bot.answers.model import AnswerKind
from bot.chat.keyboards import tap
from bot.chat.rendering import printable, shorten, size, web_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.answers.model import Answer
    from bot.chat.wording import Wording

COPIED = 256  # the Bot API: what a button copies has at most so many characters
THUMBS = (("👍", "t:up"), ("👎", "t:down"))
WITH_FIGURE = (AnswerKind.STATED, AnswerKind.DERIVED)


def tools(answer: Answer, words: Wording, data: Callable[[str], str]) -> list[InlineKeyboardButton]:
    """Give an answer's own buttons; ``data`` makes a question a button's ``callback_data``."""
    found = []
    if answer.topic and answer.figures and answer.kind in WITH_FIGURE and (text := citation(answer)):
        found.append(InlineKeyboardButton(words.say("copy", answer.lang), copy_text=CopyTextButton(text)))
    if answer.topic and answer.quotes:
        question = words.say("other_language_question", answer.lang)
        found.append(tap(words.say("other_language", answer.lang), data(question)))
    if answer.quotes:
        found += [tap(label, thumb) for label, thumb in THUMBS]
    return found


def citation(answer: Answer) -> str:
    """Give the figure and where it stands, as one line for a memo; the figure is never cut to make room for the rest."""
    told = " ".join(printable(f"{answer.title}: {answer.headline}" if answer.title else answer.headline).split())
    source = " ".join(printable(answer.cited or answer.source).split())
    tails = [f" ({source}, {page})"] if (page := web_page(answer.page)) and source else []
    tails += [f" ({source})"] if source else []
    headline = " ".join(printable(answer.headline).split())
    whole = (text + tail for text in (told, headline) for tail in tails if size(text + tail) <= COPIED)
    return next(whole, "") or shorten(headline, COPIED - size(tails[-1])) + tails[-1] if tails else shorten(headline, COPIED)
