"""The cues of fractions never hide one: whatever a rule's pattern finds holds the rule's cue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.text import fractions
from tests.text.adversary import samples

if TYPE_CHECKING:
    import re

TEXTS = [path.read_text(encoding="utf-8") for folder in ("seeds", "tests") for path in sorted((Path(__file__).resolve().parents[2] / folder).rglob("*.txt"))]
RULES = [(rule.name, rule.pattern, fractions.CUES[rule.name]) for rule in fractions.RULES if rule.name in fractions.CUES]


def test_every_cue_is_of_a_rule() -> None:
    """No cue is kept for a rule that is gone."""
    assert len(RULES) == len(fractions.CUES)


@pytest.mark.parametrize(("pattern", "own"), [rule[1:] for rule in RULES], ids=[name for name, _, _ in RULES])
def test_what_a_rule_finds_holds_its_cue(pattern: re.Pattern[str], own: tuple[str, ...]) -> None:
    """Strings made from the pattern's branches, in either case, and all that it finds in texts, hold one of the cues."""
    made = [text for sample in samples(pattern) for text in (sample, sample.upper(), f"in {sample} ", f"over {sample} of the ") if pattern.search(text)]
    found = [match[0] for text in TEXTS for match in pattern.finditer(text)]
    assert made or found
    assert [text for text in (*made, *found) if not any(cue in text.casefold() for cue in own)] == []

