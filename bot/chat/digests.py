"""A card for each new release to every chat that subscribed before, and word of newer figures: each once.

The database remembers which releases were known and which cards went out. A card that was begun and not marked as sent
is sent again after a while: it can come twice only if we died between Telegram's acceptance and our mark.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from telegram.error import TelegramError

from bot.chat.keyboards import keyboard
from bot.chat.rendering import Page, plain_page, render
from bot.chat.sending import Target, say
from bot.questions.context import Context

if TYPE_CHECKING:
    from bot.answers.model import Answer
    from bot.chat.service import Service
    from bot.storage.subscriptions import Subscription

log = logging.getLogger(__name__)

EVERYONE = (0, 0)  # the row of a release itself: taken when it was first seen, sent when every card was
BEGUN_AGAIN = timedelta(minutes=2)


async def send_digests(service: Service) -> None:
    """Send the cards that are due. What is there when the bot first starts is not new."""
    kept, now = service.storage.subscriptions, service.clock()
    known = await kept.known_releases()
    for release in reversed(service.desk.releases):
        if not known:
            await kept.take_digest(release, *EVERYONE, now)
            await kept.digest_sent(release, *EVERYONE, now)
        elif release not in known:
            await kept.take_digest(release, *EVERYONE, now)
            await _send_release(service, release)
        elif not known[release][1]:
            await _send_release(service, release)
    await tell_superseded(service)


async def _send_release(service: Service, release: str) -> None:
    kept, now, whole = service.storage.subscriptions, service.clock(), True
    since = (await kept.known_releases())[release][0]
    await kept.give_back_begun(release, now - BEGUN_AGAIN)
    for subscription in await kept.before(since):
        if await kept.take_digest(release, subscription.chat, subscription.thread, now):
            whole = await _send_card(service, release, subscription) and whole
    if whole and not await kept.begun(release):
        await kept.digest_sent(release, *EVERYONE, now)


async def _send_card(service: Service, release: str, to: Subscription) -> bool:
    """Send one card; where Telegram cannot be reached, the next run tries again."""
    kept, lang = service.storage.subscriptions, _language(service, to.chat, to.language)
    answer = service.desk.digest(release, lang)
    answer = replace(answer, title=f"{service.words.say('digest', lang)}: {answer.title}")
    try:
        await _send(service, Target(to.chat, to.thread or None), answer, render(answer))
    except TelegramError as error:
        log.warning("the card of %s could not be sent to chat %s: %s", release, to.chat, error)
        await kept.give_back_digest(release, to.chat, to.thread)
        return False
    await kept.digest_sent(release, to.chat, to.thread, service.clock())
    return True


async def tell_superseded(service: Service) -> None:
    """Tell the chats that want it of newer figures for those they were given."""
    storage, desk = service.storage, service.desk
    wanting = set(await storage.chats.told_of_superseded())
    if not wanting:
        return
    for topic, _ in desk.topics("en"):
        newest = desk.latest(topic)
        if newest is None:
            continue
        for chat, _held in await storage.given.holders(topic, newest):
            if chat in wanting and await storage.given.tell(chat, topic, service.clock()):
                await _tell(service, chat, topic, newest)


async def _tell(service: Service, chat: int, topic: str, newest: str) -> None:
    lang = _language(service, chat, None)
    answer = service.desk.ask(dict(service.desk.topics(lang))[topic], service.clock(), Context(lang=lang))
    head, page = plain_page(service.words.say("superseded", lang)), render(answer)
    try:
        await _send(service, Target(chat), answer, Page(f"{head.html}\n\n{page.html}", f"{head.plain}\n\n{page.plain}"))
    except TelegramError as error:
        log.warning("chat %s could not be told of a newer figure: %s", chat, error)
    else:
        await service.storage.given.add(chat, newest, [topic], service.clock())


async def _send(service: Service, target: Target, answer: Answer, page: Page) -> None:
    now = service.clock()
    buttons = keyboard(answer, lambda question: service.memory.button(question, now), service.words.say("source", answer.lang))
    sent = await say(service.bot, target, page, buttons)
    if sent is not None:
        service.memory.keep_answer((target.chat_id, 0, target.thread or 0), sent, answer.context, now)
        await service.storage.conversations.put(*service.memory.kept)


def _language(service: Service, chat: int, asked: str | None) -> str:
    return service.standing.choices(chat).language or asked or "en"
