"""The short form of ``make fuzz``."""

from __future__ import annotations

import pytest

from tests.chat.stage import TABLE
from tests.delivery import fuzz

if TABLE.exists():  # updates are made up from the table

    @pytest.mark.asyncio
    async def test_generated_updates_and_mutated_bytes() -> None:
        """Nothing at the webhook raises, stays in the inbox or leads to a request against the rules; memory may grow, for what is bounded is not full yet."""
        verdict = await fuzz.trial(1_000, seed=7)
        assert verdict.sound(bound=1.5), str(verdict)
        assert verdict.answers > 50
        assert verdict.unread > 10
