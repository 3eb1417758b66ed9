"""Writes files whole or not at all: beside their place first, then moved there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.errors import Fault, FaultsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PART = ".part"


def write_all(files: Mapping[Path, bytes], *, new: bool = False) -> None:
    """Write all of the files or none; raise FaultsError where the system refuses, or where ``new`` and one is there."""
    there = [path for path in files if new and os.path.lexists(path)]
    if there:
        raise FaultsError([Fault(str(path), "", "is there already", "remove it or choose another name") for path in there])
    parts = {path: path.with_name(f".{path.name}.{os.getpid()}{PART}") for path in files}
    placed: list[Path] = []
    try:
        for path, part in parts.items():
            _write(part, files[path])
        for path, part in parts.items():
            fresh = not os.path.lexists(path)
            part.replace(path)
            placed += [path] if fresh else []
    except BaseException as error:
        for path in (*parts.values(), *placed):
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            where = error.filename if error.filename and PART not in str(error.filename) else next(iter(files))
            raise FaultsError([Fault(str(where), "", f"cannot be written: {error.strerror}", "check the folder, its space and its permissions")]) from None
        raise


def _write(part: Path, data: bytes) -> None:
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
