"""Turns that speak of what was said before: the last two topics side by side, a figure doubted, the topic beside the dialogue's own."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.desk import Desk
from bot.questions.context import EMPTY

if TYPE_CHECKING:
    from bot.answers.model import Answer

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, tzinfo=UTC)
GROWTHS = ("settlement growth?", "and corridor financing?")
ZH = ("人民币结算增速", "通道融资增速呢")


@lru_cache(maxsize=1)
def desk() -> Desk:
    """Open the shipped release once."""
    return Desk.open(ROOT / "seeds", ROOT / "intents")


def last(*turns: str) -> Answer:
    """Give the answer to the last of a dialogue's turns."""
    context = EMPTY
    for turn in turns:
        answer = desk().ask(turn, NOW, context)
        context = answer.context
    return answer


@pytest.mark.parametrize("turns", [(*GROWTHS, "what is the gap between the two?"), (*ZH, "这两个差多少个百分点")])
def test_the_difference_is_of_the_two_spoken_of_last(turns: tuple[str, ...]) -> None:
    """It is worked out from both growths, and shows them."""
    answer = last(*turns)
    assert answer.kind == "derived"
    assert {f.kind for f in answer.figures} == {"change"}
    assert len({f.metric for f in answer.figures}) == len(answer.figures) == 2


@pytest.mark.parametrize("turns", [(*GROWTHS, "which grew faster?"), (*ZH, "哪个涨得快")])
def test_which_grew_faster_names_the_one_that_did(turns: tuple[str, ...]) -> None:
    """The settlement's growth is the higher one, and both are quoted."""
    answer = last(*turns)
    most = max(answer.figures, key=lambda f: f.quantity.amount)
    assert answer.kind == "stated"
    assert len(answer.figures) == 2
    assert "settlement" in most.metric


def test_of_one_topic_there_are_no_two() -> None:
    """Nothing is compared where only one matter was spoken of."""
    assert last("settlement growth?", "difference between the two?").formula is None


@pytest.mark.parametrize(("first", "doubt"), [("多少企业受益于外汇衍生品", "不是700多家吗？"), ("多少企业受益于外汇衍生品", "难道不是700家"), ("how many firms benefited from derivatives?", "wasn't it over 700?")])
def test_a_figure_put_in_doubt_is_held_against_the_dialogues_own(first: str, doubt: str) -> None:
    """Another topic's figure is not agreed to: the answer stays."""
    before, after = last(first), last(first, doubt)
    assert after.topic == before.topic == "derivatives"
    assert after.figures[0] == before.figures[0]
    assert after.figures[0].quantity.unit == "count"


def test_a_correction_still_goes_to_the_figure_named() -> None:
    """Who says which one is meant is taken at their word."""
    assert last("多少企业受益于外汇衍生品", "不是，我问的是700那个").topic == "scenarios"


def test_a_name_two_topics_share_is_that_of_the_one_beside() -> None:
    """After the scenarios' firms, "settlements" are those the scenarios led to."""
    assert last("how many firms used the scenarios?", "settlements in total?").topic == "financing_settlements"


@pytest.mark.parametrize("turns", [("Who announced the foreign exchange reforms for 2025?", "what is his position?"), ("谁宣布的2025年外汇改革", "他是什么职务")])
def test_his_office_is_that_of_the_person_just_named(turns: tuple[str, ...]) -> None:
    """"He" is nobody else."""
    answer = last(*turns)
    assert "Wen Jiangyong" in answer.text
    assert "Yao Li" not in answer.text


@pytest.mark.parametrize("turns", [("of that quota, how much has been drawn?",), ("tech firms' quota?", "of that, how much has been drawn?")])
def test_a_part_that_the_release_does_not_give_is_refused(turns: tuple[str, ...]) -> None:
    """The whole is no answer to what part of it."""
    assert last(*turns).kind == "refused"
