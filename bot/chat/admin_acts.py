"""What a tap of an admin's does: the inbox of questions, and another try for what was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.chat.rendering import plain_page
from bot.chat.sending import rewrite
from bot.chat.unanswered import on_unanswered

if TYPE_CHECKING:
    from bot.chat.acts import Tap
    from bot.chat.service import Place, Service

MOST_RETRIED = 100


async def unanswered(service: Service, place: Place, tap: Tap) -> str | None:
    """Sort a question in, or look at another."""
    notice, card = await on_unanswered(service, place, tap)
    if card is not None:
        await rewrite(service.bot, place.target.chat_id, tap.message, plain_page(card.text), card.markup)
    return notice


async def retry(service: Service, place: Place, tap: Tap) -> str:
    """Put what was set aside back into the inbox."""
    if tap.rest != "aside":
        return service.words.say("stale", place.lang)
    backlog = service.storage.backlog
    done = [await backlog.retry(entry.seq) for entry in await backlog.set_aside(MOST_RETRIED)]
    return service.words.say("retried", place.lang, n=sum(done))


ADMIN_ACTS = {"u": unanswered, "x": retry}
