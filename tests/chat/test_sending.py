"""The rules of sending that need no server."""

from __future__ import annotations

from bot.chat.sending import LONGEST_PAUSE, pause


def test_pauses_grow_and_are_bounded() -> None:
    """Pauses double from half a second to a minute at most, and never vanish."""
    for tries in (*range(20), 2000):
        longest = min(2 ** min(tries, 10), LONGEST_PAUSE)
        assert longest / 2 <= pause(tries) <= longest
