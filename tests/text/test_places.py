"""Places are found in both languages; names that are everyday words are not places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.text import gazetteer
from bot.text.cleaning import clean
from bot.text.places import find_places, kind_of, near_place, place_id, place_name, same_place, within

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("english", "chinese", "place"),
    [
        ("Chengdu", "成都", "CN:Chengdu"),
        ("Sichuan", "四川", "CN-SC"),
        ("Shanghai", "上海", "CN-SH"),
        ("Chongqing", "重庆", "CN-CQ"),
        ("Guangxi", "广西", "CN-GX"),
        ("Xi'an", "西安", "CN:Xi'an"),
        ("Hong Kong", "香港", "HK"),
        ("Vietnam", "越南", "VN"),
        ("Viet Nam", "越南", "VN"),
        ("the EU", "欧盟", "EU"),
        ("ASEAN", "东盟", "ASEAN"),
        ("the Yangtze River Delta", "长三角", "YRD"),
        ("Singapore", "新加坡", "SG"),
        ("China", "中国", "CN"),
    ],
)
def test_places_are_one_in_both_languages(english: str, chinese: str, place: str) -> None:
    """A province, a city, a country and a group have one id whatever the language."""
    assert [p.id for p in find_places(clean(f"settlement in {english}?"))] == [place]
    assert [p.id for p in find_places(clean(f"{chinese}的结算规模"))] == [place]


@pytest.mark.parametrize("place", ["Scotland", "California", "Ontario", "New York", "Latin America", "Africa", "Inner Mongolia"])
def test_parts_of_the_world_are_known(place: str) -> None:
    """Parts of countries and continents that trade by name are places too."""
    assert len(find_places(place.casefold())) == 1


@pytest.mark.parametrize(
    "text",
    [
        "a nice reading of the most mobile deal",
        "the best split of an orange bath",
        "tell us how many men and a man paid",
        "central bank and union pay",
        "the balance in us dollars",
        "和平开放的中心",
        "上市公司的建设和开发",
    ],
)
def test_everyday_words_are_no_places(text: str) -> None:
    """Towns named like ordinary words, and the pronoun "us", make no place."""
    assert find_places(text) == []


def test_a_place_stands_where_it_stands() -> None:
    """Offsets cut the name out of the text, its possessive and its full stop aside."""
    text = "chongqing's and the u.s. volumes, 对越南"
    assert [text[p.start : p.end] for p in find_places(text)] == ["chongqing", "u.s.", "越南"]


@pytest.mark.parametrize(("typed", "place"), [("shanghi", "CN-SH"), ("chengdo", "CN:Chengdu"), ("vietnm", "VN"), ("singapor", "SG")])
def test_a_name_one_edit_off_is_near(typed: str, place: str) -> None:
    """A letter missing or wrong in a long name is that place."""
    assert near_place(typed) == place


@pytest.mark.parametrize("word", ["paris", "balance", "volume", "lond", "2024", "atm", "成都"])
def test_short_names_and_other_words_are_near_nothing(word: str) -> None:
    """Short names, numbers and words far from any name are no mistyped place."""
    assert near_place(word) is None


def test_a_city_and_a_province_lie_in_their_country() -> None:
    """Chongqing and Chengdu lie within China and the world, neither within another country or city."""
    assert within("CN-CQ", "CN")
    assert within("CN:Chengdu", "CN")
    assert within("CN-CQ", "001")
    assert not within("CN-CQ", "VN")
    assert not within("CN", "CN-CQ")


def test_names_and_ids_agree() -> None:
    """A place's own label in either language leads back to it, and what is no place has no id."""
    for place in ("CN-CQ", "CN:Chengdu", "DE", "ASEAN", "EU"):
        assert {place_id(place_name(place, lang)) for lang in ("en", "zh")} == {place}
    assert place_id("重庆市") == "CN-CQ"
    assert place_id("nowhere at all") is None
    assert same_place("ASEAN", "035")
    assert not same_place("CN-CQ", "CN-SC")
    assert [kind_of(p) for p in ("DE", "EU", "CN-CQ", "CN:Chengdu")] == ["country", "region", "province", "city"]


def test_the_table_is_made_where_no_cache_can_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A cache folder that cannot be made, or a cache that is broken, costs time and changes nothing."""
    whole = gazetteer.table()
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: blocked)
    gazetteer.table.cache_clear()
    assert gazetteer.table() == whole
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path)
    gazetteer.table.cache_clear()
    assert gazetteer.table() == whole
    (kept,) = tmp_path.glob("places-*.json")
    kept.write_text("{", encoding="utf-8")
    gazetteer.table.cache_clear()
    assert gazetteer.table() == whole
