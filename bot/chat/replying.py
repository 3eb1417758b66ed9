"""Asking the desk and sending what it says, with what a later turn needs remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.keyboards import keyboard
from bot.chat.memory import Asked
from bot.chat.rendering import render
from bot.chat.sending import rewrite, say
from bot.questions.context import Context

if TYPE_CHECKING:
    from bot.answers.model import Answer
    from bot.chat.service import Place, Service


async def reply(
    service: Service, place: Place, question: str, before: Context | None, asked_in: int | None = None
) -> None:
    """Answer a question with a new message; ``asked_in`` is the question's own message, remembered for its edits."""
    answer = ask(service, place, question, before)
    markup = keyboard(answer, service.memory.buttons, service.words.source.say(answer.lang))
    sent = await say(service.bot, place.target, render(answer), markup)
    service.conversations.put(place.key, answer.context, service.clock())
    if sent is None:
        return
    chat_id = place.target.chat_id
    service.memory.answered.put((chat_id, sent), answer.context)
    if asked_in is not None:
        service.memory.asked.put((chat_id, asked_in), Asked(sent, before))


async def revise(service: Service, place: Place, question: str, asked: Asked, asked_in: int) -> None:
    """Answer an edited question by editing its answer; an answer that is gone is sent anew."""
    answer = ask(service, place, question, asked.before)
    chat_id, message_id = place.target.chat_id, asked.answer_id
    markup = keyboard(answer, service.memory.buttons, service.words.source.say(answer.lang))
    if not await rewrite(service.bot, chat_id, message_id, render(answer), markup):
        await reply(service, place, question, asked.before, asked_in)
        return
    was = service.memory.answered.get((chat_id, message_id))
    if was is service.conversations.get(place.key, service.clock()):  # nothing was asked since
        service.conversations.put(place.key, answer.context, service.clock())
    service.memory.answered.put((chat_id, message_id), answer.context)


def ask(service: Service, place: Place, question: str, before: Context | None) -> Answer:
    """Ask the desk; a dialogue that begins has the language of the asker's Telegram, for commands have none."""
    return service.desk.ask(question, service.clock(), before or Context(lang=place.lang))
