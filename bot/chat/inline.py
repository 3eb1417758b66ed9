"""Inline mode: in any chat, cards that show the figure before it is sent."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answers.model import AnswerKind
from bot.chat.rendering import CUT, printable, render
from bot.chat.sending import NO_PREVIEW, log, patiently
from bot.chat.service import client_language
from bot.questions.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from telegram import InlineQuery

    from bot.answers.model import Answer
    from bot.chat.service import Service

MOST_CARDS = 20  # the Bot API takes 50; a person reads fewer
CACHE_SECONDS = 60
DESCRIPTION = 200
WITH_FIGURE = (AnswerKind.STATED, AnswerKind.DERIVED)
BROWSE = "/facts"


async def on_inline(service: Service, query: InlineQuery) -> None:
    """Offer cards for what is typed; a button leads to the private chat."""
    lang = service.standing.choices(query.from_user.id).language or client_language(query.from_user)
    text, known = query.query.strip(), service.standing.admits(query.from_user.id)
    seconds = service.limiter.wait_inline(query.from_user.id, service.clock().timestamp()) if known else 0
    articles = cards(service, text, lang) if known and not seconds else []
    label = service.words.say("slow_down_short", lang, n=seconds) if seconds else service.words.say("private" if known else "stranger_short", lang)
    button = InlineQueryResultsButton(label, start_parameter="help")
    personal = not text or service.rules.closed or bool(seconds)
    try:
        await patiently(
            lambda: service.bot.answer_inline_query(
                query.id, articles, cache_time=seconds or CACHE_SECONDS, is_personal=personal, button=button
            )
        )
    except BadRequest as error:  # typed on already: Telegram forgets the query within seconds
        log.info("an inline query could not be answered: %s", error)


def cards(service: Service, text: str, lang: str) -> list[InlineQueryResultArticle]:
    """Give the answer to the text and to what it suggests; for no text, the topics. They are kept while nothing else is known."""
    key = (service.desk.version, service.opened.seen, service.clock().date(), text, lang)
    kept = service.opened.cards.get(key)
    if kept is None:
        unique = {article.id: article for article in (_card(answer, service.desk.version) for answer in _answers(service, text, lang))}
        kept = list(unique.values())[:MOST_CARDS]
        service.opened.cards.put(key, kept)
    return kept


def _answers(service: Service, text: str, lang: str) -> Iterator[Answer]:
    now, context = service.clock(), Context(lang=lang)
    first = service.desk.ask(text or BROWSE, now, context)
    if text and first.kind in (*WITH_FIGURE, AnswerKind.REFUSED):
        yield first
    for suggestion in first.suggestions[:MOST_CARDS]:
        answer = service.desk.ask(suggestion.question, now, first.context)
        if answer.kind in WITH_FIGURE:
            yield answer


def _card(answer: Answer, version: str) -> InlineQueryResultArticle:
    page = render(answer)
    title, headline = printable(answer.title), printable(answer.headline)
    return InlineQueryResultArticle(
        id=hashlib.sha256(f"{version}\n{page.html}".encode()).hexdigest()[:32],
        title=title or headline or CUT,
        description=headline[:DESCRIPTION] if title else None,
        input_message_content=InputTextMessageContent(
            page.html, parse_mode=ParseMode.HTML, link_preview_options=NO_PREVIEW
        ),
    )
