"""The Bot API's own table of methods and types, as a check of requests.

The table (``api.json``) gives for every method and type its fields with their types and whether they are required; the
limits (characters, bytes, how many) stand in the prose of the descriptions and are read from there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .markup import MarkupError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ARRAY = "Array of "
COUNTED = re.compile(r"\b(\d+)-(\d+) (characters|bytes)\b(?P<parsed>(?: after entit(?:y|ies) parsing)?)", re.IGNORECASE)
BYTES_MOST = re.compile(r"can't exceed (\d+) bytes")
VALUES = re.compile(r"Values between (\d+)-(\d+) are accepted")
MOST = re.compile(r"[Aa]t most (\d+) (\w+) can be specified")
MOST_RESULTS = re.compile(r"No more than (\d+) (\w+) per query are allowed")
MUST_BE = re.compile(r"must be (\w+)$")
COMMAND_NAME = "only lowercase English letters, digits and underscores"
START_NAME = "only A-Z, a-z, 0-9, _ and - are allowed"
EXACTLY_ONE = re.compile(r"Exactly one of the fields other than ([a-z_, ]+?),? and ([a-z_]+) must be used")
PARSE_MODES = ("HTML", "MarkdownV2", "Markdown")
SIMPLE: dict[str, Callable[[Any], bool]] = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "InputFile": lambda value: isinstance(value, str),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Methods and types by name."""

    methods: dict[str, dict[str, Any]]
    types: dict[str, dict[str, Any]]

    @classmethod
    def read(cls, path: Path) -> Table:
        """Read the table from its file."""
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["methods"], content["types"])

    def decode(self, method: str, form: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
        """Give a form's parameters with their values decoded by declared type, and what could not be decoded."""
        fields = {field["name"]: field for field in self.methods.get(method, {}).get("fields", [])}
        values, problems = {}, []
        for name, text in form.items():
            types = fields.get(name, {"types": ["String"]})["types"]
            try:
                values[name] = _decode(text, types)
            except ValueError:
                problems.append(f"{method}.{name}: {text[:40]!r} is not one of {types}")
        return values, problems

    def check(self, method: str, params: dict[str, Any]) -> list[str]:
        """Give every way in which a request differs from the table."""
        if method not in self.methods:
            return [f"{method}: no such method"]
        entry = self.methods[method]
        problems = list(self._fields(entry, params, method))
        most = MOST_RESULTS.finditer(" ".join(entry["description"]))
        return problems + [f"{method}: {f[0]}" for f in most if len(params.get(f[2], [])) > int(f[1])]

    def _fields(self, entry: dict[str, Any], values: dict[str, Any], place: str) -> Iterator[str]:
        fields = {field["name"]: field for field in entry.get("fields", [])}
        for name in values.keys() - fields.keys():
            yield f"{place}.{name}: no such field"
        for name, field in fields.items():
            if name in values:
                yield from self._value(values[name], field["types"], f"{place}.{name}")
                yield from _limits(values[name], field["description"], f"{place}.{name}", values)
            elif field["required"]:
                yield f"{place}.{name}: required, and missing"
        yield from _exactly_one(entry, values, place)
        if values.get("parse_mode", "HTML") not in PARSE_MODES:
            yield f"{place}.parse_mode: unknown"

    def _value(self, value: object, types: list[str], place: str) -> list[str]:
        """Check a value against each of its types; the problems with the nearest one are given."""
        attempts = [self._one(value, name, place) for name in types]
        return min(attempts, key=len)

    def _one(self, value: object, name: str, place: str) -> list[str]:
        if name.startswith(ARRAY):
            if not isinstance(value, list):
                return [f"{place}: not a list", "far"]
            inner = name.removeprefix(ARRAY)
            items = [self._one(item, inner, f"{place}[{number}]") for number, item in enumerate(value)]
            return [problem for problems in items for problem in problems]
        if name in SIMPLE:
            return [] if SIMPLE[name](value) else [f"{place}: {value!r:.60} is no {name}"]
        if not isinstance(value, dict):
            return [f"{place}: {value!r:.60} is no {name}", "far"]
        entry = self.types[name]
        if "subtypes" in entry:
            return self._value(value, entry["subtypes"], place)
        return list(self._fields(entry, value, place))


def _decode(text: str, types: list[str]) -> object:
    for name in types:
        if name == "Integer" and re.fullmatch(r"-?\d+", text):
            return int(text)
        if name == "Boolean" and text in ("true", "false"):
            return text == "true"
        if name == "Float" and re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text)
        if name == "String":
            return text
    if set(types) <= {"Integer", "Boolean", "Float"}:
        raise ValueError(text)
    return json.loads(text)


def _limits(value: object, prose: str, place: str, beside: dict[str, Any]) -> Iterator[str]:
    if isinstance(value, str):
        yield from _text_limits(value, prose, place, beside)
    if isinstance(value, list) and (found := MOST.search(prose)) and len(value) > int(found[1]):
        yield f"{place}: more than {found[1]}"
    if isinstance(value, int) and (found := VALUES.search(prose)) and not int(found[1]) <= value <= int(found[2]):
        yield f"{place}: not between {found[1]} and {found[2]}"


def _text_limits(value: str, prose: str, place: str, beside: dict[str, Any]) -> Iterator[str]:
    if (found := MUST_BE.search(prose)) and value != found[1]:
        yield f"{place}: {value!r} is not {found[1]!r}"
    text = value
    if place.endswith(("text", "caption")) and beside.get("parse_mode") == "HTML":
        try:
            text = parse(value).text
        except MarkupError as error:
            yield f"{place}: can't parse entities: {error}"
    if found := COUNTED.search(prose):
        size = len(text.encode()) if found[3].lower() == "bytes" else len(text.encode("utf-16-le")) // 2
        if not int(found[1]) <= size <= int(found[2]):
            yield f"{place}: {size} {found[3]}, not {found[1]} to {found[2]}"
    if (found := BYTES_MOST.search(prose)) and len(value.encode()) > int(found[1]):
        yield f"{place}: more than {found[1]} bytes"
    if COMMAND_NAME in prose and not re.fullmatch(r"[a-z0-9_]+", value):
        yield f"{place}: {value!r} is no command name"
    if START_NAME in prose and not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        yield f"{place}: {value!r} is no start parameter"


def _exactly_one(entry: dict[str, Any], values: dict[str, Any], place: str) -> Iterator[str]:
    if found := EXACTLY_ONE.search(" ".join(entry.get("description", []))):
        others = {*found[1].split(", "), found[2]}
        if len(values.keys() - others) != 1:
            yield f"{place}: not exactly one of the fields beside {', '.join(sorted(others))}"
