"""Commands of admins, by user id and in private only; to anyone else they are no commands at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.menus import set_chat_menu, set_menus
from bot.chat.own import Card
from bot.chat.reloading import reload
from bot.chat.replying import ask
from bot.chat.rules import ids
from bot.chat.sending import Target, say
from bot.chat.unanswered import unanswered_card
from bot.errors import FaultsError
from bot.storage.unanswered import State

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.chat.service import Place, Service

DAYS = 7
SHOWN = 5


async def answer_admin(service: Service, place: Place, question: str) -> Card | None:
    """Answer an admin's command; None for anyone and anything else."""
    if not (place.private and place.user in service.rules.admins and question.startswith("/")):
        return None
    name, _, rest = question[1:].partition(" ")
    command = COMMANDS.get(name.casefold())
    return None if command is None else await command(service, place, rest.strip())


async def _stats(service: Service, place: Place, _rest: str) -> Card:
    tell, lang, kept, now = service.words.say, place.lang, service.storage, service.clock()
    await service.tally.write(kept.counters, now)
    sums = await kept.counters.sums((now - timedelta(days=DAYS - 1)).date())
    thumbs, questions, backlog = await kept.feedback.counts(), await kept.unanswered.counts(), await kept.backlog.now()
    states = {state.value: questions.get(state, 0) for state in State}
    head = tell("stats", lang, releases=len(service.desk.releases), version=service.desk.version, subscriptions=len(await kept.subscriptions.all()),
                up=thumbs.get("up", 0), down=thumbs.get("down", 0), words=thumbs.get("words", 0), waiting=backlog.waiting, aside=backlog.aside,
                days=tell("days", lang, n=DAYS), total=sum(sums.values()), **states)  # fmt: skip
    lines = [tell("stats_kind", lang, kind=kind, count=count) for kind, count in sums.items()]
    lines += [tell("stats_aside", lang, update=a.update_id, date=f"{a.arrived:%Y-%m-%d %H:%M}", fault=a.fault) for a in await kept.backlog.set_aside(SHOWN)]
    lines += [tell("stats_words", lang, words=o.words[:300]) for o in await kept.feedback.latest(10 * SHOWN) if o.words][:SHOWN]
    retry = InlineKeyboardMarkup([[InlineKeyboardButton(tell("retry_aside", lang), callback_data="x:aside")]]) if backlog.aside else None
    return Card("\n".join([head, *lines]), retry)


async def _reload(service: Service, place: Place, _rest: str) -> Card:
    tell, lang = service.words.say, place.lang
    before = service.opened.commands
    try:
        new = await reload(service)
    except FaultsError as error:
        return Card(tell("reload_failed", lang, faults=str(error)))
    if service.opened.commands != before:
        await set_menus(service)
    desk = service.desk
    return Card(tell("reloaded", lang, releases=len(desk.releases), version=desk.version, new=", ".join(new) or tell("nothing_new", lang)))


async def _allow(service: Service, place: Place, rest: str) -> Card:
    found = ids(rest)
    if len(found) != 1:
        return Card(service.words.say("which_id", place.lang))
    number = next(iter(found))
    await service.standing.admit(number, place.person, service.clock())
    await set_chat_menu(service, number)
    return Card(service.words.say("admitted", place.lang, id=number))


async def _disallow(service: Service, place: Place, rest: str) -> Card:
    found = ids(rest)
    if len(found) != 1:
        return Card(service.words.say("which_id", place.lang))
    number = next(iter(found))
    was = await service.standing.shut_out(number)
    await set_chat_menu(service, number)
    return Card(service.words.say("shut_out" if was else "not_admitted", place.lang, id=number))


async def _allowed(service: Service, place: Place, _rest: str) -> Card:
    head = service.words.say("admitted_closed" if service.rules.closed else "admitted_open", place.lang)
    return Card("\n".join([head, *map(str, service.standing.admitted)]))


async def _post(service: Service, place: Place, rest: str) -> Card:
    where, _, question = rest.partition(" ")
    found = ids(where)
    if len(found) != 1 or not question.strip():
        return Card(service.words.say("post_how", place.lang))
    number = next(iter(found))
    said = ask(service, place, question.strip(), None)
    sent = await say(service.bot, Target(number), said.folded, said.buttons)
    return Card(service.words.say("posted" if sent is not None else "not_posted", place.lang, id=number))


COMMANDS: dict[str, Callable[[Service, Place, str], Awaitable[Card]]] = {
    "unanswered": unanswered_card,
    "stats": _stats,
    "reload": _reload,
    "allow": _allow,
    "disallow": _disallow,
    "allowed": _allowed,
    "post": _post,
}
