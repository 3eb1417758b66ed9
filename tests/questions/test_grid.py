"""The generated grid: no must-refuse question is answered, and nearly every must-answer question is."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.desk import Desk
from tests.questions.grid import grid

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
LEAST_ANSWERED = 0.97
FEWEST = 2000


def test_the_grid() -> None:
    """Every must-refuse case is refused; at least 97% of the must-answer cases are answered on their topic."""
    desk = Desk.open(ROOT / "seeds", ROOT / "intents")
    tally: Counter[str] = Counter()
    leaks, misses = [], []
    for case in grid(desk):
        answer = desk.ask(case.text, NOW)
        tally[case.must] += 1
        if case.must == "answered":
            right = answer.kind in ("stated", "derived") and answer.topic == case.topic
            tally["answered right"] += right
            if not right:
                misses.append((case.text, case.why, str(answer.kind), answer.topic, answer.aspect))
        elif answer.kind in ("stated", "derived"):
            leaks.append((case.text, case.why, answer.topic, answer.aspect, answer.headline[:80]))
    print(dict(tally), *leaks[:60], *misses[:60], sep="\n")
    assert sum(tally.values()) - tally["answered right"] >= FEWEST
    assert not leaks
    assert tally["answered right"] >= LEAST_ANSWERED * tally["answered"]
