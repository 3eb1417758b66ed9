"""Sentences as other institutions write them, made up for this test: each figure with value, unit, hedge, kind and sign."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.facts.drafts import drafts_of
from bot.releases.reading import read_release

HERE = Path(__file__).parent
OPENINGS = {
    "en": "A Heading\n\nCITY, June 5, 2025 -- Officials spoke on Thursday at the hall.\n\n",
    "zh": "某分行召开新闻发布会\n\n2025年6月5日，某分行在会议中心召开新闻发布会，介绍有关情况，并回答记者提问。\n\n",
}


def _cases(lang: str) -> list[tuple[str, dict[str, Any]]]:
    return [(lang, json.loads(line)) for line in (HERE / f"sentences_{lang}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("lang", "case"), _cases("en") + _cases("zh"), ids=lambda value: value if isinstance(value, str) else value["text"][:40])
def test_a_sentence_is_read(lang: str, case: dict[str, Any], tmp_path: Path) -> None:
    """Exactly the sentence's figures are read, each with its surface, value, unit, hedge, kind and sign."""
    path = tmp_path / "release.txt"
    path.write_text(OPENINGS[lang] + case["text"] + "\n", encoding="utf-8")
    read = [
        [d.quantity.surface, format(d.quantity.amount.normalize(), "f"), d.quantity.unit, str(d.quantity.hedge), str(d.kind), d.sign]
        for d in drafts_of(read_release(path))
    ]
    assert read == case["figures"]


TABLES = [
    (
        "Exports by product (USD million; change in %)\nProduct Value Change\nShips 1,204.5 12.6\nTextiles 310.2 -3.1\n",
        [("1,204.5", "1204500000", "USD", "level", None), ("12.6", "12.6", "percent", "change", "+"), ("310.2", "310200000", "USD", "level", None), ("-3.1", "3.1", "percent", "change", "-")],
    ),
    (
        "Table 2. Loans\nUnit: 100 million yuan\nItem 2025 2024\nHouseholds 1204.5 1180.0\nFirms 3310.2 3205.9\n",
        [("1204.5", "120450000000", "CNY", "level", None), ("1180.0", "118000000000", "CNY", "level", None), ("3310.2", "331020000000", "CNY", "level", None), ("3205.9", "320590000000", "CNY", "level", None)],
    ),
    (
        "Table 3. Output\nProduct  Volume (million tonnes)  Growth (%)  Share (%)\nSteel  84.1  2.3%  61.0%\nCement  53.2  (1.4)%  39.0%\n",
        [("84.1", "84100000", "count", "count", None), ("2.3%", "2.3", "percent", "change", "+"), ("61.0%", "61", "percent", "share", None), ("53.2", "53200000", "count", "count", None), ("(1.4)%", "1.4", "percent", "change", "-"), ("39.0%", "39", "percent", "share", None)],
    ),
    (
        "附表：主要指标（单位：亿元，%）\n指标 总量 同比增长\n出口总值 486.3 −1.2\n进口总值 157.9 4.7\n",
        [("486.3", "48630000000", "CNY", "level", None), ("−1.2", "1.2", "percent", "change", "-"), ("157.9", "15790000000", "CNY", "level", None), ("4.7", "4.7", "percent", "change", "+")],
    ),
]


@pytest.mark.parametrize(("table", "cells"), TABLES)
def test_a_table_is_read_cell_by_cell(table: str, cells: list[tuple[str, ...]], tmp_path: Path) -> None:
    """Units come from the title, the line under it or the heading; growth and share columns are told from amounts."""
    lang = "en" if table.isascii() else "zh"
    path = tmp_path / "release.txt"
    path.write_text(OPENINGS[lang] + table, encoding="utf-8")
    read = [(d.quantity.surface, format(d.quantity.amount.normalize(), "f"), d.quantity.unit, str(d.kind), d.sign) for d in drafts_of(read_release(path))]
    assert read == cells
