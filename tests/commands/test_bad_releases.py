"""Whatever a person hands over as a release gets a reading in linear time or one clear message."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import ReleaseError
from bot.facts.reading import read_facts
from bot.releases.model import Masthead
from bot.releases.reading import read_release, read_seeds, release_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
CHINESE = "2025年6月，兰亭市出口125亿元，同比增长3.1%。"
SENTENCE, OTHER = 100_000, 40_000  # bytes
# Twice the text may take twice the time; the rest is a busy machine's share. A square would take four times.
GROWTH, NOISE = 3.0, 0.2
ENDLESS = {
    "one sentence of words": "the volume rose and ",
    "one sentence of figures": "the volume rose 5% to USD 5 billion and ",
    "one Chinese sentence": "跨境人民币结算量增长5%，",
    "nested brackets": "(",
    "nested Chinese brackets": "（",
    "digits": "1",
    "digits in groups": "1,",
    "markup": "<td>5%</td>",
    "marks of direction": "\u200f5%\u202e ",
    "line ends": "5%\r",
    "paragraphs": "Volume rose 5%.\r\n\n",
    "rows": "Exports 120.5 118.2 1.9\n",
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with no settings."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    return subprocess.run([sys.executable, "-m", "bot", *arguments], capture_output=True, text=True, check=False, cwd=ROOT, env=plain, input="")


@contextmanager
def anyone() -> Iterator[None]:
    """Be without the rights of the root user for a while, where we have them."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def seconds(text: str) -> float:
    """Give the processor time of a reading."""
    start = time.process_time()
    read_facts(release_of("odd", text, Masthead()))
    return time.process_time() - start


@pytest.mark.parametrize("name", ENDLESS)
def test_a_text_without_end_is_read_in_linear_time(name: str) -> None:
    """A sentence of a hundred kilobytes costs about twice what one of fifty does, and so does anything else that goes on and on."""
    unit = ENDLESS[name]
    length = (SENTENCE if "sentence" in name else OTHER) // len(unit.encode())
    half = seconds(unit * (length // 2) + "x.")
    assert seconds(unit * length + "x.") <= half * GROWTH + NOISE


def test_a_million_digits_are_no_figure() -> None:
    """A number longer than any printed is passed over, quickly, and what stands beside it is read."""
    text = f"The volume was {'1' * 1_000_000} yuan, up 5% on the year."
    facts = read_facts(release_of("digits", text, Masthead()))
    assert [f.quantity.surface for f in facts.figures] == ["5%"]


def test_the_note_on_the_encoding_goes_beside_the_output(tmp_path: Path) -> None:
    """`facts` reads GB18030 and says so on standard error, so that its output stays data."""
    path = tmp_path / "gb.txt"
    path.write_bytes(CHINESE.encode("gb18030"))
    done = run("facts", "--json", str(path))
    assert done.returncode == 0
    assert "GB18030" in done.stderr
    assert [json.loads(line)["surface"] for line in done.stdout.splitlines()] == ["125亿元", "3.1%"]


def test_markup_is_read_with_a_note(tmp_path: Path) -> None:
    """HTML pasted as text is read as it stands, and a note says so."""
    path = tmp_path / "pasted.txt"
    path.write_text("<p>Exports rose <b>5%</b> in 2024.</p>", encoding="utf-8")
    done = run("facts", "--json", str(path))
    assert "HTML markup" in done.stderr
    assert json.loads(done.stdout)["surface"] == "5%"


@pytest.mark.parametrize(("name", "words"), [("gone.txt", "no such file"), (".", "is a folder"), ("x" * 400, "cannot be read"), ("a.txt/b.txt", "cannot be read")])
def test_a_path_that_gives_no_text_is_named(tmp_path: Path, name: str, words: str) -> None:
    """What is not there, a folder, a name too long and a file taken for a folder: one message, exit status 2, nothing printed."""
    (tmp_path / "a.txt").write_text("Volume rose 5%.", encoding="utf-8")
    done = run("facts", str(tmp_path / name))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    """A file and a folder without permission are told as such, never as a trace."""
    path = tmp_path / "closed.txt"
    path.write_text("Volume rose 5%.", encoding="utf-8")
    path.chmod(0)
    with anyone(), pytest.raises(ReleaseError, match=r"closed\.txt: cannot be read: Permission denied"):
        read_release(path)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with anyone(), pytest.raises(ReleaseError, match="closed"):
        read_release(closed / "a.txt")
    with anyone(), pytest.raises(ReleaseError, match="closed"):
        read_seeds(closed)


@pytest.mark.parametrize("masthead", ["published: 2025-13-40", "published: 20250220", "published: " + "1" * 5000, "a: &a [*a, *a]\n", "\x00", "- " * 3000, "published: 2025-02-20T10:00:00"])
def test_a_masthead_of_any_kind_is_a_fault_and_no_trace(tmp_path: Path, masthead: str) -> None:
    """Days that are none, numbers without end, a list within itself: the masthead's file is named."""
    (tmp_path / "a.txt").write_text("Volume rose 5%.", encoding="utf-8")
    (tmp_path / "a.yaml").write_text(f"publisher: A\npage: https://example.org\nplace: B\nlanguage: en\n{masthead}", encoding="utf-8")
    with pytest.raises(ReleaseError) as caught:
        read_seeds(tmp_path)
    assert all(str(fault).startswith("a.yaml") for fault in caught.value.faults)


def test_mixed_line_ends_part_paragraphs_and_stay(tmp_path: Path) -> None:
    """Windows', old Macintosh and Unix line ends in one file each end a paragraph, and the quotes stay slices."""
    path = tmp_path / "mixed.txt"
    path.write_bytes(b"Exports rose 5%.\r\nImports fell 3%.\rLoans were USD 5 billion.\n\n\n")
    release = read_release(path)
    assert [s.paragraph for s in release.sentences] == [0, 1, 2]
    assert [release.quote(f.span) for f in read_facts(release).figures] == ["5%", "3%", "USD 5 billion"]
