"""A group whose questions are answered in private, each with a button that publishes the answer in the group."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.memory import CONTEXT
from bot.chat.rendering import plain_page
from bot.chat.replying import ask, keep, note_unanswered
from bot.chat.sending import Target, say

if TYPE_CHECKING:
    from bot.chat.service import Place, Service
    from bot.questions.context import Context


def in_private(service: Service, place: Place) -> bool:
    """Tell whether a question is answered in private: the group wants it, and its asker has a chat of their own."""
    return place.user is not None and not place.private and service.standing.choices(place.target.chat_id).in_private


async def whisper(service: Service, place: Place, question: str, before: Context | None) -> None:
    """Answer a group's question in its asker's own chat; one who has none with us yet is told how to begin it."""
    said, words, now, person = ask(service, place, question, before), service.words, service.clock(), place.person
    data = _keep(service, place, question, before)
    rows = list(said.markup.inline_keyboard) if said.markup is not None else []
    rows = [*rows, (InlineKeyboardButton(words.say("publish", said.answer.lang), callback_data=data),)]
    sent = await say(service.bot, Target(person), said.page, InlineKeyboardMarkup(rows))
    if sent is None:
        link = InlineKeyboardButton(words.say("open_private", place.lang), url=f"https://t.me/{service.name.username}?start=help")
        await say(service.bot, place.target, plain_page(words.say("cannot_write_privately", place.lang)), InlineKeyboardMarkup([[link]]))
        return
    service.memory.keep_dialogue(place.key, said.answer.context, now)
    keep(service, replace(place, key=(person, person, 0)), said, sent)
    await note_unanswered(service, place, question, said.answer)


async def publish(service: Service, place: Place, key: str) -> bool:
    """Answer a question once more, where it was asked; only its asker can, and only once. Tell whether it stands there."""
    memory, now = service.memory, service.clock()
    kept = await memory.note(f"p:{key}", now)
    note = json.loads(kept) if kept else {}
    if note.get("person") != place.person:
        return False
    if await memory.note(f"p!{key}", now) is None:
        home = place_of(place, note)
        said = ask(service, home, note["question"], CONTEXT.validate_python(note["before"]) if note["before"] else None)
        sent = await say(service.bot, home.target, said.folded, said.buttons)
        keep(service, home, said, sent)
        memory.keep_note(f"p!{key}", place.key, "done", now)
    return True


def place_of(place: Place, note: dict[str, int]) -> Place:
    """Give the place in the group that a private answer came from."""
    target = Target(note["chat"], note["thread"], note["reply_to"])
    return type(place)(target, (note["chat"], note["person"], note["thread"] or 0), str(note["lang"]), user=note["person"], private=False)


def _keep(service: Service, place: Place, question: str, before: Context | None) -> str:
    target = place.target
    note = {"chat": target.chat_id, "thread": target.thread, "reply_to": target.reply_to, "person": place.person, "lang": place.lang,
            "question": question, "before": CONTEXT.dump_python(before) if before else None}  # fmt: skip
    key = hashlib.sha256(f"{target.chat_id}:{target.reply_to}:{place.person}".encode()).hexdigest()[:32]
    service.memory.keep_note(f"p:{key}", place.key, json.dumps(note), service.clock())
    return f"p:{key}"
