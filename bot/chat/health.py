"""Health and metrics, on a port of their own."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.chat.metrics import Metrics

IDLE_SECONDS, LINGER_SECONDS = 75.0, 2.0


class Health:
    """``/healthz``: the process runs its loop. ``/readyz``: it takes updates. ``/metrics``: what it counted."""

    def __init__(self, metrics: Metrics, ready: Callable[[], bool]) -> None:
        """Ask ``ready`` whether updates are taken."""
        self._metrics, self._ready = metrics, ready

    def runner(self) -> web.AppRunner:
        """Give the server."""
        app = web.Application()
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._page)
        return web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0, keepalive_timeout=IDLE_SECONDS)

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _request: web.Request) -> web.Response:
        return web.Response(text="ready\n") if self._ready() else web.Response(status=503, text="not ready\n")

    async def _page(self, _request: web.Request) -> web.Response:
        return web.Response(body=self._metrics.page(), headers={"Content-Type": CONTENT_TYPE_LATEST})


@asynccontextmanager
async def listening(runner: web.BaseRunner, endpoint: str, setting: str) -> AsyncIterator[int]:
    """Serve at ``HOST:PORT`` until the block ends; give the port. ``SettingsError`` where it cannot be had."""
    host, _, port = endpoint.rpartition(":")
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host.strip("[]"), int(port)).start()
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            message = f"{setting}: {endpoint} cannot be listened on ({reason}): name another port, or stop what has it."
            raise SettingsError(message) from None
        yield int(runner.addresses[0][1])
    finally:
        await asyncio.shield(runner.cleanup())
