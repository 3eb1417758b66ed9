"""Taps on buttons: every one is acknowledged; an old, doubled or foreign one does nothing else."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.chat.acts import ACTS, Tap
from bot.chat.admin_acts import ADMIN_ACTS
from bot.chat.admission import known, too_soon
from bot.chat.replying import reply
from bot.chat.sending import patiently

if TYPE_CHECKING:
    from telegram import CallbackQuery

    from bot.chat.service import Place, Service

log = logging.getLogger(__name__)

DOUBLE_TAP = 3.0  # seconds in which a second tap on a button is the same tap
QUESTIONS = ("q", "k")


async def on_tap(service: Service, query: CallbackQuery) -> None:
    """Do what a tapped button stands for."""
    place = service.place_of_tap(query)
    if place is None:
        await acknowledge(service, query)
    elif not known(service, place):
        await acknowledge(service, query, service.words.say("stranger_short", place.lang))
    elif await _doubled(service, query):
        await acknowledge(service, query)
    elif (query.data or "").partition(":")[0] in QUESTIONS:
        await _ask(service, place, query)
    else:
        await acknowledge(service, query, await _act(service, place, query))


async def _act(service: Service, place: Place, query: CallbackQuery) -> str | None:
    kind, _, rest = (query.data or "").partition(":")
    act = ACTS.get(kind) or (ADMIN_ACTS.get(kind) if place.private and place.user in service.rules.admins else None)
    if act is None or query.message is None:
        return service.words.say("stale", place.lang)
    return await act(service, place, Tap(query.message.message_id, rest))


async def _ask(service: Service, place: Place, query: CallbackQuery) -> None:
    """Answer a question that a button carries, in the dialogue of the message it is under."""
    memory, now = service.memory, service.clock()
    question = await memory.question(query.data or "", now)
    if question is None:
        await acknowledge(service, query, service.words.say("stale", place.lang))
    elif seconds := too_soon(service, place):
        await acknowledge(service, query, service.words.say("slow_down", place.lang, n=seconds))
    else:
        await acknowledge(service, query)
        before = await memory.answer(place.target.chat_id, query.message.message_id if query.message else 0, now)
        await reply(service, place, question, before or await memory.dialogue(place.key, now))


async def acknowledge(service: Service, query: CallbackQuery, text: str | None = None) -> None:
    """Tell Telegram that the tap arrived, with a notice perhaps."""
    try:
        await patiently(lambda: service.bot.answer_callback_query(query.id, text))
    except BadRequest as error:  # the tap is too old to acknowledge, which is no error
        log.info("a tap could not be acknowledged: %s", error)


async def _doubled(service: Service, query: CallbackQuery) -> bool:
    """Tell whether the same person tapped the same button a moment ago, whichever replica took it; the same tap tried again is not doubled."""
    message, person, now = query.message, query.from_user.id, service.clock()
    chat, number = (message.chat.id, message.message_id) if message is not None else (person, 0)
    carried = hashlib.sha256((query.data or "").encode(errors="surrogatepass")).hexdigest()[:16]
    name = f"2:{chat}:{number}:{person}:{carried}"
    last = await service.memory.note(name, now)
    service.memory.keep_note(name, (chat, person, 0), json.dumps([now.timestamp(), query.id]), now)
    at, known = json.loads(last) if last is not None else (0.0, query.id)
    return bool(known != query.id and now.timestamp() - at < DOUBLE_TAP)
