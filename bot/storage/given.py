"""Which figures a chat was given, so that it can be told when a newer release supersedes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from bot.storage.schema import given
from bot.storage.statements import upsert

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.storage.database import Database


class GivenFigures:
    """Figures by a key that the caller makes: what names the figure across releases (topic, aspect, place …)."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    async def add(self, chat: int, release: str, figures: Iterable[str], now: datetime) -> None:
        """Note that a chat was given figures of a release; being told of an older one starts anew."""
        rows = [{"chat": chat, "figure": f, "release": release, "at": now, "told": None} for f in sorted(set(figures))]
        if rows:
            async with self._database.writing() as connection:
                await connection.execute(upsert(connection, given), rows)

    async def holders(self, figure: str, newer: str) -> list[tuple[int, str]]:
        """Give (chat, release) of those who hold a figure from another release than ``newer`` and were not told yet."""
        wanted = (given.c.figure == figure, given.c.release != newer, given.c.told.is_(None))
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(given.c.chat, given.c.release).where(*wanted).order_by(given.c.chat))).all()
        return [(chat, release) for chat, release in rows]

    async def tell(self, chat: int, figure: str, now: datetime) -> bool:
        """Take on telling a chat; only the first who asks gets True."""
        wanted = (given.c.chat == chat, given.c.figure == figure, given.c.told.is_(None))
        async with self._database.writing() as connection:
            return (await connection.execute(update(given).where(*wanted).values(told=now))).rowcount > 0

    async def forget(self, chat: int) -> int:
        """Delete what a chat was given; give how many figures."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(given).where(given.c.chat == chat))).rowcount

    async def delete_before(self, then: datetime) -> int:
        """Delete what was given before a time; give how many figures."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(given).where(given.c.at < then))).rowcount
