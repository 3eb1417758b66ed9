"""Run the server: ``python -m chat.server [--api api.json] [--token T]``; it prints its port and serves on."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from aiohttp import web

from .app import Server
from .table import Table


async def main() -> None:
    """Serve on 127.0.0.1, on a port the system picks, until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--api", type=Path, help="the Bot API's table; without it requests are not checked")
    parser.add_argument("--token", required=True)
    options = parser.parse_args()
    server = Server(options.token, Table.read(options.api) if options.api else None)
    runner = web.AppRunner(server.app(), access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
