"""A desk that needs no releases: it says what it was asked, and what it remembers of the dialogue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers.model import Answer, AnswerKind, Quote, Suggestion
from bot.questions.context import EMPTY, Context

if TYPE_CHECKING:
    from datetime import datetime

LONG = "and what did the release say about the growth of it, compared with the national average, in its own words?"


@dataclass(frozen=True, slots=True)
class FakeCommand:
    """An entry of a menu."""

    name: str
    description: str


@dataclass
class FakeDesk:
    """Answers "you asked: …"; ``boom`` raises, ``growth`` needs a topic, which the last question's first word is."""

    asked: list[tuple[str, Context | None]] = field(default_factory=list)
    releases: tuple[str, ...] = ("old",)
    version: str = "v1"

    def ask(self, text: str, now: datetime, context: Context | None = None) -> Answer:
        """Answer a text."""
        assert now.tzinfo is not None
        self.asked.append((text, context))
        if text == "boom":
            message = "the desk fell over"
            raise RuntimeError(message)
        context = context or EMPTY
        topic = context.topic if text == "growth" else text.partition(" ")[0].lstrip("/")
        return Answer(
            AnswerKind.STATED,
            context.lang or "en",
            f"you asked: {text} ({topic})",
            Context(topic=topic, lang=context.lang),
            title=f"About {text} <&>",
            lines=("A line & another <b>",),
            quotes=(Quote("r", 0, 9, "The <words> of the release & more."),),
            source="Someone, 20 Feb 2025",
            page="https://example.org/?a=1&b=2",
            suggestions=(Suggestion("Growth", "growth"), Suggestion("Long", LONG)),
        )

    def commands(self, lang: str) -> tuple[FakeCommand, ...]:
        """Give the menu."""
        say = {"en": "Settlement in yuan", "zh": "跨境结算"}[lang]
        return (FakeCommand("settlement", say), FakeCommand("facts", say), FakeCommand("source", say))

    def topics(self, lang: str) -> tuple[tuple[str, str], ...]:
        """Give the topics."""
        return (("settlement", self.commands(lang)[0].description), ("atm", "ATM"))

    def latest(self, topic: str) -> str | None:
        """Give the newest release, which has a figure of everything."""
        return self.releases[0] if topic in ("settlement", "atm") else None

    def digest(self, release: str, lang: str) -> Answer:
        """Give a card that names the release."""
        return Answer(AnswerKind.STATED, lang, f"card of {release}", Context(lang=lang), title="Someone")
