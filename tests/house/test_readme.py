"""Every command and exchange of the README works as printed."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
EXCHANGES = [block.split("\n", 1) for block in BLOCKS if block.startswith("$ ")]
COMMANDS = sorted(set(re.findall(r"`python -m bot ([a-z]+)", README)))
TARGETS = sorted(set(re.findall(r"\bmake ([a-z-]+)", README)))
PLAIN = {**{k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}, "COLUMNS": "80"}


@pytest.mark.parametrize(("command", "printed"), EXCHANGES)
def test_each_exchange_prints_what_the_readme_shows(command: str, printed: str) -> None:
    """The reply is the one printed, to the letter."""
    words = shlex.split(command.removeprefix("$ python"))
    run = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True, cwd=ROOT, env=PLAIN)
    assert run.stdout == printed


def test_there_are_exchanges_in_both_languages() -> None:
    """The README shows a real exchange in English and in Chinese."""
    assert len(EXCHANGES) >= 2


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_exists(command: str) -> None:
    """Every command the README names is one the program has."""
    subprocess.run([sys.executable, "-m", "bot", command, "--help"], capture_output=True, check=True, cwd=ROOT, env=PLAIN)


@pytest.mark.parametrize("target", TARGETS)
def test_each_make_target_exists(target: str) -> None:
    """Every make target the README names is one the Makefile has."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_setting_is_in_the_readme() -> None:
    """Every setting stands in the README's table."""
    from bot.settings import PREFIX, Settings  # noqa: PLC0415 - read here so that the module's import stays light

    missing = [name for name in Settings.model_fields if name != "plain" and f"{PREFIX}{name.upper()}" not in README]
    assert not missing


def test_continuous_integration_runs_what_the_readme_says() -> None:
    """`.ci/run` calls make check and make test and nothing of its own."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.findall(r"^make \w+", script, re.MULTILINE) == ["make check", "make test"]
