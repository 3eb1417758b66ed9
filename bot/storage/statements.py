"""The few statements that SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Table
    from sqlalchemy.ext.asyncio import AsyncConnection
    from sqlalchemy.sql.dml import Insert


def insert_new(connection: Connection | AsyncConnection, table: Table) -> Insert:
    """Insert what is not there; what is there stays."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def upsert(connection: Connection | AsyncConnection, table: Table, changed: Sequence[str] | None = None) -> Insert:
    """Insert, or give the named columns (all but the key, unless said) their new values."""
    keys = [column.name for column in table.primary_key]
    names = changed or [column.name for column in table.columns if column.name not in keys]
    if connection.dialect.name == "postgresql":
        made = postgresql.insert(table)
        return made.on_conflict_do_update(index_elements=keys, set_={name: made.excluded[name] for name in names})
    other = sqlite.insert(table)
    return other.on_conflict_do_update(index_elements=keys, set_={name: other.excluded[name] for name in names})


def add_up(connection: Connection | AsyncConnection, table: Table, column: str) -> Insert:
    """Insert, or add the column's value to the one that is there."""
    keys = [key.name for key in table.primary_key]
    if connection.dialect.name == "postgresql":
        made = postgresql.insert(table)
        return made.on_conflict_do_update(index_elements=keys, set_={column: table.c[column] + made.excluded[column]})
    other = sqlite.insert(table)
    return other.on_conflict_do_update(index_elements=keys, set_={column: table.c[column] + other.excluded[column]})
