"""An answer: what is said back. It holds no HTML."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.facts.model import Figure
    from bot.questions.context import Context


class AnswerKind(StrEnum):
    """The five kinds of answer."""

    STATED = "stated"
    DERIVED = "derived"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a release: ``text == release.text[start:end]`` (code points)."""

    release: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to ask next: what the button shows, and the question (or command) that a tap asks."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said back, in the question's language, with the words of the release that carry it.

    ``title`` names topic, place and period; ``headline`` is the direct answer; ``lines`` follow it; ``source`` is the
    citation line (publisher, date, speaker) and ``page`` its address; ``formula`` shows how a derived figure was
    worked out; ``context`` is the dialogue after this answer; ``trace`` is every decision, for ``ask --explain``.
    ``above`` is what newer releases answer to the same question, shown before the title; ``cited``
    is the citation of the headline alone, where ``source`` speaks of several releases.
    """

    kind: AnswerKind
    lang: str
    headline: str
    context: Context
    title: str = ""
    lines: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    source: str = ""
    page: str | None = None
    figures: tuple[Figure, ...] = ()
    formula: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    topic: str | None = None
    aspect: str | None = None
    score: float = 0.0
    trace: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    cited: str = ""

    @property
    def text(self) -> str:
        """The whole reply in plain text, without quotations and source line."""
        return "\n".join(part for part in (*self.above, self.title, self.headline, *self.lines) if part)
