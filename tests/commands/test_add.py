"""``add`` stores a sound text with its masthead and says what it read; a bad one is refused whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from bot import files
from bot.adding import add
from bot.errors import FaultsError
from bot.releases.reading import read_seeds
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 3, 1)
GIVEN = {"publisher": "Example Desk", "page": "https://example.org/a", "published": "2025-07-24"}
TEXT = "Trade Grows in June\n\nLANTING, July 24, 2025 -- Exports of the city reached 12.5 billion yuan in June, up 3.1 percent. Loans were 600 billion yuan (approx. RMB 82.7 billion).\n"
CHINESE = "兰亭市外贸增长\n\n2025年6月，兰亭市出口125亿元，同比增长3.1%，比全国高1.5个百分点。\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Give settings whose releases are a copy of the shipped ones."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return Settings(seeds=tmp_path / "seeds")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Give a file with a sound text."""
    path = tmp_path / "morning.txt"
    path.write_bytes(TEXT.encode())
    return path


def state(settings: Settings) -> dict[str, bytes]:
    """Give what the folder of releases holds."""
    return {path.name: path.read_bytes() for path in settings.seeds.iterdir()}


def refusal(path: Path, settings: Settings, **given: str | None) -> str:
    """Give the refusal of a text, and hold the folder to be as it was."""
    before = state(settings)
    with pytest.raises(FaultsError) as caught:
        add(path, {**GIVEN, **given}, settings, TODAY)
    assert state(settings) == before
    return str(caught.value)


def test_a_text_is_stored_byte_for_byte_with_its_masthead(text: Path, settings: Settings) -> None:
    """The id is the next number and the text's hash; the report counts what was read and names the doubtful spot by line."""
    report, notes = add(text, GIVEN, settings, TODAY)
    name = f"001_{hashlib.sha256(TEXT.encode()).hexdigest()[:16]}"
    assert (settings.seeds / f"{name}.txt").read_bytes() == TEXT.encode()
    assert yaml.safe_load((settings.seeds / f"{name}.yaml").read_text(encoding="utf-8")) == {**GIVEN, "published": date(2025, 7, 24), "place": "Lanting", "language": "en"}
    assert notes == []
    assert report[0].startswith(f"added {name}")
    assert "4 figures" in report[2]
    assert "1 doubtful" in report[2]
    assert report[3].startswith("  line 3: RMB 82.7 billion: ")
    assert {release.id for release in read_seeds(settings.seeds)} >= {name}


def test_what_is_given_wins_over_what_is_read(text: Path, settings: Settings) -> None:
    """A place and a language that are given stand in the masthead as they are."""
    add(text, {**GIVEN, "place": "Lanting, China", "language": "en"}, settings, TODAY)
    assert [r.masthead.place for r in read_seeds(settings.seeds)][-1] == "Lanting, China"


def test_chinese_in_the_national_encoding_is_stored_as_utf8_with_a_note(tmp_path: Path, settings: Settings) -> None:
    """GB18030 is converted, and a note says so."""
    path = tmp_path / "gb.txt"
    path.write_bytes(CHINESE.encode("gb18030"))
    _, notes = add(path, GIVEN, settings, TODAY)
    stored = [release for release in read_seeds(settings.seeds) if release.language == "zh"]
    assert [release.text for release in stored] == [CHINESE]
    assert "GB18030" in notes[0]


@pytest.mark.parametrize("change", [str, str.upper, lambda t: t.replace("\n", "\r\n"), lambda t: f"\ufeff{t}", lambda t: t.replace(" ", "  "), lambda t: t.replace("%", "％")])
def test_the_same_words_are_a_duplicate(text: Path, settings: Settings, change: type[str]) -> None:
    """The same text is refused, also with other line ends, spaces, case or width, and the stored one is named."""
    add(text, GIVEN, settings, TODAY)
    text.write_bytes(change(TEXT).encode())
    assert "is stored already as 001_" in refusal(text, settings)


def test_a_corrected_figure_is_no_duplicate(text: Path, settings: Settings) -> None:
    """A text that differs in one digit is another release, with the next number."""
    add(text, GIVEN, settings, TODAY)
    text.write_bytes(TEXT.replace("3.1 percent", "31 percent").encode())
    assert add(text, GIVEN, settings, TODAY)[0][0].startswith("added 002_")


def test_every_fault_of_the_masthead_comes_at_once(text: Path, settings: Settings) -> None:
    """What is missing, wrong or in the future is named with its option."""
    said = refusal(text, settings, publisher=" ", page="example.org", published="20250724", language="fr")
    for option in ("--publisher", "--page", "--published", "--language"):
        assert option in said
    assert "future" in refusal(text, settings, published="2026-03-02")
    assert "is not given" in refusal(text, settings, publisher=None)


def test_a_place_that_the_text_does_not_tell_is_asked_for(text: Path, settings: Settings) -> None:
    """Where neither the person nor the text names a place, the option is named."""
    text.write_text("Exports reached 12.5 billion yuan in June, up 3.1 percent.", encoding="utf-8")
    assert "--place" in refusal(text, settings)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\x00\x01PNG", "not a text"),
        (b"caf\xe9 5%", "UTF-8"),
        (b"<!DOCTYPE html><html><body><p>LANTING, July 24 -- up 5%</p></body></html>", "web page's source"),
        (b"LANTING -- ", "nothing is read"),
    ],
)
def test_a_bad_text_is_refused_and_nothing_written(tmp_path: Path, settings: Settings, data: bytes, words: str) -> None:
    """Empty, binary, wrongly encoded, a page's source, and a text in which nothing is read: each by name."""
    path = tmp_path / "bad.txt"
    path.write_bytes(data)
    assert words in refusal(path, settings, place="Lanting")


def test_a_file_that_is_missing_or_a_folder_is_refused(tmp_path: Path, settings: Settings) -> None:
    """The path is named with what is wrong, beside the masthead's faults."""
    assert "no such file" in refusal(tmp_path / "gone.txt", settings)
    said = refusal(tmp_path, settings, page="nowhere")
    assert "it is a folder" in said
    assert "--page" in said


def test_a_folder_of_releases_that_is_missing_is_named(text: Path, tmp_path: Path) -> None:
    """Without a folder of releases nothing is made, and the setting is named."""
    with pytest.raises(FaultsError, match="FOOTNOTE_SEEDS"):
        add(text, GIVEN, Settings(seeds=tmp_path / "none"), TODAY)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("nth", [1, 2])
@pytest.mark.parametrize("failing", ["_write", "replace"])
def test_a_disk_that_fails_leaves_both_files_or_neither(text: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, nth: int, failing: str) -> None:
    """Whichever write or move fails, no half release and no remains stay, and the fault is told."""
    count = iter(range(1, 9))
    before: Callable[[Path, object], object] = getattr(files if failing == "_write" else Path, failing)

    def fail(path: Path, argument: object) -> object:
        if next(count) == nth:
            raise OSError(28, "No space left on device", str(path))
        return before(path, argument)

    monkeypatch.setattr(files if failing == "_write" else Path, failing, fail)
    assert "No space left" in refusal(text, settings)


def test_the_command_prints_the_report_and_the_notes_apart(tmp_path: Path, settings: Settings) -> None:
    """The report goes to the output, notes to the error stream; a refusal has exit status 2 and one message."""
    path = tmp_path / "gb.txt"
    path.write_bytes(CHINESE.encode("gb18030"))
    plain = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    options = [f"--{name}={value}" for name, value in GIVEN.items()]
    command = [sys.executable, "-m", "bot", "add", str(path), *options]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env={**plain, "FOOTNOTE_SEEDS": str(settings.seeds)}) for _ in range(2))
    assert first.returncode == 0
    assert first.stdout.startswith("added 001_")
    assert first.stderr.startswith("note: ")
    assert (second.returncode, second.stdout) == (2, "")
    assert "is stored already" in second.stderr
