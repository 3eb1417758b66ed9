"""What every handler works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from telegram import Message
from telegram.constants import ChatType

from bot.chat.asking import Asking
from bot.chat.sending import Target

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from telegram import Bot, CallbackQuery, User

    from bot.answers.model import Answer
    from bot.chat.addressing import Identity
    from bot.chat.gate import Gate
    from bot.chat.memory import Memory
    from bot.chat.wording import Wording
    from bot.questions.context import Context

    Key = tuple[int, int, int]


class Command(Protocol):
    """An entry of a menu."""

    @property
    def name(self) -> str:
        """Give the command without its slash."""

    @property
    def description(self) -> str:
        """Say what it does, in the menu's language."""


class Answering(Protocol):
    """The desk, as the Telegram side knows it."""

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Answer a question or a command."""

    def commands(self, lang: str) -> tuple[Command, ...]:
        """Give the menu."""


@dataclass(frozen=True, slots=True)
class Service:
    """The bot at work: who answers, where answers go, what is remembered, what time it is."""

    bot: Bot
    me: Identity
    desk: Answering
    words: Wording
    memory: Memory
    clock: Callable[[], datetime]
    gate: Gate
    asking: Asking = field(default_factory=Asking)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question was asked: where its answer goes, whose dialogue it is, and the language of their Telegram."""

    target: Target
    key: Key
    lang: str


def place_of_message(message: Message) -> Place:
    """Give the place of a question; in a group its answer is a reply to it."""
    reply_to = None if message.chat.type == ChatType.PRIVATE else message.message_id
    thread = thread_of(message)
    key = (message.chat.id, _asker_of(message), thread or 0)
    return Place(Target(message.chat.id, thread, reply_to), key, client_language(message.from_user))


def place_of_tap(query: CallbackQuery) -> Place | None:
    """Give the place of a tapped button, or None when its message is in no chat of ours."""
    message = query.message
    if message is None:
        return None
    thread = thread_of(message) if isinstance(message, Message) else None
    reply_to = None if message.chat.type == ChatType.PRIVATE else message.message_id
    key = (message.chat.id, query.from_user.id, thread or 0)
    return Place(Target(message.chat.id, thread, reply_to), key, client_language(query.from_user))


def thread_of(message: Message) -> int | None:
    """Give the forum topic a message stands in; Telegram marks plain reply threads with the same number."""
    return message.message_thread_id if message.is_topic_message else None


def client_language(user: User | None) -> str:
    """Give the language of a person's Telegram: "zh" or "en"."""
    return "zh" if user is not None and (user.language_code or "").lower().startswith("zh") else "en"


def _asker_of(message: Message) -> int:
    """Give the id of who asks: a person, or the chat an anonymous admin or a channel writes as."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else message.chat.id
