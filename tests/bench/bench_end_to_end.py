"""Updates a second over loopback HTTP, this bot answering questions beside the library's stock echo bot, both ways.

A Bot API server in its own process makes the load: so many private chats, each asking its next question when the last
was answered. Two loads: *popular*, each question from another chat, drawn as people ask (the n-th most asked question 1/n as often as
the first); and *dialogues*, the same chats asking on and on, hardly ever the same words in the same dialogue. This bot
writes each update to its inbox before it acknowledges it, and its answer's dialogue with its mark; the echo bot keeps
nothing. Flood limits are off on both sides.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from bot.desk import Desk
from tests.chat.stage import TOKEN, running_server
from tests.delivery.load import REAL, start
from tests.delivery.replicas import free_ports
from tests.questions.grid import grid

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
BOUND, CHATS, TOTAL, WARM, ROUNDS, PATIENCE = 1.5, 64, 2500, 800, 5, 120.0
WAYS = ("polling", "webhook")


@dataclass(frozen=True, slots=True)
class Result:
    """Updates a second, and seconds from asked to answered."""

    rate: float
    p50: float
    p99: float


def questions() -> list[str]:
    """Give different questions, more than are asked in a run."""
    desk = Desk.open(ROOT / "seeds", ROOT / "intents")
    found = list(dict.fromkeys(asked.text for asked in grid(desk)))
    return random.Random(1).sample(found, min(len(found), TOTAL + WARM + CHATS))


@contextmanager
def ours(address: str, way: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run this bot."""
    folder = tempfile.mkdtemp(prefix="footnote-bench-")
    settings = {"api_url": address, "database_url": f"sqlite:///{folder}/kept.sqlite3"}
    if way == "webhook":
        port = free_ports(1)[0]
        settings |= {"webhook_url": f"http://127.0.0.1:{port}/hook", "listen": f"127.0.0.1:{port}"}
    with ended(start(settings, REAL)) as process:
        yield process


@contextmanager
def echo(address: str, way: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the stock echo bot."""
    port = [str(free_ports(1)[0])] if way == "webhook" else []
    command = [sys.executable, str(Path(__file__).with_name("echo_bot.py")), address, TOKEN, *port]
    with ended(subprocess.Popen(command, cwd=ROOT)) as process:
        yield process


@contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """End a process with the block."""
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def drive(http: httpx.Client, load: dict[str, Any]) -> Result:
    """Drive a load and wait for its end."""
    http.post("/control/drive", json=load)
    end = time.monotonic() + PATIENCE
    while not (report := http.get("/control/driven").json())["done"]:
        assert time.monotonic() < end, report
        time.sleep(0.2)
    return Result(report["rate"], report["p50"], report["p99"])


def loads(texts: list[str]) -> dict[str, dict[str, Any]]:
    """Give both loads."""
    popular = random.Random(2).choices(texts, [1 / (n + 1) for n in range(len(texts))], k=TOTAL + WARM)
    return {"popular": {"texts": popular, "fresh": True}, "dialogues": {"texts": texts, "fresh": False}}


def measure(way: str, load: str, details: dict[str, Any], total: int = TOTAL, rounds: int = ROUNDS) -> float:
    """Give the median of the ratios of the rates of two runs one after the other: a machine's speed changes from minute to minute."""
    found: dict[str, list[Result]] = {"ours": [], "echo": []}
    with running_server(checked=False) as address, httpx.Client(base_url=address, timeout=30) as http:
        for _ in range(rounds):
            for name, bot in (("ours", ours), ("echo", echo)):
                http.post("/control/reset", json={"lean": True})
                with bot(address, way):
                    found[name].append(drive(http, {"chats": CHATS, "total": total, "warm": WARM, **details}))
    rates = {name: statistics.median(r.rate for r in results) for name, results in found.items()}
    for name, results in found.items():
        p50, p99 = (statistics.median(getattr(r, cut) for r in results) * 1e3 for cut in ("p50", "p99"))
        print(f"{load}, {way}, {name}: {rates[name]:.0f} updates a second, p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    ratios = sorted(mine.rate / theirs.rate for mine, theirs in zip(found["ours"], found["echo"], strict=True))
    ratio = statistics.median(ratios)
    print(f"{load}, {way}: ratio {ratio:.2f}, of {', '.join(f'{one:.2f}' for one in ratios)} (bound {BOUND})")
    return ratio


def main() -> None:
    """Measure and print."""
    texts = questions()
    print(f"{CHATS} chats at once, {len(texts)} different questions")
    for load, details in loads(texts).items():
        for way in WAYS:
            measure(way, load, details)


if __name__ == "__main__":
    main()
