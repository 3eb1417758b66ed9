"""Every error this project raises on purpose.

    FootnoteError
    ├── FaultsError          one or more faults in files a person wrote, all reported at once
    │   ├── ReleaseError     seeds/: a text or its masthead
    │   └── ContentError     intents/: a topic, an aspect, a wording, a template
    ├── SettingsError        an environment variable is missing or wrong
    ├── StorageError         the database cannot be opened or is in use
    └── TelegramError        Telegram refused us: a bad token, a second poller

Each message names the file or setting and the remedy; the commands print it and exit with status 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where it is, what it is and how to mend it."""

    file: str
    key: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Give the fault as one line."""
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.problem} ({self.remedy})"


class FootnoteError(Exception):
    """The root: anything this project raises on purpose."""


class FaultsError(FootnoteError):
    """One or more faults in files a person wrote, all reported at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults; the message has one line for each."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class ReleaseError(FaultsError):
    """A release in ``seeds/`` or its masthead is missing or wrong."""


class ContentError(FaultsError):
    """A file under ``intents/`` is missing or wrong."""


class SettingsError(FootnoteError):
    """An environment variable is missing or wrong; the message names it and the remedy."""


class StorageError(FootnoteError):
    """The database cannot be opened or is in use; the message names the setting and the remedy, never the password."""


class TelegramError(FootnoteError):
    """Telegram refused us for good: a bad token or a second poller."""
