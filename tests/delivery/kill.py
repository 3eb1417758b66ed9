"""``make kill-test``: one polling bot on SQLite, killed with SIGKILL at random moments under load.

After each kill the database is read: a question whose answer the server has accepted and whose row is not marked done
was caught between Telegram's acceptance and our mark. Only such a one can be answered twice. At one kill there can be as
many as there are slots (``bot/chat/slots.py``), and one a chat: a chat's next update is claimed after the mark of the last.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import signal
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.chat.slots import SLOTS
from tests.delivery.load import FAKE, REAL, Load, load, start

EARLIEST, LATEST = 0.2, 1.2  # seconds after the first answer of a life, and again before it
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the run found."""

    kills: int
    questions: int
    lost: int
    marked_unanswered: int
    twice: int
    caught: int
    most_caught: int
    unexplained: int
    disorder: int
    violations: int

    @property
    def sound(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.marked_unanswered or self.unexplained or self.disorder or self.violations) and self.most_caught <= SLOTS

    def __str__(self) -> str:
        """Print the counts."""
        return (
            f"killed {self.kills} times under load, {self.questions} questions: {self.lost} unanswered, {self.marked_unanswered} marked without an answer, "
            f"{self.twice} answered twice, {self.disorder} out of order, {self.violations} requests against the Bot API's rules.\n"
            f"Caught between Telegram's acceptance and our mark: {self.caught}, at most {self.most_caught} at one kill (bound: {SLOTS} slots); "
            f"answered twice without having been caught: {self.unexplained}."
        )


def done_in(file: Path) -> set[int]:
    """Give the updates marked done."""
    with closing(sqlite3.connect(file)) as connection:
        try:
            return {row[0] for row in connection.execute("SELECT update_id FROM inbox WHERE state = 'done'")}
        except sqlite3.OperationalError:  # killed before the tables were made
            return set()


async def life(at: Load, settings: dict[str, str], module: str, chance: random.Random) -> None:
    """Start the bot and kill it at a random moment; some die before their first answer."""
    process = start(settings, module)
    try:
        before, end = len(at.order), asyncio.get_running_loop().time() + PATIENCE
        early = chance.random() < 0.1
        if early:
            await asyncio.sleep(chance.uniform(0, 1.0))
        else:
            while len(at.order) == before:
                assert process.poll() is None, "the bot ended by itself"
                assert asyncio.get_running_loop().time() < end, "the bot answers nothing"
                await asyncio.sleep(0.01)
            await asyncio.sleep(chance.uniform(0, LATEST))
    finally:
        process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(process.wait)


async def trial(kills: int, module: str = FAKE, seed: int = 1) -> Verdict:
    """Run the test."""
    chance, caught, most, marked_unanswered = random.Random(seed), set[int](), 0, set[int]()
    file = Path(tempfile.mkdtemp(prefix="footnote-kill-")) / "kept.sqlite3"
    async with load() as at:
        settings = {"api_url": at.address, "database_url": f"sqlite:///{file}"}
        loading = asyncio.create_task(at.run())
        for _ in range(kills):
            await life(at, settings, module, chance)
            await asyncio.sleep(0.05)  # what was on its way arrives
            await at.read()
            done = done_in(file)
            marked_unanswered |= done - set(at.answers)
            between = set(at.answers) - done
            most = max(most, len(between - caught))
            caught |= between
        last = start(settings, module)
        lost = await at.finish(loading, PATIENCE)
        await asyncio.sleep(0.2)
        await at.read()
        last.send_signal(signal.SIGTERM)
        await asyncio.to_thread(last.wait)
        return Verdict(kills, at.pushed, len(lost), len(marked_unanswered), len(at.twice), len(caught), most,
                       len(at.twice - caught), at.disorder, len(at.violations))  # fmt: skip


def main() -> None:
    """Run it and print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fake", action="store_true", help="a desk that starts at once")
    options = parser.parse_args()
    verdict = asyncio.run(trial(options.kills, FAKE if options.fake else REAL, options.seed))
    print(verdict)
    raise SystemExit(0 if verdict.sound else 1)


if __name__ == "__main__":
    main()
