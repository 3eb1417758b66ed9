"""The database: opened and migrated once, then read and written in short transactions."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from asyncpg import InterfaceError, PostgresError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import StorageError
from bot.storage.address import NAME, Address
from bot.storage.locking import FileLock
from bot.storage.upgrading import upgrade

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

Result = TypeVar("Result")

BUSY_SECONDS = 30.0
CONNECTIONS = 4
CLOSING_SECONDS = 5.0  # for what is under way when the database is closed
# FULL: what was acknowledged to Telegram survives a power cut as well as a kill
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", f"busy_timeout={int(BUSY_SECONDS * 1000)}")
TALKERS = ("aiosqlite", "alembic")  # at DEBUG the first writes every row it is handed, messages and all
FAULTY = (IntegrityError, DataError)  # what is to be written is at fault, and will be the next time, too
UNREACHABLE = (SQLAlchemyError, PostgresError, InterfaceError, OSError, ConnectionError, TimeoutError)


class Database:
    """One database, SQLite or PostgreSQL; every repository works on it. Its ``repr`` holds no password."""

    def __init__(self, address: Address, engine: AsyncEngine, lock: FileLock | None) -> None:
        """Keep what ``open`` made."""
        self._address, self._engine, self._lock = address, engine, lock
        self._writer = asyncio.Lock()
        self._under_way, self._idle = 0, asyncio.Event()
        self._idle.set()
        self._direct = None if address.file is None else _prepared(create_engine(address.url.set(drivername="sqlite"), hide_parameters=True))
        self._thread, self._reader = ThreadPoolExecutor(1, "footnote-writer"), ThreadPoolExecutor(1, "footnote-reader")

    @classmethod
    async def open(cls, url: str | None = None, schema: str | None = None) -> Database:
        """Open the database at ``url`` (None: a SQLite file in the user's data folder) and bring its tables up to date.

        ``schema`` is a schema of PostgreSQL's to live in. Raises ``StorageError`` naming the setting and the remedy.
        """
        for talker in TALKERS:
            logging.getLogger(talker).setLevel(logging.WARNING)
        address = Address.read(url)
        lock = FileLock.take(address.file) if address.file is not None else None
        engine = _engine(address, schema)
        try:
            async with engine.connect() as connection:
                await connection.run_sync(upgrade, schema)
                await connection.commit()
        except UNREACHABLE as error:
            await engine.dispose()
            if lock is not None:
                lock.release()
            fault = f"{NAME}: {address} cannot be opened ({type(error).__name__}): check that it runs and lets this user in."
        except BaseException:
            await engine.dispose()
            if lock is not None:
                lock.release()
            raise
        else:
            return cls(address, engine, lock)
        raise StorageError(fault)  # outside the except clause: the driver's error may hold the password

    def __repr__(self) -> str:
        """Say where it is, without user and password."""
        return f"Database({self._address})"

    @property
    def shared(self) -> bool:
        """Whether other processes may work on it at the same time."""
        return self._address.file is None

    @property
    def engine(self) -> AsyncEngine:
        """For the modules of this room only."""
        return self._engine

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        """Count what is under way: a connection in use when the rest are closed would be left to the collector."""
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a transaction to write in, committed at the end; on SQLite one at a time."""
        if self.shared:
            async with self._working(), self._engine.begin() as connection:
                yield connection
            return
        async with self._working(), self._writer, self._engine.connect() as connection:
            await connection.execution_options(writes=True)
            async with connection.begin():
                yield connection

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """Do synchronous work in one transaction.

        On SQLite it runs whole in a thread of its own, where ``writing`` goes there and back for each statement: several
        times as fast, which matters to the inbox and to nothing else.
        """
        if self._direct is None:
            async with self._working(), self._engine.begin() as connection:
                return await connection.run_sync(work)
        async with self._writer:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._write, work)

    def _write(self, work: Callable[[Connection], Result]) -> Result:
        assert self._direct is not None  # noqa: S101 - for the type checker
        with self._direct.connect().execution_options(writes=True) as connection, connection.begin():
            return work(connection)

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """Do synchronous reading, on SQLite whole in a thread of its own beside the writer's."""
        if self._direct is None:
            async with self._working(), self._engine.connect() as connection:
                return await connection.run_sync(work)
        return await asyncio.get_running_loop().run_in_executor(self._reader, self._read, work)

    def _read(self, work: Callable[[Connection], Result]) -> Result:
        assert self._direct is not None  # noqa: S101 - for the type checker
        with self._direct.connect() as connection:
            return work(connection)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to read with."""
        async with self._working(), self._engine.connect() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection and let the file go, once what is under way has ended or had its time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(CLOSING_SECONDS):
                await self._idle.wait()
        await self._engine.dispose()
        if self._direct is not None:
            self._direct.dispose()
        self._thread.shutdown()
        self._reader.shutdown()
        if self._lock is not None:
            self._lock.release()


def _engine(address: Address, schema: str | None) -> AsyncEngine:
    if address.file is None:
        arguments: dict[str, Any] = {"timeout": BUSY_SECONDS, "command_timeout": BUSY_SECONDS}
        if schema is not None:
            arguments["server_settings"] = {"search_path": schema}
        return create_async_engine(address.url, pool_size=CONNECTIONS, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)
    engine = create_async_engine(address.url, pool_size=CONNECTIONS, hide_parameters=True)
    _prepared(engine.sync_engine)
    return engine


def _prepared(engine: Engine) -> Engine:
    """Have every connection of a SQLite engine set up, and its transactions begun where we say."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own class
        connection.isolation_level = None  # transactions begin where we say, below
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own class
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
