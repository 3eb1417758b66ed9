"""Taking updates from Telegram: each batch is in the inbox before the next is asked for, which confirms it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from telegram.error import TelegramError as LibraryError

from bot.chat.connection import POLL_SECONDS, persistently
from bot.chat.intake import ShapeError, arrival

if TYPE_CHECKING:
    from bot.chat.connection import DiscreetBot
    from bot.chat.pump import Pump
    from bot.storage.inbox import Arrival

log = logging.getLogger(__name__)


class Poller:
    """Polls until cancelled; knows up to where updates are in the inbox."""

    def __init__(self, bot: DiscreetBot, pump: Pump, api_url: str) -> None:
        """Poll with ``bot`` into ``pump``; ``api_url`` is for messages."""
        self._bot, self._pump, self._api_url = bot, pump, api_url
        self._offset = 0

    async def run(self) -> None:
        """Take updates for ever; raises ``TelegramError`` when Telegram refuses us for good."""
        while True:
            await self._pump.wait_for_room()
            batch = await persistently(lambda: self._bot.take_updates(self._offset, POLL_SECONDS), self._api_url)
            arrivals = [found for raw in batch if (found := self._shaped(raw)) is not None]
            if arrivals:
                await self._pump.put(arrivals)
                self._offset = arrivals[-1].update_id + 1
            elif batch:  # Telegram never sends such; if it did, asking on at once would be a storm
                await asyncio.sleep(1)

    async def confirm(self) -> None:
        """Tell Telegram that what was taken need not come again."""
        if not self._offset:
            return
        try:
            await self._bot.take_updates(self._offset, 0)
        except LibraryError as error:
            log.info("the last updates could not be confirmed: %s", error)

    def _shaped(self, raw: object) -> Arrival | None:
        try:
            return arrival(raw)
        except ShapeError as error:
            log.error("something that is no update came: %s", error)  # noqa: TRY400 - a trace says no more
            return None
