"""The rules of sending that need no server."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.request import form
from bot.chat.sending import LONGEST_PAUSE, pause


def test_pauses_grow_and_are_bounded() -> None:
    """Pauses double from half a second to a minute at most, and never vanish."""
    for tries in (*range(20), 2000):
        longest = min(2 ** min(tries, 10), LONGEST_PAUSE)
        assert longest / 2 <= pause(tries) <= longest


@given(st.dictionaries(st.sampled_from(["text", "chat_id", "reply_markup"]), st.text(st.characters(exclude_categories=()))))
def test_a_form_is_read_back_as_it_was(parameters: dict[str, str]) -> None:
    """Whatever is sent, the standard library reads the same; a lone surrogate, which no wire carries, is left out."""
    read = dict(parse_qsl(form(parameters).decode("ascii"), keep_blank_values=True))
    assert read == {name: value.encode(errors="ignore").decode() for name, value in parameters.items()}
