"""Who a message speaks to."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram import Message

from bot.chat.addressing import Identity, question_of

from .stage import ANN, BOT, GROUP, JSON, PRIVATE, message

ME = Identity(4242, "footnote_bot", frozenset({"start", "help", "settlement"}))


def asked(raw: JSON) -> str | None:
    """Read a message as Telegram sends it."""
    parsed = Message.de_json(raw, None)
    return question_of(parsed, ME)


@pytest.mark.parametrize(("text", "question"), [
    ("/settlement", "/settlement"),
    ("/SETTLEMENT growth", "/settlement growth"),
    ("/settlement@FOOTNOTE_BOT  growth\nnow", "/settlement growth\nnow"),
    ("/start settlement", "/settlement"),
    ("/start@footnote_bot settlement", "/settlement"),
    ("@footnote_bot settlement?", "settlement?"),
    ("@footnote_bot /settlement", "/settlement"),
    ("@footnote_bot /unknown", "/unknown"),
    ("/unknown@footnote_bot", "/unknown"),
    ("😀 settlement, @Footnote_Bot?", "😀 settlement,  ?"),
    ("@footnote_bot", ""),
    ("@footnote_bot @footnote_bot 结算", "结算"),
])  # fmt: skip
def test_spoken_to_in_a_group(text: str, question: str) -> None:
    """Our command, or a mention of the exact username in any case, is a question, and stands without the name."""
    assert asked(message(text, GROUP)) == question


@pytest.mark.parametrize("text", [
    "settlement?", "/unknown", "/settlement@footnote_bot2", "@footnote_bot2 hi", "@footnote hi", "a@footnote_bot hi",
    "/weather@other_bot @footnote_bot", "footnote_bot, hi", "1/settlement",
])  # fmt: skip
def test_not_spoken_to_in_a_group(text: str) -> None:
    """Talk among people, other bots' commands, and longer or shorter usernames are not for the bot."""
    assert asked(message(text, GROUP)) is None


def test_mention_without_username() -> None:
    """A mention by id is as good as one by username."""
    mention = {"type": "text_mention", "offset": 0, "length": 8, "user": BOT}
    raw = message("Footnote settlement", GROUP, entities=[mention])
    assert asked(raw) == "settlement"


def test_reply_without_words() -> None:
    """In a group a picture or sticker in reply to the bot asks nothing."""
    answer = {"message_id": 1, "date": 1, "chat": GROUP, "from": BOT, "text": "a"}
    raw = message("x", GROUP, reply_to_message=answer, dice={"emoji": "🎲", "value": 1})
    del raw["text"]
    assert asked(raw) is None


def test_caption_is_read() -> None:
    """A picture's caption speaks as a text does."""
    raw = message("/settlement", GROUP)
    raw["caption"], raw["caption_entities"] = raw.pop("text"), raw.pop("entities")
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    assert asked({**raw, "photo": photo}) == "/settlement"


def test_reply_in_a_forum_topic() -> None:
    """A message in a forum topic that the bot opened is no reply to the bot; a reply to its answer is."""
    answer = {"message_id": 1, "date": 1, "chat": GROUP, "from": BOT}
    opening = {**answer, "forum_topic_created": {"name": "x", "icon_color": 1}}
    assert asked(message("growth", GROUP, reply_to_message=opening)) is None
    assert asked(message("growth", GROUP, reply_to_message={**answer, "text": "a"})) == "growth"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=50), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4), st.booleans())
def test_any_text_is_read(text: str, spans: list[tuple[int, int]], group: bool) -> None:  # noqa: FBT001  (hypothesis passes it)
    """Whatever the text and its entities, reading never fails, and in private there is always a question."""
    kinds = ("mention", "bot_command", "text_mention", "url")
    entities = [{"type": kinds[i], "offset": o, "length": n, "user": ANN} for i, (o, n) in enumerate(spans)]
    question = asked({**message("x", GROUP if group else PRIVATE), "text": text or "x", "entities": entities})
    assert group or question is not None
