"""``add``: a text and its masthead checked, read, and put into ``seeds/``; refused whole where anything is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.errors import Fault, ReleaseError
from bot.evidence.notes import notes_of
from bot.evidence.spots import Spots
from bot.evidence.words import read_words
from bot.facts.reading import read_facts
from bot.facts.scopes import scope_of
from bot.releases.decoding import decode, is_page, language_of, read_bytes
from bot.releases.model import Masthead
from bot.releases.reading import MastheadFile, release_of
from bot.releases.storing import duplicate_of, new_id, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from bot.evidence.words import EvidenceWords
    from bot.facts.model import Facts
    from bot.releases.model import Release
    from bot.settings import Settings

SHOWN = 20
MASTHEAD = ("publisher", "page", "published", "place", "language")
REMEDIES = {
    "publisher": "say who published it: --publisher NAME",
    "page": "give its web address: --page https://…",
    "published": "give the day it was published: --published 2025-02-20",
    "place": "say what place it is of: --place 'Chongqing, China', or the country",
    "language": "say --language en or --language zh",
}


def add(path: Path, given: Mapping[str, str | None], settings: Settings, today: date) -> tuple[list[str], list[str]]:
    """Store a text; give the report and the notes. Raise ReleaseError with every fault and nothing written."""
    faults: list[Fault] = []
    text, encoding = _text(path, faults)
    masthead = _masthead(text, given, today, faults)
    if not settings.seeds.is_dir():
        faults.append(Fault(str(settings.seeds), "", "no such folder", "set FOOTNOTE_SEEDS to the folder of releases"))
    if faults:
        raise ReleaseError(faults)
    data = text.encode()
    release = release_of(new_id(settings.seeds, data), text, masthead, encoding)
    facts = read_facts(release)
    if not (facts.figures or facts.statements):
        faults.append(Fault(path.name, "", "nothing is read in it, neither a figure nor a statement", "check that it is a release's text in English or Chinese"))
    other = duplicate_of(settings.seeds, text)
    if other:
        faults.append(Fault(path.name, "", f"is stored already as {other}", "nothing is to be done; to replace that one, remove its .txt and .yaml first"))
    if faults:
        raise ReleaseError(faults)
    words = read_words(settings.intents)["en"]
    stored, _ = store(settings.seeds, release, data)
    return [f"added {release.id}: {stored}", *_report(release, facts, words, placed=given.get("place") is None)], notes_of(release)


def _text(path: Path, faults: list[Fault]) -> tuple[str, str]:
    try:
        text, encoding = decode(read_bytes(path), path.name)
    except ReleaseError as error:
        faults += error.faults
        return "", ""
    if is_page(text):
        faults.append(Fault(path.name, "", "is a web page's source", "copy the text that the page shows into a file"))
    return text, encoding


def _masthead(text: str, given: Mapping[str, str | None], today: date, faults: list[Fault]) -> Masthead:
    """Check what the masthead says; place and language are read in the text where they are not given."""
    fields = {name: " ".join(value.split()) for name, value in given.items() if value is not None}
    fields.setdefault("language", language_of(text))
    if text and "place" not in fields:
        read = scope_of(release_of("", text[:4000], Masthead(language=fields["language"])))
        fields |= {"place": read} if read else {}
    try:
        checked = MastheadFile.model_validate(fields)
    except ValidationError as error:
        for item in error.errors():
            key = str(item["loc"][0])
            if key != "place" or text:
                faults.append(Fault(f"--{key}", "", "is not given" if item["type"] == "missing" else item["msg"], REMEDIES[key]))
        return Masthead()
    if checked.published > today:
        faults.append(Fault("--published", "", f"{checked.published} lies in the future", REMEDIES["published"]))
    return Masthead(**checked.model_dump())


def _report(release: Release, facts: Facts, words: EvidenceWords, *, placed: bool) -> Iterator[str]:
    """Say what was read: the masthead, the counts, and each doubtful spot by its line."""
    head = release.masthead
    told = " (read in the text; --place sets it)" if placed else ""
    yield f"publisher {head.publisher}, published {head.published}, place {head.place}{told}, language {release.language}"
    spots = Spots.of(release, facts)
    yield f"{len(facts.figures)} figures, {len(facts.statements)} statements, {len(spots.doubtful)} doubtful spots, {len(spots.left)} other numbers"
    for figure, doubts in spots.doubtful[:SHOWN]:
        yield f"  line {spots.line(figure.span.start)}: {release.quote(figure.span)}: {'; '.join(words.doubt(d) for d in doubts)}"
    if len(spots.doubtful) > SHOWN:
        yield f"  and {len(spots.doubtful) - SHOWN} more: python -m bot facts {release.id}.txt --html PAGE shows them"
