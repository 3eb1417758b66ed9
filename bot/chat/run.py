"""The Telegram bot, from settings to shutdown."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import secrets
import sys
import warnings
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from telegram.warnings import PTBDeprecationWarning

from bot.chat.connection import TOKEN_SETTING, URL_SETTING, DiscreetBot
from bot.chat.flood import Flood, Limits
from bot.chat.gate import Gate
from bot.chat.secrecy import kept_secret
from bot.chat.serving import serve
from bot.chat.webhook import secret_of
from bot.chat.wording import read_wording
from bot.errors import FootnoteError, SettingsError, TelegramError

try:
    from uvloop import new_event_loop as new_loop
except ImportError:  # Windows
    from asyncio import new_event_loop as new_loop  # type: ignore[assignment]  # the same thing by another name

if TYPE_CHECKING:
    from bot.chat.service import Answering
    from bot.settings import Settings

log = logging.getLogger(__name__)

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
SERVER = re.compile(r"https?://[\w.\[\]:-]+(/\S*)?$")
SWITCH_SECONDS = 0.0005  # the database's thread waits for its turn a dozen times a transaction, and marks must be soon
GARBAGE = 50_000, 20, 20  # at Python's own 700 the collector looks for cycles again and again under load, and finds next to none
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


def run(settings: Settings, desk: Answering) -> None:
    """Answer in Telegram until interrupted.

    Raises ``SettingsError`` for a token or server address that is missing or is none, ``ContentError`` for faulty
    wording, ``StorageError`` for a database that cannot be opened, ``TelegramError`` for a token that Telegram refuses,
    for a second poller and for what nobody expected (the log has its trace). A network that fails is tried again.
    """
    token = _token(settings)
    _check_webhook(settings)
    words = read_wording(settings.intents)
    # the library warns each time Telegram asks to wait, whichever way the wait is read
    warnings.filterwarnings("ignore", category=PTBDeprecationWarning)
    limits = Limits(*map(float, settings.limits.split()))
    with kept_secret(token, *_other_secrets(settings, token)):
        try:
            bot = DiscreetBot(token, settings.api_url, Gate(Flood(limits)))
            # what is loaded by now stays: the collector need not look at it again and again
            gc.collect()
            gc.freeze()
            gc.set_threshold(*GARBAGE)
            sys.setswitchinterval(SWITCH_SECONDS)
            with asyncio.Runner(loop_factory=new_loop) as runner:
                runner.run(serve(bot, desk, words, settings))
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


def _check_webhook(settings: Settings) -> None:
    if settings.webhook_url is not None and not SERVER.match(settings.webhook_url):
        message = "FOOTNOTE_WEBHOOK_URL is no address: give the one that Telegram posts to, like https://bot.example/telegram, or leave it out to poll."
        raise SettingsError(message)
    if settings.webhook_secret is not None and not SECRET.fullmatch(settings.webhook_secret.get_secret_value()):
        message = "FOOTNOTE_WEBHOOK_SECRET is no secret that Telegram takes: 16 to 256 letters, digits, _ and -, or leave it out to have one made."
        raise SettingsError(message)


def _other_secrets(settings: Settings, token: str) -> list[str]:
    """Give the webhook's secret and the database's password, both as written and as they are."""
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret is not None else secret_of(token)
    url = settings.database_url.get_secret_value() if settings.database_url is not None else ""
    try:
        password = urlsplit(url).password or ""
    except ValueError:
        password = ""
    return [secret, password, unquote(password)]
