"""One process at a time on a SQLite file."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # mypy reads the module's type from the import


class FileLock:
    """A lock beside the file, which the system lets go when the process ends, however it ends."""

    def __init__(self, descriptor: int) -> None:
        """Keep the open file that carries the lock."""
        self._descriptor = descriptor

    @classmethod
    def take(cls, file: Path) -> FileLock:
        """Take the lock; raise ``StorageError`` where another process has it."""
        beside = file.with_name(f"{file.name}.lock")
        try:
            descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            fault = f"FOOTNOTE_DATABASE_URL: {file} cannot be written ({error.strerror}): let this user write to its folder, or name another file."
            raise StorageError(fault) from None
        if fcntl is not None:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                os.close(descriptor)
                fault = f"FOOTNOTE_DATABASE_URL: {file} is in use by another process: stop it, or use PostgreSQL for more than one."
                raise StorageError(fault) from None
        return cls(descriptor)

    def release(self) -> None:
        """Let it go; harmless twice."""
        with suppress(OSError):
            os.close(self._descriptor)
        self._descriptor = -1
