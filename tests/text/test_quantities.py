"""Quantities in releases and in cleaned questions: value first, then the ways to say it, and what it must not match."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.quantities import find_quantities

SAID = {
    ("5460000000", "USD"): ["usd 5.46bn", "USD 5.46 billion", "US$5.46 bn", "$5.46 billion", "5.46 billion us dollars", "54.6亿美元", "54.6 亿美元"],
    ("400000000000", "CNY"): ["400bn yuan", "400 billion yuan", "RMB 400 billion", "rmb400bn", "cny 400 bn", "4000亿元", "4000亿元人民币", "人民币4000亿元", "0.4万亿元", "四千亿元"],
    ("37", "percent"): ["37%", "37 percent", "37 per cent", "37％", "37 pct", "百分之37", "百分之三十七"],
    ("15", "percentage_point"): ["15 percentage points", "15 pp", "15个百分点", "15 percentage point", "15 ppts", "15个点"],
    ("0.25", "percentage_point"): ["25 basis points", "25 bps", "25bp", "25个基点", "25个BP"],
    ("5.8", "multiple"): ["5.8 times", "5.8倍", "5.8-fold"],
    ("66.67", "percent"): ["two thirds", "two-thirds", "三分之二"],
    ("40", "percent"): ["四成", "two fifths"],
    ("90", "percent"): ["nine in ten", "nine out of ten", "九成"],
    ("50", "percent"): ["一半", "half of the firms"],
    ("2", "multiple"): ["doubled", "翻番", "翻了一番", "twice the"],
    ("0.5", "multiple"): ["halved"],
    ("480", "count"): ["480家", "480"],
    ("13000", "count"): ["1.3万户", "13,000"],
    ("34", "count"): ["thirty-four", "34"],
}
HEDGED = {
    "over": ["over 600 billion yuan", "exceeded 600 billion yuan", "more than 600 billion yuan", "topped 600 billion yuan", "超6000亿元", "突破6000亿元", "逾6000亿元", "6000余亿元"],
    "under": ["nearly 600 billion yuan", "neared 600 billion yuan", "almost 600 billion yuan", "less than 600 billion yuan", "近6000亿元", "不足6000亿元", "接近6000亿元"],
    "about": ["about 600 billion yuan", "some 600 billion yuan", "roughly 600 billion yuan", "around 600 billion yuan", "约6000亿元", "6000亿元左右"],
    "at_least": ["at least 600 billion yuan", "no less than 600 billion yuan", "600 billion yuan or more", "不少于6000亿元", "6000亿元以上"],
    "up_to": ["up to 600 billion yuan", "no more than 600 billion yuan", "capped at 600 billion yuan", "不超过6000亿元", "6000亿元以内"],
    "exact": ["600 billion yuan", "stood at 600 billion yuan", "6000亿元", "为6000亿元"],
}


@pytest.mark.parametrize(("value", "unit", "text"), [(*key, text) for key, texts in SAID.items() for text in texts])
def test_every_way_to_say_a_quantity(value: str, unit: str, text: str) -> None:
    """A quantity is one amount and unit however it is written."""
    assert [(f.quantity.amount, f.quantity.unit) for f in find_quantities(text)] == [(Decimal(value), unit)]


@pytest.mark.parametrize(("hedge", "text"), [(hedge, text) for hedge, texts in HEDGED.items() for text in texts])
def test_hedges_on_either_side(hedge: str, text: str) -> None:
    """How exactly an amount is meant is read before, after and within the number, and left out of the surface."""
    found = find_quantities(text)
    assert [str(f.quantity.hedge) for f in found] == [hedge]
    assert found[0].quantity.amount == Decimal(600_000_000_000)


@pytest.mark.parametrize("text", ["", "often", "stone", "tenor", "network", "someone", "alone", "二维码", "一带一路", "万一", "千方百计", "halfway", "the third quarter"])
def test_words_that_hold_a_number_are_none(text: str) -> None:
    """A number word inside a longer word, or an idiom, is no quantity."""
    assert find_quantities(text) == []


def test_lists_carry_scale_and_unit_back() -> None:
    """In a list the last item's scale and unit are those of all; a sign before the first holds for the rest of a range."""
    amounts = [(f"{f.quantity.amount:f}", f.quantity.unit) for f in find_quantities("71.4, 443.9 and 621.7 billion yuan")]
    assert amounts == [("71400000000.0", "CNY"), ("443900000000.0", "CNY"), ("621700000000.0", "CNY")]
    assert {(f.quantity.unit, f.quantity.amount >= 10**8) for f in find_quantities("US$0.8-1.0 billion")} == {("USD", True)}


@pytest.mark.parametrize(("text", "hedges"), [("between 3.0 and 3.1 percent", ["at_least", "up_to"]), ("from 3.1% to 3.4%", ["exact", "exact"]), ("增长5%至6%", ["at_least", "up_to"])])
def test_ranges_are_bounds_and_moves_are_not(text: str, hedges: list[str]) -> None:
    """The ends of a range are bounds; where something went from and to is two exact figures."""
    assert [str(f.quantity.hedge) for f in find_quantities(text)] == hedges


PIECES = ["5", "5.8", "1,234", " ", "亿", "万", "元", "美元", "%", "USD ", "billion", " yuan", "nearly ", "近", "and ", "to ", "至", "half ", "三", "成", "倍", "百分之", "(", ")", "-", ",", "。"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_found_quantities_are_slices_in_order(text: str) -> None:
    """Every quantity's surface is the text at its place; they follow each other and never overlap."""
    found = find_quantities(text)
    assert all(text[f.start : f.end] == f.quantity.surface for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


AMOUNTS = st.builds(
    lambda number, form: form.format(number),
    st.decimals(min_value=1, max_value=9999, places=1),
    st.sampled_from(["{} billion yuan", "US${} million", "{}亿元", "{}万美元", "{}%", "{} percentage points", "{}个百分点", "{} times", "{}倍", "RMB{}bn", "€{} million", "{}万户"]),
)


@settings(max_examples=200, deadline=None)
@given(AMOUNTS, st.sampled_from(["{}", "exports reached {} in May", "出口{}，增长", "neared {}, officials said"]))
def test_a_surface_read_again_is_the_same_quantity(amount: str, frame: str) -> None:
    """Reading the surface alone gives the amount and unit it gave in its sentence."""
    first = find_quantities(frame.format(amount))[0].quantity
    again = find_quantities(first.surface)
    assert [(f.quantity.amount, f.quantity.unit, f.quantity.surface) for f in again] == [(first.amount, first.unit, first.surface)]


ADVERSARIAL = ["9", "1,", "(", "half ", "from ", "more than ", "一二三四五", "百分之", "exports rose 5.2 percent, ", "出口增长5.2%，", " ", "1-", "a", "about a "]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_time_is_linear(piece: str) -> None:
    """Four times the text costs at most some four times the time, and 40 kB no more than seconds on a busy machine, whatever stands in it."""

    def cost(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        find_quantities(text)
        return time.process_time() - start

    short, long = min(cost(10_000) for _ in range(2)), min(cost(40_000) for _ in range(2))
    assert long < max(0.6, 12 * short)
    assert long < 30
