"""A question's cost with ten releases beside the first one, against the first alone and the library's echo, rounds interleaved."""

from __future__ import annotations

import asyncio
import shutil
import statistics
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.library import Library
from tests.bench.bench_question import BOUND, EACH, QUESTIONS, ROUNDS, Stub, echo, library_round, our_round, unseen

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "tests" / "facts" / "blind" / "texts"
BESIDE = 10
# Asked of the releases beside the first: named by publisher, and by nothing.
OTHERS = (
    "Office 3: how much were exports?",
    "失业率是多少",
    "unemployment rate",
    "Office 2 consumer credit in October",
    "社会消费品零售总额同比增长多少",
    "retail sales growth",
)


def shelf(folder: Path) -> Library:
    """Open the shipped release with ten invented ones beside it."""
    seeds = folder / "seeds"
    shutil.copytree(ROOT / "seeds", seeds)
    for number, path in enumerate(sorted(TEXTS.glob("*.txt"))[:BESIDE]):
        shutil.copy(path, seeds / path.name)
        language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in path.read_text(encoding="utf-8")[:200]) else "en"
        masthead = f"publisher: Office {number}\npage: https://example.org/{number}\npublished: 2026-03-{number + 1:02}\nplace: Place {number}\nlanguage: {language}\n"
        (seeds / f"{path.stem}.yaml").write_text(masthead, encoding="utf-8")
    return Library.open(seeds, ROOT / "intents")


async def measure() -> float:
    """Give the ratio of the medians of new questions, with ten releases beside to the library's echo, rounds interleaved."""
    now = datetime.now(UTC)
    alone = Library.open(ROOT / "seeds", ROOT / "intents")
    with TemporaryDirectory(prefix="footnote-") as folder:
        beside = shelf(Path(folder))
    app = ApplicationBuilder().token("1:stub").request(Stub()).get_updates_request(Stub()).updater(None).build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    await app.initialize()
    questions = unseen(Library.open(ROOT / "seeds", ROOT / "intents").home)
    for library in (alone, beside):
        library.warm(now)
        our_round(library, now, (*QUESTIONS, *OTHERS))
    await library_round(app)
    rounds = []
    for n in range(ROUNDS):
        fresh = questions[n * EACH : (n + 1) * EACH]
        rounds.append((our_round(alone, now, fresh), our_round(beside, now, fresh), our_round(beside, now, OTHERS), await library_round(app)))
    one, ten, others, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"library's echo {theirs * 1e3:.3f} ms")
    print(f"one release: a new question {one * 1e3:.3f} ms, ratio {one / theirs:.2f}")
    print(f"ten releases beside it: a new question {ten * 1e3:.3f} ms, ratio {ten / theirs:.2f} (bound {BOUND:.0f}), to one release {ten / one:.2f}")
    print(f"ten releases beside it: a question about one of them {others * 1e3:.3f} ms, ratio {others / theirs:.2f}")
    return float(ten / theirs)


def main() -> None:
    """Measure and print."""
    asyncio.run(measure())


if __name__ == "__main__":
    main()
