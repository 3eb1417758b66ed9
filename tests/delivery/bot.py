"""The bot with a desk that needs no releases, so that a process that is killed every second spends its life answering.

``python -m tests.delivery.bot``: everything but the desk is what ``python -m bot run`` runs.
"""

from __future__ import annotations

import logging

from bot.chat.run import run
from bot.settings import read_settings
from tests.chat.fake import FakeDesk


class QuietDesk(FakeDesk):
    """Remembers nothing of what it was asked, for it is asked for hours."""

    def __post_init__(self) -> None:
        """Take a list that stays empty."""
        self.asked = _Nothing()


class _Nothing(list):  # type: ignore[type-arg]  # holds nothing of any type
    def append(self, _item: object) -> None:
        """Forget it."""


if __name__ == "__main__":
    logging.basicConfig(level="ERROR")
    run(read_settings(), QuietDesk())
