"""``check``: validates seeds and intents and lists every fault, and every name no fact uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.derive import TABLE
from bot.answers.select import picks_figure, picks_statement
from bot.answers.templates import check_templates
from bot.desk import Desk
from bot.errors import Fault, FaultsError
from bot.evidence.notes import notes_of
from bot.evidence.page import check_page
from bot.questions.loading import read_intents
from bot.releases.reading import read_seeds

# Concepts that the dialogue and the claims read by name.
SAID_IN_CODE = frozenset({"two_of", "both", "first_one", "not_that", "say_in_en", "say_in_zh", "confirm", "already", "now", "said", "fold", "follow", "second", "below", "at_word", "either", "part_of", "noise", "value_word", "volume_word", "change_word", "work_out", "superlative", "deals", "other_basis", "by_points", "what_number"})

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings


def report(settings: Settings) -> tuple[list[str], bool]:
    """Give the lines of the report, and whether everything is sound."""
    faults: list[str] = []
    for read in (lambda: read_seeds(settings.seeds), lambda: read_intents(settings.intents, check_templates)):
        try:
            read()
        except FaultsError as error:
            faults += str(error).splitlines()
    if faults:
        return faults, False
    desk = Desk.open(settings.seeds, settings.intents)
    newest = desk.store.releases[0]
    try:
        check_page(newest, desk.store.facts[newest.id], settings.intents)
    except FaultsError as error:
        return str(error).splitlines(), False
    idle = list(_idle(desk))
    return [*_summary(desk), *_derivations(), *_unused(desk), *idle], not idle


def _idle(desk: Desk) -> Iterator[str]:
    """Name every selector that picks nothing from any release."""
    for name, topic in desk.book.topics.items():
        where = f"intents/topics/{name}.yaml"
        remedy = "mend its patterns after the release's words, or remove it"
        for number, selector in enumerate(topic.figures):
            if not any(picks_figure(selector, f) for facts in desk.store.facts.values() for f in facts.figures):
                yield str(Fault(where, f"figures.{number}", "the selector picks nothing", remedy))
        for number, selector in enumerate(topic.statements):
            if not any(picks_statement(selector, s, r) for r in desk.store.releases for s in desk.store.facts[r.id].statements):
                yield str(Fault(where, f"statements.{number}", "the selector picks nothing", remedy))


def _summary(desk: Desk) -> Iterator[str]:
    figures = sum(len(f.figures) for f in desk.store.facts.values())
    statements = sum(len(f.statements) for f in desk.store.facts.values())
    yield f"seeds: {len(desk.store.releases)} releases, {figures} figures, {statements} statements"
    yield from (note for release in desk.store.releases for note in notes_of(release))
    book = desk.book
    yield f"intents: {len(book.topics)} topics, {len(book.aspects)} aspects, {len(book.concepts)} concepts"


def _derivations() -> Iterator[str]:
    yield "derivations:"
    for rule in TABLE.values():
        yield f"  {rule.name}: {rule.formula.format(*rule.inputs)}"


def _unused(desk: Desk) -> Iterator[str]:
    """Name the topics that pick no fact, and the concepts that no topic or aspect uses."""
    topics = {c for t in desk.book.topics.values() for p in (*t.patterns, t.hints) for c in p}
    aspects = {c for a in desk.book.aspects.values() for p in a.patterns for c in p}
    for name in sorted(set(desk.book.concepts) - topics - aspects - desk.book.elsewhere - SAID_IN_CODE):
        if not name.startswith("cur_"):
            yield f"unused: concept {name}"
