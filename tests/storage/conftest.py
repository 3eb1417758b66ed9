"""Each test on a SQLite file of its own and, where a server is named, on PostgreSQL in a schema of its own."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.storage.database import Database
from bot.storage.store import Storage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

POSTGRES = os.environ.get("FOOTNOTE_TEST_POSTGRES")
ENGINES = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@pytest.fixture(params=ENGINES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str | None]:
    """Give a database's address and the schema to live in."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept.sqlite3'}", None
    return str(POSTGRES), f"test_{secrets.token_hex(6)}"


@pytest_asyncio.fixture
async def database(place: tuple[str, str | None]) -> AsyncIterator[Database]:
    """Give an open database; what it made on a server is dropped at the end."""
    url, schema = place
    opened = await Database.open(url, schema)
    try:
        yield opened
    finally:
        if schema is not None:
            async with opened.writing() as connection:
                await connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
        await opened.close()


@pytest_asyncio.fixture
async def storage(database: Database) -> Storage:
    """Give every repository on it."""
    return await Storage.of(database)
