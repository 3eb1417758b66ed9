"""Questions that no answer was found for: the admins' inbox."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.schema import unanswered

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlalchemy.sql.dml import Insert

    from bot.storage.database import Database

LONGEST_KEY, LONGEST_QUESTION = 400, 4096


class State(StrEnum):
    """What became of a question."""

    OPEN = "open"
    ANSWERED = "answered"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question, in how many persons' words and how often it was asked, and what became of it."""

    id: int
    question: str
    language: str
    state: State
    topic: str | None
    persons: int
    times: int
    last: datetime


class UnansweredQuestions:
    """Every question that was refused for want of understanding, one entry a question."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    async def add(self, folded: str, person: int, question: str, language: str, now: datetime) -> None:
        """Keep a question; ``folded`` is the form in which two askers' questions are the same one.

        One that was answered or ignored and is asked again by another stays what it was.
        """
        async with self._database.writing() as connection:
            key = folded[:LONGEST_KEY].replace("\0", "")
            settled = select(unanswered.c.state, unanswered.c.topic).where(unanswered.c.folded == key).limit(1)
            row = (await connection.execute(settled)).one_or_none()
            state, topic = (row.state, row.topic) if row is not None else (State.OPEN.value, None)
            words = question[:LONGEST_QUESTION].replace("\0", "")
            values = {"folded": key, "person": person, "question": words, "language": language, "state": state, "topic": topic}
            await connection.execute(_again(connection), {**values, "times": 1, "first": now, "last": now})

    async def list(self, state: State = State.OPEN, most: int = 20, skip: int = 0) -> list[Unanswered]:
        """Give questions of a state, the most asked first."""
        c = unanswered.c
        columns = (func.min(c.id).label("id"), func.min(c.question).label("question"), func.min(c.language).label("language"),
                   func.min(c.topic).label("topic"), func.count().label("persons"), func.sum(c.times).label("times"), func.max(c.last).label("last"))  # fmt: skip
        found = select(*columns).where(c.state == state.value).group_by(c.folded)
        found = found.order_by(func.sum(c.times).desc(), func.min(c.id)).limit(most).offset(skip)
        async with self._database.reading() as connection:
            rows = (await connection.execute(found)).all()
        return [Unanswered(r.id, r.question, r.language, state, r.topic, r.persons, int(r.times), r.last) for r in rows]

    async def get(self, number: int) -> Unanswered | None:
        """Give one entry by its id."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(unanswered).where(unanswered.c.id == number))).one_or_none()
        return None if row is None else Unanswered(row.id, row.question, row.language, State(row.state), row.topic, 1, row.times, row.last)

    async def settle(self, number: int, state: State, topic: str | None = None) -> bool:
        """Answer, ignore or open again a question, whoever asked it; tell whether there is such an entry."""
        same = select(unanswered.c.folded).where(unanswered.c.id == number).scalar_subquery()
        statement = update(unanswered).where(unanswered.c.folded == same).values(state=state.value, topic=topic)
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def counts(self) -> dict[State, int]:
        """Count the questions by state."""
        counted = select(unanswered.c.state, func.count(unanswered.c.folded.distinct())).group_by(unanswered.c.state)
        async with self._database.reading() as connection:
            return {State(state): count for state, count in (await connection.execute(counted)).all()}

    async def forget(self, person: int) -> int:
        """Delete a person's questions; give how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(unanswered).where(unanswered.c.person == person))).rowcount

    async def delete_before(self, then: datetime) -> int:
        """Delete questions last asked before a time; give how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(unanswered).where(unanswered.c.last < then))).rowcount


def _again(connection: AsyncConnection) -> Insert:
    """Insert a person's question, or count it once more."""
    keys = ["folded", "person"]
    if connection.dialect.name == "postgresql":
        made = postgresql.insert(unanswered)
        return made.on_conflict_do_update(index_elements=keys, set_={"times": unanswered.c.times + 1, "last": made.excluded.last})
    other = sqlite.insert(unanswered)
    return other.on_conflict_do_update(index_elements=keys, set_={"times": unanswered.c.times + 1, "last": other.excluded.last})
