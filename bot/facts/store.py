"""The store of facts: every release read, its figures and statements, and the names they hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.facts.model import Facts, StatementKind
from bot.facts.reading import read_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.releases.model import Release


@dataclass(frozen=True)
class Store:
    """Releases, newest first, and what each says."""

    releases: tuple[Release, ...]
    facts: dict[str, Facts]

    @classmethod
    def of(cls, releases: Iterable[Release]) -> Store:
        """Read the facts of each release; those with no date come last."""
        dated = sorted(releases, key=lambda r: (r.masthead.published is not None, r.masthead.published or 0), reverse=True)
        return cls(tuple(dated), {release.id: read_facts(release) for release in dated})

    @cached_property
    def people(self) -> tuple[str, ...]:
        """Everyone with an office or a photo credit, in text order."""
        kinds = (StatementKind.ROLE, StatementKind.CREDIT)
        names = (s.subject for facts in self.facts.values() for s in facts.statements if s.kind in kinds)
        return tuple(dict.fromkeys(name for name in names if name))

    def release(self, name: str) -> Release:
        """Give a release by its id; KeyError where there is none."""
        return next(r for r in self.releases if r.id == name)
