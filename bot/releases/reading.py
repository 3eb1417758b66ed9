"""Reads releases: a text byte for byte, and its masthead from the YAML beside it; every fault is reported at once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import Fault, ReleaseError
from bot.releases.model import Masthead, Release
from bot.releases.sentences import split_sentences
from bot.text.cleaning import CJK

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 16 * 1024 * 1024
SAMPLE = 4000
CHINESE_SHARE = 0.2


class MastheadFile(BaseModel):
    """What ``ID.yaml`` must hold: what the masthead says and the text does not."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    publisher: str = Field(min_length=1)
    page: str = Field(pattern=r"^https?://\S+$")
    published: date
    place: str = Field(min_length=1)
    language: Literal["en", "zh"]


def language_of(text: str) -> str:
    """Tell a text's language by its share of Chinese characters."""
    sample = text[:SAMPLE]
    return "zh" if len(CJK.findall(sample)) > CHINESE_SHARE * max(len(sample), 1) else "en"


def decode(data: bytes, name: str) -> tuple[str, str | None]:
    """Decode a text: UTF-8, or GB18030 with a note; raise ReleaseError for anything else."""
    if len(data) > LARGEST:
        raise ReleaseError([Fault(name, "", f"is {len(data)} bytes", f"keep a release under {LARGEST} bytes")])
    if b"\0" in data:
        raise ReleaseError([Fault(name, "", "is not a text: it holds zero bytes", "save it as plain UTF-8 text")])
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 (byte {error.start})"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if language_of(text) == "zh":
        return text, "read as GB18030, not UTF-8"
    raise ReleaseError([Fault(name, "", problem, "save it as UTF-8")])


def read_release(path: Path) -> Release:
    """Read one text file, with its masthead where ``ID.yaml`` stands beside it; raise ReleaseError."""
    faults: list[Fault] = []
    release = _read(path, faults, strict=False)
    if release is None or faults:
        raise ReleaseError(faults)
    return release


def read_seeds(folder: Path) -> tuple[Release, ...]:
    """Read every release of a folder; raise ReleaseError with all faults of all files."""
    if not folder.is_dir():
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
        text, _ = decode(path.read_bytes(), path.name)
    except OSError as error:
        faults.append(Fault(str(path), "", f"cannot be read: {error.strerror}", "check the path and its permissions"))
        return None
    except ReleaseError as error:
        faults += error.faults
        return None
    if not text.strip():
        faults.append(Fault(path.name, "", "is empty", "put the release's text there"))
        return None
    language = masthead.language or language_of(text)
    return Release(path.stem, text, language, masthead, split_sentences(text, language))


def _masthead(path: Path, faults: list[Fault], *, strict: bool) -> Masthead:
    if not path.exists():
        if strict:
            faults.append(Fault(path.name, "", "is missing", "write publisher, page, published, place and language there"))
        return Masthead()
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Masthead(**MastheadFile.model_validate(data).model_dump())
    except (yaml.YAMLError, UnicodeDecodeError, OSError, RecursionError) as error:
        faults.append(Fault(path.name, "", f"cannot be read: {' '.join(str(error).split())}", "write it as UTF-8 YAML"))
    except ValidationError as error:
        for item in error.errors():
            key = ".".join(map(str, item["loc"]))
            faults.append(Fault(path.name, key, item["msg"], "a masthead has publisher, page, published, place, language"))
    return Masthead()
