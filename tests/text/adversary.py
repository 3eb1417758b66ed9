"""Every regular expression of the reading rooms, and the strings made from each that would make it backtrack."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("text", "facts", "releases")
MANY = 12  # a repeat that may go on at least so often is pumped
FAILS = ("\0", "", "。x")
OF_CATEGORY = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a", codes.CATEGORY_NOT_DIGIT: "a", codes.CATEGORY_NOT_SPACE: "a", codes.CATEGORY_NOT_WORD: " "}
SOME = "a1 ,.一A-("


def patterns() -> dict[str, re.Pattern[str]]:
    """Give every pattern by module and place: those kept in tables and constants, and those written in a call."""
    found: dict[str, re.Pattern[str]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / "bot" / room).glob("*.py")):
            module = importlib.import_module(f"bot.{room}.{path.stem}" if path.stem != "__init__" else f"bot.{room}")
            for value in list(vars(module).values()):
                for pattern in _kept(value):
                    found.setdefault(pattern.pattern, pattern)
            for pattern in _called(ast.parse(path.read_text(encoding="utf-8")), vars(module)):
                found.setdefault(pattern.pattern, pattern)
    return found


def _kept(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        yield from (p for v in value.values() for p in _kept(v, depth + 1))
    elif depth < 4 and isinstance(value, list | tuple):
        yield from (p for v in value for p in _kept(v, depth + 1))


def _called(tree: ast.AST, names: dict[str, Any]) -> Iterator[re.Pattern[str]]:
    """Give the patterns that calls of re write out; one made of what is known only in a call is not among them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args:
            flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
            try:
                pattern = eval(compile(ast.Expression(node.args[0]), "pattern", "eval"), dict(names))  # noqa: S307 - this project's own source
            except NameError:
                continue
            if isinstance(pattern, str) and node.func.attr != "escape":
                yield re.compile(pattern, flags)


def attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Give (before, repeated, after) for each repeat of a pattern: what leads to it, what it repeats, what makes it fail."""
    seen: set[tuple[str, str]] = set()
    for before, unit in _pumps(parser.parse(pattern.pattern, pattern.flags), ""):
        if unit and (before, unit) not in seen:
            seen.add((before, unit))
            yield from ((before, unit, fail) for fail in FAILS)


def _pumps(nodes: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    for op, value in nodes:
        if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most >= MANY:
                yield from ((before, unit) for unit in _samples(inner))
                yield from (("", unit) for unit in _samples(inner))
            yield from _pumps(inner, before)
        elif op is codes.BRANCH:
            for branch in value[1]:
                yield from _pumps(branch, before)
        elif op in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
            yield from _pumps(value[-1] if op is codes.SUBPATTERN else value, before)
        elif op in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _pumps(value[1], before)
        before += next(iter(_samples([(op, value)])), "")


def samples(pattern: re.Pattern[str], most: int = 64) -> list[str]:
    """Give strings made from a pattern's branches and classes; not each of them matches, since lookarounds are left out."""
    return _samples(parser.parse(pattern.pattern, pattern.flags), most)


def _samples(nodes: Iterable[Any], most: int = 4) -> list[str]:
    """Give a few strings that a sequence matches, lookarounds apart: its branches and classes in turn."""
    found = [""]
    for op, value in nodes:
        parts = _parts(op, value)
        found = [a + b for a in found for b in parts][:most] if len(found) * len(parts) <= most * 2 else [a + parts[i % len(parts)] for i, a in enumerate((found * len(parts))[:most])]
    return list(dict.fromkeys(found))


def _parts(op: Any, value: Any) -> list[str]:  # noqa: ANN401 - the parser's own tree
    if op is codes.LITERAL:
        return [chr(value)]
    if op in (codes.NOT_LITERAL, codes.ANY):
        return [c for c in SOME if op is codes.ANY or ord(c) != value][:2]
    if op is codes.IN:
        return _class(value)
    if op is codes.BRANCH:
        return [s for branch in value[1] for s in _samples(branch, 1)][:8]
    if op in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, _, inner = value
        return [s * max(least, 1) for s in _samples(inner, 2)] + ([""] if least == 0 else [])
    if op is codes.SUBPATTERN:
        return _samples(value[-1])
    if op is codes.ATOMIC_GROUP:
        return _samples(value)
    return [""]


def _class(items: list[Any]) -> list[str]:
    if items[0][0] is codes.NEGATE:
        taken = set("".join(_class(items[1:])))
        return [c for c in SOME if c not in taken][:3] or ["\u3000"]
    found = []
    for op, value in items:
        if op is codes.LITERAL:
            found.append(chr(value))
        elif op is codes.RANGE:
            found.append(chr(value[0]))
        elif op is codes.CATEGORY:
            found.append(OF_CATEGORY[value])
    return found[:4]
