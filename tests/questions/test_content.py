"""Content: every way to say a concept is understood as that concept, every topic's name leads to it, no topic steals another's."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from itertools import product
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.questions.loading import read_intents

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
BOOK = read_intents(ROOT / "intents")
SURFACES = [(name, lang, str(s)) for name, c in BOOK.concepts.items() for lang, words in (("en", c.en), ("zh", c.zh)) for s in words]


@lru_cache(maxsize=1)
def desk() -> Desk:
    """Open the shipped release once."""
    return Desk.open(ROOT / "seeds", ROOT / "intents")


@pytest.mark.parametrize("name", BOOK.concepts)
def test_every_surface_of_a_concept_is_understood(name: str) -> None:
    """Each way to say it, alone and in capitals, is read as that concept."""
    for _, _, surface in [row for row in SURFACES if row[0] == name]:
        for typed in (surface, surface.upper()):
            assert name in {hit.concept for hit in desk().reader.read(typed).hits}, typed


@pytest.mark.parametrize("name", BOOK.topics)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_topics_own_label_leads_to_it(name: str, lang: str) -> None:
    """Asked by its label, a topic answers, in that language; no other topic takes it."""
    answer = desk().ask(BOOK.topics[name].label.of(lang), NOW)
    assert answer.topic == name
    assert answer.kind in ("stated", "derived")


@pytest.mark.parametrize("name", [n for n, t in BOOK.topics.items() if t.command])
def test_a_topics_command_answers(name: str) -> None:
    """The command gives the topic's facts."""
    answer = desk().ask(f"/{BOOK.topics[name].command}", NOW)
    assert answer.topic == name
    assert answer.kind in ("stated", "derived")


@pytest.mark.parametrize("name", BOOK.topics)
def test_every_pattern_of_a_topic_is_winning_or_asked_back(name: str) -> None:
    """A question made of a pattern's concepts, in each language, gives the topic or asks back with it among the choices."""
    for pattern, lang in product(BOOK.topics[name].patterns, ("en", "zh")):
        words = [next(iter(getattr(BOOK.concepts[c], lang)), None) for c in pattern]
        if None in words:
            continue
        question = desk().reader.read((" " if lang == "en" else "，").join(map(str, words)))
        topics = [r.name for r in desk().matcher.rank_topics(question.concepts)]
        assert name in topics, (pattern, lang, topics)


@pytest.mark.parametrize("name", BOOK.aspects)
def test_every_aspect_pattern_is_held(name: str) -> None:
    """A question made of an aspect's concepts ranks that aspect."""
    for pattern in BOOK.aspects[name].patterns:
        assert name in [r.name for r in desk().matcher.rank_aspects(pattern)]


@pytest.mark.parametrize("move", BOOK.moves)
def test_every_move_is_chat(move: str) -> None:
    """Each phrase of a chat move is answered as chat."""
    for phrase in (*BOOK.moves[move].en, *BOOK.moves[move].zh):
        assert desk().ask(str(phrase), NOW).kind == "chat", phrase


def test_the_explanations_hold_no_figure() -> None:
    """A topic's explanation explains the term and holds no figure."""
    for topic in BOOK.topics.values():
        for lang in ("en", "zh"):
            assert not any(c.isdigit() for c in topic.explain.of(lang))
