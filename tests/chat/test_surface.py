"""Commands and settings of the Telegram side itself, in private and in groups, as people use them."""

from __future__ import annotations

import pytest

from bot.chat.wording import read_wording
from bot.desk import Desk
from bot.storage.store import Storage

from .fake import FakeDesk
from .stage import ANN, BOT, GROUP, JSON, PRIVATE, ROOT, WEI, Client, message, on_stage, settings_for
from .test_dialogue import tap

pytestmark = pytest.mark.asyncio
WORDS = read_wording(ROOT / "intents")
WEIS = {**PRIVATE, "id": 8}
CHANNEL = {"id": -1001, "type": "channel", "title": "News"}


def shown(call: JSON) -> str:
    """Give what a message says."""
    return str(call["params"]["text"])


def labels(call: JSON) -> list[str]:
    """Give the labels of a message's buttons."""
    return [b["text"] for row in call["params"].get("reply_markup", {}).get("inline_keyboard", []) for b in row]


async def masters(chat: Client, *pairs: tuple[object, object]) -> None:
    """Make users administrators of chats."""
    await chat.http.post("/control/masters", json=[list(pair) for pair in pairs])


async def test_language_is_the_questions_then_the_chats_then_the_clients(server: str) -> None:
    """A question is answered in its language; a command in what the chat chose, else in what the client has."""
    async with on_stage(server, Desk.open(ROOT / "seeds", ROOT / "intents")) as chat:
        english = await chat.ask("/settlement")
        assert "Cross-border" in shown(english)
        card = await chat.ask("/language")
        await chat.push(callback_query=tap(card, "中文"))
        changed = await chat.next("editMessageText")
        assert WORDS.say("language_zh", "zh") in shown(changed)
        assert "跨境人民币结算" in shown(await chat.ask("/settlement"))
        assert "Cross-border" in shown(await chat.ask("how much was settled in yuan?"))
        assert "跨境人民币结算" in shown(await chat.ask("/settlement"))
        await chat.push(callback_query=tap(card, WORDS.say("language_auto", "en")))
        await chat.next("editMessageText")
        assert "跨境" in shown(await chat.ask("/settlement", chat=WEIS, sender=WEI))


async def test_only_administrators_change_a_group(server: str) -> None:
    """In a group a member changes nothing; an administrator, also an anonymous one, does."""
    async with on_stage(server, FakeDesk()) as chat:
        refused = WORDS.say("group_admins_only", "en")
        assert shown(await chat.ask("/language@footnote_bot", chat=GROUP)) == refused
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        card = await chat.ask("/settings@footnote_bot", chat=GROUP, sender=anonymous, sender_chat=GROUP)
        assert shown(card) == WORDS.say("settings", "en")
        off, on = WORDS.say("setting_private_off", "en"), WORDS.say("setting_private_on", "en")
        await chat.push(callback_query=tap(card, off))
        assert (await chat.next("answerCallbackQuery"))["params"]["text"] == refused
        await masters(chat, (GROUP["id"], ANN["id"]))
        await chat.push(callback_query=tap(card, off, ANN))
        assert not (await chat.next("answerCallbackQuery"))["params"].get("text")  # doubled: harmless
        await chat.push(callback_query=tap(card, WORDS.say("setting_superseded_off", "en"), ANN))
        assert WORDS.say("setting_superseded_on", "en") in labels(await chat.next("editMessageText"))
        assert on not in labels(card)


async def test_answers_in_private_can_be_published(server: str) -> None:
    """Where a group wants it, an answer goes to its asker, who can publish it, once; one we cannot write to is told how."""
    async with on_stage(server, FakeDesk()) as chat:
        await masters(chat, (GROUP["id"], ANN["id"]))
        card = await chat.ask("/settings", chat=GROUP)
        await chat.push(callback_query=tap(card, WORDS.say("setting_private_off", "en")))
        assert WORDS.say("setting_private_on", "en") in labels(await chat.next("editMessageText"))
        question = message("@footnote_bot atm", GROUP)
        await chat.push(message=question)
        answer = await chat.next()
        assert answer["params"]["chat_id"] == ANN["id"]
        assert "reply_parameters" not in answer["params"]
        button = WORDS.say("publish", "en")
        await chat.push(callback_query=tap(answer, button))
        published = await chat.next()
        assert published["params"]["chat_id"] == GROUP["id"]
        assert published["params"]["reply_parameters"]["message_id"] == question["message_id"]
        assert "you asked: atm" in shown(published)
        await chat.push(callback_query=tap(answer, button))
        await chat.settle()
        assert len([c for c in await chat.calls("sendMessage") if "you asked" in c["params"]["text"]]) == 2
        assert "(atm)" in shown(await chat.ask("growth"))  # a follow-up in private goes on from it
        await chat.fault("sendMessage", "403")
        await chat.push(message=message("@footnote_bot pilot", GROUP))
        told = await chat.next()
        assert told["params"]["chat_id"] == GROUP["id"]
        assert shown(told) == WORDS.say("cannot_write_privately", "en")


async def test_mistyped_commands_suggest_the_near_one(server: str) -> None:
    """A command of ours that is mistyped is named; one of the desk's is the desk's to name."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        assert "/subscribe" in shown(await chat.ask("/subscrbe"))
        assert "/language" in shown(await chat.ask("/langage"))
        assert "you asked" in shown(await chat.ask("/setlement"))


async def test_feedback_and_thumbs_are_kept_once(server: str) -> None:
    """A thumb counts once a message and person, whatever is tapped again; words are kept; both go with the rest."""
    settings = settings_for(server)
    async with on_stage(server, FakeDesk(), settings=settings) as chat:
        answer = await chat.ask("atm")
        for label in ("👍", "👎", "👎"):
            await chat.push(callback_query=tap(answer, label))
            await chat.next("answerCallbackQuery")
        assert shown(await chat.ask("/feedback")) == WORDS.say("feedback_how", "en")
        assert shown(await chat.ask("/feedback the link is wrong")) == WORDS.say("feedback_thanks", "en")
        await chat.settle()
    async with await Storage.open(settings.database_url.get_secret_value() if settings.database_url else None) as storage:
        assert await storage.feedback.counts() == {"up": 1, "down": 1, "words": 1}
        latest = await storage.feedback.latest()
        assert (latest[0].words, latest[1].topic) == ("the link is wrong", "atm")


async def test_privacy_says_what_is_kept_and_forgets(server: str) -> None:
    """/privacy names the days; /privacy forget deletes a person's data, and nobody else's."""
    settings = settings_for(server, retention=33)
    async with on_stage(server, Desk.open(ROOT / "seeds", ROOT / "intents"), settings=settings) as chat:
        said = shown(await chat.ask("/privacy"))
        assert "33 days" in said
        for sender, where in ((ANN, PRIVATE), (WEI, WEIS)):
            await chat.ask("zxqv wobble frobnicate", sender=sender, chat=where)
            await chat.ask("/feedback words", sender=sender, chat=where)
            await chat.ask("/subscribe", sender=sender, chat=where)
        assert shown(await chat.ask("/privacy forget")) == WORDS.say("forgotten", "en")
        await chat.settle()
    async with await Storage.open(settings.database_url.get_secret_value() if settings.database_url else None) as storage:
        assert [o.person for o in await storage.feedback.latest()] == [WEI["id"]]
        assert [s.chat for s in await storage.subscriptions.all()] == [WEI["id"]]
        assert [q.persons for q in await storage.unanswered.list()] == [1]


async def test_channel_posts_are_answered_by_command(server: str) -> None:
    """A command posted in a channel is answered there; any other post is not."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        for text in ("good morning", "/settlement", "/subscribe"):
            post = message(text, CHANNEL, sender_chat=CHANNEL)
            del post["from"]
            await chat.push(channel_post=post)
        assert (await chat.next())["params"]["chat_id"] == CHANNEL["id"]
        assert shown(await chat.next()) == WORDS.say("subscribed", "en")
        assert [text for text, _ in desk.asked] == ["/settlement"]


async def test_every_answer_has_its_tools(server: str) -> None:
    """An answer with a figure can be copied with its citation, said in the other language, and judged; long ones fold in groups."""
    async with on_stage(server, Desk.open(ROOT / "seeds", ROOT / "intents")) as chat:
        answer = await chat.ask("how much yuan was settled across borders in 2024?")
        buttons = {b["text"]: b for row in answer["params"]["reply_markup"]["inline_keyboard"] for b in row}
        copied = buttons["Copy"]["copy_text"]["text"]
        assert "400 billion yuan" in copied
        assert "iChongqing, 20 Feb 2025" in copied
        assert len(copied) <= 256
        assert {"👍", "👎", "Source"} <= buttons.keys()
        await chat.push(callback_query=tap(answer, "中文"))
        assert "近4000亿元" in shown(await chat.next("sendMessage"))
        fold = "<blockquote expandable>/"
        assert fold in shown(await chat.ask("/help", chat=GROUP))
        assert fold not in shown(await chat.ask("/help"))


async def test_old_and_foreign_buttons_are_harmless(server: str) -> None:
    """Whatever a button carries, a tap on it is acknowledged, and what means nothing is called too old."""
    desk = FakeDesk()
    async with on_stage(server, desk) as chat:
        answer = await chat.ask("atm")
        odd = ("t:sideways", "l:fr", "s:all", "f:you", "p:nothing", "u:i:1", "x:aside", "u:", "zzz", "q:", ":", "k:" + "0" * 62, "u:a:" + "9" * 40)
        for data in odd:
            await chat.push(callback_query={**tap(answer, "Growth"), "data": data})
            told = await chat.next("answerCallbackQuery")
            assert told["params"]["text"] == WORDS.say("stale", "en"), data
        assert [text for text, _ in desk.asked] == ["atm"]


async def test_nobody_floods_the_bot_and_all_are_told(server: str) -> None:
    """Beyond the limit a question is not answered but its asker told, not each time; another person is answered."""
    async with on_stage(server, FakeDesk(), settings=settings_for(server, questions="3 5")) as chat:
        for _ in range(6):
            await chat.push(message=message("atm"))
        assert "you asked" in shown(await chat.ask("pilot", chat=WEIS, sender=WEI))
        await chat.settle()
        said = [c["params"]["text"] for c in await chat.calls("sendMessage") if c["params"]["chat_id"] == ANN["id"]]
        assert ["you asked" in text for text in said] == [True, True, True, False]
        assert "seconds" in said[-1]
        for number in range(8):
            await chat.push(message=message("@footnote_bot atm", GROUP, {**ANN, "id": 100 + number}))
        await chat.settle()
        grouped = [c for c in await chat.calls("sendMessage") if c["params"]["chat_id"] == GROUP["id"] and "you asked" in c["params"]["text"]]
        assert len(grouped) == 5


async def test_who_types_inline_without_end_is_told_so(server: str) -> None:
    """Six inline queries count as a question; beyond the limit none is looked up, and the button says when again; messages are still answered."""
    async with on_stage(server, FakeDesk(), settings=settings_for(server, questions="1 5")) as chat:
        for number in range(7):
            await chat.push(inline_query={"id": str(number), "from": ANN, "query": f"atm {number}", "offset": ""})
        given = [(await chat.next("answerInlineQuery"))["params"] for _ in range(7)]
        assert [bool(params["results"]) for params in given] == [True] * 6 + [False]
        assert "again in" in given[-1]["button"]["text"]
        assert given[-1]["cache_time"] <= 10
        assert given[-1]["is_personal"] is True
        assert "you asked" in shown(await chat.ask("atm"))


async def test_strangers_get_one_polite_line(server: str) -> None:
    """A closed bot tells a stranger one line and nothing of its content, in a message, a tap, an inline query or the menus."""
    desk = FakeDesk()
    async with on_stage(server, desk, settings=settings_for(server, access="closed", allowed=str(WEI["id"]), admins="9")) as chat:
        for text in ("atm", "/start settlement", "/help", "/stats"):
            await chat.push(message=message(text))
        await chat.push(inline_query={"id": "1", "from": ANN, "query": "atm", "offset": ""})
        params = (await chat.next("answerInlineQuery"))["params"]
        assert params["results"] == []
        assert params["is_personal"] is True
        old = {"result": {"message_id": 5, "date": 1, "chat": PRIVATE, "from": BOT, "text": "a"}}
        await chat.push(callback_query={"id": "77", "from": ANN, "chat_instance": "c", "message": old["result"], "data": "q:atm"})
        assert (await chat.next("answerCallbackQuery"))["params"]["text"] == WORDS.say("stranger_short", "en")
        await chat.settle()
        said = [c["params"]["text"] for c in await chat.calls("sendMessage")]
        assert said == [WORDS.say("stranger", "en", chat=7)]
        assert desk.asked == []
        assert "you asked" in shown(await chat.ask("atm", chat=WEIS, sender=WEI))
        assert "you asked" in shown(await chat.ask("@footnote_bot atm", chat=GROUP, sender=WEI))
        menus = [c["params"] for c in await chat.calls("setMyCommands")]
        public = {c["command"] for m in menus if m["scope"]["type"] != "chat" for c in m["commands"]}
        assert "settlement" not in public
        assert {m["scope"]["chat_id"] for m in menus if m["scope"]["type"] == "chat"} == {8, 9}
