"""What a chat has chosen: its language, answers in private, being told of superseded figures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from bot.storage.schema import chats
from bot.storage.statements import upsert

if TYPE_CHECKING:
    from bot.storage.database import Database


@dataclass(frozen=True, slots=True)
class Choices:
    """A chat's settings; ``language`` None is the question's or the client's."""

    language: str | None = None
    in_private: bool = False
    superseded: bool = False


NOTHING_CHOSEN = Choices()


class ChatChoices:
    """The settings of every chat that has any."""

    def __init__(self, database: Database) -> None:
        """Work on ``database``."""
        self._database = database

    async def get(self, chat: int) -> Choices:
        """Give a chat's settings; one that chose nothing has the defaults."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(chats).where(chats.c.chat == chat))).one_or_none()
        return NOTHING_CHOSEN if row is None else Choices(row.language, row.in_private, row.superseded)

    async def all(self) -> dict[int, Choices]:
        """Give the settings of every chat that has any."""
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(chats))).all()
        return {row.chat: Choices(row.language, row.in_private, row.superseded) for row in rows}

    async def put(self, chat: int, choices: Choices) -> None:
        """Keep a chat's settings."""
        async with self._database.writing() as connection:
            await connection.execute(upsert(connection, chats), {"chat": chat, **asdict(choices)})

    async def told_of_superseded(self) -> list[int]:
        """Give the chats that want to be told when a figure they were given is superseded."""
        async with self._database.reading() as connection:
            return list((await connection.scalars(select(chats.c.chat).where(chats.c.superseded))).all())

    async def forget(self, chat: int) -> None:
        """Delete a chat's settings."""
        async with self._database.writing() as connection:
            await connection.execute(delete(chats).where(chats.c.chat == chat))
