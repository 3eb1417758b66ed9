"""Texts are read byte for byte; every fault of a folder is reported at once."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.errors import ReleaseError
from bot.releases.reading import read_release, read_seeds

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
FIRST = "000_82a4cc623399501d"
MASTHEAD = "publisher: Example Desk\npage: https://example.org/a\npublished: 2025-02-20\nplace: Chongqing, China\nlanguage: en\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with one sound release."""
    (tmp_path / "sound.txt").write_text("The volume rose 5%.", encoding="utf-8")
    (tmp_path / "sound.yaml").write_text(MASTHEAD, encoding="utf-8")
    return tmp_path


def faults(folder: Path) -> list[str]:
    """Give a folder's faults, a line each."""
    with pytest.raises(ReleaseError) as caught:
        read_seeds(folder)
    return [str(fault) for fault in caught.value.faults]


def test_the_first_release_is_kept_byte_for_byte() -> None:
    """The text read is the file's bytes decoded, and the masthead says what the text does not."""
    (release,) = (r for r in read_seeds(SEEDS) if r.id == FIRST)
    assert release.text.encode() == (SEEDS / f"{FIRST}.txt").read_bytes()
    assert (release.masthead.publisher, release.masthead.published, release.language) == ("iChongqing", date(2025, 2, 20), "en")


@pytest.mark.parametrize("text", ["a\r\nb\rc\n", "\ufeffThe volume rose.", "مرحبا \u200f5%\u200e", "e\u0301 é", "𠀀 5%"])
def test_bytes_are_decoded_and_otherwise_untouched(tmp_path: Path, text: str) -> None:
    """Line endings, marks, accents and rare characters stay, so that offsets count code points of the file."""
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    assert read_release(path).text == text


def test_a_bare_text_is_read_without_a_masthead(tmp_path: Path) -> None:
    """A file alone reads too; its language is told from its words."""
    path = tmp_path / "bare.txt"
    path.write_text("重庆跨境人民币结算量增长5%。", encoding="utf-8")
    release = read_release(path)
    assert (release.language, release.masthead.publisher, release.masthead.published) == ("zh", None, None)


def test_chinese_in_the_national_encoding_is_converted(tmp_path: Path) -> None:
    """A GB18030 file reads as the same text as UTF-8."""
    text = "2024年，重庆跨境人民币结算量近4000亿元，同比增长37%。"
    path = tmp_path / "gb.txt"
    path.write_bytes(text.encode("gb18030"))
    assert read_release(path).text == text


@pytest.mark.parametrize(("data", "words"), [(b"", "empty"), (b" \n\t", "empty"), (b"\x00\x01PNG", "not a text"), (b"caf\xe9 costs 5", "UTF-8")])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    """Empty, binary and wrongly encoded files are each named with what is wrong."""
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    with pytest.raises(ReleaseError, match=words):
        read_release(path)


def test_all_faults_are_told_at_once(folder: Path) -> None:
    """A wrong key, a missing one, a wrong type, a missing masthead and a missing text come in one report."""
    (folder / "keys.txt").write_text("It rose.", encoding="utf-8")
    (folder / "keys.yaml").write_text(MASTHEAD.replace("publisher", "issuer").replace("2025-02-20", "soon"), encoding="utf-8")
    (folder / "alone.txt").write_text("It fell.", encoding="utf-8")
    (folder / "lost.yaml").write_text(MASTHEAD, encoding="utf-8")
    told = faults(folder)
    for start in ("keys.yaml: issuer", "keys.yaml: publisher", "keys.yaml: published", "alone.yaml: is missing", "lost.yaml: has no lost.txt"):
        assert any(fault.startswith(start) for fault in told), start
    assert not any(fault.startswith("sound") for fault in told)


@pytest.mark.parametrize("masthead", ["[a, b]", "", "publisher: [", "- 5", "\t", "publisher: *none", "[" * 5000])
def test_a_masthead_of_no_form_is_one_fault(folder: Path, masthead: str) -> None:
    """Broken YAML, a list, nothing at all or brackets without end: the file is named, nothing is raised."""
    (folder / "sound.yaml").write_text(masthead, encoding="utf-8")
    assert all(fault.startswith("sound.yaml") for fault in faults(folder))


@pytest.mark.parametrize(("key", "value"), [("publisher", "''"), ("place", "''"), ("page", "'javascript:alert(1)'"), ("language", "fr"), ("published", "'2025-13-40'")])
def test_a_masthead_is_complete(folder: Path, key: str, value: str) -> None:
    """An empty name, a page that is no web address, a language not read or a day that is none is a fault of its key."""
    lines = [f"{key}: {value}" if line.startswith(f"{key}:") else line for line in MASTHEAD.splitlines()]
    (folder / "sound.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert any(fault.startswith(f"sound.yaml: {key}") for fault in faults(folder))


def test_two_ids_that_differ_in_case_clash(folder: Path) -> None:
    """An id is unique whatever its case, so that it is on every file system."""
    (folder / "SOUND.txt").write_text("It fell.", encoding="utf-8")
    if not (folder / "SOUND.txt").samefile(folder / "sound.txt"):
        shutil.copy(folder / "sound.yaml", folder / "SOUND.yaml")
        assert any("same id" in fault for fault in faults(folder))


def test_a_folder_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    """The folder and the remedy are told."""
    assert "holds no release" in faults(tmp_path)[0]
    assert "FOOTNOTE_SEEDS" in faults(tmp_path / "none")[0]


def test_a_folder_named_like_a_text_is_a_fault(folder: Path) -> None:
    """What cannot be read is named."""
    (folder / "odd.txt").mkdir()
    assert any("cannot be read" in fault for fault in faults(folder))
