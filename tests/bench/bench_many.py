"""Ten thousand releases in one process: time and memory for each, at the beginning and at the end."""

from __future__ import annotations

import random
import re
import resource
import statistics
import sys
import time
import tracemalloc
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from bot.facts.reading import read_facts
from bot.facts.store import Store
from bot.releases.model import Masthead
from bot.releases.reading import release_of
from tests.bench.bench_extraction import corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.releases.model import Release

MANY, PART, KEPT = 10_000, 1_000, 200
STATM = Path("/proc/self/statm")


def memory() -> int:
    """Give the bytes the process holds now, or where the system does not tell, at most so far."""
    if STATM.exists():
        return int(STATM.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def made(many: int) -> Iterator[Release]:
    """Give releases made from the corpus, each with digits of its own, so that nothing kept of one serves another."""
    texts = [text for each in corpus().values() for text in each]
    chance = random.Random(0)
    for number in range(many):
        text = re.sub(r"(?<![\d.,])[1-9](?=\d*[.%亿万])", lambda _: chance.choice("123456789"), texts[number % len(texts)])
        yield release_of(f"{number:05}", text, Masthead())


def read_many(many: int = MANY, part: int = PART) -> tuple[list[float], list[int]]:
    """Read many releases and let each go; give the seconds of each and the memory after each part."""
    seconds, held = [], []
    bar = tqdm(made(many), total=many, unit=" releases", file=sys.stderr, mininterval=1, disable=None)
    for number, release in enumerate(bar, 1):
        started = time.perf_counter()
        read_facts(release)
        seconds.append(time.perf_counter() - started)
        if number % part == 0:
            held.append(memory())
    return seconds, held


def kept(many: int = KEPT) -> list[float]:
    """Give the kilobytes that each release takes in a store, for the first so many and for as many more."""
    found, stores = [], []
    tracemalloc.start()
    for half in range(2):
        before = tracemalloc.get_traced_memory()[0]
        stores.append(Store.of(release_of(f"{half}-{r.id}", r.text, r.masthead) for r in made(many)))
        found.append((tracemalloc.get_traced_memory()[0] - before) / many / 1024)
    tracemalloc.stop()
    return found


def main() -> None:
    """Measure and print."""
    seconds, held = read_many()
    first, last = (statistics.median(part) * 1e3 for part in (seconds[:PART], seconds[-PART:]))
    grown = (held[-1] - held[0]) / (len(seconds) - PART)
    print(f"{len(seconds)} releases in {sum(seconds):.0f} s; median {first:.2f} ms among the first {PART}, {last:.2f} ms among the last: ratio {last / first:.2f}")
    print(f"memory after {PART} {held[0] / 2**20:.1f} MB, after {len(seconds)} {held[-1] / 2**20:.1f} MB: {grown:.0f} bytes a release, ratio {held[-1] / held[0]:.3f}")
    early, late = kept()
    print(f"kept in a store {early:.0f} kB a release for the first {KEPT}, {late:.0f} kB for the next: ratio {late / early:.2f}")
