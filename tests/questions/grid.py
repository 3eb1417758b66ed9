"""The grid: questions made of the content and the facts themselves, those that must be answered and those that must be refused.

For each topic that holds figures: each of its names, in each language, with each aspect that has an answer, as typed and
with one slip in each longer word, in capitals, full width and loud; and the same names with a year, place, currency,
counterpart, matter or speaker that no fact of the topic has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.questions.typos import sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.desk import Desk

ASKED = ("level", "change", "gap", "count", "share", "nation_growth", "year_before", "increase", "per_unit", "remainder", "rate", "equivalent")
NAMES_EACH = 3
LONG_WORD = 7
LONG_NAME = 3
BESIDE = {"a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o", "k": "l", "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "r": "t", "s": "d", "t": "y", "u": "i", "v": "b", "y": "u"}
OTHERS = {
    "en": {
        "period": ("{name} in 2019", "{name} 2021", "{name} in 2026", "{name}, third quarter of 2022", "how much was {name} in the first half of 2018"),
        "place": ("{name} in Chengdu", "{name} of Shanghai", "{name} for Guangdong", "{name} in Wuhan", "Beijing's {name}"),
        "counterpart": ("{name} with the EU", "{name} with Japan", "{name} with South Korea", "{name} with Germany"),
        "currency": ("{name} in euros", "{name} in yen", "{name} expressed in sterling", "{name} in hong kong dollars"),
        "institution": ("{name} of the bank of japan", "icbc's {name}", "{name} according to the imf"),
        "other figure": ("external debt and {name}", "how many banks took part in {name}", "{name} of small firms"),
        "matter": ("{name} deposits", "{name} interest rate", "pos terminals for {name}", "{name} insurance", "{name} stock price"),
        "never": ("email for {name}", "why did {name} change", "forecast for {name}", "ranking of {name}", "{name} monthly breakdown"),
    },
    "zh": {
        "period": ("2019年{name}", "{name}2021年是多少", "2026年的{name}", "2022年三季度{name}", "2018年上半年{name}多少"),
        "place": ("成都的{name}", "上海{name}", "广东{name}多少", "武汉市{name}", "北京的{name}"),
        "counterpart": ("对欧盟的{name}", "与日本的{name}", "对韩国{name}", "和德国的{name}"),
        "currency": ("{name}折欧元", "{name}换成日元", "{name}是多少英镑", "{name}合多少港元"),
        "institution": ("工商银行的{name}", "世界银行说的{name}", "海关的{name}"),
        "other figure": ("{name}和外债", "多少家银行参与了{name}", "小微企业的{name}"),
        "matter": ("{name}存款", "{name}利率", "POS机的{name}", "{name}保险", "{name}股票"),
        "never": ("{name}的联系电话", "{name}为什么变化", "{name}预测", "{name}排名", "{name}逐月明细"),
    },
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the grid: what must come of it, and for which topic."""

    text: str
    topic: str
    must: str  # answered | refused
    why: str


def names(desk: Desk, topic: str, lang: str) -> list[str]:
    """Give the ways to name a topic that name no other: its label and its longest patterns' first words."""
    book = desk.book
    found = [book.topics[topic].label.of(lang)]
    for pattern in sorted(book.topics[topic].patterns, key=len, reverse=True):
        words = [next(iter(getattr(book.concepts[c], lang)), None) for c in pattern]
        if None not in words and len(pattern) > 1:
            found.append((" " if lang == "en" else "").join(map(str, words)))
    clear = []
    for name in dict.fromkeys(found):
        ranked = desk.matcher.rank_topics(desk.reader.read(name).concepts)
        if ranked and ranked[0].name == topic and (len(ranked) == 1 or ranked[0].score - ranked[1].score > 1):
            clear.append(name)
    return clear[:NAMES_EACH]


def slips(text: str) -> Iterator[str]:
    """Give the text with one edit in each longer word, one word at a time: letters swapped, dropped, doubled, hit beside."""
    words = text.split(" ")
    for i, word in enumerate(words):
        if not (word.isascii() and word.isalpha() and len(word) >= LONG_WORD):
            continue
        m = len(word) // 2
        edits = (word[: m - 1] + word[m] + word[m - 1] + word[m + 1 :], word[:m] + word[m + 1 :], word[:m] + word[m] + word[m:], word[:m] + BESIDE.get(word[m], "q") + word[m + 1 :])
        for typed in dict.fromkeys(edits):
            if typed != word:
                yield " ".join([*words[:i], typed, *words[i + 1 :]])


def heard(desk: Desk, text: str) -> Iterator[str]:
    """Give a Chinese text with one character of each longer name written as another that sounds the same."""
    alike = _alike("".join(sorted({c for key in desk.reader.lexicon.index for part in key for c in part if "\u4e00" <= c <= "\u9fff"})))
    hits = sorted({(h.start, h.end) for h in desk.reader.read(text).hits if h.end - h.start >= LONG_NAME and text[h.start : h.end].isalpha()})
    for start, end in hits:
        middle = (start + end) // 2
        other = next((c for c in alike.get(sound(text[middle]), ()) if c != text[middle]), None)
        if other and not text[middle].isascii():
            yield text[:middle] + other + text[middle + 1 :]


@lru_cache(maxsize=1)
def _alike(characters: str) -> dict[str, list[str]]:
    """Give characters by how they sound."""
    found: dict[str, list[str]] = {}
    for character in characters:
        found.setdefault(sound(character), []).append(character)
    return found


def shapes(text: str) -> Iterator[str]:
    """Give the text as people type it: capitals, full width, loud, with spaces around."""
    yield text
    yield text.upper()
    yield "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    yield f"  {text}!!!"
    yield f"{text}?"


def grid(desk: Desk) -> Iterator[Asked]:
    """Give every case."""
    for topic, facts in desk.all_facts:
        if not facts.figures:
            continue
        for lang in ("en", "zh"):
            for name in names(desk, topic, lang):
                yield from _answered(desk, topic, lang, name)
                yield from _refused(desk, topic, lang, name)


def _answered(desk: Desk, topic: str, lang: str, name: str) -> Iterator[Asked]:
    joiner = " " if lang == "en" else ""
    for aspect in ASKED:
        if not desk._has(topic, aspect):  # noqa: SLF001 - the grid asks what the desk can answer
            continue
        pattern = desk.book.aspects[aspect].patterns[0]
        words = joiner.join(str(next(iter(getattr(desk.book.concepts[c], lang)))) for c in pattern)
        question = f"{name}{joiner}{words}"
        for text in (*shapes(question), *slips(question), *(heard(desk, question) if lang == "zh" else ())):
            yield Asked(text, topic, "answered", aspect)


def _refused(desk: Desk, topic: str, lang: str, name: str) -> Iterator[Asked]:
    for why, templates in OTHERS[lang].items():
        for template in templates:
            for text in (template.format(name=name), template.format(name=name).upper()):
                yield Asked(text, topic, "refused", why)
    speaker = next(iter(desk.store.people), None)
    spoken = {f.speaker for f in dict(desk.all_facts)[topic].figures}
    for person in desk.store.people:
        if person not in spoken and speaker:
            yield Asked(f"did {person} say {name}" if lang == "en" else f"{person}说过{name}吗", topic, "refused_or_asked", "speaker")
