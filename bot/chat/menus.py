"""The menus of commands and the bot's descriptions: by scope (private, groups, group admins, our admins) and language.

A closed bot shows strangers no topic: the menus of everyone hold the general commands, those of each admitted chat all.
"""

from __future__ import annotations

import logging
import re
from functools import partial
from typing import TYPE_CHECKING

from telegram import (
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.chat.sending import patiently
from bot.chat.service import ADMINS, EVERYONES, KEEPERS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import BotCommandScope

    from bot.chat.service import Answering, Service
    from bot.chat.wording import Wording

log = logging.getLogger(__name__)

MOST_COMMANDS = 100
NAME = re.compile(r"[a-z0-9_]{1,32}")  # Bot API, BotCommand
DESCRIPTION = 256
CODES = {"en": None, "zh": "zh"}  # English is the menu of everyone without one of their own
SCOPES = (
    (BotCommandScopeAllPrivateChats(), (*KEEPERS, *EVERYONES)),
    (BotCommandScopeAllGroupChats(), EVERYONES),
    (BotCommandScopeAllChatAdministrators(), (*KEEPERS, *EVERYONES)),
)


def menu(desk: Answering | None, words: Wording, own: Sequence[str], lang: str) -> list[BotCommand]:
    """Give the desk's commands and our own as Telegram takes them; with no desk only our own."""
    ours = [BotCommand(name, words.say(f"command_{name}", lang)) for name in own]
    theirs = [
        BotCommand(command.name, " ".join(command.description.split())[:DESCRIPTION])
        for command in (desk.commands(lang) if desk is not None else ())
        if NAME.fullmatch(command.name) and command.description.strip()
    ]
    return [*theirs[: MOST_COMMANDS - len(ours)], *ours]


async def set_menus(service: Service) -> None:
    """Set menus and descriptions; what Telegram refuses is logged and holds up nothing."""
    words, bot, closed = service.words, service.bot, service.rules.closed
    for lang, code in CODES.items():
        for scope, own in SCOPES:
            await _set(service, scope, menu(None if closed else service.desk, words, own, lang), code)
        await _try(partial(bot.set_my_description, words.say("about", lang), language_code=code))
        await _try(partial(bot.set_my_short_description, words.say("short_about", lang), language_code=code))
    for number in {*service.rules.admins, *(service.standing.admitted if closed else ())}:
        await set_chat_menu(service, number)


async def set_chat_menu(service: Service, chat: int) -> None:
    """Set the menu of one chat: an admin's has the admins' commands; one that is shut out loses its own."""
    admin, scope = chat in service.rules.admins, BotCommandScopeChat(chat)
    own = (*(KEEPERS if chat > 0 else ()), *EVERYONES, *(ADMINS if admin else ()))
    for lang, code in CODES.items():
        if admin or (service.rules.closed and service.standing.admits(chat)):
            await _set(service, scope, menu(service.desk, service.words, own, lang), code)
        elif service.rules.closed:
            await _try(partial(service.bot.delete_my_commands, scope=scope, language_code=code))


async def _set(service: Service, scope: BotCommandScope, commands: list[BotCommand], code: str | None) -> None:
    await _try(partial(service.bot.set_my_commands, commands, scope=scope, language_code=code))


async def _try(call: Callable[[], Awaitable[bool]]) -> None:
    try:
        await patiently(call)
    except TelegramError as error:
        log.warning("a menu or description could not be set: %s", error)
