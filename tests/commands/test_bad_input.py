"""Bad input gets one clear message that names the file or setting and the remedy, and exit status 2."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command with settings of its own."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    return subprocess.run([sys.executable, "-m", "bot", *arguments], capture_output=True, text=True, check=False, cwd=ROOT, env={**plain, **settings}, input="")


def refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    """Hold a result to be one clear message and exit status 2."""
    said = result.stderr + result.stdout
    assert result.returncode == 2, said
    assert "Traceback" not in said
    for word in words:
        assert word in said


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """Copy the shipped releases."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    return tmp_path / "seeds"


@pytest.fixture
def intents(tmp_path: Path) -> Path:
    """Copy the shipped content."""
    shutil.copytree(ROOT / "intents", tmp_path / "intents")
    return tmp_path / "intents"


def test_missing_seeds_are_named(tmp_path: Path) -> None:
    """A folder that is not there is named with the setting that gives it."""
    refused(run("ask", "hello", FOOTNOTE_SEEDS=str(tmp_path / "none")), "none", "FOOTNOTE_SEEDS")


def test_empty_seeds_are_named(tmp_path: Path) -> None:
    """An empty folder says what belongs there."""
    refused(run("ask", "hello", FOOTNOTE_SEEDS=str(tmp_path)), str(tmp_path), "ID.txt")


def test_all_faults_of_seeds_come_at_once(seeds: Path) -> None:
    """A text that is not UTF-8, a wrong key, a wrong type and a masthead without its text are all reported in one run."""
    (seeds / "latin.txt").write_bytes(b"caf\xe9 \xff\xfe costs 5")
    (seeds / "latin.yaml").write_text("publisher: A\nissued: 2024\n", encoding="utf-8")
    (seeds / "alone.yaml").write_text("publisher: A\n", encoding="utf-8")
    result = run("check", FOOTNOTE_SEEDS=str(seeds))
    refused(result, "latin.txt", "UTF-8", "latin.yaml: issued", "latin.yaml: published", "alone.yaml")


def test_a_binary_file_is_refused(tmp_path: Path) -> None:
    """A file that is no text is named."""
    (tmp_path / "a.txt").write_bytes(b"\x00\x01\x02PNG")
    refused(run("facts", str(tmp_path / "a.txt")), "a.txt", "not a text")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is named."""
    refused(run("facts", str(tmp_path / "gone.txt")), "gone.txt", "cannot be read")


def test_two_topics_with_one_command(intents: Path) -> None:
    """The second topic with a command names the first."""
    topic = (intents / "topics" / "atm.yaml").read_text(encoding="utf-8")
    (intents / "topics" / "zebra.yaml").write_text(topic, encoding="utf-8")
    refused(run("check", FOOTNOTE_INTENTS=str(intents)), "zebra.yaml", "/atm", "atm.yaml")


def test_a_selector_that_picks_nothing(intents: Path) -> None:
    """A selector no fact fits is named by file and place."""
    path = intents / "topics" / "atm.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  - {metric: [unicorns]}\n", encoding="utf-8")
    refused(run("check", FOOTNOTE_INTENTS=str(intents)), "atm.yaml", "picks nothing")


def test_a_template_with_an_unknown_slot(intents: Path) -> None:
    """A slot that no reply fills is named, at check and at ask alike."""
    path = intents / "replies" / "moves.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("You are welcome.", "You are welcome, {sire}."), encoding="utf-8")
    for command in (("check",), ("ask", "hello")):
        refused(run(*command, FOOTNOTE_INTENTS=str(intents)), "thanks", "sire")


def test_an_unknown_key_and_a_broken_file(intents: Path) -> None:
    """A key nobody knows and YAML that cannot be read are both reported."""
    (intents / "topics" / "odd.yaml").write_text("label: {en: A, zh: B}\ncolour: red\n", encoding="utf-8")
    (intents / "topics" / "broken.yaml").write_text("label: [\n", encoding="utf-8")
    refused(run("check", FOOTNOTE_INTENTS=str(intents)), "odd.yaml", "colour", "broken.yaml")


def test_an_unknown_setting_is_named() -> None:
    """A setting that does not exist is named beside those that do."""
    refused(run("check", FOOTNOTE_TOKN="x"), "FOOTNOTE_TOKN", "FOOTNOTE_TOKEN")


def test_no_token_is_named() -> None:
    """The bot without a token says which setting holds it."""
    refused(run("run"), "FOOTNOTE_TOKEN", "BotFather")


def test_a_secret_is_not_in_the_message() -> None:
    """A faulty setting's message holds no token."""
    result = run("check", FOOTNOTE_TOKEN="1:canary", FOOTNOTE_LOG_LEVEL="LOUD")
    refused(result, "FOOTNOTE_LOG_LEVEL")
    assert "canary" not in result.stderr + result.stdout


def test_a_line_that_is_no_question() -> None:
    """Standard input that is not JSON is named by its line."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    result = subprocess.run([sys.executable, "-m", "bot", "ask", "--json"], capture_output=True, text=True, check=False, cwd=ROOT, env=plain, input='{"q": "hi"}\nnope\n')
    refused(result, "line 2", "JSON")
    assert '"kind": "chat"' in result.stdout
