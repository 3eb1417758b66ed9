"""``make bench-memory``: this bot's memory after 100,000 updates against that after 10,000."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.bench.bench_end_to_end import ended, loads, questions
from tests.chat.stage import running_server
from tests.delivery.load import REAL, start

if TYPE_CHECKING:
    import subprocess

BOUND, FIRST, LAST, CHATS = 1.10, 10_000, 100_000, 64
PATIENCE = 1800.0


def resident(process: subprocess.Popen[bytes]) -> int:
    """Give a process's resident memory, in kB."""
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])


def answer(http: httpx.Client, process: subprocess.Popen[bytes], many: int, *, fresh: bool, texts: list[str]) -> int:
    """Have so many updates answered; give the memory then."""
    http.post("/control/drive", json={"chats": CHATS, "total": many - 2, "warm": 2, "fresh": fresh, "texts": texts})
    end = time.monotonic() + PATIENCE
    while not (report := http.get("/control/driven").json())["done"]:
        assert time.monotonic() < end, report
        assert process.poll() is None, "the bot ended by itself"
        time.sleep(0.5)
    time.sleep(1)
    return resident(process)


def measure(first: int = FIRST, last: int = LAST) -> float:
    """Give the ratio, with popular questions and dialogues in turn."""
    texts = questions()
    popular = loads(texts)["popular"]["texts"]
    folder = tempfile.mkdtemp(prefix="footnote-memory-")
    with running_server(checked=False) as address, httpx.Client(base_url=address, timeout=30) as http:
        http.post("/control/reset", json={"lean": True})
        settings = {"api_url": address, "database_url": f"sqlite:///{folder}/kept.sqlite3"}
        with ended(start(settings, REAL)) as process:
            answer(http, process, first // 2, fresh=True, texts=popular)
            early = answer(http, process, first - first // 2, fresh=False, texts=texts)
            rest = last - first
            answer(http, process, rest // 2, fresh=True, texts=popular)
            late = answer(http, process, rest - rest // 2, fresh=False, texts=texts)
    print(f"{early / 1024:.1f} MB after {first} updates, {late / 1024:.1f} MB after {last}: ratio {late / early:.3f} (bound {BOUND:.2f})")
    return late / early


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--first", type=int, default=FIRST)
    parser.add_argument("--last", type=int, default=LAST)
    options = parser.parse_args()
    raise SystemExit(0 if measure(options.first, options.last) <= BOUND else 1)


if __name__ == "__main__":
    main()
