"""One question's cost with three times the topics, beside the shipped content, rounds interleaved."""

from __future__ import annotations

import statistics
from datetime import UTC, datetime
from pathlib import Path

from bot.desk import Desk
from tests.bench.bench_question import our_round

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
TIMES = 3


def main() -> None:
    """Measure and print."""
    shipped = Desk.open(ROOT / "seeds", ROOT / "intents")
    topics = {
        f"{name}{n or ''}": topic.model_copy(update={"command": topic.command if n == 0 else None})
        for n in range(TIMES)
        for name, topic in shipped.book.topics.items()
    }
    wide = Desk(shipped.store, shipped.book.model_copy(update={"topics": topics}))
    now = datetime.now(UTC)
    our_round(shipped, now), our_round(wide, now)
    pairs = [(our_round(wide, now), our_round(shipped, now)) for _ in range(ROUNDS)]
    ours, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{len(topics)} topics {ours * 1e3:.3f} ms, {len(shipped.book.topics)} topics {base * 1e3:.3f} ms, ratio {ours / base:.2f}")
