"""Whether a message speaks to the bot, and what it asks.

Private chats: everything. Groups: a command (``/cmd`` that is ours, ``/cmd@username``), a mention of the exact
username, or a reply to the bot. Mentions are read from the entities that Telegram marks, so a longer username is
another one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.constants import ChatType, MessageEntityType

if TYPE_CHECKING:
    from telegram import Message, MessageEntity

COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?P<rest>[\s\S]*)")


@dataclass(frozen=True, slots=True)
class Name:
    """The bot's id and its username without ``@``."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is: its id, its username without ``@``, and the names of its commands."""

    id: int
    username: str
    commands: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Said:
    """A message's words without the mentions of the bot, and whether there were any."""

    text: str
    mentioned: bool


def question_of(message: Message, me: Identity) -> str | None:
    """Give what the message asks the bot (perhaps an empty text), or None when it does not speak to the bot."""
    if _not_from_a_person(message, me) or not _has_content(message):
        return None
    said = _without_mentions(message, me)
    private = message.chat.type == ChatType.PRIVATE
    if command := COMMAND.fullmatch(said.text):
        return _command(command, me, called=private or said.mentioned or replies_to_me(message, me))
    if private or said.mentioned:
        return said.text
    return said.text or None if replies_to_me(message, me) else None  # a sticker in reply asks nothing


def replies_to_me(message: Message, me: Identity) -> bool:
    """Tell whether the message replies to one of the bot's; a forum topic's opening is no message of ours."""
    target = message.reply_to_message
    opening = target is not None and target.forum_topic_created is not None
    return bool(target and target.from_user and target.from_user.id == me.id and not opening)


def _not_from_a_person(message: Message, me: Identity) -> bool:
    """Other bots (anonymous admins write as a chat), our own inline cards, and posts forwarded from a channel."""
    bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    card = message.via_bot is not None and message.via_bot.id == me.id
    return bot or card or bool(message.is_automatic_forward)


def _has_content(message: Message) -> bool:
    """Tell words and media from service messages (a pin, a new member)."""
    return bool(message.text or message.caption or message.effective_attachment)


def _command(command: re.Match[str], me: Identity, *, called: bool) -> str | None:
    """Give our command without ``@username``; a bare command of another bot is not for us unless we are called."""
    name, bot, rest = command["name"].lower(), command["bot"], command["rest"].strip()
    if bot is not None and bot.casefold() != me.username.casefold():
        return None
    if bot is None and not called and name not in me.commands:
        return None
    if name == "start" and rest.lower() in me.commands:
        name, rest = rest.lower(), ""
    return f"/{name} {rest}".rstrip()


def _without_mentions(message: Message, me: Identity) -> _Said:
    text = message.text or message.caption or ""
    units = text.encode("utf-16-le", "surrogatepass")
    spans = [(e.offset * 2, (e.offset + e.length) * 2) for e in (*message.entities, *message.caption_entities)
             if _mentions_me(e, units, me)]  # fmt: skip
    for start, end in sorted(spans, reverse=True):
        units = units[:start] + " ".encode("utf-16-le") + units[end:]
    return _Said(units.decode("utf-16-le", "replace").strip(), bool(spans))


def _mentions_me(entity: MessageEntity, units: bytes, me: Identity) -> bool:
    if entity.type == MessageEntityType.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    if entity.type != MessageEntityType.MENTION:
        return False
    name = units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "replace")
    return name.casefold() == f"@{me.username}".casefold()
