"""The whole way: a question in Telegram, the release's answer back."""

from __future__ import annotations

import re

import pytest

from bot.desk import Desk

from .stage import ANN, GROUP, PRIVATE, ROOT, WEI, message, on_stage

pytestmark = pytest.mark.asyncio
WEIS = {**PRIVATE, "id": 8}


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Open the repo's releases and content."""
    return Desk.open(ROOT / "seeds", ROOT / "intents")


async def test_figure_with_sentence_and_source(server: str, desk: Desk) -> None:
    """The question of the README gets the figure, the sentence it stands in and a link to the page."""
    async with on_stage(server, desk) as chat:
        text = (await chat.ask("how much yuan was settled across borders in 2024?"))["params"]["text"]
        assert "400 billion yuan" in text
        assert "37%" in text
        assert re.search(r"<blockquote expandable>[^<]*neared 400 billion yuan[^<]*</blockquote>", text)
        assert re.search(r'<a href="https?://[^"]+">[^<]+</a>$', text)


async def test_chinese_and_traditional(server: str, desk: Desk) -> None:
    """A Chinese question gets a Chinese answer, and its follow-up by reply goes on from it."""
    async with on_stage(server, desk) as chat:
        first = await chat.ask("2024年跨境人民币结算量是多少？", chat=WEIS, sender=WEI)
        assert "4000亿元" in first["params"]["text"]
        await chat.ask("ATM有多少台？", chat=WEIS, sender=WEI)
        growth = await chat.ask("增长了多少", chat=WEIS, sender=WEI, reply_to_message=first["result"])
        assert "37%" in growth["params"]["text"]


async def test_every_command_of_the_menu_is_answered(server: str, desk: Desk) -> None:
    """Every command in the menus answers, in the language of the asker's Telegram."""
    async with on_stage(server, desk) as chat:
        await chat.until(lambda state: any(call["method"] == "setMyCommands" for call in state["requests"]))
        menus = [call["params"] for call in await chat.calls("setMyCommands")]
        names = [command["command"] for command in menus[0]["commands"]]
        assert {"start", "help", "facts", "source", "settlement", "financing"} <= set(names)
        for name in names:
            english = (await chat.ask(f"/{name}", chat=GROUP, sender=ANN))["params"]["text"]
            chinese = (await chat.ask(f"/{name}", chat=GROUP, sender=WEI))["params"]["text"]
            assert re.search("[\u4e00-\u9fff]", chinese)
            assert english != chinese


async def test_every_button_of_facts_answers(server: str, desk: Desk) -> None:
    """Browsing by topic offers buttons, and each answers on tap."""
    async with on_stage(server, desk) as chat:
        call = await chat.ask("/facts")
        buttons = [button for row in call["params"]["reply_markup"]["inline_keyboard"] for button in row]
        assert buttons
        for button in (button for button in buttons if "callback_data" in button):
            tap = {"id": "1", "from": ANN, "chat_instance": "c", "message": call["result"]}
            await chat.push(callback_query={**tap, "data": button["callback_data"]})
            assert (await chat.next("sendMessage"))["params"]["text"]


@pytest.mark.parametrize("text", ["", "2024", "settlement", "跨境人民币结算", "dollar equivalent of the balance", "🤷"])
async def test_inline_cards(server: str, desk: Desk, text: str) -> None:
    """Whatever is typed inline, the cards that come are valid; for nothing typed, there are some."""
    async with on_stage(server, desk) as chat:
        await chat.push(inline_query={"id": "1", "from": ANN, "query": text, "offset": ""})
        results = (await chat.next("answerInlineQuery"))["params"]["results"]
        assert results or text


async def test_odd_questions_are_answered_or_refused(server: str, desk: Desk) -> None:
    """Emoji, markup, control and zero-width characters, full-width text and 4,096 characters get a polite answer."""
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in "settlement")
    hidden = "\u200bset\u00adtle\u202ement\u0007"
    async with on_stage(server, desk) as chat:
        for text in ("🤷‍♀️", "<b>settlement</b> & <script>", hidden, wide, "x " * 2048, "¿qué?", "/", "/ settlement"):
            assert (await chat.ask(text))["params"]["text"]


async def test_edited_question_on_the_real_desk(server: str, desk: Desk) -> None:
    """Mending a question mends its answer."""
    async with on_stage(server, desk) as chat:
        question = message("how much yuan was settled across borders in 2019?")
        await chat.push(message=question)
        first = await chat.next()
        await chat.push(edited_message={**question, "text": "how much yuan was settled in 2024?", "edit_date": 1})
        edit = await chat.next()
        assert edit["params"]["message_id"] == first["result"]["message_id"]
        assert "400 billion yuan" in edit["params"]["text"]
