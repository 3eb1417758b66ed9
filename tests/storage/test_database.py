"""Opening, migrating and closing a database."""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import platformdirs
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.errors import StorageError
from bot.storage.backlog import BacklogView
from bot.storage.chats import ChatChoices, Choices
from bot.storage.database import Database
from bot.storage.schema import metadata

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.store import Storage

PASSWORD = "canary-in-the-password"  # noqa: S105  (made up, to be looked for)
NOBODY = f"postgresql://ann:{PASSWORD}@127.0.0.1:9/none"  # the discard port: nothing listens


def differences(connection: Connection) -> list[object]:
    """Give what the migrations made otherwise than the schema says."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_migrations_make_what_the_schema_says(database: Database) -> None:
    """After the migrations nothing is left that Alembic would change."""
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_what_is_kept_is_there_after_opening_again(place: tuple[str, str | None], database: Database) -> None:
    """A database opened anew is not made anew."""
    await ChatChoices(database).put(7, Choices("zh", superseded=True))
    if not database.shared:
        await database.close()
    again = await Database.open(*place)
    assert await ChatChoices(again).get(7) == Choices("zh", superseded=True)
    await again.close()


async def test_several_may_start_at_once(place: tuple[str, str | None], database: Database) -> None:
    """On a server, processes that start together find the tables made once."""
    if database.shared:
        opened = await asyncio.gather(*(Database.open(*place) for _ in range(3)))
        await asyncio.gather(*(each.close() for each in opened))


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    """What is written before an error in the same transaction is not kept."""
    with suppress(ZeroDivisionError):
        async with database.writing() as connection:
            await connection.execute(text("INSERT INTO replicas (id, seen) VALUES ('a', CURRENT_TIMESTAMP)"))
            raise ZeroDivisionError
    async with database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM replicas"))).scalar() == 0


async def test_many_writers_wait_for_each_other(storage: Storage) -> None:
    """Fifty writers at once are fifty rows, and none is told that the database is locked."""
    now = datetime.now(UTC)
    await asyncio.gather(*(storage.allowed.allow(number, 1, now) for number in range(50)))
    assert len(await storage.allowed.all()) == 50


@pytest.mark.parametrize("url", ["mysql://h/d", "not an address", "postgresql://h:port/d", "://", NOBODY, "sqlite:////dev/null/x.db", "sqlite:////dev"])
async def test_a_wrong_address_is_one_clear_message(url: str) -> None:
    """What cannot be opened is refused with the setting's name, in one line, without the password anywhere."""
    with pytest.raises(StorageError, match="FOOTNOTE_DATABASE_URL") as caught:
        await Database.open(url)
    assert "\n" not in str(caught.value)
    assert PASSWORD not in repr(caught.value)
    assert caught.value.__context__ is None or caught.value.__suppress_context__


async def test_a_file_is_for_one_process(tmp_path: Path) -> None:
    """A second process is told that the file is in use; after the first ends, however it ends, it is free."""
    url = f"sqlite:///{tmp_path / 'a.sqlite3'}"
    code = f"import asyncio\nfrom bot.storage.database import Database\nasyncio.run(Database.open({url!r}))\nprint('open', flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:  # noqa: ASYNC220  (nothing else runs on this loop)
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StorageError, match="in use by another process"):
            await Database.open(url)
        other.kill()
    await (await Database.open(url)).close()


async def test_by_default_it_lies_with_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a setting a file in the user's data folder is made, folder and all, with its journal beside it."""
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda name: str(tmp_path / "deep" / name))
    opened = await Database.open()
    async with opened.reading() as connection:
        assert (await connection.execute(text("PRAGMA journal_mode"))).scalar() == "wal"
    await opened.close()
    assert (tmp_path / "deep" / "footnote" / "footnote.sqlite3").exists()


async def test_no_repr_holds_the_password(tmp_path: Path) -> None:
    """Neither the database nor its address prints user or password."""
    from bot.storage.address import Address  # noqa: PLC0415 - only this test needs it

    address = Address.read(NOBODY)
    opened = await Database.open(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    assert PASSWORD not in f"{address!r} {address} {opened!r}"
    await opened.close()


def test_the_terminal_needs_no_database() -> None:
    """Asking in the terminal imports neither SQLAlchemy nor Alembic, nor the Telegram library: it starts as fast as before."""
    code = "import sys\nfrom bot.cli import main\nmain(['ask', 'fx derivatives'])\nprint(sorted({m.split('.')[0] for m in sys.modules} & {'sqlalchemy', 'alembic', 'telegram', 'aiohttp'}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"


async def test_what_is_under_way_when_the_database_closes_leaves_no_connection(tmp_path: Path) -> None:
    """Closing waits for those who are at work, cancelled or not: no connection is left to the collector, which would warn."""
    for number in range(5):
        database = await Database.open(f"sqlite:///{tmp_path / f'{number}.sqlite3'}")
        view = BacklogView(database)
        works = [asyncio.create_task(view.now()) for _ in range(6)]
        await asyncio.sleep(0.001 * number)
        for work in works[::2]:
            work.cancel()
        await database.close()
        assert all(work.done() for work in works)
        await asyncio.gather(*works, return_exceptions=True)
        del database, view, works
        gc.collect()
