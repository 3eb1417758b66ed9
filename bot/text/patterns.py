"""Patterns of many words, arranged so that the engine has little to try.

It tries one alternative after the other, and without regard to case each of them in full. Grouped by their first
letters, two hundred words cost about as much as twenty; held against small letters, a third of that; and they match the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FEWEST = 2  # alternatives that are worth a group


def grouped(alternatives: str) -> str:
    """Group the alternatives of a pattern by their first letters; what it matches stays the same.

    >>> grouped("was|were|is|went (?:up|down)|has")
    'w(?:as|e(?:re|nt (?:up|down)))|is|has'
    >>> grouped("ab|ac?|(?<=x)y|ad"), grouped("up"), grouped("a?b|cd")
    ('a(?:b|c?)|(?<=x)y|ad', 'up', 'a?b|cd')
    """
    groups: list[tuple[str, list[str]]] = []
    current: dict[str, list[str]] = {}
    for one in split(alternatives):
        letter = _first(one)
        if not letter:
            current = {}  # what begins with no plain letter may match anywhere: nothing moves across it
            groups.append(("", [one]))
            continue
        if letter not in current:
            current[letter] = []
            groups.append((letter, current[letter]))
        current[letter].append(one[1:])
    return "|".join(_joined(letter, rests) for letter, rests in groups)


def words(alternatives: str) -> str:
    r"""Give the pattern of whole words, grouped.

    >>> words("rose|rise")
    '\\b(?:r(?:ose|ise))\\b'
    """
    return rf"\b(?:{grouped(alternatives)})\b"


def _joined(letter: str, rests: list[str]) -> str:
    if len(rests) < FEWEST:
        return letter + rests[0]
    inner = grouped("|".join(rests))
    return f"{letter}(?:{inner})" if len(split(inner)) > 1 else letter + inner


def _first(one: str) -> str:
    """Give the plain letter that an alternative begins with, if it begins with one that it must have."""
    return one[0] if one and (one[0].isalpha() or one[0] == " ") and one[1:2] not in ("?", "*", "+", "{") else ""


def split(alternatives: str) -> list[str]:
    r"""Cut a pattern at its outermost bars.

    >>> split(r"a|(?:b|c)|[d|e]|\|f")
    ['a', '(?:b|c)', '[d|e]', '\\|f']
    """
    found, depth, start, at, inside = [], 0, 0, 0, False
    while at < len(alternatives):
        c = alternatives[at]
        if c == "\\":
            at += 1
        elif inside:
            inside = c != "]"
        elif c == "[":
            inside = True
        elif c in "()":
            depth += 1 if c == "(" else -1
        elif c == "|" and not depth:
            found.append(alternatives[start:at])
            start = at + 1
        at += 1
    return [*found, alternatives[start:]]


class Folded:
    r"""A pattern of small letters that is held against a text whatever its case; what it finds is in small letters.

    >>> Folded(r"\brose by\b").search("Exports Rose By 5%").span()
    (8, 15)
    """

    __slots__ = ("found", "full", "here", "pattern", "where")

    def __init__(self, pattern: str) -> None:
        """Compile it."""
        plain = re.compile(pattern)
        self.pattern = pattern
        self.where, self.here, self.full, self.found = plain.search, plain.match, plain.fullmatch, plain.finditer

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Look for it anywhere."""
        low = text.lower()
        return self.where(low if len(low) == len(text) else lowered(text), start)

    def match(self, text: str) -> re.Match[str] | None:
        """Look for it at the start."""
        return self.here(lowered(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Look whether it is the whole."""
        return self.full(lowered(text))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Give every place it is found at."""
        return self.found(lowered(text))


def lowered(text: str) -> str:
    """Give a text in small letters, as many as it has.

    >>> lowered("Up İ"), len(lowered("İ"))
    ('up İ', 1)
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
