"""Taking updates from Telegram and handing each to its chat's lane."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.error import TelegramError as LibraryError

from bot.chat.connection import POLL_SECONDS, persistently

if TYPE_CHECKING:
    from collections.abc import Hashable

    from bot.chat.connection import DiscreetBot
    from bot.chat.lanes import Lanes

log = logging.getLogger(__name__)


class Poller:
    """Polls until cancelled; knows up to where updates were taken."""

    def __init__(self, bot: DiscreetBot, lanes: Lanes[Update], api_url: str) -> None:
        """Poll with ``bot`` into ``lanes``; ``api_url`` is for messages."""
        self._bot, self._lanes, self._api_url = bot, lanes, api_url
        self._offset = 0

    async def run(self) -> None:
        """Take updates for ever; raises ``TelegramError`` when Telegram refuses us for good."""
        while True:
            batch = await persistently(lambda: self._bot.take_updates(self._offset, POLL_SECONDS), self._api_url)
            for raw in batch:
                self._offset = max(self._offset, int(raw["update_id"]) + 1)
                if (update := self._read(raw)) is not None:
                    await self._lanes.put(_lane(update), update)

    async def confirm(self) -> None:
        """Tell Telegram that what was taken need not come again."""
        if not self._offset:
            return
        try:
            await self._bot.take_updates(self._offset, 0)
        except LibraryError as error:
            log.info("the last updates could not be confirmed: %s", error)

    def _read(self, raw: dict[str, Any]) -> Update | None:
        """Read an update; one that cannot be read is logged and holds up nothing."""
        try:
            return Update.de_json(raw, self._bot)
        except Exception:
            log.exception("update %s cannot be read", raw["update_id"])
            return None


def _lane(update: Update) -> Hashable:
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else update.update_id
