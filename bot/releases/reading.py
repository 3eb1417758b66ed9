"""Reads releases: a text byte for byte, and its masthead from the YAML beside it; every fault is reported at once."""

from __future__ import annotations

import os
import re
from datetime import date
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from bot.errors import Fault, ReleaseError
from bot.releases.decoding import UTF8, decode, language_of, read_bytes
from bot.releases.model import Masthead, Release
from bot.releases.sentences import split_sentences

if TYPE_CHECKING:
    from pathlib import Path

DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_WORD = 300  # of what a library says of a broken file


class MastheadFile(BaseModel):
    """What ``ID.yaml`` must hold: what the masthead says and the text does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    publisher: str = Field(min_length=1)
    page: str = Field(pattern=r"^https?://\S+$")
    published: date
    place: str = Field(min_length=1)
    language: Literal["en", "zh"]

    @field_validator("published", mode="before")
    @classmethod
    def _is_a_day(cls, value: object) -> object:
        """Take a day written as one; a bare number is no moment since 1970."""
        if isinstance(value, date) or (isinstance(value, str) and DAY.fullmatch(value)):
            return value
        message = "is no day like 2025-02-20"
        raise ValueError(message)


def read_release(path: Path) -> Release:
    """Read one text file, with its masthead where ``ID.yaml`` stands beside it; raise ReleaseError."""
    faults: list[Fault] = []
    release = _read(path, faults, strict=False)
    if release is None or faults:
        raise ReleaseError(faults)
    return release


def read_seeds(folder: Path) -> tuple[Release, ...]:
    """Read every release of a folder; raise ReleaseError with all faults of all files."""
    if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises where a folder above may not be entered
        raise ReleaseError([Fault(str(folder), "", "no such folder", "set FOOTNOTE_SEEDS to the folder of releases")])
    texts = sorted(folder.glob("*.txt"))
    faults: list[Fault] = []
    if not texts:
        faults.append(Fault(str(folder), "", "holds no release", "put ID.txt and ID.yaml there"))
    faults += [
        Fault(path.name, "", f"has no {path.stem}.txt beside it", "add the text or remove the masthead")
        for path in sorted(folder.glob("*.yaml"))
        if not path.with_suffix(".txt").exists()
    ]
    seen: dict[str, str] = {}
    for path in texts:
        other = seen.setdefault(path.stem.casefold(), path.name)
        if other != path.name:
            faults.append(Fault(path.name, "", f"has the same id as {other}", "rename one: an id is unique"))
    releases = [_read(path, faults, strict=True) for path in texts]
    if faults:
        raise ReleaseError(faults)
    return tuple(release for release in releases if release)


def _read(path: Path, faults: list[Fault], *, strict: bool) -> Release | None:
    masthead = _masthead(path.with_suffix(".yaml"), faults, strict=strict)
    try:
        text, encoding = decode(read_bytes(path), path.name)
    except ReleaseError as error:
        faults += error.faults
        return None
    return release_of(path.stem, text, masthead, encoding)


def release_of(name: str, text: str, masthead: Masthead, encoding: str = UTF8) -> Release:
    """Make a release of a text: its language told where the masthead does not, its sentences cut."""
    language = masthead.language or language_of(text)
    return Release(name, text, language, masthead, split_sentences(text, language), encoding)


def _masthead(path: Path, faults: list[Fault], *, strict: bool) -> Masthead:
    if not os.path.lexists(path):
        if strict:
            faults.append(Fault(path.name, "", "is missing", "write publisher, page, published, place and language there"))
        return Masthead()
    try:
        data = yaml.safe_load(read_bytes(path).decode(UTF8))
        return Masthead(**MastheadFile.model_validate(data).model_dump())
    except ReleaseError as error:
        faults += error.faults
    except ValidationError as error:
        for item in error.errors():
            key = ".".join(map(str, item["loc"]))
            faults.append(Fault(path.name, key, item["msg"], "a masthead has publisher, page, published, place, language"))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        faults.append(Fault(path.name, "", f"cannot be read: {' '.join(str(error).split())[:LONGEST_WORD]}", "write it as UTF-8 YAML"))
    return Masthead()
