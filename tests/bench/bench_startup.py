"""Start to first answer of ``ask``, beside ``python -c "import telegram.ext"``, run in turn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOUND = 2.0
ROUNDS = 7
ASK = (sys.executable, "-m", "bot", "ask", "how much yuan was settled across borders in 2024?")
IMPORT = (sys.executable, "-c", "import telegram.ext")


def timed(command: tuple[str, ...]) -> float:
    """Give the seconds a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - started


def measure() -> float:
    """Give the ratio of the medians."""
    timed(ASK)
    pairs = [(timed(ASK), timed(IMPORT)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"ask {ours:.3f} s, import telegram.ext {theirs:.3f} s, ratio {ours / theirs:.2f} (bound {BOUND:.0f})")
    return float(ours / theirs)


def main() -> None:
    """Measure and print."""
    measure()
