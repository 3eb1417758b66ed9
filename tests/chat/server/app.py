"""The server's two doors: ``/bot<token>/<method>`` for the bot, ``/control/...`` for the tests."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from .driving import Driver
from .methods import METHODS, RefusalError, get_updates
from .state import Fault, State

if TYPE_CHECKING:
    from .table import Table

TEXTS = ("text", "callback_query_id", "inline_query_id", "description", "short_description")
JSON_START = re.compile(r"-?\d+$|true$|false$|[\[{]")
STATUSES = {"401": "Unauthorized", "403": "Forbidden: bot was blocked by the user", "404": "Not Found"}


@dataclass
class Server:
    """The bot's token, the table to check by, and the state."""

    token: str
    table: Table | None
    state: State = field(default_factory=State)

    def app(self) -> web.Application:
        """Give the application to serve."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/bot{token}/{method}", self.call)
        app.router.add_post("/control/push", self.push)
        app.router.add_post("/control/masters", self.masters)
        app.router.add_post("/control/fault", self.fault)
        app.router.add_post("/control/reset", self.reset)
        app.router.add_get("/control/state", self.show)
        app.router.add_get("/control/journal", self.journal)
        app.router.add_post("/control/drive", self.drive)
        app.router.add_get("/control/driven", self.driven)
        return app

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of the bot."""
        method = request.match_info["method"]
        form = {name: str(value) for name, value in (await request.post()).items()}
        if request.match_info["token"] != self.token:
            return _refusal(RefusalError(401, "Unauthorized"))
        params, problems = self._read(method, form)
        entry: dict[str, Any] = {"method": method, "params": params, "at": time.time(), "result": None}
        if not self.state.lean:
            self.state.requests.append(entry)
        try:
            if (fault := self.state.fault_for(method)) is not None:
                entry["fault"] = fault.kind
                return await _faulty(fault, request)
            entry["result"] = await self._do(method, params, problems)
        except RefusalError as refusal:
            entry["refused"] = refusal.description
            return _refusal(refusal)
        return web.json_response({"ok": True, "result": entry["result"]})

    def _read(self, method: str, form: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
        if self.table is None:
            return {name: _guess(name, text) for name, text in form.items()}, []
        params, problems = self.table.decode(method, form)
        return params, problems or self.table.check(method, params)

    async def _do(self, method: str, params: dict[str, Any], problems: list[str]) -> object:
        if problems:
            self.state.violations.extend(problems)
            raise RefusalError(400, f"Bad Request: {problems[0].partition(': ')[2]}")
        if method == "getUpdates":
            return await get_updates(self.state, params)
        if method.lower() not in METHODS:
            raise RefusalError(404, "Not Found: method not found")
        result = METHODS[method.lower()](self.state, params)
        return await result if inspect.isawaitable(result) else result

    async def push(self, request: web.Request) -> web.Response:
        """Queue updates."""
        return web.json_response([self.state.push(update) for update in await request.json()])

    async def masters(self, request: web.Request) -> web.Response:
        """Make users administrators of chats."""
        self.state.masters.extend(await request.json())
        return web.json_response({})

    async def fault(self, request: web.Request) -> web.Response:
        """Set a fault."""
        self.state.faults.append(Fault(**await request.json()))
        return web.json_response({})

    async def reset(self, request: web.Request) -> web.Response:
        """Forget everything; whoever still polls is sent away."""
        if self.state.poller is not None:
            self.state.poller.set()
        if self.state.webhook is not None:
            await self.state.webhook.stop()
        self.state = State(**(await request.json() if request.can_read_body else {}))
        return web.json_response({})

    async def drive(self, request: web.Request) -> web.Response:
        """Begin a load."""
        self.state.driver = Driver(self.state, **await request.json())
        self.state.driver.start()
        return web.json_response({})

    async def driven(self, _request: web.Request) -> web.Response:
        """Give what it measured."""
        return web.json_response(self.state.driver.report() if self.state.driver is not None else {})

    async def journal(self, request: web.Request) -> web.Response:
        """Give the messages accepted, from a number on, and how many updates wait."""
        state = self.state
        pending = len(state.updates) + (len(state.webhook.pending) if state.webhook is not None else 0)
        shown = {"accepted": state.journal[int(request.query["from"]) :], "waiting": pending, "violations": state.violations[:5]}
        return web.json_response(shown)

    async def show(self, _request: web.Request) -> web.Response:
        """Show what was received."""
        polling = self.state.poller is not None
        shown = {"requests": self.state.requests, "violations": self.state.violations, "polling": polling}
        left = sum(fault.times for fault in self.state.faults)
        waiting = len(self.state.updates) + (len(self.state.webhook.pending) if self.state.webhook is not None else 0)
        return web.json_response({**shown, "waiting": waiting, "faults": left})


def _guess(name: str, text: str) -> object:
    """Decode a parameter without the table: what reads as a number, a truth value, a list or an object is one."""
    if name in TEXTS or not JSON_START.match(text):
        return text
    return json.loads(text)


async def _faulty(fault: Fault, request: web.Request) -> web.StreamResponse:
    if fault.kind == "drop":
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    if fault.kind == "hang":
        await asyncio.sleep(fault.retry_after)
        return web.Response(status=502, text="")
    if fault.kind == "429":
        wait = fault.retry_after
        raise RefusalError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    if fault.kind == "garbage":
        return web.Response(status=502, text="<html>bad gateway</html>")
    raise RefusalError(int(fault.kind), fault.description or STATUSES.get(fault.kind, "Internal Server Error"), **fault.parameters)


def _refusal(refusal: RefusalError) -> web.Response:
    body: dict[str, object] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.status)
