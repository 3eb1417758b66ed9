"""The wording file: read, checked, every fault at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.chat.wording import WORDING_FILE, read_wording
from bot.errors import ContentError

from .stage import ROOT

if TYPE_CHECKING:
    from pathlib import Path

GOOD = (ROOT / "intents" / WORDING_FILE).read_text(encoding="utf-8")


def test_wording_is_whole() -> None:
    """The repo's wording reads, in both languages."""
    words = read_wording(ROOT / "intents")
    assert words.apology.say("en", id="ab12") != words.apology.say("zh", id="ab12")
    assert "ab12" in words.apology.say("zh", id="ab12")


@pytest.mark.parametrize(("content", "words"), [
    (b"", ["valid dictionary"]),
    (b"\xff", ["utf-8"]),
    (b"a: [", ["UTF-8 YAML"]),
    (GOOD.replace("{id}", "{number}").encode(), ["apology.en", "apology.zh", "{id}"]),
    (GOOD.replace("{id}", "{").encode(), ["apology.en"]),
    (GOOD.replace("private:", "privat:").encode(), ["private", "privat:"]),
    (GOOD.replace("  zh: 私聊提问", "  zh: 3").encode(), ["private.zh"]),
    (GOOD.replace("私聊提问", "私" * 65).encode(), ["private.zh", "64"]),
])  # fmt: skip
def test_faulty_wording_is_reported(tmp_path: Path, content: bytes, words: list[str]) -> None:
    """Each fault names the file, the key and the remedy."""
    (tmp_path / "chat").mkdir()
    (tmp_path / WORDING_FILE).write_bytes(content)
    with pytest.raises(ContentError) as caught:
        read_wording(tmp_path)
    for word in ("intents/chat/wording.yaml", *words):
        assert word in str(caught.value)


def test_missing_wording_is_reported(tmp_path: Path) -> None:
    """A missing file is a fault with a remedy."""
    with pytest.raises(ContentError, match="restore the file"):
        read_wording(tmp_path)
