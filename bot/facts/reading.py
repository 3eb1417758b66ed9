"""Reads a release's facts: its figures and its statements, in text order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts.about import describe
from bot.facts.drafts import drafts_of
from bot.facts.model import Facts
from bot.facts.statements import read_statements

if TYPE_CHECKING:
    from bot.releases.model import Release


def read_facts(release: Release) -> Facts:
    """Read everything a release says, by rules."""
    return Facts(tuple(describe(release, drafts_of(release))), read_statements(release))
