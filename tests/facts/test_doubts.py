"""Errors in the source are kept as printed and flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.facts.drafts import drafts_of
from bot.releases.reading import read_release

if TYPE_CHECKING:
    from pathlib import Path

OPENING = "CITY, June 5, 2025 -- Officials spoke on Thursday at the hall.\n\n"


def _doubts(tmp_path: Path, text: str) -> dict[str, tuple[str, ...]]:
    path = tmp_path / "release.txt"
    path.write_text(text, encoding="utf-8")
    return {d.quantity.surface: d.doubts for d in drafts_of(read_release(path)) if d.doubts}


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
