"""The catalogues: read, checked, every fault at once; nothing said in code that one of them lacks."""

from __future__ import annotations

import ast
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from bot.chat.wording import LANGUAGES, read_wording
from bot.errors import ContentError

from .stage import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHAT = ROOT / "intents" / "chat"
NAMES = {lang: set(re.findall(r'^msgid "(.+)"$', (CHAT / f"{lang}.po").read_text(encoding="utf-8"), re.MULTILINE)) for lang in LANGUAGES}


def said() -> set[str]:
    """Give the names that the code says, each written out; one made of parts gives its beginning, which ends in ``_``."""
    found = set()
    for path in (ROOT / "bot" / "chat").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("say", "tell"):
                found |= set(names(node.args[0]))
    return found


def names(node: ast.expr) -> Iterator[str]:
    """Give the names that an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*names(node.body), *names(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        yield from names(node.values[0])


def test_wording_is_whole() -> None:
    """The repo's wording reads, in both languages, with slots filled and plurals as each language has them."""
    words = read_wording(ROOT / "intents")
    assert words.say("apology", "en", id="ab12") != words.say("apology", "zh", id="ab12")
    assert "ab12" in words.say("apology", "zh", id="ab12")
    assert words.say("slow_down", "en", n=1).endswith("1 second.")
    assert words.say("slow_down", "en", n=5).endswith("5 seconds.")
    assert "5" in words.say("slow_down", "zh", n=5)


def test_every_string_is_in_both_languages() -> None:
    """Both catalogues say the same things, and everything that code says is in them."""
    assert NAMES["en"] == NAMES["zh"]
    wanted = said()
    assert {"stale", "privacy", "state_"} <= wanted
    assert [n for n in sorted(wanted) if n not in NAMES["en"] and not (n.endswith("_") and any(known.startswith(n) for known in NAMES["en"]))] == []


@pytest.mark.parametrize(("lang", "old", "new", "words"), [
    ("en", "{id}", "{number}", ["zh.po: apology", "number"]),
    ("zh", "编号{id}", "编号{", ["zh.po: apology"]),
    ("zh", 'msgid "private"', 'msgid "privat"', ["zh.po: private: is missing", "en.po: privat: is missing"]),
    ("zh", '"私聊提问"', '""', ["zh.po: private: is empty"]),
    ("zh", "私聊提问", "私" * 65, ["zh.po: private", "64"]),
    ("en", 'msgstr "Copy"', 'nonsense "Copy"', ["en.po", "gettext catalogue"]),
])  # fmt: skip
def test_faulty_wording_is_reported(tmp_path: Path, lang: str, old: str, new: str, words: list[str]) -> None:
    """Each fault names the file, the key and the remedy."""
    shutil.copytree(CHAT, tmp_path / "chat")
    file = tmp_path / "chat" / f"{lang}.po"
    whole = file.read_text(encoding="utf-8")
    assert old in whole
    file.write_text(whole.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_wording(tmp_path)
    for word in ("intents/chat/", *words):
        assert word in str(caught.value)


def test_missing_wording_is_reported(tmp_path: Path) -> None:
    """Missing files are faults with a remedy, each by its name."""
    with pytest.raises(ContentError, match="restore the file") as caught:
        read_wording(tmp_path)
    assert "en.po" in str(caught.value)
    assert "zh.po" in str(caught.value)
