"""What there is to ask about, told to those who make menus, cards and lists of it."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.answers.digest import digest
from bot.answers.select import topic_facts
from bot.answers.words import Words

if TYPE_CHECKING:
    from bot.answers.model import Answer
    from bot.facts.store import Store
    from bot.questions.content import Book


class Catalogue:
    """Topics and releases by name."""

    store: Store
    book: Book

    def topics(self, lang: str) -> tuple[tuple[str, str], ...]:
        """Give every topic's name and its label in a language."""
        return tuple((name, topic.label.of(lang)) for name, topic in self.book.topics.items())

    def label(self, answer: Answer) -> str:
        """Name an answer's topic in its own language."""
        return self.book.topics[answer.topic].label.of(answer.lang) if answer.topic else ""

    @property
    def releases(self) -> tuple[str, ...]:
        """Give the ids of the releases, newest first."""
        return tuple(release.id for release in self.store.releases)

    @cached_property
    def version(self) -> str:
        """A name for what is known: the same releases have the same one."""
        known = sorted((r.id, r.text, repr(r.masthead)) for r in self.store.releases)
        return sha256(repr(known).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def latest(self, topic: str) -> str | None:
        """Give the newest release that has a figure of a topic, or None where none has."""
        found = (facts.release.id for facts in topic_facts(self.store, self.book.topics[topic]) if facts.main)
        return next(found, None)

    def digest(self, release: str, lang: str) -> Answer:
        """Give the card of a release; KeyError where there is none."""
        found = self.store.release(release)
        told = [(t.label.of(lang), f) for t in self.book.topics.values() for f in topic_facts(self.store, t) if f.release is found]
        return digest(found, self.store.facts[release], told, Words(self.book.replies[lang], lang))
