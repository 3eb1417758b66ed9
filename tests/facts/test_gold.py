"""The first release is read whole: every figure and every statement, as a person who read it wrote them down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.facts.dump import figure_row, statement_row
from bot.facts.reading import read_facts
from bot.releases.reading import read_release

ROOT = Path(__file__).resolve().parents[2]
GOLD = json.loads((Path(__file__).parent / "gold_000_82a4cc623399501d.json").read_text(encoding="utf-8"))
RELEASE = read_release(ROOT / "seeds" / "000_82a4cc623399501d.txt")
FACTS = read_facts(RELEASE)


@pytest.mark.parametrize("number", range(len(GOLD["figures"])))
def test_each_figure_is_read_with_all_its_fields(number: int) -> None:
    """Value, unit, hedge, kind, metric, scope, period, basis, sign, speaker, span and rule are the gold's."""
    assert figure_row(FACTS.figures[number], RELEASE) == GOLD["figures"][number]


@pytest.mark.parametrize("number", range(len(GOLD["statements"])))
def test_each_statement_is_read_with_all_its_fields(number: int) -> None:
    """Kind, words, subject, items and speaker are the gold's."""
    assert statement_row(FACTS.statements[number], RELEASE) == GOLD["statements"][number]


def test_nothing_else_is_read() -> None:
    """No figure and no statement is read that the gold does not hold: 33618, dates and photo credits are no figures."""
    assert len(FACTS.figures) == len(GOLD["figures"])
    assert len(FACTS.statements) == len(GOLD["statements"])


def test_quotes_are_slices_of_the_release() -> None:
    """Every fact's span is a slice of the release's own text, and a figure's surface stands there."""
    for figure in FACTS.figures:
        assert RELEASE.quote(figure.span) == figure.quantity.surface
    for statement in FACTS.statements:
        assert RELEASE.quote(statement.span) in RELEASE.text


@pytest.mark.parametrize(
    ("surface", "hedge"),
    [("600 billion yuan", "over"), ("USD 82.7 billion", "about"), ("400 billion yuan", "under"), ("USD 7 billion", "over"), ("700", "over")],
)
def test_hedges_survive(surface: str, hedge: str) -> None:
    """The words "exceeded", "neared", "over" and "approx." stay with their figures."""
    assert {str(f.quantity.hedge) for f in FACTS.figures if f.quantity.surface == surface} == {hedge}
