"""The door that Telegram posts updates to: a secret, a bound on size and time, the shape of an update, or no entry.

TLS ends in front of it. An update is answered with 200 once it is in the inbox, never before. What is refused is
counted: 403 for a wrong secret, 400 for all else; 503 asks Telegram to send it again.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from typing import TYPE_CHECKING

from aiohttp import web

from bot.chat.health import IDLE_SECONDS, LINGER_SECONDS
from bot.chat.intake import ShapeError, arrival, check_shape

if TYPE_CHECKING:
    from bot.chat.metrics import Metrics
    from bot.chat.pump import Pump

log = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024  # bytes, where aiohttp stops reading; an update of Telegram's is a tenth of that at most
READ_SECONDS = 10.0
WRITE_SECONDS = 10.0


def secret_of(token: str) -> str:
    """Make a secret that every replica with the same token makes, and that tells nothing of the token."""
    return hmac.new(token.encode(), b"footnote webhook", hashlib.sha256).hexdigest()


class Webhook:
    """Takes updates that know the secret into the inbox."""

    def __init__(self, pump: Pump, metrics: Metrics, path: str, secret: str) -> None:
        """Take posts at ``path``."""
        self._pump, self._metrics, self._path = pump, metrics, path
        self._secret = secret.encode()

    def runner(self) -> web.ServerRunner:
        """Give the server: every request, whatever its method and path, comes to one place, by no router."""
        return web.ServerRunner(web.Server(self.receive, access_log=None, keepalive_timeout=IDLE_SECONDS, lingering_time=LINGER_SECONDS), handle_signals=False, shutdown_timeout=1.0)

    async def receive(self, request: web.BaseRequest) -> web.Response:
        """Take one update."""
        said = request.headers.get(HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(said, self._secret):
            return self._refuse(403, "secret")
        if request.method != "POST" or request.path != self._path:
            return self._refuse(400, "request")
        if (request.content_length or 0) > LARGEST:
            return self._refuse(400, "size")
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await request.read()
            if len(body) > LARGEST:
                return self._refuse(400, "size")
            text = body.decode()
            raw = json.loads(text)
            check_shape(raw)
            found = arrival(raw, text)
        except web.HTTPRequestEntityTooLarge:
            return self._refuse(400, "size")
        except TimeoutError:
            return self._refuse(400, "time")
        except (ValueError, RecursionError, ShapeError):
            return self._refuse(400, "shape")
        try:
            async with asyncio.timeout(WRITE_SECONDS):
                await self._pump.put([found])
        except TimeoutError:
            return self._refuse(503, "unwritten")
        self._metrics.webhook.labels("taken").inc()
        return web.Response()

    def _refuse(self, status: int, reason: str) -> web.Response:
        self._metrics.webhook.labels(reason).inc()
        log.info("a request at the webhook was refused: %s", reason)
        response = web.Response(status=status)
        response.force_close()
        return response
