"""Asking the desk and sending what it says, with what a later turn needs remembered."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.answers.model import AnswerKind
from bot.chat.memory import Asked
from bot.chat.sending import rewrite, say
from bot.questions.context import Context
from bot.text.cleaning import bare, clean

if TYPE_CHECKING:
    from bot.answers.model import Answer
    from bot.chat.asking import Said
    from bot.chat.service import Place, Service


log = logging.getLogger(__name__)


async def reply(
    service: Service, place: Place, question: str, before: Context | None, asked_in: int | None = None
) -> None:
    """Answer a question with a new message; ``asked_in`` is the question's own message, remembered for its edits."""
    said = ask(service, place, question, before)
    sent = await say(service.bot, place.target, said.page if place.private else said.folded, said.buttons)
    keep(service, place, said, sent)
    if asked_in is not None:
        if sent is not None:
            service.memory.keep_asked(place.key, asked_in, Asked(sent, before), service.clock())
        await note_unanswered(service, place, question, said.answer)
    await note_given(service, place, said.answer)


def keep(service: Service, place: Place, said: Said, sent: int | None) -> None:
    """Remember the dialogue after an answer, and the answer's own where it was sent."""
    memory, now = service.memory, service.clock()
    memory.keep_dialogue(place.key, said.answer.context, now)
    if sent is not None:
        memory.keep_answer(place.key, sent, said.answer.context, now)


async def revise(service: Service, place: Place, question: str, asked: Asked, asked_in: int) -> None:
    """Answer an edited question by editing its answer; an answer that is gone is sent anew."""
    said = ask(service, place, question, asked.before)
    answer, chat_id, message_id = said.answer, place.target.chat_id, asked.answer_id
    page = said.page if place.private else said.folded
    if not await rewrite(service.bot, chat_id, message_id, page, said.markup):
        await reply(service, place, question, asked.before, asked_in)
        return
    memory, now = service.memory, service.clock()
    if await memory.answer(chat_id, message_id, now) == await memory.dialogue(place.key, now):  # nothing was asked since
        memory.keep_dialogue(place.key, answer.context, now)
    memory.keep_answer(place.key, message_id, answer.context, now)


def ask(service: Service, place: Place, question: str, before: Context | None) -> Said:
    """Ask the desk. What has no language of its own, as a command, is answered in the chat's, else the dialogue's, else the client's."""
    context = before or Context(lang=place.lang)
    if place.chosen or context.lang is None:
        context = replace(context, lang=place.lang)
    said = service.asking.ask(service.desk, question, context, service.words, service.memory, service.clock())
    kind = said.answer.kind.value
    service.gate.metrics.questions.labels(kind).inc()
    service.tally.add(kind)
    texts = service.rules.log_texts
    if log.isEnabledFor(level := logging.INFO if texts else logging.DEBUG):
        about = {"chat": place.target.chat_id, "kind": kind, "topic": said.answer.topic, "lang": said.answer.lang}
        log.log(level, "a question was answered", extra={**about, "text": question} if texts else about)
    return said


async def note_unanswered(service: Service, place: Place, question: str, answer: Answer) -> None:
    """Keep a question that was not understood for the admins; a command is none."""
    if answer.kind is not AnswerKind.REFUSED or answer.topic is not None or question.startswith("/"):
        return
    question = question.encode(errors="ignore").decode()
    if folded := bare(clean(question)):
        await service.storage.unanswered.add(folded, place.person, question, answer.lang, service.clock())


async def note_given(service: Service, place: Place, answer: Answer) -> None:
    """Note which figure a chat was given, where it wants to be told of newer ones."""
    chat = place.target.chat_id
    if answer.topic and answer.figures and service.standing.choices(chat).superseded:
        await service.storage.given.add(chat, answer.figures[0].release, [answer.topic], service.clock())
