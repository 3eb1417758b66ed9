"""What was asked, counted by kind and never by person; written to the database from time to time, in one go."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.counters import Counters


class Tally:
    """Counts not yet written."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._counts: Counter[str] = Counter()

    def add(self, name: str) -> None:
        """Count one."""
        self._counts[name] += 1

    async def write(self, counters: Counters, now: datetime) -> None:
        """Add what was counted to the day's sums; what cannot be written is counted on."""
        counts, self._counts = self._counts, Counter()
        try:
            await counters.add(counts, now.date())
        except BaseException:
            self._counts.update(counts)
            raise
