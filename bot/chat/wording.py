"""What the Telegram side says by itself: ``intents/chat/wording.yaml``, read and checked."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.errors import ContentError, Fault

if TYPE_CHECKING:
    from pathlib import Path

WORDING_FILE = "chat/wording.yaml"


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Phrase(_Content):
    """One thing said, in both languages."""

    en: str = Field(min_length=1, max_length=512)
    zh: str = Field(min_length=1, max_length=512)

    def say(self, lang: str, **slots: str) -> str:
        """Give the phrase in ``lang`` ("zh", else English) with its slots filled."""
        return (self.zh if lang == "zh" else self.en).format(**slots)


class Wording(_Content):
    """Every phrase of the Telegram side.

    ``apology`` (slot ``id``) follows an unexpected error; ``stale`` answers a tap on a forgotten button; ``source`` is
    the button that opens the release's page, ``private`` the one over inline results; ``about`` and ``short_about`` are the bot's descriptions in Telegram (at most 512
    and 120 characters, by the Bot API).
    """

    apology: Phrase
    stale: Phrase
    source: Phrase
    private: Phrase
    about: Phrase
    short_about: Phrase


SLOTS = {"apology": {"id"}}
LIMITS = {"stale": 200, "source": 64, "private": 64, "short_about": 120}  # the Bot API's, in characters


def read_wording(intents: Path) -> Wording:
    """Read and check the wording; ``ContentError`` tells every fault at once."""
    try:
        raw = yaml.safe_load((intents / WORDING_FILE).read_text(encoding="utf-8"))
        wording = Wording.model_validate(raw)
    except ValidationError as error:
        raise ContentError([_shape_fault(detail["loc"], detail["msg"]) for detail in error.errors()]) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        problem = " ".join(str(error).split())
        raise ContentError([_fault("", problem, "restore the file as UTF-8 YAML")]) from None
    if faults := _phrase_faults(wording):
        raise ContentError(faults)
    return wording


def _shape_fault(place: tuple[int | str, ...], problem: str) -> Fault:
    return _fault(".".join(str(part) for part in place), problem, "give each phrase in en and zh, and no other key")


def _phrase_faults(wording: Wording) -> list[Fault]:
    faults = []
    for name, phrase in wording:
        for lang in ("en", "zh"):
            text = getattr(phrase, lang)
            wanted = SLOTS.get(name, set())
            if _slots(text) != wanted:
                shown = " ".join(f"{{{slot}}}" for slot in sorted(wanted)) or "none"
                faults.append(_fault(f"{name}.{lang}", "its slots are not the known ones", f"use these slots: {shown}"))
            if len(text) > (most := LIMITS.get(name, 512)):
                faults.append(_fault(f"{name}.{lang}", "longer than Telegram takes", f"at most {most} characters"))
    return faults


def _slots(text: str) -> set[str | None]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {None}


def _fault(key: str, problem: str, remedy: str) -> Fault:
    return Fault(f"intents/{WORDING_FILE}", key, problem, remedy)
