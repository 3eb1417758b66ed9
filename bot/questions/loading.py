"""Reads ``intents/`` and checks it as a whole; every fault is reported at once, with file, key and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import ContentError, Fault
from bot.questions.content import Aspect, Book, Concept, Fillers, Move, Outside, Short, Term, Topic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Kind = TypeVar("Kind", bound=BaseModel)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Reader:
    """Reads the files of one folder of ``intents/`` and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        """Start with no fault."""
        self.root = root
        self.faults: list[Fault] = []
        self.where: dict[tuple[str, str], str] = {}

    def fault(self, file: str, key: str, problem: str, remedy: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(file, key, problem, remedy))

    def files(self, folder: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Give name, stem and mapping of each file in a folder, in order."""
        paths = sorted((self.root / folder).glob("*.yaml"))
        if not paths:
            self.fault(f"{self.root.name}/{folder}", "", "no .yaml file is there", "restore the folder from the repository")
        for path in paths:
            name = f"{self.root.name}/{folder}/{path.name}"
            try:
                data = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 - a safe loader, in C
            except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
                self.fault(name, "", f"cannot be read: {' '.join(str(error).split())}", "write it as UTF-8 YAML")
                continue
            if isinstance(data, dict):
                yield name, path.stem, data
            else:
                self.fault(name, "", "holds no mapping", "write it as `key: value` lines")

    def check(self, kind: type[Kind], file: str, key: str, value: object) -> Kind | None:
        """Give the value as its kind, or note each fault in it."""
        try:
            return kind.model_validate(value)
        except ValidationError as error:
            for item in error.errors():
                place = ".".join(str(part) for part in (key, *item["loc"]) if part != "")
                self.fault(file, place, item["msg"], f"see the fields of {kind.__name__} in bot/questions/content.py")
            return None

    def collect(self, kind: type[Kind], folder: str) -> dict[str, Kind]:
        """Read every ``name: value`` of a folder's files; a name stands once."""
        found: dict[str, Kind] = {}
        for file, _, data in self.files(folder):
            for key, value in data.items():
                self._add(found, self.check(kind, file, str(key), value), folder, str(key), file)
        return found

    def collect_files(self, kind: type[Kind], folder: str) -> dict[str, Kind]:
        """Read every file of a folder as one value, named after the file."""
        found: dict[str, Kind] = {}
        for file, stem, data in self.files(folder):
            self._add(found, self.check(kind, file, "", data), folder, stem, file)
        return found

    def _add(self, found: dict[str, Kind], value: Kind | None, folder: str, key: str, file: str) -> None:
        if key in found:
            self.fault(file, key, f"stands in {self.where[folder, key]} already", "keep one of the two")
        elif value is not None:
            found[key] = value
        self.where.setdefault((folder, key), file)


def read_replies(reader: Reader) -> dict[str, dict[str, str]]:
    """Read the reply templates: language -> name -> template."""
    replies: dict[str, dict[str, str]] = {"en": {}, "zh": {}}
    for file, _, data in reader.files("replies"):
        for name, texts in data.items():
            if not isinstance(texts, dict) or set(texts) != {"en", "zh"}:
                reader.fault(file, str(name), "is not given in both languages", "write `en:` and `zh:`")
                continue
            for lang in ("en", "zh"):
                if name in replies[lang]:
                    reader.fault(file, str(name), "stands twice among the replies", "keep one of the two")
                replies[lang][str(name)] = str(texts[lang])
    return replies


def read_words(reader: Reader) -> tuple[Fillers, Outside, Short]:
    """Read the words that mean nothing, the questions that are no small talk and the words typists shorten."""
    found = {stem: (file, data) for file, stem, data in reader.files("words")}
    for name in ("fillers", "outside", "short"):
        if name not in found:
            reader.fault(f"{reader.root.name}/words/{name}.yaml", "", "is missing", "restore the file from the repository")
    empty: tuple[str, dict[str, Any]] = ("", {"en": (), "zh": ()})
    fillers = reader.check(Fillers, found.get("fillers", empty)[0], "", found.get("fillers", empty)[1])
    outside = reader.check(Outside, found.get("outside", empty)[0], "", found.get("outside", empty)[1])
    short = reader.check(Short, found["short"][0], "", found["short"][1]) if "short" in found else None
    return fillers or Fillers(en=(), zh=()), outside or Outside(en=(), zh=()), short or Short(en={})


def cross_check(reader: Reader, book: Book) -> None:
    """Note every name that points at nothing, and every command given twice."""
    commands: dict[str, str] = {}
    for name, topic in book.topics.items():
        file = reader.where["topics", name]
        for pattern in (*topic.patterns, topic.hints):
            for concept in pattern:
                if concept not in book.concepts:
                    reader.fault(file, "patterns", f"no concept is named {concept!r}", "add it under intents/concepts/")
        for sibling in topic.siblings:
            if sibling not in book.topics:
                reader.fault(file, "siblings", f"no topic is named {sibling!r}", "name a file under intents/topics/")
        if topic.main not in book.aspects:
            reader.fault(file, "main", f"no aspect is named {topic.main!r}", "name one under intents/aspects/")
        if topic.command in commands:
            reader.fault(
                file, "command", f"/{topic.command} is the command of {commands[topic.command]}", "choose another"
            )
        elif topic.command:
            commands[topic.command] = file
    for name, aspect in book.aspects.items():
        for concept in {concept for pattern in aspect.patterns for concept in pattern}:
            if concept not in book.concepts:
                file = reader.where["aspects", name]
                reader.fault(file, name, f"no concept is named {concept!r}", "add it under intents/concepts/")


def read_intents(root: Path, check: Callable[[Reader, Book], None] | None = None) -> Book:
    """Read the folder; raise ContentError with every fault. ``check`` may note further ones (templates' slots)."""
    if not root.is_dir():
        raise ContentError([Fault(str(root), "", "no such folder", "set FOOTNOTE_INTENTS to the folder of intents")])
    reader = Reader(root)
    concepts = reader.collect(Concept, "concepts")
    fillers, outside, short = read_words(reader)
    book = Book.model_construct(
        concepts=concepts,
        elsewhere=frozenset(name for (kind, name), file in reader.where.items() if kind == "concepts" and "elsewhere" in file),
        topics=reader.collect_files(Topic, "topics"),
        aspects=reader.collect(Aspect, "aspects"),
        moves=reader.collect(Move, "moves"),
        fillers=fillers,
        outside=outside,
        short=short,
        glossary=reader.collect(Term, "glossary"),
        releases=reader.collect(Concept, "naming"),
        replies=read_replies(reader),
    )
    cross_check(reader, book)
    if check:
        check(reader, book)
    if reader.faults:
        raise ContentError(reader.faults)
    return book
