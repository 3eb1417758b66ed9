"""From an update to an answer: read it, ask the desk, send. An unexpected error ends in an apology and the log."""

from __future__ import annotations

import asyncio
import logging
import secrets
from time import monotonic
from typing import TYPE_CHECKING

from telegram.error import BadRequest, NetworkError, TelegramError

from bot.chat import sending
from bot.chat.addressing import question_of, replies_to_me
from bot.chat.admin import answer_admin
from bot.chat.admission import admitted
from bot.chat.inline import on_inline
from bot.chat.own import answer as answer_own
from bot.chat.private import in_private, whisper
from bot.chat.rendering import plain_page
from bot.chat.replying import reply, revise
from bot.chat.sending import say
from bot.chat.taps import on_tap

if TYPE_CHECKING:
    from telegram import Message, Update

    from bot.chat.service import Place, Service
    from bot.questions.context import Context

log = logging.getLogger(__name__)

ATTEMPTS = 3


async def handle(service: Service, update: Update) -> str | None:
    """Answer one update; never raises. Gives None, or why it could not be answered in three attempts.

    The apology and the log's entries carry the same id. While Telegram answers nobody, no attempt counts.
    """
    number, failed = secrets.token_hex(4), 0
    while True:
        began = monotonic()
        try:
            await route(service, update)
        except Exception as error:
            outage = isinstance(error, NetworkError) and not isinstance(error, BadRequest) and service.gate.silent_since(began)
            failed += not outage
            log.exception("update %s failed, error %s", update.update_id, number)
            if failed == ATTEMPTS:
                await _apologise(service, update, number)
                return f"{type(error).__name__}, error {number}"
            service.gate.metrics.retries.inc()
            await asyncio.sleep(sending.pause(ATTEMPTS) if outage else 0)
        else:
            return None


async def route(service: Service, update: Update) -> None:
    """Hand the update to the handler of its kind."""
    if (message := update.message or update.channel_post) is not None:
        await on_message(service, message)
    elif update.edited_message is not None:
        await on_edit(service, update.edited_message)
    elif update.callback_query is not None:
        await on_tap(service, update.callback_query)
    elif update.inline_query is not None:
        await on_inline(service, update.inline_query)


async def on_message(service: Service, message: Message) -> None:
    """Answer a message that speaks to the bot, where its sender may ask."""
    question = question_of(message, service.me)
    if question is None:
        return
    place = service.place_of_message(message)
    if not await admitted(service, place):
        return
    card = await answer_admin(service, place, question) or await answer_own(service, place, question)
    if card is not None:
        await say(service.bot, place.target, plain_page(card.text), card.markup)
    elif in_private(service, place):
        await whisper(service, place, question, await _before(service, place, message))
    else:
        await reply(service, place, question, await _before(service, place, message), message.message_id)


async def on_edit(service: Service, message: Message) -> None:
    """Edit the answer of an edited question; a question that was not answered before is answered now."""
    place = service.place_of_message(message)
    asked = await service.memory.asked(message.chat.id, message.message_id, service.clock())
    question = question_of(message, service.me)
    if question is None or asked is None:
        await on_message(service, message)
    elif await admitted(service, place):
        await revise(service, place, question, asked, message.message_id)


async def _before(service: Service, place: Place, message: Message) -> Context | None:
    """Give the dialogue so far: a reply to one of our answers goes on from it, all else from the last answer."""
    if replies_to_me(message, service.me) and message.reply_to_message is not None:
        return await service.memory.answer(message.chat.id, message.reply_to_message.message_id, service.clock())
    return await service.memory.dialogue(place.key, service.clock())


async def _apologise(service: Service, update: Update, number: str) -> None:
    place: Place | None = None
    if update.callback_query is not None:
        place = service.place_of_tap(update.callback_query)
    elif (message := update.message or update.edited_message) is not None:
        place = service.place_of_message(message)
    if place is None:
        return
    try:
        await say(service.bot, place.target, plain_page(service.words.say("apology", place.lang, id=number)))
    except TelegramError as error:
        log.warning("the apology for error %s could not be sent: %s", number, error)
