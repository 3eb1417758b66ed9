"""Dialogues and what belongs to a message: JSON by key, kept a while and bounded, shared by every replica."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.schema import conversations
from bot.storage.statements import upsert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from bot.storage.database import Database

MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry: its key, the chat and person it belongs to, its JSON, and since when it is kept."""

    key: str
    chat: int
    person: int
    value: str
    kept: datetime


def put_all(connection: Connection, entries: Sequence[Kept]) -> None:
    """Keep entries inside another's transaction, in the order of their keys so that no two writers wait for each other."""
    latest = {entry.key: entry for entry in entries}
    rows = [{"key": e.key, "chat": e.chat, "person": e.person, "value": e.value, "kept": e.kept} for _, e in sorted(latest.items())]
    if rows:
        connection.execute(upsert(connection, conversations), rows)


def get_all(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[str, datetime]]:
    """Give entries inside another's transaction."""
    columns = (conversations.c.key, conversations.c.value, conversations.c.kept)
    rows = connection.execute(select(*columns).where(conversations.c.key.in_(sorted(set(keys))))).all()
    return {row.key: (row.value, row.kept) for row in rows}


class KeptConversations:
    """Every entry."""

    def __init__(self, database: Database, most: int = MOST) -> None:
        """Work on ``database``; ``prune`` leaves at most ``most`` entries."""
        self._database, self._most = database, most

    async def get(self, keys: Iterable[str]) -> dict[str, tuple[str, datetime]]:
        """Give the JSON of the keys that are kept, each with its time."""
        wanted = list(keys)
        return await self._database.read(lambda connection: get_all(connection, wanted))

    async def put(self, *entries: Kept) -> None:
        """Keep entries."""
        await self._database.write(lambda connection: put_all(connection, entries))

    async def forget(self, person: int) -> int:
        """Delete a person's entries; give how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(conversations).where(conversations.c.person == person))).rowcount

    async def prune(self, before: datetime) -> int:
        """Delete entries older than a time, and the oldest of those that are too many; give how many."""
        surplus = select(conversations.c.kept).order_by(conversations.c.kept.desc()).offset(self._most).limit(1)
        async with self._database.writing() as connection:
            gone = (await connection.execute(delete(conversations).where(conversations.c.kept < before))).rowcount
            last = await connection.scalar(surplus)
            if last is not None:
                gone += (await connection.execute(delete(conversations).where(conversations.c.kept <= last))).rowcount
        return gone
