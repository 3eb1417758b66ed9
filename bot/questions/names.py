"""The ways a release goes: its publisher, its place, and the places it speaks of as its own, in either language."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from bot.facts.scopes import HAN_PLACE
from bot.questions.typos import ordinary_words
from bot.text.cleaning import clean
from bot.text.places import kind_of, place_id, place_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.releases.model import Release

SHORTEST = 2
READ, OFTEN, AGAIN = 20_000, 3, 2
# Only before a word for a place: whose a thing is besides may be a firm's or a person's, and would be left out of what is asked.
OWN_PLACE = re.compile(r"\b(?P<name>[A-Z][a-z]{3,}) (?:Province|City|Municipality|Prefecture|Region|County|District)\b")
OFFICE = re.compile(r"(?:省|市|自治区|区|县)$|(?:\s(?:province|city|municipality|district|county))$")
STATE = re.compile(r"^(?:中华人民共和国|中国|国家)")


class Name(NamedTuple):
    """One way a release is named; ``weak`` where it only chooses among others."""

    text: str
    release: str
    weak: bool = False


def names_of(release: Release) -> Iterator[Name]:
    """Give the ways a release goes by its publisher and its place, shorter and in the other language too."""
    masthead = release.masthead
    publisher = clean(masthead.publisher or "")
    place = clean((masthead.place or "").split(",")[0])
    for name in (publisher, STATE.sub("", publisher)):
        yield Name(name, release.id)
    found = place_id(place) if place else None
    weak = bool(found and kind_of(found) in ("country", "region"))
    known = [clean(place_name(found, lang)) for lang in ("en", "zh")] if found else []
    for name in dict.fromkeys((place, OFFICE.sub("", place), *known)):
        yield Name(name, release.id, weak)
    for name in _spoken_of(release):
        yield Name(name, release.id)


def _spoken_of(release: Release) -> Iterator[str]:
    """Give the places no gazetteer knows that a release speaks of again and again as its own: "Hengzhou Province", 江汇市."""
    pattern = HAN_PLACE if release.language == "zh" else OWN_PLACE
    counted = Counter(m["name"] for m in pattern.finditer(release.text[:READ]))
    for name, times in counted.items():
        said = clean(name)
        if times >= (AGAIN if release.language == "zh" else 1) and len(said) >= SHORTEST and release.text.count(name) >= OFTEN and not place_id(said) and said not in ordinary_words():
            yield said
