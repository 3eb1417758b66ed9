"""The bot at work: the inbox between Telegram and the handlers, with everything around it, until told to stop."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.chat.addressing import Name
from bot.chat.admission import Limiter
from bot.chat.connection import KINDS, DiscreetBot, persistently
from bot.chat.digests import send_digests
from bot.chat.health import Health, listening
from bot.chat.jobs import Job, housekeeping, run_jobs
from bot.chat.memory import Memory
from bot.chat.menus import set_menus
from bot.chat.polling import Poller
from bot.chat.pump import Pump
from bot.chat.reloading import follow
from bot.chat.rules import Rules
from bot.chat.service import Opened, Service
from bot.chat.shelf import Shelf
from bot.chat.standing import Standing
from bot.chat.together import cancel, first, outlived, together
from bot.chat.webhook import Webhook, secret_of
from bot.chat.working import Worker
from bot.errors import SettingsError
from bot.library import Library
from bot.storage.inbox import Inbox
from bot.storage.leading import Leadership
from bot.storage.store import Storage

if TYPE_CHECKING:
    from bot.chat.service import Answering
    from bot.chat.wording import Wording
    from bot.settings import Settings

log = logging.getLogger(__name__)

FINISH_SECONDS = 10.0
CONFIRM_SECONDS = 2.0
WEBHOOK_CONNECTIONS = 100
GAUGE_SECONDS = 5.0
DIGEST_SECONDS = 5.0

clock = partial(datetime.now, UTC)


async def serve(bot: DiscreetBot, desk: Answering, words: Wording, settings: Settings) -> None:
    """Serve until told to stop, then finish what was claimed and leave the rest in the inbox."""
    work = asyncio.create_task(_serve(bot, desk, words, settings))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError, ValueError):  # no signals on this system or in this thread
            loop.add_signal_handler(number, work.cancel)
    try:
        with suppress(asyncio.CancelledError):
            await work
    finally:
        await bot.shutdown()


async def _serve(bot: DiscreetBot, desk: Answering, words: Wording, settings: Settings) -> None:
    url = settings.database_url.get_secret_value() if settings.database_url is not None else None
    async with await Storage.open(url) as storage:
        bot.gate.reach = storage.reach
        await persistently(bot.initialize, settings.api_url)
        service = await _service(bot, desk, words, settings, storage)
        shelf = Shelf(storage.conversations, alone=not storage.database.shared)
        inbox = Inbox(storage.database, secrets.token_hex(8), settings.lease)
        await inbox.start(clock())
        pump = Pump(inbox, Worker(service, shelf).answer, clock, wanted=shelf.wanted, recall=shelf.recall)
        await _Running(service, storage, inbox, pump, settings, shelf).run()


@dataclass
class _Running:
    """Everything that runs side by side."""

    service: Service
    storage: Storage
    inbox: Inbox
    pump: Pump
    settings: Settings
    shelf: Shelf
    ready: bool = False
    poller: Poller | None = None

    async def run(self) -> None:
        """Run until cancelled or refused for good; the pump ends last, when nothing can arrive any more."""
        pumping = asyncio.create_task(self.pump.run())
        try:
            async with AsyncExitStack() as doors:
                await self._open(doors)
                log.info("answering in Telegram as @%s", self.service.bot.username)
                await together(self._lead(), run_jobs(self._own_jobs()), outlived(pumping))
        finally:
            self.ready = False
            if left := await self.pump.close(FINISH_SECONDS):
                log.warning("%d updates were not answered; they stay in the inbox", left)
            await cancel(pumping)
            await self.service.tally.write(self.storage.counters, clock())
            if self.poller is not None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.poller.confirm(), CONFIRM_SECONDS)

    async def _open(self, doors: AsyncExitStack) -> None:
        settings = self.settings
        if settings.health != "off":
            health = Health(self.service.gate.metrics, lambda: self.ready)
            try:
                await doors.enter_async_context(listening(health.runner(), settings.health, "FOOTNOTE_HEALTH"))
            except SettingsError as error:
                if "health" in settings.model_fields_set:
                    raise
                log.warning("no health and metrics: %s", error)
        if settings.webhook_url is not None:
            path = urlsplit(settings.webhook_url).path or "/"
            webhook = Webhook(self.pump, self.service.gate.metrics, path, _secret(self.service.bot.token, settings))
            await doors.enter_async_context(listening(webhook.runner(), settings.listen, "FOOTNOTE_LISTEN"))
            self.ready = True

    async def _lead(self) -> None:
        """Wait for the lead; then take updates (by polling), set menus and run the periodic jobs, until it is lost."""
        leads = self.service.gate.metrics.leads
        while True:
            async with Leadership(self.storage.database, "lead").lead() as lost:
                leads.set(1)
                try:
                    await first(self._at_the_head(), lost.wait())
                finally:
                    leads.set(0)

    async def _at_the_head(self) -> None:
        bot, settings = self.service.bot, self.settings
        assert isinstance(bot, DiscreetBot)  # noqa: S101 - for the type checker
        if settings.webhook_url is None:
            await persistently(bot.delete_webhook, settings.api_url)
        else:
            await persistently(partial(_set_webhook, bot, settings), settings.api_url)
        works = [
            set_menus(self.service),  # Telegram may make menus wait; questions need not
            run_jobs([*housekeeping(self.storage, clock, self.service.rules.retention), Job("digests", DIGEST_SECONDS, self._digests)]),
        ]
        if settings.webhook_url is None:
            self.poller = Poller(bot, self.pump, settings.api_url)
            self.ready = True
            works.append(self.poller.run())
        await together(*works)

    def _own_jobs(self) -> list[Job]:
        """What every replica does for itself."""
        gate = self.service.gate

        async def look() -> None:
            gate.metrics.backlog(await self.storage.backlog.now(), clock())
            replicas = await self.inbox.replicas()
            gate.flood.share(replicas)
            self.service.limiter.share(replicas)
            await self.service.tally.write(self.storage.counters, clock())
            if self.storage.database.shared:
                await self.service.standing.look()
                await follow(self.service)

        return [Job("gauges", GAUGE_SECONDS, look)]

    async def _digests(self) -> None:
        await send_digests(replace(self.service, memory=Memory(self.shelf)))


async def _set_webhook(bot: DiscreetBot, settings: Settings) -> bool:
    return await bot.set_webhook(
        str(settings.webhook_url), allowed_updates=KINDS, secret_token=_secret(bot.token, settings), max_connections=WEBHOOK_CONNECTIONS
    )


def _secret(token: str, settings: Settings) -> str:
    return settings.webhook_secret.get_secret_value() if settings.webhook_secret is not None else secret_of(token)


async def _service(bot: DiscreetBot, desk: Answering, words: Wording, settings: Settings, storage: Storage) -> Service:
    rules = Rules.of(settings)
    standing = Standing(storage, rules)
    await standing.look()
    opened = Opened(desk, partial(type(desk).open, settings.seeds, settings.intents) if isinstance(desk, Library) else None)
    name = Name(bot.id, bot.username)
    return Service(bot, name, opened, words, Memory(), clock, bot.gate, storage, standing, rules, Limiter(rules))
