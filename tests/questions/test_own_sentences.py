"""Sentences of our own, from how people talk: each finds its topic and its kind of answer, read one by one when written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from bot.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
ROWS = [json.loads(line) for line in (Path(__file__).parent / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]


@lru_cache(maxsize=1)
def desk() -> Desk:
    """Open the shipped release once."""
    return Desk.open(ROOT / "seeds", ROOT / "intents")


@pytest.mark.parametrize("row", ROWS, ids=[row["q"] for row in ROWS])
def test_each_sentence_finds_its_answer(row: dict[str, str]) -> None:
    """Kind and topic are as read by a person."""
    answer = desk().ask(row["q"], NOW)
    assert (str(answer.kind), answer.topic) == (row["kind"], row["topic"])
