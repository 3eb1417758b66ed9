"""The bot on stage, talking through a Bot API server in its own process that checks every request."""

from __future__ import annotations

from itertools import count

import pytest

from .fake import LONG, FakeDesk
from .stage import ANN, BOT, GROUP, JSON, PRIVATE, WEI, message, on_stage

pytestmark = pytest.mark.asyncio


TAPS = count(1)  # Telegram gives each tap an id of its own


def tap(call: JSON, label: str, sender: JSON = ANN) -> JSON:
    """Make a tap on a button of a message the bot sent."""
    buttons = [b for row in call["params"]["reply_markup"]["inline_keyboard"] for b in row]
    data = next(button["callback_data"] for button in buttons if button["text"] == label)
    return {"id": str(next(TAPS)), "from": sender, "chat_instance": "c", "message": call["result"], "data": data}


async def test_private_answer_is_html_with_quote_and_link(server: str) -> None:
    """A private question is answered with a bold title, an expandable quotation and a link to the page, escaped."""
    async with on_stage(server, FakeDesk()) as chat:
        call = await chat.ask("settlement?")
        assert call["params"]["parse_mode"] == "HTML"
        assert call["params"]["text"] == (
            "<b>About settlement? &lt;&amp;&gt;</b>\nyou asked: settlement? (settlement?)\n"
            "A line &amp; another &lt;b&gt;\n"
            "<blockquote expandable>The &lt;words&gt; of the release &amp; more.</blockquote>\n"
            '<a href="https://example.org/?a=1&amp;b=2">Someone, 20 Feb 2025</a>'
        )
        assert "reply_parameters" not in call["params"]
        last = call["params"]["reply_markup"]["inline_keyboard"][-1][-1]
        assert last == {"text": "Source", "url": "https://example.org/?a=1&b=2"}


async def test_private_chat_answers_everything(server: str) -> None:
    """In private even a sticker, an emoji and an unknown command are passed on and answered."""
    desk = FakeDesk()
    sticker = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "type": "regular"}
    async with on_stage(server, desk) as chat:
        for text in ("😀", "/nonsense", "/settlement@footnote_bot growth", "<b>&amp;", "x" * 4096):
            await chat.ask(text)
        without_text = message("x", sticker={**sticker, "is_animated": False, "is_video": False})
        del without_text["text"]
        await chat.push(message=without_text)
        await chat.next()
        assert [text for text, _ in desk.asked] == [
            "😀", "/nonsense", "/settlement growth", "<b>&amp;", "x" * 4096, ""]  # fmt: skip


async def test_group_is_answered_only_when_spoken_to(server: str) -> None:
    """In a group a command, an exact mention and a reply to the bot are answered, in reply; all else is not."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        for silent in ("settlement?", "@footnote_bot2 hi", "/settlement@other_bot", "/weather", "footnote_bot hi"):
            await chat.push(message=message(silent, GROUP))
        other = {"message_id": 5, "date": 1, "chat": GROUP, "from": WEI, "text": "hm"}
        await chat.push(message=message("no", GROUP, reply_to_message=other))
        call = await chat.ask("/settlement", chat=GROUP)
        assert "message_id" in call["params"]["reply_parameters"]
        await chat.ask("/settlement@Footnote_Bot growth", chat=GROUP)
        await chat.ask("so @FOOTNOTE_bot settlement?", chat=GROUP)
        await chat.ask("growth", chat=GROUP, reply_to_message={**call["result"]})
        assert [text for text, _ in desk.asked] == ["/settlement", "/settlement growth", "so   settlement?", "growth"]


async def test_reply_takes_that_answers_context(server: str) -> None:
    """A reply to an older answer goes on from that answer, a plain follow-up from the last one."""
    async with on_stage(server, FakeDesk()) as chat:
        first = await chat.ask("atm")
        await chat.ask("pilot")
        assert "(pilot)" in (await chat.ask("growth"))["params"]["text"]
        assert "(atm)" in (await chat.ask("growth", reply_to_message=first["result"]))["params"]["text"]


async def test_conversations_are_kept_apart(server: str) -> None:
    """Two people in one group, and one person in two topics of it, each have a dialogue of their own."""
    async with on_stage(server, FakeDesk()) as chat:
        topic = {"is_topic_message": True, "message_thread_id": 3}
        await chat.ask("@footnote_bot atm", chat=GROUP)
        await chat.ask("@footnote_bot pilot", chat=GROUP, sender=WEI)
        in_topic = await chat.ask("@footnote_bot ilstc", chat=GROUP, **topic)
        assert in_topic["params"]["message_thread_id"] == 3
        assert "(atm)" in (await chat.ask("@footnote_bot growth", chat=GROUP))["params"]["text"]
        assert "(pilot)" in (await chat.ask("@footnote_bot growth", chat=GROUP, sender=WEI))["params"]["text"]
        assert "(ilstc)" in (await chat.ask("@footnote_bot growth", chat=GROUP, **topic))["params"]["text"]


async def test_edited_question_edits_its_answer(server: str) -> None:
    """An edited question changes the answer it got, and the dialogue goes on from the new one."""
    async with on_stage(server, FakeDesk()) as chat:
        question = message("atm")
        await chat.push(message=question)
        answer = await chat.next()
        await chat.push(edited_message={**question, "text": "pilot", "edit_date": 1})
        edit = await chat.next()
        assert edit["method"] == "editMessageText"
        assert edit["params"]["message_id"] == answer["result"]["message_id"]
        assert "(pilot)" in edit["params"]["text"]
        assert "(pilot)" in (await chat.ask("growth"))["params"]["text"]
        await chat.push(edited_message={**question, "text": "pilot", "edit_date": 2})  # not modified: no error
        await chat.push(edited_message=message("never answered before"))
        assert "never" in (await chat.next())["params"]["text"]


async def test_buttons_answer_on_tap(server: str) -> None:
    """A tap is acknowledged and answered in its message's dialogue; doubled taps and old buttons are harmless."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        first = await chat.ask("atm")
        await chat.ask("pilot")
        await chat.push(callback_query=tap(first, "Growth"))
        await chat.push(callback_query=tap(first, "Growth"))
        assert "(atm)" in (await chat.next("sendMessage"))["params"]["text"]
        await chat.push(callback_query=tap(first, "Long"))
        assert (await chat.next("sendMessage"))["params"]["text"].startswith("<b>About and what")
        await chat.push(callback_query={**tap(first, "Long"), "data": "k:forgotten"})
        gone = {"message_id": 9, "date": 0, "chat": PRIVATE}
        await chat.push(callback_query={**tap(first, "Growth"), "message": gone})
        assert (await chat.next("sendMessage"))["result"]
        acknowledged = await chat.calls("answerCallbackQuery")
        assert [bool(call["params"].get("text")) for call in acknowledged] == [False, False, False, True, False]
        assert [text for text, _ in desk.asked] == ["atm", "pilot", "growth", LONG, "growth"]


async def test_start_payload_is_a_topic(server: str) -> None:
    """A deep link's payload that names a command asks that topic; any other is a plain start."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        for text in ("/start settlement", "/start", "/start something_else"):
            await chat.ask(text)
        assert [text for text, _ in desk.asked] == ["/settlement", "/start", "/start something_else"]


async def test_inline_query_offers_cards(server: str) -> None:
    """An inline query gets cards with title and figure, each once, and an empty one gets the topics."""
    async with on_stage(server, FakeDesk()) as chat:
        for number, text in enumerate(("atm", "", "x" * 256)):
            query = {"id": str(number), "from": WEI, "query": text, "offset": ""}
            await chat.push(inline_query=query)
            params = (await chat.next("answerInlineQuery"))["params"]
            results = params["results"]
            assert results
            assert len({card["id"] for card in results}) == len(results)
            assert all("you asked" in card["description"] for card in results)
            assert params["button"]["text"] == "私聊提问"


async def test_menus_for_scopes_and_languages(server: str) -> None:
    """Menus are set for private chats, groups and group admins, in English for everyone and in Chinese for its readers."""
    async with on_stage(server, FakeDesk()) as chat:
        await chat.until(lambda state: sum(call["method"] == "setMyCommands" for call in state["requests"]) == 6)
        calls = [call["params"] for call in await chat.calls("setMyCommands")]
        scopes = {(call["scope"]["type"], call.get("language_code")) for call in calls}
        assert scopes == {(scope, code) for scope in ("all_private_chats", "all_group_chats", "all_chat_administrators") for code in (None, "zh")}
        names = {call["scope"]["type"]: [c["command"] for c in call["commands"]] for call in calls}
        assert names["all_group_chats"] == ["settlement", "facts", "source", "feedback", "privacy"]
        assert set(names["all_chat_administrators"]) - set(names["all_group_chats"]) == {"language", "settings", "subscribe", "unsubscribe"}
        zh = next(call for call in calls if call.get("language_code") == "zh")
        assert zh["commands"][0] == {"command": "settlement", "description": "跨境结算"}


async def test_commands_speak_the_clients_language(server: str) -> None:
    """A dialogue that begins with a command has the language of the asker's Telegram."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        await chat.ask("/settlement", chat={**PRIVATE, "id": 8}, sender=WEI)
        context = desk.asked[0][1]
        assert context is not None
        assert context.lang == "zh"


async def test_not_spoken_to_by_machines(server: str) -> None:
    """Our own inline cards, other bots, service messages and posts forwarded from a channel are not answered."""
    desk = FakeDesk()
    robot = {"id": 9, "is_bot": True, "first_name": "Other"}
    async with on_stage(server, desk) as chat:
        await chat.push(message=message("card", via_bot=BOT))
        await chat.push(message=message("/settlement", GROUP, robot))
        await chat.push(message=message("@footnote_bot hi", GROUP, is_automatic_forward=True))
        pinned = message("x", pinned_message={"message_id": 1, "date": 0, "chat": PRIVATE})
        del pinned["text"]
        await chat.push(message=pinned)
        admin = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        await chat.ask("/settlement", chat=GROUP, sender=admin, sender_chat=GROUP)
        assert [text for text, _ in desk.asked] == ["/settlement"]
