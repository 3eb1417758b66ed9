"""Opening the desk anew, here and in every other replica."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.conversations import Kept

if TYPE_CHECKING:
    from datetime import datetime

    from bot.chat.service import Service

SIGN = "x:reload"  # an entry whose time tells when someone last had everything read again


async def reload(service: Service) -> list[str]:
    """Read releases and content again and tell the other replicas; give the releases that are new."""
    before = service.desk.releases
    await service.opened.reload()
    now = service.clock()
    await service.storage.conversations.put(Kept(SIGN, 0, 0, "{}", now))
    service.opened.seen = now
    return [release for release in service.desk.releases if release not in before]


async def follow(service: Service) -> None:
    """Reload where another replica did."""
    found = await service.storage.conversations.get([SIGN])
    told: datetime | None = found[SIGN][1] if SIGN in found else None
    if told is not None and told > service.opened.seen:
        await service.opened.reload()
        service.opened.seen = told
