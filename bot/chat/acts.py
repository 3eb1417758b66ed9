"""What a tap does beside asking: thumbs, settings, a publication. Each gives the notice that acknowledges it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.chat.own import language_card, may_set, privacy_card, settings_card
from bot.chat.private import publish
from bot.chat.rendering import plain_page
from bot.chat.sending import rewrite
from bot.storage.feedback import Opinion

if TYPE_CHECKING:
    from bot.chat.own import Card
    from bot.chat.service import Place, Service


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap: the message it is under, what its button carries behind the kind, and whose Telegram language it is."""

    message: int
    rest: str


async def thumb(service: Service, place: Place, tap: Tap) -> str:
    """Take an opinion on an answer; a person has one a message."""
    if tap.rest not in ("up", "down"):
        return service.words.say("stale", place.lang)
    memory, now, chat = service.memory, service.clock(), place.target.chat_id
    name = f"t:{chat}:{tap.message}:{place.person}"
    if await memory.note(name, now) != tap.rest:
        context = await memory.answer(chat, tap.message, now)
        await service.storage.feedback.add(Opinion(chat, place.person, tap.rest, context.topic if context else None), now)
        memory.keep_note(name, place.key, tap.rest, now)
    return service.words.say(f"thanks_{tap.rest}", place.lang)


async def language(service: Service, place: Place, tap: Tap) -> str | None:
    """Choose the chat's language."""
    if tap.rest not in ("en", "zh", "auto"):
        return service.words.say("stale", place.lang)
    if not await may_set(service, place):
        return service.words.say("group_admins_only", place.lang)
    choices = service.standing.choices(place.target.chat_id)
    await service.standing.choose(place.target.chat_id, replace(choices, language=None if tap.rest == "auto" else tap.rest))
    chosen = place if tap.rest == "auto" else replace(place, lang=tap.rest)
    return await _show(service, chosen, tap, language_card(service, chosen))


async def setting(service: Service, place: Place, tap: Tap) -> str | None:
    """Turn a setting on or off."""
    if tap.rest not in ("private", "superseded"):
        return service.words.say("stale", place.lang)
    if not await may_set(service, place):
        return service.words.say("group_admins_only", place.lang)
    choices = service.standing.choices(place.target.chat_id)
    turned = {"private": replace(choices, in_private=not choices.in_private), "superseded": replace(choices, superseded=not choices.superseded)}
    await service.standing.choose(place.target.chat_id, turned[tap.rest])
    return await _show(service, place, tap, settings_card(service, place))


async def forget(service: Service, place: Place, tap: Tap) -> str | None:
    """Delete a person's data."""
    if tap.rest != "me":
        return service.words.say("stale", place.lang)
    return await _show(service, place, tap, await privacy_card(service, place, "forget"))


async def publication(service: Service, place: Place, tap: Tap) -> str:
    """Publish a private answer in its group."""
    done = await publish(service, place, tap.rest)
    return service.words.say("published" if done else "stale", place.lang)


async def _show(service: Service, place: Place, tap: Tap, card: Card) -> str | None:
    await rewrite(service.bot, place.target.chat_id, tap.message, plain_page(card.text), card.markup)
    return None


ACTS = {"t": thumb, "l": language, "s": setting, "f": forget, "p": publication}
