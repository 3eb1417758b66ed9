"""The Telegram bot, from settings to shutdown."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import signal
import warnings
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from telegram.warnings import PTBDeprecationWarning

from bot.chat.addressing import Identity
from bot.chat.connection import TOKEN_SETTING, URL_SETTING, DiscreetBot, persistently
from bot.chat.handlers import handle
from bot.chat.lanes import Lanes
from bot.chat.memory import Memory
from bot.chat.menus import LANGUAGES, set_menus
from bot.chat.polling import Poller
from bot.chat.secrecy import kept_secret
from bot.chat.service import Service
from bot.chat.wording import read_wording
from bot.conversations import Conversations
from bot.errors import FootnoteError, SettingsError, TelegramError

if TYPE_CHECKING:
    from bot.chat.service import Answering
    from bot.chat.wording import Wording
    from bot.settings import Settings

log = logging.getLogger(__name__)

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
SERVER = re.compile(r"https?://[\w.\[\]:-]+(/\S*)?$")
FINISH_SECONDS = 10.0
ALWAYS_KNOWN = frozenset({"start", "help"})  # Telegram's own buttons send these


def run(settings: Settings, desk: Answering) -> None:
    """Answer in Telegram until interrupted.

    Raises ``SettingsError`` for a token or server address that is missing or is none, ``ContentError`` for faulty
    wording, ``TelegramError`` for a token that Telegram refuses, for a second poller and for what nobody expected (the
    log has its trace). A network that fails is tried again.
    """
    token = _token(settings)
    words = read_wording(settings.intents)
    # the library warns each time Telegram asks to wait, whichever way the wait is read
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
    with kept_secret(token):
        try:
            asyncio.run(serve(DiscreetBot(token, settings.api_url), desk, words, settings.api_url))
        except FootnoteError:
            raise
        except Exception:  # its trace may hold the token: it goes to the log, where that is masked, and no further
            number = secrets.token_hex(4)
            log.exception("the bot stopped, error %s", number)
        else:
            return
    message = f"The bot stopped on an unexpected error, {number} in the log: start it again, and report the log's trace."
    raise TelegramError(message)


def _token(settings: Settings) -> str:
    """Give the token, once it and the server's address have the look of what they should be."""
    token = settings.token.get_secret_value().strip() if settings.token is not None else ""
    if not TOKEN.fullmatch(token):
        problem = "does not hold a bot token" if token else "is not set"
        message = f"{TOKEN_SETTING} {problem}: set it to the token that @BotFather gave you (digits, a colon, letters)."
        raise SettingsError(message)
    if not SERVER.match(settings.api_url):
        message = f"{URL_SETTING} is no address of a server: give one like https://api.telegram.org, or leave it out."
        raise SettingsError(message)
    return token


async def serve(bot: DiscreetBot, desk: Answering, words: Wording, api_url: str) -> None:
    """Poll until told to stop, then finish what was taken."""
    work = asyncio.create_task(_work(bot, desk, words, api_url))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # no signals on this system or in this thread
            loop.add_signal_handler(number, work.cancel)
    try:
        with suppress(asyncio.CancelledError):
            await work
    finally:
        await bot.shutdown()


async def _work(bot: DiscreetBot, desk: Answering, words: Wording, api_url: str) -> None:
    await persistently(bot.initialize, api_url)
    service = Service(bot, _identity(bot, desk), desk, words, Conversations(), Memory(), partial(datetime.now, UTC))
    await persistently(bot.delete_webhook, api_url)
    menus = asyncio.create_task(set_menus(bot, desk, words))  # Telegram may make menus wait; questions need not
    lanes = Lanes(partial(handle, service))
    poller = Poller(bot, lanes, api_url)
    log.info("answering in Telegram as @%s", bot.username)
    try:
        await poller.run()
    finally:
        menus.cancel()
        if left := await lanes.close(FINISH_SECONDS):
            log.warning("%d updates were not answered", left)
        await poller.confirm()


def _identity(bot: DiscreetBot, desk: Answering) -> Identity:
    names = {command.name for lang in LANGUAGES for command in desk.commands(lang)}
    return Identity(bot.id, bot.username, ALWAYS_KNOWN | names)
