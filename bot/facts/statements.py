"""placeholder"""
from __future__ import annotations
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from bot.facts.model import Statement
    from bot.releases.model import Release
def read_statements(release: Release) -> tuple[Statement, ...]:
    """Read."""
    return ()
