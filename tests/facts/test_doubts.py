"""Errors in the source are kept as printed and flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.facts.reading import read_facts
from bot.releases.reading import read_release

if TYPE_CHECKING:
    from pathlib import Path

OPENING = "CITY, June 5, 2025 -- Officials spoke on Thursday at the hall.\n\n"


def _doubts(tmp_path: Path, text: str) -> dict[str, tuple[str, ...]]:
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")
    return {f.quantity.surface: f.doubts for f in read_facts(read_release(path)).figures if f.doubts}


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Loans were 600 billion yuan (approx. RMB 82.7 billion).", {"RMB 82.7 billion": ("equivalent_same_currency",)}),
        ("Loans were 600 billion yuan (USD 82.7 billion) and deposits 70 billion yuan (USD 1.4 billion).", {"USD 82.7 billion": ("equivalent_rate",), "USD 1.4 billion": ("equivalent_rate",)}),
        ("Loans were 600 billion yuan (USD 82.7 billion) and deposits 70 billion yuan (USD 9.7 billion).", {}),
        ("Loans surged 5.8 times.", {"5.8 times": ("unclear_multiple",)}),
    ],
)
def test_odd_figures_are_flagged(tmp_path: Path, text: str, doubts: dict[str, tuple[str, ...]]) -> None:
    """A restatement in the wrong currency or at another rate, and a multiple that can be read two ways, carry a doubt."""
    assert _doubts(tmp_path, "A Heading\n\n" + OPENING + text + "\n") == doubts


@pytest.mark.parametrize(("headline", "doubted"), [("Trade Grows 9.8% in May", True), ("Trade Grows 6.8% in May", False), ("Trade Grows Over 6% in May", False)])
def test_a_headline_that_differs_is_flagged(tmp_path: Path, headline: str, doubted: bool) -> None:  # noqa: FBT001 - a parameter of the table above
    """An exact figure of the headline that the body does not repeat is doubtful; a rounded, hedged one is not."""
    found = _doubts(tmp_path, f"{headline}\n\n{OPENING}Trade grew 6.8% in May.\n")
    assert bool(found) is doubted


SUMS = [
    ("Imports and exports were 842.7 billion yuan in May. Exports were 531.2 billion yuan and imports 311.5 billion yuan.", {}),
    ("Imports and exports were 842.7 billion yuan in May. Exports were 531.2 billion yuan and imports 341.5 billion yuan.", {"842.7 billion yuan": ("sum_differs",)}),
    ("Exports reached 531.2 billion yuan and imports 311.5 billion yuan, leaving a trade surplus of 219.7 billion yuan.", {}),
    ("Exports reached 531.2 billion yuan and imports 311.5 billion yuan, leaving a trade surplus of 291.7 billion yuan.", {"291.7 billion yuan": ("sum_differs",)}),
    ("Outstanding loans were 28.6 trillion yuan, of which green loans were 46.5 trillion yuan.", {"46.5 trillion yuan": ("part_exceeds_whole",)}),
    ("Loans by sector (billion yuan)\nSector 2025 2024\nHouseholds 120.5 118.0\nFirms 331.0 320.5\nTotal 451.5 438.5\n", {}),
    ("Loans by sector (billion yuan)\nSector 2025 2024\nHouseholds 120.5 118.0\nFirms 331.0 320.5\nTotal 415.5 438.5\n", {"415.5": ("sum_differs",)}),
    ("5月，进出口总值842.7亿元。其中，出口531.2亿元，进口341.5亿元。", {"842.7亿元": ("sum_differs",)}),
    ("5月，进出口总值842.7亿元。其中，出口531.2亿元，进口311.5亿元，贸易顺差219.7亿元。", {}),
]


@pytest.mark.parametrize(("text", "doubts"), SUMS)
def test_parts_that_do_not_give_their_whole_are_flagged(tmp_path: Path, text: str, doubts: dict[str, tuple[str, ...]]) -> None:
    """A whole, a balance or a table's total that the parts beside it do not give is flagged; what only rounding parts is not."""
    opening = OPENING if text.isascii() else "2025年6月5日，某海关召开新闻发布会，介绍有关情况。\n\n"
    assert _doubts(tmp_path, ("A Heading\n\n" if text.isascii() else "某海关召开发布会\n\n") + opening + text + "\n") == doubts
