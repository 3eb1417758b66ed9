"""The menus of commands and the bot's descriptions: for private chats and groups, in both languages."""

from __future__ import annotations

import logging
import re
from functools import partial
from typing import TYPE_CHECKING

from telegram import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.chat.sending import patiently

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from telegram import Bot

    from bot.chat.service import Answering
    from bot.chat.wording import Wording

log = logging.getLogger(__name__)

MOST_COMMANDS = 100
NAME = re.compile(r"[a-z0-9_]{1,32}")  # Bot API, BotCommand
DESCRIPTION = 256
SCOPES = (BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats())
LANGUAGES = {"en": None, "zh": "zh"}  # English is the menu of everyone without one of their own


def menu(desk: Answering, lang: str) -> list[BotCommand]:
    """Give the desk's commands as Telegram takes them."""
    return [
        BotCommand(command.name, " ".join(command.description.split())[:DESCRIPTION])
        for command in desk.commands(lang)
        if NAME.fullmatch(command.name) and command.description.strip()
    ][:MOST_COMMANDS]


async def set_menus(bot: Bot, desk: Answering, words: Wording) -> None:
    """Set menus and descriptions; what Telegram refuses is logged and holds up nothing."""
    for lang, code in LANGUAGES.items():
        commands = menu(desk, lang)
        for scope in SCOPES:
            await _try(partial(bot.set_my_commands, commands, scope=scope, language_code=code))
        await _try(partial(bot.set_my_description, words.about.say(lang), language_code=code))
        await _try(partial(bot.set_my_short_description, words.short_about.say(lang), language_code=code))


async def _try(call: Callable[[], Awaitable[bool]]) -> None:
    try:
        await patiently(call)
    except TelegramError as error:
        log.warning("a menu or description could not be set: %s", error)
