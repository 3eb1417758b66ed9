"""What people thought of answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select

from bot.storage.schema import feedback

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Opinion:
    """A thumb (``up``, ``down``) or words of a person's on an answer's topic."""

    chat: int
    person: int
    verdict: str
    topic: str | None = None
    words: str | None = None


class Feedback:
    """Every opinion, until the retention job deletes it."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    async def add(self, opinion: Opinion, now: datetime) -> None:
        """Keep an opinion."""
        async with self._database.writing() as connection:
            await connection.execute(insert(feedback), {**asdict(opinion), "at": now})

    async def latest(self, most: int = 20) -> list[Opinion]:
        """Give the latest opinions, newest first."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(feedback).order_by(feedback.c.id.desc()).limit(most))).all()
        return [Opinion(row.chat, row.person, row.verdict, row.topic, row.words) for row in rows]

    async def counts(self) -> dict[str, int]:
        """Count the opinions by verdict."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(feedback.c.verdict, func.count().label("many")).group_by(feedback.c.verdict))).all()
        return {row.verdict: row.many for row in rows}

    async def forget(self, person: int) -> int:
        """Delete a person's opinions; give how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(feedback).where(feedback.c.person == person))).rowcount

    async def delete_before(self, then: datetime) -> int:
        """Delete opinions older than a time; give how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(feedback).where(feedback.c.at < then))).rowcount
