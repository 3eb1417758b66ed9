"""Commands of the Telegram side itself: language, settings, subscriptions, feedback, privacy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.chat.jobs import ASIDE_KEPT
from bot.chat.sending import patiently
from bot.chat.service import ADMINS, OWN_COMMANDS
from bot.storage.feedback import Opinion
from bot.storage.subscriptions import Subscription

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.chat.service import Place, Service

MASTERS = (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)
CLOSE = 70  # of 100, from where on a mistyped command is taken for another
MOST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Card:
    """What a command answers: words, and buttons perhaps."""

    text: str
    markup: InlineKeyboardMarkup | None = None


async def answer(service: Service, place: Place, question: str) -> Card | None:
    """Answer a command of ours, or one that was meant to be; None for all else."""
    if not question.startswith("/"):
        return None
    name, _, rest = question[1:].partition(" ")
    name = name.casefold()
    if (command := COMMANDS.get(name)) is not None:
        if name in FOR_MASTERS and not await may_set(service, place):
            return Card(service.words.say("group_admins_only", place.lang))
        return await command(service, place, rest.strip())
    meant = _meant(service, name)
    return Card(service.words.say("near_command", place.lang, command=meant)) if meant else None


def _meant(service: Service, name: str) -> str | None:
    """Give the command of ours that an unknown one is near to, nearer than to any of the desk's."""
    known = service.opened.commands
    if name in known or name in OWN_COMMANDS or name in ADMINS:
        return None
    near = process.extractOne(name, sorted(known | OWN_COMMANDS), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return near[0] if near and near[0] in COMMANDS else None


async def may_set(service: Service, place: Place) -> bool:
    """Tell whether someone may change what holds for the whole chat: its administrators, also those who write as the chat."""
    chat = place.target.chat_id
    if place.private or place.person == chat or place.user in service.rules.admins:
        return True
    if place.user is None:
        return False
    user = place.user
    try:
        return (await patiently(lambda: service.bot.get_chat_member(chat, user))).status in MASTERS
    except (BadRequest, Forbidden):
        return False


def language_card(service: Service, place: Place) -> Card:
    """Say which language is used, with a button for each."""
    say, chosen = service.words.say, service.standing.choices(place.target.chat_id).language
    buttons = [(say("language_auto", place.lang), "l:auto"), (say("language_en", place.lang), "l:en"), (say("language_zh", place.lang), "l:zh")]
    return Card(say("language_now", place.lang, language=say(f"language_{chosen or 'auto'}", place.lang)), _column(buttons))


def settings_card(service: Service, place: Place) -> Card:
    """Show the chat's settings, each a button that changes it."""
    say, choices = service.words.say, service.standing.choices(place.target.chat_id)
    superseded = say("setting_superseded_on" if choices.superseded else "setting_superseded_off", place.lang)
    buttons = [(superseded, "s:superseded")]
    if not place.private:
        private = say("setting_private_on" if choices.in_private else "setting_private_off", place.lang)
        buttons.insert(0, (private, "s:private"))
    return Card(say("settings", place.lang), _column(buttons))


async def privacy_card(service: Service, place: Place, rest: str) -> Card:
    """Say what is kept, or delete a person's data."""
    say, lang = service.words.say, place.lang
    if rest.casefold() == "forget":
        await service.storage.forget(place.person)
        service.standing.forget(place.person)
        service.memory.shelf.forget()
        return Card(say("forgotten", lang))
    text = say("privacy", lang, n=service.rules.retention.days, most=say("days", lang, n=min(ASIDE_KEPT, service.rules.retention).days))
    return Card(text, _column([(say("forget_button", lang), "f:me")]))


async def _language(service: Service, place: Place, _rest: str) -> Card:
    return language_card(service, place)


async def _settings(service: Service, place: Place, _rest: str) -> Card:
    return settings_card(service, place)


async def _subscribe(service: Service, place: Place, _rest: str) -> Card:
    await service.storage.subscriptions.add(Subscription(place.target.chat_id, place.target.thread or 0, place.lang), service.clock())
    return Card(service.words.say("subscribed", place.lang))


async def _unsubscribe(service: Service, place: Place, _rest: str) -> Card:
    was = await service.storage.subscriptions.remove(place.target.chat_id, place.target.thread or 0)
    return Card(service.words.say("unsubscribed" if was else "not_subscribed", place.lang))


async def _feedback(service: Service, place: Place, rest: str) -> Card:
    if not rest:
        return Card(service.words.say("feedback_how", place.lang))
    words = rest[:MOST_WORDS].replace("\0", "").encode(errors="ignore").decode()
    before = await service.memory.dialogue(place.key, service.clock())
    opinion = Opinion(place.target.chat_id, place.person, "words", before.topic if before else None, words)
    await service.storage.feedback.add(opinion, service.clock())
    return Card(service.words.say("feedback_thanks", place.lang))


def _column(buttons: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)] for label, data in buttons])


FOR_MASTERS = ("language", "settings", "subscribe", "unsubscribe")
COMMANDS: dict[str, Callable[[Service, Place, str], Awaitable[Card]]] = {
    "language": _language,
    "settings": _settings,
    "subscribe": _subscribe,
    "unsubscribe": _unsubscribe,
    "feedback": _feedback,
    "privacy": privacy_card,
}
