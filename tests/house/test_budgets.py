"""The habits of the house that can be counted: sizes, content as data, no address in the lock."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "bot").rglob("*.py"))
CONTENT = sorted((ROOT / "intents").rglob("*.yaml"))
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_CONTENT = 300, 40, 60
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Rules that read releases and numbers are Python; what is said and asked is content.
READERS = ("bot/text", "bot/facts", "bot/releases")


def name(path: Path) -> str:
    """Give a path as it is written in the repository."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_stay_small(path: Path) -> None:
    """A module has at most 300 lines, a function at most 40."""
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_MODULE
    long = [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


@pytest.mark.parametrize("path", CONTENT, ids=name)
def test_content_files_stay_small(path: Path) -> None:
    """A content file has at most 60 lines."""
    assert path.read_text(encoding="utf-8").count("\n") <= LONGEST_CONTENT


@pytest.mark.parametrize("path", [p for p in MODULES if not name(p).startswith(READERS)], ids=name)
def test_no_wording_stands_in_code(path: Path) -> None:
    """Outside the rooms that read releases, no string in code is Chinese: replies and phrases are content."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(n.body[0].value) for n in ast.walk(tree) if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and n.body and isinstance(n.body[0], ast.Expr)}
    said = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs and CHINESE.search(n.value)]
    allowed = [s for s in said if re.search(r"[|?(\[]", s)]
    assert said == allowed


def test_the_environment_is_read_in_settings_only() -> None:
    """`os.environ` and `os.getenv` stand in bot/settings.py and nowhere else."""
    readers = [name(p) for p in MODULES if re.search(r"\bos\.(?:environ|getenv)\b", p.read_text(encoding="utf-8"))]
    assert readers == ["bot/settings.py"]


@pytest.mark.parametrize("lock_file", ["requirements.lock", "requirements-bench.lock"])
def test_the_locks_pin_with_hashes_and_hold_no_address(lock_file: str) -> None:
    """Every requirement is pinned and hashed, and no index address stands in a lock file."""
    lock = (ROOT / lock_file).read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock
    blocks = re.split(r"\n(?=[a-z0-9])", lock.strip(), flags=re.IGNORECASE)
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
