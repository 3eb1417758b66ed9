"""Short forms of ``make kill-test`` and ``make replica-test``."""

from __future__ import annotations

import os

import pytest

from bot.chat.slots import SLOTS
from tests.delivery import kill, replicas

pytestmark = pytest.mark.asyncio


async def test_killed_under_load() -> None:
    """Killed at random moments, no question is unanswered; none is answered twice but those caught before their mark."""
    verdict = await kill.trial(kills=2, seed=7)
    assert verdict.sound, str(verdict)
    assert verdict.questions > 200
    assert verdict.most_caught <= SLOTS


if os.environ.get("FOOTNOTE_TEST_POSTGRES"):

    async def test_replicas_killed_under_load() -> None:
        """Of three replicas on one database some are killed: nothing is lost, and each chat is answered in order."""
        verdict = await replicas.trial(seconds=1.5, seed=7)
        assert verdict.sound, str(verdict)
        assert verdict.questions > 200
