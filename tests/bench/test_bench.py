"""The bench can be run, and the one bound that a busy machine leaves alone is held."""

from __future__ import annotations

import inspect
import statistics
from importlib import import_module
from pathlib import Path

import pytest

from tests.bench.bench_extraction import corpus, growth
from tests.bench.bench_many import read_many
from tests.bench.bench_question import BOUND, measure

BENCHES = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))


@pytest.mark.parametrize("name", BENCHES)
def test_each_bench_says_what_it_measures(name: str) -> None:
    """Every module that `make bench` finds has a first line to print and a main that needs nothing."""
    module = import_module(f"tests.bench.{name}")
    assert (module.__doc__ or "").splitlines()[0].endswith(".")
    assert not inspect.signature(module.main).parameters


async def test_a_question_costs_at_most_five_echoes() -> None:
    """A question never asked before costs at most five times what the library takes to echo an update, in the same run."""
    assert await measure() <= BOUND


def test_many_releases_hold_no_memory() -> None:
    """Hundreds of releases read one after another, no two alike, leave the memory as it was, or a hundredth more."""
    _, held = read_many(450, 150)
    assert held[-1] <= held[0] * 1.01


def test_doubling_a_text_doubles_the_time() -> None:
    """Our reading of the bench's texts grows with their length: three doublings cost at most 2.5 times as much each on average."""
    assert statistics.geometric_mean(growth([text for each in corpus().values() for text in each], 80_000, 3)) <= 2.5
