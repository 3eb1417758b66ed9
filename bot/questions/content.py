"""What people can ask, as content: the files of ``intents/`` as frozen values, checked as they are read."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator


def _pattern(value: object) -> object:
    """Read a pattern written as concept names with spaces between them."""
    return tuple(value.split()) if isinstance(value, str) else value


def _words(value: object) -> object:
    """Read a block of words written with white space between them."""
    return tuple(value.split()) if isinstance(value, str) else value


def _text(value: object) -> object:
    """Read a number that YAML took for one, as the words it stands for; ValueError for what it took for true or false."""
    if isinstance(value, bool):
        message = "YAML reads yes, no, on and off as true and false: write the word in quotes"
        raise ValueError(message)  # noqa: TRY004 - pydantic reports ValueError with its place
    return str(value) if isinstance(value, int) else value


Pattern = Annotated[tuple[str, ...], BeforeValidator(_pattern)]
Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Text = Annotated[str, BeforeValidator(_text)]


class Content(BaseModel):
    """The base of everything read from ``intents/``: frozen, with no key it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Content):
    """A text in both languages."""

    en: str
    zh: str

    def of(self, lang: str) -> str:
        """Give it in one language, ``en`` or ``zh``."""
        return self.zh if lang == "zh" else self.en


class Concept(Content):
    """A thing people speak of and every way to say it; ``elsewhere`` marks what releases of this kind do not measure."""

    en: tuple[Text, ...] = ()
    zh: tuple[Text, ...] = ()


class Selector(Content):
    """Picks facts out of the store: every list given must match, each of its patterns somewhere in that field.

    ``metric``, ``sentence``, ``counterpart`` and ``quote`` are regular expressions over the release's words;
    ``kind`` and ``unit`` are names, of which one must fit.
    """

    metric: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    counterpart: tuple[str, ...] = ()
    quote: tuple[Text, ...] = ()
    kind: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()

    @field_validator("metric", "sentence", "counterpart", "quote")
    @classmethod
    def _compiles(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                message = f"{pattern!r} is no regular expression: {error}"
                raise ValueError(message) from None
        return patterns


class Topic(Content):
    """What a question is about: how it is asked (``patterns`` of concepts) and which facts it selects.

    ``hints`` are concepts that may stand in its questions without being part of its name; ``main`` is the aspect
    meant when none is asked; ``whole`` topics give all they hold to any aspect; ``siblings`` are topics to offer beside it. It holds no figure.
    """

    label: Bilingual
    explain: Bilingual
    patterns: tuple[Pattern, ...]
    command: str | None = None
    hints: tuple[str, ...] = ()
    main: str = "level"
    whole: bool = False
    siblings: tuple[str, ...] = ()
    figures: tuple[Selector, ...] = ()
    statements: tuple[Selector, ...] = ()


class Aspect(Content):
    """Which thing about a topic is asked."""

    label: Bilingual
    patterns: tuple[Pattern, ...]


class Move(Content):
    """A chat move and the phrases that make it."""

    en: tuple[Text, ...]
    zh: tuple[Text, ...]


class Fillers(Content):
    """Words that explain nothing and cost nothing, in each language."""

    en: Words
    zh: Words


class Short(Content):
    """Words that fast typists shorten, and what they stand for."""

    en: dict[str, str]


class Term(Content):
    """What the field calls one thing, in both languages; a ``silent`` one names nothing by itself."""

    en: tuple[Text, ...]
    zh: tuple[Text, ...]
    silent: bool = False


class Outside(Content):
    """Questions that are no small talk, in each language."""

    en: tuple[Text, ...]
    zh: tuple[Text, ...]


class Book(Content):
    """All of ``intents/`` that reads questions, by name."""

    concepts: dict[str, Concept]
    elsewhere: frozenset[str]
    topics: dict[str, Topic]
    aspects: dict[str, Aspect]
    moves: dict[str, Move]
    fillers: Fillers
    outside: Outside
    short: Short
    glossary: dict[str, Term]
    releases: dict[str, Concept]
    replies: dict[str, dict[str, str]]

    @cached_property
    def said_to_move(self) -> dict[str, dict[str, str]]:
        """The chat move of each phrase, the first where two have it, by language."""
        return {lang: {text: name for name, move in reversed(self.moves.items()) for text in getattr(move, lang)} for lang in ("en", "zh")}

    @cached_property
    def asking(self) -> frozenset[str]:
        """The concepts that the aspects' patterns hold."""
        return frozenset(c for aspect in self.aspects.values() for pattern in aspect.patterns for c in pattern)

    @cached_property
    def naming(self) -> frozenset[str]:
        """The concepts that the topics' patterns hold."""
        return frozenset(c for topic in self.topics.values() for pattern in topic.patterns for c in pattern)
