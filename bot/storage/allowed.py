"""Who may ask when the bot is closed: chats and users, by id, as admins allowed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.schema import allowed
from bot.storage.statements import upsert

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database


class AllowList:
    """The allowed ids; a user's is positive, a group's or channel's negative."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    async def allow(self, number: int, by: int, now: datetime) -> None:
        """Let a chat or user in."""
        async with self._database.writing() as connection:
            await connection.execute(upsert(connection, allowed), {"id": number, "by": by, "since": now})

    async def shut_out(self, number: int) -> bool:
        """Take an id off the list; tell whether it was on it."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(allowed).where(allowed.c.id == number))).rowcount > 0

    async def any_of(self, *numbers: int) -> bool:
        """Tell whether one of the ids is allowed."""
        async with self._database.reading() as connection:
            found = await connection.scalar(select(allowed.c.id).where(allowed.c.id.in_(numbers)).limit(1))
        return found is not None

    async def all(self) -> list[int]:
        """Give every allowed id, the newest last."""
        async with self._database.reading() as connection:
            return list((await connection.scalars(select(allowed.c.id).order_by(allowed.c.since, allowed.c.id))).all())
