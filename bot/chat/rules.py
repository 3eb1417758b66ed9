"""What the settings say of people: who is an admin, who may ask and how often, how long things are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that the handlers obey; ``a_minute`` is how many questions a person and a chat may ask, 0 for any."""

    admins: frozenset[int] = frozenset()
    closed: bool = False
    admitted: frozenset[int] = frozenset()
    a_minute: tuple[int, int] = (0, 0)
    retention: timedelta = timedelta(days=90)
    phrases: Path = Path("phrases.yaml")
    log_texts: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        """Read them out of the settings."""
        person, chat = map(int, settings.questions.split())
        admins, admitted = ids(settings.admins), ids(settings.allowed)
        return cls(admins, settings.access == "closed", admitted, (person, chat), timedelta(days=settings.retention), settings.phrases, settings.log_texts)


def ids(text: str) -> frozenset[int]:
    """Read ids between spaces or commas.

    >>> sorted(ids("7, -100 8"))
    [-100, 7, 8]
    """
    return frozenset(int(found) for found in re.findall(r"-?\d+", text))
