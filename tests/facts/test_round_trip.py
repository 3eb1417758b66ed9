"""What is read stands in its text: every figure's span is its surface, and the surface read again is the same quantity."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.facts.reading import read_facts
from bot.releases.reading import read_release
from bot.text.numbers import parse_digits
from bot.text.quantities import find_quantities
from bot.text.quantity import COUNT, PERCENT

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "releases" / "texts"
TEXTS = [*sorted((ROOT / "seeds").glob("*.txt")), *sorted((Path(__file__).parent / "blind" / "texts").glob("*.txt")), *(sorted(SHARED.glob("*.txt")) if SHARED.exists() else [])]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_surface_read_again_is_the_same_quantity(path: Path) -> None:
    """For every figure of every text: the span is the surface, and it reads back as printed, but for what a list or a table's heading lends it."""
    release = read_release(path)
    for figure in read_facts(release).figures:
        surface = figure.quantity.surface
        assert release.text[figure.span.start : figure.span.end] == surface
        again = find_quantities(surface)
        number = parse_digits(surface.strip("-−–+%％()")) if figure.rule == "table_cell" else None
        read = [number] if number is not None else [f.quantity.amount for f in again]
        assert len(read) == 1
        if read[0] == figure.quantity.amount and (not again or again[0].quantity.unit in (figure.quantity.unit, COUNT, PERCENT)):
            continue
        # The rest is lent: a scale ("28.6 and 13.7 billion"), a unit of points or tenths of a list.
        ratio = figure.quantity.amount / read[0] if read[0] else None
        assert ratio is not None
        assert ratio.normalize().as_tuple().digits == (1,)
