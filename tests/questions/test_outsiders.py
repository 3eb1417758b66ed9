"""Questions written by outsiders who saw the release and no code: ``outsiders/README.md`` tells how each set did at first sight."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.answers.model import Answer

HERE = Path(__file__).parent / "outsiders"
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
FITS = {"answer": {"stated", "derived"}, "derived": {"derived"}, "refuse": {"refused"}, "clarify": {"ambiguous"}, "smalltalk": {"chat"}}
# What is reached, less one question in each set: right at least, wrong at most.
FLOORS = {
    "set1": (0.87, 0.04), "set2": (0.94, 0.02), "set3": (0.98, 0.01), "set4": (0.97, 0.02), "set5": (0.98, 0.01), "set6": (0.98, 0.01), "set7": (0.94, 0.02),
    "set8": (0.95, 0.01), "bank1_en": (0.96, 0.005), "bank2_en": (0.92, 0.021), "bank1_zh": (0.94, 0.005), "bank2_zh": (0.90, 0.025), "traps": (0.94, 0.035), "set9": (0.90, 0.025), "set10": (0.93, 0.025), "set11": (0.95, 0.008), "set12": (0.88, 0.046), "set13": (0.94, 0.02),
}


@lru_cache(maxsize=1)
def library() -> Library:
    """Open the shipped release once."""
    return Library.open(ROOT / "seeds", ROOT / "intents")


def asked(name: str) -> Iterator[tuple[dict[str, Any], Answer]]:
    """Ask a set's questions and dialogues; give each with its answer."""
    for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        item, context = json.loads(line), None
        for turn in item.get("turns", [item]):
            answer = library().ask(turn.get("user") or turn["q"], NOW, context)
            context = answer.context if "turns" in item else None
            yield turn, answer


def right(gold: dict[str, Any], answer: Answer) -> bool:
    """Whether the kind fits, each figure and hedge asked for is said, nothing barred heads the reply, and the quotation is there."""
    text, headline = answer.text.casefold(), (answer.headline).casefold()
    said = all(any(a.casefold() in text for a in must.split("|")) for must in gold["must"])
    barred = any(m.casefold() in headline for m in gold["must_not"])
    quoted = gold.get("quote_has") is None or gold["expect"] not in ("answer", "derived") or any(gold["quote_has"].casefold() in q.text.casefold() for q in answer.quotes)
    return str(answer.kind) in FITS[gold["expect"]] and said and not barred and quoted


@pytest.mark.parametrize("name", FLOORS)
def test_outsiders_questions_keep_their_score(name: str) -> None:
    """As many as before are right, and no more than before are answered wrongly."""
    rows = list(asked(name))
    good = sum(right(gold, answer) for gold, answer in rows)
    wrong = sum(not right(gold, answer) and str(answer.kind) in ("stated", "derived") for gold, answer in rows)
    print(name, len(rows), good / len(rows), wrong / len(rows))
    assert good / len(rows) >= FLOORS[name][0]
    assert wrong / len(rows) <= FLOORS[name][1]
