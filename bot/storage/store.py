"""Everything kept, opened at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.storage.allowed import AllowList
from bot.storage.backlog import BacklogView
from bot.storage.chats import ChatChoices
from bot.storage.conversations import KeptConversations
from bot.storage.counters import Counters
from bot.storage.database import Database
from bot.storage.feedback import Feedback
from bot.storage.given import GivenFigures
from bot.storage.reach import Reach
from bot.storage.subscriptions import Subscriptions
from bot.storage.unanswered import UnansweredQuestions

if TYPE_CHECKING:
    from types import TracebackType


@dataclass(frozen=True, slots=True)
class Storage:
    """One repository for each group of tables. Use: ``async with await Storage.open(url) as storage``."""

    database: Database
    conversations: KeptConversations
    chats: ChatChoices
    allowed: AllowList
    subscriptions: Subscriptions
    feedback: Feedback
    unanswered: UnansweredQuestions
    counters: Counters
    reach: Reach
    given: GivenFigures
    backlog: BacklogView

    @classmethod
    async def open(cls, url: str | None = None, schema: str | None = None) -> Storage:
        """Open the database, migrate it, and load what is held in memory; raise ``StorageError``."""
        database = await Database.open(url, schema)
        try:
            return await cls.of(database)
        except BaseException:
            await database.close()
            raise

    @classmethod
    async def of(cls, database: Database) -> Storage:
        """Give the repositories of an open database."""
        reach = Reach(database)
        await reach.load()
        return cls(
            database,
            KeptConversations(database),
            ChatChoices(database),
            AllowList(database),
            Subscriptions(database),
            Feedback(database),
            UnansweredQuestions(database),
            Counters(database),
            reach,
            GivenFigures(database),
            BacklogView(database),
        )

    async def forget(self, person: int) -> int:
        """Delete a person's data wherever it is; give how many rows. A private chat has its person's id."""
        gone = await self.conversations.forget(person) + await self.feedback.forget(person) + await self.unanswered.forget(person)
        gone += await self.backlog.forget(person) + await self.given.forget(person) + int(await self.subscriptions.remove(person))
        await self.chats.forget(person)
        return gone

    async def close(self) -> None:
        """Close the database."""
        await self.database.close()

    async def __aenter__(self) -> Self:
        """Enter a block that closes the database at its end."""
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the database."""
        await self.close()
