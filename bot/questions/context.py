"""What a dialogue remembers between turns: an opaque, frozen value that travels with each answer."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Context:
    """The last topic and aspect, whether it was refused, the candidates asked back about, the person and the figure.

    ``history`` holds the topics answered before, oldest first, at most eight. ``asked`` is the last question as it
    was understood, so that it can be answered again in the other language. ``release`` is the release spoken of, where
    it is not the one the topics were written for. ``vetoed`` is the slot and value the last refusal named (a place, a period), which a
    follow-up without one of its own still speaks of.
    """

    topic: str | None = None
    aspect: str | None = None
    refused: bool = False
    candidates: tuple[str, ...] = ()
    person: str | None = None
    lang: str | None = None
    asked: str = ""
    history: tuple[str, ...] = field(default=())
    release: str | None = None
    vetoed: tuple[str, str] | None = None


EMPTY = Context()
