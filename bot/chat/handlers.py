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
from bot.chat.inline import on_inline
from bot.chat.rendering import plain_page
from bot.chat.replying import reply, revise
from bot.chat.sending import patiently, say
from bot.chat.service import place_of_message, place_of_tap

if TYPE_CHECKING:
    from telegram import CallbackQuery, Message, Update

    from bot.chat.service import Place, Service
    from bot.questions.context import Context

log = logging.getLogger(__name__)

DOUBLE_TAP = 3.0  # seconds in which a second tap on a button is the same tap
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
    if update.message is not None:
        await on_message(service, update.message)
    elif update.edited_message is not None:
        await on_edit(service, update.edited_message)
    elif update.callback_query is not None:
        await on_tap(service, update.callback_query)
    elif update.inline_query is not None:
        await on_inline(service, update.inline_query)


async def on_message(service: Service, message: Message) -> None:
    """Answer a message that speaks to the bot."""
    question = question_of(message, service.me)
    if question is not None:
        place = place_of_message(message)
        await reply(service, place, question, await _before(service, place, message), message.message_id)


async def on_edit(service: Service, message: Message) -> None:
    """Edit the answer of an edited question; a question that was not answered before is answered now."""
    asked = await service.memory.asked(message.chat.id, message.message_id, service.clock())
    question = question_of(message, service.me)
    if question is None or asked is None:
        await on_message(service, message)
    else:
        await revise(service, place_of_message(message), question, asked, message.message_id)


async def on_tap(service: Service, query: CallbackQuery) -> None:
    """Ask what a tapped button stands for; every tap is acknowledged, an old or doubled one does nothing else."""
    place, question = place_of_tap(query), await service.memory.question(query.data or "", service.clock())
    lost = place is not None and question is None
    await _acknowledge(service, query, service.words.stale.say(place.lang) if place and lost else None)
    if place is None or question is None or _doubled(service, query):
        return
    message_id = query.message.message_id if query.message else 0
    before = await service.memory.answer(place.target.chat_id, message_id, service.clock())
    await reply(service, place, question, before or await service.memory.dialogue(place.key, service.clock()))


async def _before(service: Service, place: Place, message: Message) -> Context | None:
    """Give the dialogue so far: a reply to one of our answers goes on from it, all else from the last answer."""
    if replies_to_me(message, service.me) and message.reply_to_message is not None:
        return await service.memory.answer(message.chat.id, message.reply_to_message.message_id, service.clock())
    return await service.memory.dialogue(place.key, service.clock())


async def _acknowledge(service: Service, query: CallbackQuery, text: str | None) -> None:
    try:
        await patiently(lambda: service.bot.answer_callback_query(query.id, text))
    except BadRequest as error:  # the tap is too old to acknowledge, which is no error
        log.info("a tap could not be acknowledged: %s", error)


def _doubled(service: Service, query: CallbackQuery) -> bool:
    """Tell whether the same person tapped the same button a moment ago."""
    key = (query.from_user.id, query.message.message_id if query.message else 0, query.data or "")
    last, now = service.memory.shelf.taps.get(key), service.clock().timestamp()
    service.memory.shelf.taps.put(key, now)
    return last is not None and now - last < DOUBLE_TAP


async def _apologise(service: Service, update: Update, number: str) -> None:
    place: Place | None = None
    if update.callback_query is not None:
        place = place_of_tap(update.callback_query)
    elif (message := update.message or update.edited_message) is not None:
        place = place_of_message(message)
    if place is None:
        return
    try:
        await say(service.bot, place.target, plain_page(service.words.apology.say(place.lang, id=number)))
    except TelegramError as error:
        log.warning("the apology for error %s could not be sent: %s", number, error)
