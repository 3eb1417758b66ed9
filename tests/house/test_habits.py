"""The habits of the house that linters do not see: who may know the time, the network, Telegram; what no file may hold."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.facts.reading import read_facts
from bot.releases.reading import read_seeds

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "bot").rglob("*.py"))
PURE = ("text", "releases", "facts", "questions", "answers")
OUTSIDE = {"socket", "http", "urllib", "asyncio", "httpx", "requests", "aiohttp", "subprocess", "random", "time"}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
FOLDERS = ("bot", "tests", "intents", "seeds", "deploy", ".ci")
# Each is written in two parts, so that this file does not hold it.
HOSTS = ("pypi" + ".org", "files.python" + "hosted", "test." + "pypi", "index" + "-url =", "conda" + ".anaconda", "npmjs" + ".org")
PLACES = ("/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Use" + "rs/")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b|pytest\.mark\.ski" + r"p|pytest\.ski" + r"p\(")


def name(path: Path) -> str:
    """Give a path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """Give every text file of the repository by name."""
    files = [p for p in ROOT.iterdir() if p.is_file() and not p.name.startswith(".git")]
    files += [p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return {name(p): p.read_text(encoding="utf-8") for p in sorted(files) if p.suffix not in (".pyc", ".db")}


def imported(tree: ast.Module) -> Iterator[str]:
    """Give every module a module imports, at its top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"{'.' * node.level}{node.module or ''}"


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name != "chat"], ids=name)
def test_telegram_is_known_under_chat_only(path: Path) -> None:
    """No module outside bot/chat imports the Telegram library, lazily or for types."""
    assert [m for m in imported(ast.parse(path.read_text(encoding="utf-8"))) if m.split(".")[0] == "telegram"] == []


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name in PURE], ids=name)
def test_the_core_has_no_outside_world(path: Path) -> None:
    """From the text to the answer there is no clock, no network, no chance, and no asynchronous code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {m.split(".")[0] for m in imported(tree)} & OUTSIDE == set()
    called = [n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    assert set(called) & CLOCKS == set()
    assert not any(isinstance(n, ast.AsyncFunctionDef | ast.Await) for n in ast.walk(tree))


def test_amounts_are_never_binary_fractions() -> None:
    """The rooms that read and work out figures make no float of an amount."""
    found = [
        f"{name(p)}:{n.lineno}"
        for p in MODULES
        if p.parent.name in ("text", "facts", "answers")
        for n in ast.walk(ast.parse(p.read_text(encoding="utf-8")))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "float"
    ]
    assert found == []


def test_no_file_holds_an_address_of_a_registry_or_a_path_of_a_machine() -> None:
    """Where packages come from is pip's own configuration; nothing depends on one machine's folders."""
    assert [(file, word) for file, text in texts().items() for word in (*HOSTS, *PLACES) if word in text] == []


def test_nothing_is_left_unfinished_or_skipped() -> None:
    """No note of work left to do, and no test that is passed over."""
    assert [(file, found[0]) for file, text in texts().items() if file.endswith((".py", ".yaml", ".toml", "Makefile")) for found in [UNFINISHED.search(text)] if found] == []


def test_every_exception_from_the_linter_says_why() -> None:
    """Each rule left out in pyproject.toml has its reason beside it, and so has each noqa."""
    project = texts()["pyproject.toml"]
    rules = re.findall(r"^ +\"[A-Z]+\d+\",(.*)$", project, re.MULTILINE)
    assert rules
    assert [rule for rule in rules if not re.match(r"\s*# \w", rule)] == []
    marks = [(file, line.strip()) for file, text in texts().items() if file.endswith(".py") for line in text.splitlines() if re.search(r"# noq" + r"a\b", line)]
    assert marks
    assert [(file, line) for file, line in marks if not re.search(r"# noq" + r"a: [A-Z]+\d+(?:, ?[A-Z]+\d+)*\s+(?:-|\(|#)\s*\S", line)] == []


def said(source: str) -> Iterator[str]:
    """Give the strings of a module, its documentation apart: examples in it are tests."""
    tree = ast.parse(source)
    homes = (n for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef))
    docs = {id(n.body[0].value) for n in homes if n.body and isinstance(n.body[0], ast.Expr)}
    yield from (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs)


def test_no_figure_of_a_release_stands_in_code_or_content() -> None:
    """What a release says is read in its text: none of its amounts is typed in a string of bot/ or anywhere in intents/."""
    figures = [f for release in read_seeds(ROOT / "seeds") for f in read_facts(release).figures]
    telling = {f.quantity.surface for f in figures if re.search(r"\d.*[A-Za-z%\u4e00-\u9fff]", f.quantity.surface)}
    assert telling
    content = [(file, text) for file, text in texts().items() if file.startswith("intents/")]
    code = [(file, string) for file, text in texts().items() if file.startswith("bot/") for string in said(text)]
    assert [(file, s) for file, text in content + code for s in telling if re.search(rf"(?<!\d){re.escape(s)}", text)] == []


def test_the_map_of_the_house_names_every_room() -> None:
    """The README's map has a row for each folder and each module beside the rooms that a reader looks for."""
    readme = texts()["README.md"]
    rooms = [f"bot/{p.name}/" for p in sorted((ROOT / "bot").iterdir()) if p.is_dir() and p.name != "__pycache__"]
    assert [room for room in (*rooms, "seeds/", "intents/", "tests/", "bot/desk.py") if f"`{room}`" not in readme] == []
