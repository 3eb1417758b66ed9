"""What every call to Telegram passes: flood limits before it, and what its answer teaches after it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter
from telegram.error import TelegramError as LibraryError

from bot.chat.flood import Flood
from bot.chat.metrics import Metrics
from bot.chat.slots import CURRENT, Ticket

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.storage.reach import Reach

QUEUED = ("send", "copy", "forward", "edit")  # methods that Telegram's limits count


@dataclass(slots=True)
class Gate:
    """Paces calls, remembers who cannot be written to, counts errors, and knows when Telegram last answered anything."""

    flood: Flood = field(default_factory=Flood)
    metrics: Metrics = field(default_factory=Metrics)
    reach: Reach | None = None
    answered: float = 0.0

    def silent_since(self, moment: float) -> bool:
        """Tell whether Telegram has taken nothing of ours since a moment: an outage, and no fault of one update's."""
        return self.answered < moment

    async def pass_on(self, method: str, data: dict[str, Any], call: Callable[[], Awaitable[Any]]) -> Any:  # noqa: ANN401 - as the library has it
        """Let one ``call`` pass, and give what it gives; ``data`` is sent to where its chat is now."""
        chat = data.get("chat_id")
        number = chat if isinstance(chat, int) and not isinstance(chat, bool) else 0
        if number and self.reach is not None:
            number = data["chat_id"] = self.reach.address(number)
        ticket = CURRENT.get()
        if number and method.startswith(QUEUED):
            await self._wait(number, ticket)
        try:
            result = await call()
        except LibraryError as error:
            if ticket is not None:
                ticket.give_back()
            await self._learn(method, number, error)
            raise
        self._heard(method)
        if number and self.reach is not None and self.reach.blocked(number):
            await self.reach.unblock(number)
        return result

    async def _wait(self, chat: int, ticket: Ticket | None) -> None:
        """Wait for the chat's turn, then for a slot."""
        if ticket is not None:
            ticket.give_back()
        await self.flood.wait(chat)
        if ticket is not None:
            await ticket.take()

    def _heard(self, method: str) -> None:
        if method != "getUpdates":
            self.answered = monotonic()

    async def _learn(self, method: str, chat: int, error: LibraryError) -> None:
        self.metrics.error(method, error)
        if isinstance(error, RetryAfter):
            wait = error._retry_after.total_seconds()  # noqa: SLF001 - the public property warns at each reading
            self.flood.put_off(chat, wait)
        network = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
        if network or isinstance(error, RetryAfter):  # what waits and tries again
            self.metrics.retries.inc()
        if not network:
            self._heard(method)
        if self.reach is None or not chat:
            return
        now = datetime.now(UTC)
        if isinstance(error, Forbidden):
            await asyncio.shield(self.reach.block(chat, now))
        elif isinstance(error, ChatMigrated):
            await asyncio.shield(self.reach.move(chat, error.new_chat_id, now))
