"""Who gets a digest card when a release is added, and which cards went out: each once, across restarts and replicas."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from bot.storage.schema import digests, subscriptions
from bot.storage.statements import insert_new, upsert

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat, perhaps one of its topics (0: none), and the language it is written to in (None: the chat's)."""

    chat: int
    thread: int = 0
    language: str | None = None


class Subscriptions:
    """Every subscribed chat, and the digests it was sent."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    async def add(self, subscription: Subscription, now: datetime) -> None:
        """Subscribe a chat, or change its language."""
        async with self._database.writing() as connection:
            statement = upsert(connection, subscriptions, ["language"])
            await connection.execute(statement, {**asdict(subscription), "since": now})

    async def remove(self, chat: int, thread: int | None = None) -> bool:
        """Unsubscribe a chat, or one of its topics; tell whether it was subscribed."""
        statement = delete(subscriptions).where(subscriptions.c.chat == chat)
        if thread is not None:
            statement = statement.where(subscriptions.c.thread == thread)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def all(self) -> list[Subscription]:
        """Give every subscription, the oldest first."""
        order = (subscriptions.c.since, subscriptions.c.chat, subscriptions.c.thread)
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(subscriptions).order_by(*order))).all()
        return [Subscription(row.chat, row.thread, row.language) for row in rows]

    async def before(self, then: datetime) -> list[Subscription]:
        """Give the subscriptions that were there at a time."""
        order = (subscriptions.c.since, subscriptions.c.chat, subscriptions.c.thread)
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(subscriptions).where(subscriptions.c.since <= then).order_by(*order))).all()
        return [Subscription(row.chat, row.thread, row.language) for row in rows]

    async def known_releases(self) -> dict[str, tuple[datetime, bool]]:
        """Give each release that was seen: since when, and whether all of its digests went out; its row has no chat."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(digests).where(digests.c.chat == 0, digests.c.thread == 0))).all()
        return {row.release: (row.taken, row.sent is not None) for row in rows}

    async def begun(self, release: str) -> bool:
        """Tell whether a digest of the release was taken on and is not known to have arrived."""
        wanted = (digests.c.release == release, digests.c.chat != 0, digests.c.sent.is_(None))
        async with self._database.reading() as connection:
            return await connection.scalar(select(digests.c.chat).where(*wanted).limit(1)) is not None

    async def give_back_begun(self, release: str, before: datetime) -> None:
        """Let another take on the digests of a release that were taken on before a time and never arrived."""
        wanted = (digests.c.release == release, digests.c.chat != 0, digests.c.sent.is_(None), digests.c.taken < before)
        async with self._database.writing() as connection:
            await connection.execute(delete(digests).where(*wanted))

    async def take_digest(self, release: str, chat: int, thread: int, now: datetime) -> bool:
        """Take on the sending of a release's digest to a chat; only the first who asks gets True."""
        async with self._database.writing() as connection:
            values = {"release": release, "chat": chat, "thread": thread, "taken": now, "sent": None}
            return (await connection.execute(insert_new(connection, digests), values)).rowcount > 0

    async def digest_sent(self, release: str, chat: int, thread: int, now: datetime) -> None:
        """Note that the digest arrived."""
        async with self._database.writing() as connection:
            await connection.execute(update(digests).where(*_digest(release, chat, thread)).values(sent=now))

    async def give_back_digest(self, release: str, chat: int, thread: int) -> None:
        """Let another take on a digest that was certainly not sent."""
        async with self._database.writing() as connection:
            await connection.execute(delete(digests).where(*_digest(release, chat, thread), digests.c.sent.is_(None)))

    async def unsent_digests(self, before: datetime) -> list[tuple[str, int, int]]:
        """Give (release, chat, thread) of digests taken on before a time and not known to have arrived."""
        wanted = (digests.c.sent.is_(None), digests.c.taken < before)
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(digests).where(*wanted).order_by(digests.c.taken))).all()
        return [(row.release, row.chat, row.thread) for row in rows]


def _digest(release: str, chat: int, thread: int) -> tuple[ColumnElement[bool], ...]:
    return (digests.c.release == release, digests.c.chat == chat, digests.c.thread == thread)
