"""Where the database is: a setting's text, read once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import platformdirs
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StorageError

NAME = "FOOTNOTE_DATABASE_URL"
REMEDY = "write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE, or leave it out for a file of this user's."
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}


@dataclass(frozen=True, slots=True)
class Address:
    """A database's address; printed without user, password and parameters.

    >>> str(Address.read("postgresql://ann:secret@db.example/notes?sslmode=require"))
    'postgresql://db.example/notes'
    >>> Address.read("postgres://ann@db.example/notes?sslmode=require").url.query["ssl"]
    'require'
    """

    url: URL = field(repr=False)
    file: Path | None

    @classmethod
    def read(cls, text: str | None) -> Address:
        """Read the setting; raise ``StorageError`` where it is no address of a database we know."""
        if not text:
            return cls.of_file(Path(platformdirs.user_data_dir("footnote")) / "footnote.sqlite3")
        try:
            url = make_url(text)
        except (ArgumentError, ValueError):
            url = None
        driver = DRIVERS.get(url.get_backend_name()) if url is not None else None
        if url is None or driver is None:
            fault = f"{NAME} is no address of a database: {REMEDY}"
            raise StorageError(fault)
        if driver.startswith("sqlite"):
            return cls.of_file(Path(url.database or "").expanduser())
        if "sslmode" in url.query:  # as libpq calls it; asyncpg says ssl
            url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": str(url.query["sslmode"])})
        return cls(url.set(drivername=driver), None)

    @classmethod
    def of_file(cls, file: Path) -> Address:
        """Give the address of a SQLite file, its folder made; raise ``StorageError`` where that cannot be."""
        try:
            file = file.absolute()
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            sound = not file.is_dir()
        except OSError:
            sound = False
        if not sound:
            fault = f"{NAME}: no file can be kept at {file}: {REMEDY}"
            raise StorageError(fault)
        return cls(URL.create(DRIVERS["sqlite"], database=str(file)), file)

    def __str__(self) -> str:
        """Say where it is, and no more."""
        if self.file is not None:
            return str(self.file)
        port = f":{self.url.port}" if self.url.port else ""
        return f"postgresql://{self.url.host or ''}{port}/{self.url.database or ''}"
