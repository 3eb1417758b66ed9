"""Asking the desk and sending what it says, with what a later turn needs remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.memory import Asked
from bot.chat.sending import rewrite, say
from bot.questions.context import Context

if TYPE_CHECKING:
    from bot.chat.asking import Said
    from bot.chat.service import Place, Service


async def reply(
    service: Service, place: Place, question: str, before: Context | None, asked_in: int | None = None
) -> None:
    """Answer a question with a new message; ``asked_in`` is the question's own message, remembered for its edits."""
    said = ask(service, place, question, before)
    answer = said.answer
    sent = await say(service.bot, place.target, said.page, said.buttons)
    memory, now = service.memory, service.clock()
    memory.keep_dialogue(place.key, answer.context, now)
    if sent is None:
        return
    memory.keep_answer(place.key, sent, answer.context, now)
    if asked_in is not None:
        memory.keep_asked(place.key, asked_in, Asked(sent, before), now)


async def revise(service: Service, place: Place, question: str, asked: Asked, asked_in: int) -> None:
    """Answer an edited question by editing its answer; an answer that is gone is sent anew."""
    said = ask(service, place, question, asked.before)
    answer, chat_id, message_id = said.answer, place.target.chat_id, asked.answer_id
    if not await rewrite(service.bot, chat_id, message_id, said.page, said.markup):
        await reply(service, place, question, asked.before, asked_in)
        return
    memory, now = service.memory, service.clock()
    if await memory.answer(chat_id, message_id, now) == await memory.dialogue(place.key, now):  # nothing was asked since
        memory.keep_dialogue(place.key, answer.context, now)
    memory.keep_answer(place.key, message_id, answer.context, now)


def ask(service: Service, place: Place, question: str, before: Context | None) -> Said:
    """Ask the desk; a dialogue that begins has the language of the asker's Telegram, for commands have none."""
    context = before or Context(lang=place.lang)
    said = service.asking.ask(service.desk, question, context, service.words.source, service.memory, service.clock())
    service.gate.metrics.questions.labels(said.answer.kind.value).inc()
    return said
