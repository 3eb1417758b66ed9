"""The connection to Telegram: a bot that does not print its token, updates unread, errors a person can act on."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from telegram import Bot
from telegram.error import Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.error import TelegramError as LibraryError

from bot.chat.gate import Gate
from bot.chat.request import AiohttpRequest
from bot.chat.sending import pause, seconds_of
from bot.errors import TelegramError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Result = TypeVar("Result")

log = logging.getLogger(__name__)

TOKEN_SETTING, URL_SETTING = "FOOTNOTE_TOKEN", "FOOTNOTE_API_URL"
POLL_SECONDS = 25
NETWORK_SECONDS = 10.0
BATCH = 100
CONNECTIONS = 64
KINDS = ["message", "edited_message", "channel_post", "callback_query", "inline_query"]
CONFLICTS = 3  # in a row; one alone is a poller that just ended

REFUSED = f"Telegram refuses the token in {TOKEN_SETTING}: copy it again, or get a new one, from @BotFather."
SECOND = (
    f"Another process polls Telegram with the token in {TOKEN_SETTING}: "
    "stop it, or give this one the token of another bot."
)


class DiscreetBot(Bot):
    """A bot whose ``repr`` holds no token, and that takes updates as Telegram sends them, not yet read."""

    __slots__ = ("_gate",)

    def __init__(self, token: str, api_url: str, gate: Gate | None = None) -> None:
        """Talk to the Bot API server at ``api_url`` (scheme and host; a ``/bot`` after them is taken as said).

        Every call passes ``gate``.
        """
        self._gate = gate or Gate()
        server = api_url.rstrip("/").removesuffix("/bot")
        super().__init__(
            token,
            base_url=f"{server}/bot",
            base_file_url=f"{server}/file/bot",
            request=AiohttpRequest(CONNECTIONS, NETWORK_SECONDS),
            get_updates_request=AiohttpRequest(2, NETWORK_SECONDS),
        )

    @property
    def gate(self) -> Gate:
        """What every call passes."""
        return self._gate

    async def _do_post(self, endpoint: str, data: dict[str, Any], **timeouts: Any) -> Any:  # noqa: ANN401 - as the library has it
        return await self._gate.pass_on(endpoint, data, partial(super()._do_post, endpoint, data, **timeouts))

    def __repr__(self) -> str:
        """Name the class only: the library's own form shows the token."""
        return "DiscreetBot[]"

    async def take_updates(self, offset: int, seconds: int) -> list[dict[str, Any]]:
        """Wait at most ``seconds`` for updates from ``offset`` on; asking confirms those before it.

        The library's ``get_updates`` reads the whole batch at once, so that one it cannot read holds up all.
        """
        wanted = {"offset": offset, "limit": BATCH, "timeout": seconds, "allowed_updates": KINDS}
        found = await self._post("getUpdates", wanted, read_timeout=seconds + NETWORK_SECONDS)
        return found if isinstance(found, list) else []


async def persistently(call: Callable[[], Awaitable[Result]], api_url: str) -> Result:
    """Call Telegram until it answers, with growing pauses; raise ``TelegramError`` where trying again cannot help."""
    tries = conflicts = 0
    while True:
        try:
            return await call()
        except InvalidToken:
            refusal = REFUSED
        except Conflict:
            conflicts += 1
            refusal = SECOND if conflicts >= CONFLICTS else ""
            wait = pause(conflicts)
        except Forbidden as error:
            refusal = f"Telegram refuses the bot whose token is in {TOKEN_SETTING}: {error}"
        except RetryAfter as error:
            refusal, wait = "", seconds_of(error)
        except LibraryError as error:
            refusal, wait = "", pause(tries)
            log.warning("no answer from Telegram at %s (%s): %s; again in %.1f s", api_url, URL_SETTING, error, wait)
        if refusal:  # raised outside the except clauses: the library's error, which holds the token, is not its context
            raise TelegramError(refusal)
        tries += 1
        await asyncio.sleep(wait)
