"""One leader among several."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy import text

from bot.storage.leading import Leadership

if TYPE_CHECKING:
    from bot.storage.database import Database

SOON = 0.05


async def test_one_leads_and_another_follows(database: Database) -> None:
    """Of two on one server one leads; when it ends the other does. On a file whoever asks leads."""
    first, second = (Leadership(database, "jobs", SOON) for _ in range(2))
    led = asyncio.Event()

    async def follow() -> None:
        async with second.lead():
            led.set()
            await asyncio.Event().wait()

    async with first.lead():
        waiting = asyncio.create_task(follow())
        await asyncio.sleep(4 * SOON)
        assert first.held
        assert led.is_set() != database.shared
    await asyncio.wait_for(led.wait(), 5)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert not second.held or not database.shared


async def test_a_lost_connection_is_a_lost_lead(database: Database) -> None:
    """When the server ends the session the leader is told, and another can lead."""
    if not database.shared:
        return
    leadership = Leadership(database, "jobs", SOON)
    async with leadership.lead() as lost:
        async with database.writing() as connection:
            found = """SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'
                AND classid = CAST(CAST(hashtext(current_schema()) AS bigint) & 4294967295 AS oid)"""
            await connection.execute(text(found))
        await asyncio.wait_for(lost.wait(), 5)
        assert not leadership.held
    async with leadership.lead():
        assert leadership.held
