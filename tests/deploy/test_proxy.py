"""The proxy's configuration as it stands, run for real: nginx before three replicas on loopback, one of them killed."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.chat.stage import ROOT, running_server
from tests.delivery.load import question, start
from tests.delivery.replicas import a_database, free_ports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
SECRET, QUESTIONS, CHATS = "a-secret-of-the-proxy-test", 240, 12
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
BARE = """\
daemon off; master_process off; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  include {folder}/default.conf;
}}
"""


@contextmanager
def proxy(folder: Path, port: int, replicas: list[int]) -> Iterator[None]:
    """Run nginx with the configuration of deploy/, its addresses and certificate alone replaced."""
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout privkey.pem -out fullchain.pem"
    subprocess.run(made.split(), cwd=folder, check=True, capture_output=True)
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for number, replica in enumerate(replicas, 1):
        text = text.replace(f"footnote-{number}:8080", f"127.0.0.1:{replica}")
    text = text.replace("listen 8443", f"listen 127.0.0.1:{port}").replace("/etc/nginx/tls", str(folder))
    (folder / "default.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(BARE.format(folder=folder), encoding="utf-8")
    with subprocess.Popen([str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL) as running:
        try:
            yield
        finally:
            running.terminate()


async def until_ready(http: httpx.AsyncClient, ports: list[int]) -> None:
    """Wait until each replica takes updates."""
    for port in ports:
        for _ in range(300):
            try:
                if (await http.get(f"http://127.0.0.1:{port}/readyz")).status_code == 200:
                    break
            except httpx.HTTPError:
                pass
            await asyncio.sleep(0.1)


if NGINX and os.environ.get("FOOTNOTE_TEST_POSTGRES"):

    @pytest.mark.asyncio
    async def test_three_replicas_behind_the_proxy(tmp_path: Path) -> None:
        """Every question comes through and is answered once though a replica dies; nothing else comes through."""
        replicas, health, (port,) = free_ports(3), free_ports(3), free_ports(1)
        async with a_database() as database, httpx.AsyncClient(verify=False, timeout=30) as http:  # noqa: S501 - a certificate of our own
            with running_server() as address, ExitStack() as stack:
                stack.enter_context(proxy(tmp_path, port, replicas))
                shared = {"api_url": address, "database_url": database, "webhook_url": "http://127.0.0.1:1/telegram", "webhook_secret": SECRET, "lease": "1"}
                bots = [start({**shared, "listen": f"127.0.0.1:{r}", "health": f"127.0.0.1:{h}"}) for r, h in zip(replicas, health, strict=True)]
                for bot in bots:
                    stack.callback(bot.wait)
                    stack.callback(bot.kill)
                await until_ready(http, health)
                url = f"https://127.0.0.1:{port}"
                assert (await http.post(f"{url}/telegram", json=question(1, CHATS))).status_code == 403
                assert (await http.get(f"{url}/metrics")).status_code == 404
                assert (await http.post(f"{url}/telegram", content=b"x" * 600_000, headers=HEADERS)).status_code == 413
                for number in range(1, QUESTIONS + 1):
                    if number == QUESTIONS // 2:
                        bots[0].kill()
                    assert (await http.post(f"{url}/telegram", json=question(number, CHATS), headers=HEADERS)).status_code == 200
                for _ in range(300):
                    journal = (await http.get(f"{address}/control/journal", params={"from": 0})).json()
                    if len({number for _, number, _ in journal["accepted"]}) == QUESTIONS:
                        break
                    await asyncio.sleep(0.1)
        answered = [number for _, number, _ in journal["accepted"]]
        assert sorted(set(answered)) == list(range(1, QUESTIONS + 1))
        assert len(answered) - len(set(answered)) <= 16  # caught by the kill between acceptance and mark
        assert journal["violations"] == []
