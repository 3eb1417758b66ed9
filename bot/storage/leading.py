"""One leader among the replicas, for polling and periodic jobs."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.database import Database

log = logging.getLogger(__name__)

LOST = (SQLAlchemyError, OSError, TimeoutError)


class Leadership:
    """The lead, held by a session of PostgreSQL's: it ends with the connection, and so with the process.

    On a database that is ours alone we always lead.
    """

    def __init__(self, database: Database, what: str, every: float = 1.0) -> None:
        """Stand for the lead in ``what``, asking ``every`` so many seconds."""
        self._database, self._every = database, every
        self._key = int.from_bytes(hashlib.sha256(what.encode()).digest()[:4]) & 0x7FFFFFFF
        self.held = False

    @asynccontextmanager
    async def lead(self) -> AsyncIterator[asyncio.Event]:
        """Wait for the lead; the event given is set when it is lost."""
        lost = asyncio.Event()
        if not self._database.shared:
            self.held = True
            yield lost
            self.held = False
            return
        connection = await self._win()
        watch = asyncio.create_task(self._watch(connection, lost))
        try:
            self.held = True
            yield lost
        finally:
            self.held = False
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
            await _end(connection)

    async def _win(self) -> AsyncConnection:
        ask = text("SELECT pg_try_advisory_lock(hashtext(current_schema()), :key)")
        while True:
            connection = self._database.engine.connect()
            try:
                await connection.start()
                await connection.execution_options(isolation_level="AUTOCOMMIT")
                if await connection.scalar(ask, {"key": self._key}):
                    return connection
                await connection.close()
            except LOST as error:
                log.warning("the lead cannot be asked for (%s)", type(error).__name__)
                await _end(connection)
            except BaseException:  # cancelled while asking
                await _end(connection)
                raise
            await asyncio.sleep(self._every)

    async def _watch(self, connection: AsyncConnection, lost: asyncio.Event) -> None:
        try:
            while True:
                await asyncio.sleep(self._every)
                await connection.execute(text("SELECT 1"))
        except LOST as error:
            log.warning("the lead was lost (%s)", type(error).__name__)
            self.held = False
            lost.set()


async def _end(connection: AsyncConnection) -> None:
    """Close the session, and with it the lock, also one that never began."""
    with suppress(*LOST):
        await connection.invalidate()
        await connection.close()
