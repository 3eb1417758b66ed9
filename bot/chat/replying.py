"""Asking the desk and sending what it says, with what a later turn needs remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.keyboards import keyboard
from bot.chat.memory import Asked
from bot.chat.rendering import render
from bot.chat.sending import rewrite, say
from bot.questions.context import Context

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.answers.model import Answer
    from bot.chat.service import Place, Service


async def reply(
    service: Service, place: Place, question: str, before: Context | None, asked_in: int | None = None
) -> None:
    """Answer a question with a new message; ``asked_in`` is the question's own message, remembered for its edits."""
    answer = ask(service, place, question, before)
    sent = await say(service.bot, place.target, render(answer), _keyboard(service, answer))
    memory, now = service.memory, service.clock()
    memory.keep_dialogue(place.key, answer.context, now)
    if sent is None:
        return
    memory.keep_answer(place.key, sent, answer.context, now)
    if asked_in is not None:
        memory.keep_asked(place.key, asked_in, Asked(sent, before), now)


async def revise(service: Service, place: Place, question: str, asked: Asked, asked_in: int) -> None:
    """Answer an edited question by editing its answer; an answer that is gone is sent anew."""
    answer = ask(service, place, question, asked.before)
    chat_id, message_id = place.target.chat_id, asked.answer_id
    if not await rewrite(service.bot, chat_id, message_id, render(answer), _keyboard(service, answer)):
        await reply(service, place, question, asked.before, asked_in)
        return
    memory, now = service.memory, service.clock()
    if await memory.answer(chat_id, message_id, now) == await memory.dialogue(place.key, now):  # nothing was asked since
        memory.keep_dialogue(place.key, answer.context, now)
    memory.keep_answer(place.key, message_id, answer.context, now)


def ask(service: Service, place: Place, question: str, before: Context | None) -> Answer:
    """Ask the desk; a dialogue that begins has the language of the asker's Telegram, for commands have none."""
    answer = service.desk.ask(question, service.clock(), before or Context(lang=place.lang))
    service.gate.metrics.questions.labels(answer.kind.value).inc()
    return answer


def _keyboard(service: Service, answer: Answer) -> InlineKeyboardMarkup | None:
    return keyboard(answer, lambda question: service.memory.button(question, service.clock()), service.words.source.say(answer.lang))
