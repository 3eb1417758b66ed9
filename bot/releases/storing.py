"""Puts a release into ``seeds/``: its id, what makes it a duplicate, its two files written both or neither."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING

import yaml

from bot.errors import ReleaseError
from bot.files import write_all
from bot.releases.decoding import decode, read_bytes
from bot.text.cleaning import simplify

if TYPE_CHECKING:
    from pathlib import Path

    from bot.releases.model import Release

HASHED = 16
NUMBERED = re.compile(r"(\d{1,9})(?:_|$)")
SIGNS = str.maketrans("“”„‘’–—−", "\"\"\"''---")


def new_id(folder: Path, data: bytes) -> str:
    """Give the id of a text to be stored: the number after the highest of the folder's, and the start of its SHA-256."""
    numbers = [int(match[1]) for path in folder.glob("*.txt") for match in [NUMBERED.match(path.stem)] if match]
    return f"{max(numbers, default=-1) + 1:03}_{hashlib.sha256(data).hexdigest()[:HASHED]}"


def same_words(text: str) -> str:
    r"""Give a text as it is compared: width, case, script, white space, quotation marks and invisible marks do not count.

    >>> same_words("Up “5.46％”\r\n in JUNE\u200b") == same_words('up "5.46%" in June')
    True
    >>> same_words("up 5.46%") == same_words("up 546%")
    False
    """
    folded = simplify(unicodedata.normalize("NFKC", text)).casefold().translate(SIGNS)
    return "".join(c for c in "".join(folded.split()) if c.isascii() or unicodedata.category(c) != "Cf")


def duplicate_of(folder: Path, text: str) -> str | None:
    """Give the id of the stored release that has the same words, if one has."""
    words = same_words(text)
    for path in sorted(folder.glob("*.txt")):
        try:
            stored, _ = decode(read_bytes(path), path.name)
        except ReleaseError:
            continue  # what cannot be read is `check`'s to tell; it is no duplicate
        if stored == text or same_words(stored) == words:
            return path.stem
    return None


def store(folder: Path, release: Release, data: bytes) -> tuple[Path, Path]:
    """Write a release's text and masthead, both or neither, and give their paths."""
    masthead = release.masthead
    fields = {"publisher": masthead.publisher, "page": masthead.page, "published": masthead.published, "place": masthead.place, "language": release.language}
    text, head = folder / f"{release.id}.txt", folder / f"{release.id}.yaml"
    write_all({head: yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000).encode(), text: data}, new=True)
    return text, head
