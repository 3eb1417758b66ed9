"""What every handler works with."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from telegram import Message
from telegram.constants import ChatType

from bot.chat.addressing import Identity, Name
from bot.chat.admission import Limiter
from bot.chat.asking import Asking
from bot.chat.rules import Rules
from bot.chat.sending import Target
from bot.chat.shelf import Bounded
from bot.chat.tally import Tally
from bot.chat.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from telegram import Bot, CallbackQuery, InlineQueryResultArticle, User

    from bot.answers.model import Answer
    from bot.chat.gate import Gate
    from bot.chat.memory import Memory
    from bot.chat.standing import Standing
    from bot.chat.wording import Wording
    from bot.questions.context import Context
    from bot.storage.store import Storage

    Key = tuple[int, int, int]

MOST_CARDS = 1_000  # inline queries whose cards are remembered

# Commands of the Telegram side itself: for everyone, for those who set a chat up, for admins. Telegram's own buttons send start and help.
EVERYONES = ("feedback", "privacy")
KEEPERS = ("language", "settings", "subscribe", "unsubscribe")
ADMINS = ("unanswered", "stats", "reload", "allow", "disallow", "allowed", "post")
OWN_COMMANDS = frozenset({"start", "help", *EVERYONES, *KEEPERS})


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

    def topics(self, lang: str) -> tuple[tuple[str, str], ...]:
        """Give every topic's name and label."""

    @property
    def releases(self) -> tuple[str, ...]:
        """Give the ids of the releases, newest first."""

    @property
    def version(self) -> str:
        """Name what is known."""

    def latest(self, topic: str) -> str | None:
        """Give the release that answers for a topic, where one has a figure of it."""

    def digest(self, release: str, lang: str) -> Answer:
        """Give the card of a release."""


class Opened:
    """The desk that answers now, and how to open it anew."""

    def __init__(self, desk: Answering, reopen: Callable[[], Answering] | None = None) -> None:
        """Begin with ``desk``."""
        self.desk, self._reopen = desk, reopen or (lambda: desk)
        self.commands = _names(desk)
        self.cards: Bounded[Hashable, list[InlineQueryResultArticle]] = Bounded(MOST_CARDS)
        self.seen = datetime.now(UTC)  # when it was last opened

    async def reload(self) -> None:
        """Open the desk anew, beside the work; where that fails the old one stays."""
        desk = await asyncio.to_thread(self._reopen)
        self.desk, self.commands, self.cards = desk, _names(desk), Bounded(MOST_CARDS)


def _names(desk: Answering) -> frozenset[str]:
    return frozenset(command.name for lang in LANGUAGES for command in desk.commands(lang))


@dataclass(frozen=True, slots=True)
class Service:
    """The bot at work: who answers, where answers go, what is remembered, what time it is, who may do what."""

    bot: Bot
    name: Name
    opened: Opened
    words: Wording
    memory: Memory
    clock: Callable[[], datetime]
    gate: Gate
    storage: Storage
    standing: Standing
    rules: Rules = field(default_factory=Rules)
    limiter: Limiter = field(default_factory=lambda: Limiter(Rules()))
    asking: Asking = field(default_factory=Asking)
    tally: Tally = field(default_factory=Tally)

    @property
    def desk(self) -> Answering:
        """The desk that answers now."""
        return self.opened.desk

    @property
    def me(self) -> Identity:
        """Who the bot is, with the commands it has now."""
        return Identity(self.name.id, self.name.username, OWN_COMMANDS | self.opened.commands)

    def place_of_message(self, message: Message) -> Place:
        """Give the place of a message, in the language its chat has chosen."""
        return self._chosen(place_of_message(message))

    def place_of_tap(self, query: CallbackQuery) -> Place | None:
        """Give the place of a tap, in the language its chat has chosen."""
        place = place_of_tap(query)
        return None if place is None else self._chosen(place)

    def _chosen(self, place: Place) -> Place:
        chosen = self.standing.choices(place.target.chat_id).language
        return place if chosen is None else replace(place, lang=chosen, chosen=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a question was asked: where its answer goes, whose dialogue it is, and the language for what has none.

    ``chosen``: the chat has chosen that language; else it is that of the asker's Telegram. ``user`` is the person, where
    one writes as such and not as a chat. ``private``: the chat is theirs alone.
    """

    target: Target
    key: Key
    lang: str
    chosen: bool = False
    user: int | None = None
    private: bool = True

    @property
    def person(self) -> int:
        """Whose dialogue it is: a person, or the chat that an anonymous admin or a channel writes as."""
        return self.key[1]


def place_of_message(message: Message) -> Place:
    """Give the place of a question; in a group its answer is a reply to it."""
    private = message.chat.type == ChatType.PRIVATE
    reply_to = None if private else message.message_id
    thread = thread_of(message)
    key = (message.chat.id, _asker_of(message), thread or 0)
    user = message.from_user.id if message.from_user is not None and message.sender_chat is None else None
    return Place(Target(message.chat.id, thread, reply_to), key, client_language(message.from_user), user=user, private=private)


def place_of_tap(query: CallbackQuery) -> Place | None:
    """Give the place of a tapped button, or None when its message is in no chat of ours."""
    message = query.message
    if message is None:
        return None
    thread = thread_of(message) if isinstance(message, Message) else None
    private = message.chat.type == ChatType.PRIVATE
    reply_to = None if private else message.message_id
    user = query.from_user.id
    key = (message.chat.id, user, thread or 0)
    return Place(Target(message.chat.id, thread, reply_to), key, client_language(query.from_user), user=user, private=private)


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
