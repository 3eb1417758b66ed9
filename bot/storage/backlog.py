"""The inbox looked at from outside: how full it is, what was set aside, what is old enough to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, text, update

from bot.storage.schema import UNDONE, inbox

if TYPE_CHECKING:
    from datetime import datetime

    from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be answered, and why."""

    seq: int
    update_id: int
    chat: int
    fault: str
    arrived: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many updates wait (claimed ones too), since when the oldest does, and how many were set aside."""

    waiting: int
    oldest: datetime | None
    aside: int


class BacklogView:
    """For metrics, admins and the retention job."""

    def __init__(self, database: Database) -> None:
        """Look at the inbox of ``database``."""
        self._database = database

    async def now(self) -> Backlog:
        """Count."""
        waiting = select(func.count(), func.min(inbox.c.arrived)).where(text(UNDONE))
        aside = select(func.count()).where(inbox.c.state == "aside")
        async with self._database.reading() as connection:
            many, oldest = (await connection.execute(waiting)).one()
            return Backlog(many, oldest, await connection.scalar(aside) or 0)

    async def set_aside(self, most: int = 20) -> list[SetAside]:
        """Give what was set aside, newest first."""
        found = select(inbox).where(inbox.c.state == "aside").order_by(inbox.c.seq.desc()).limit(most)
        async with self._database.reading() as connection:
            rows = (await connection.execute(found)).all()
        return [SetAside(row.seq, row.update_id, row.chat, row.fault or "", row.arrived) for row in rows]

    async def retry(self, seq: int) -> bool:
        """Put an update that was set aside back to be answered; tell whether it was there."""
        statement = update(inbox).where(inbox.c.seq == seq, inbox.c.state == "aside").values(state="new", tries=0, fault=None, ended=None)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def forget(self, chat: int) -> int:
        """Delete what was set aside of a chat; give how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(inbox).where(inbox.c.state == "aside", inbox.c.chat == chat))).rowcount

    async def prune(self, done_before: datetime, aside_before: datetime) -> int:
        """Delete what ended before a time; give how many.

        Telegram repeats an update for a day at most, so a done one is known long enough when it is kept for two.
        """
        async with self._database.writing() as connection:
            done = await connection.execute(delete(inbox).where(inbox.c.state == "done", inbox.c.ended < done_before))
            aside = await connection.execute(delete(inbox).where(inbox.c.state == "aside", inbox.c.ended < aside_before))
        return done.rowcount + aside.rowcount
