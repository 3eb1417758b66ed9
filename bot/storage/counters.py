"""Counts by day: how many questions of which kind, and whatever else is worth counting; never a text or a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from bot.storage.schema import counters
from bot.storage.statements import add_up

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.storage.database import Database


class Counters:
    """Sums by day and name, added up across processes."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    async def add(self, amounts: Mapping[str, int], day: date) -> None:
        """Add to several counters at once."""
        rows = [{"day": day.isoformat(), "name": name, "value": amounts[name]} for name in sorted(amounts)]
        if rows:
            async with self._database.writing() as connection:
                await connection.execute(add_up(connection, counters, "value"), rows)

    async def sums(self, since: date) -> dict[str, int]:
        """Give each counter's sum from a day on."""
        summed = select(counters.c.name, func.sum(counters.c.value)).where(counters.c.day >= since.isoformat())
        async with self._database.reading() as connection:
            rows = (await connection.execute(summed.group_by(counters.c.name).order_by(counters.c.name))).all()
        return {name: int(value) for name, value in rows}

    async def delete_before(self, day: date) -> int:
        """Delete the counts of days before one; give how many rows."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(counters).where(counters.c.day < day.isoformat()))).rowcount
