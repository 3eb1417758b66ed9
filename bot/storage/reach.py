"""Chats that cannot be written to: who blocked the bot, and groups that became supergroups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.schema import reach
from bot.storage.statements import upsert

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database


class Reach:
    """Kept in memory and in the database; another replica's findings are read at start and found out again."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database
        self._blocked: set[int] = set()
        self._moved: dict[int, int] = {}

    async def load(self) -> None:
        """Read what is known."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(reach))).all()
        self._blocked = {row.chat for row in rows if row.blocked}
        self._moved = {row.chat: row.moved_to for row in rows if row.moved_to is not None}

    def blocked(self, chat: int) -> bool:
        """Tell whether a chat refused the last message; nothing unasked is sent to it."""
        return chat in self._blocked

    def address(self, chat: int) -> int:
        """Give where a chat's messages go now."""
        for _ in range(len(self._moved)):
            if chat not in self._moved:
                break
            chat = self._moved[chat]
        return chat

    async def block(self, chat: int, now: datetime) -> None:
        """Remember that a chat may not be written to."""
        if chat not in self._blocked:
            self._blocked.add(chat)
            await self._put(chat, now)

    async def unblock(self, chat: int) -> None:
        """Remember that a chat can be written to again: it spoke to us, or a message arrived."""
        if chat in self._blocked:
            self._blocked.discard(chat)
            async with self._database.writing() as connection:
                await connection.execute(delete(reach).where(reach.c.chat == chat, reach.c.moved_to.is_(None)))

    async def move(self, chat: int, to: int, now: datetime) -> None:
        """Remember that a group became another chat."""
        if chat != to and self._moved.get(chat) != to:
            self._moved[chat] = to
            self._moved.pop(to, None)
            await self._put(chat, now)

    async def _put(self, chat: int, now: datetime) -> None:
        values = {"chat": chat, "blocked": chat in self._blocked, "moved_to": self._moved.get(chat), "since": now}
        async with self._database.writing() as connection:
            await connection.execute(upsert(connection, reach), values)
