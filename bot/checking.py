"""``check``: validates seeds and intents and lists every fault, and every name no fact uses."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

from bot.answers.derive import TABLE
from bot.desk import Desk
from bot.errors import FaultsError
from bot.questions.loading import read_intents
from bot.releases.reading import read_seeds

# Concepts that the dialogue and the claims read by name.
SAID_IN_CODE = frozenset({"both", "first_one", "not_that", "say_in_en", "say_in_zh", "confirm", "already", "now", "said", "fold"})

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings


def report(settings: Settings) -> tuple[list[str], bool]:
    """Give the lines of the report, and whether everything is sound."""
    faults: list[str] = []
    for read, folder in ((read_seeds, settings.seeds), (read_intents, settings.intents)):
        try:
            read(folder)
        except FaultsError as error:
            faults += str(error).splitlines()
    if faults:
        return faults, False
    desk = Desk.open(settings.seeds, settings.intents)
    return [*_summary(desk), *_derivations(), *_unused(desk)], True


def _summary(desk: Desk) -> Iterator[str]:
    figures = sum(len(f.figures) for f in desk.store.facts.values())
    statements = sum(len(f.statements) for f in desk.store.facts.values())
    yield f"seeds: {len(desk.store.releases)} releases, {figures} figures, {statements} statements"
    book = desk.book
    yield f"intents: {len(book.topics)} topics, {len(book.aspects)} aspects, {len(book.concepts)} concepts"


def _derivations() -> Iterator[str]:
    yield "derivations:"
    for rule in TABLE.values():
        yield f"  {rule.name}: {rule.formula.format(*rule.inputs)}"


def _unused(desk: Desk) -> Iterator[str]:
    """Name the topics that pick no fact, and the concepts that no topic or aspect uses."""
    for name, facts in desk.all_facts:
        if not facts and desk.book.topics[name].main != "source":
            yield f"unused: topic {name} picks no fact"
    topics = {c for t in desk.book.topics.values() for p in (*t.patterns, t.hints) for c in p}
    aspects = {c for a in desk.book.aspects.values() for p in a.patterns for c in p}
    for name in sorted(set(desk.book.concepts) - topics - aspects - desk.book.elsewhere - SAID_IN_CODE):
        if not name.startswith("cur_"):
            yield f"unused: concept {name}"


def slots_of(template: str) -> set[str]:
    """Give the slots a reply template has."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
