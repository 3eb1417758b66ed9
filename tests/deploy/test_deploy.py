"""What is in deploy/ is what the bot needs: known settings, nobody's root, a health check; backup and proxy as they run."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bot.settings import PREFIX, Settings
from bot.storage.store import Storage
from bot.storage.subscriptions import Subscription
from tests.chat.stage import ROOT
from tests.delivery.replicas import a_database

if TYPE_CHECKING:
    from pathlib import Path

DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
COMPOSE = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DEPLOY.glob("compose*.yaml"))}
CLUSTER = list(yaml.safe_load_all((DEPLOY / "kubernetes" / "footnote.yaml").read_text(encoding="utf-8")))
BACKUP = next(line.strip() for line in (DEPLOY / "RUNBOOK.md").read_text(encoding="utf-8").splitlines() if ".backup(" in line)


def test_only_known_settings_are_named() -> None:
    """Every FOOTNOTE_ variable that a file of deploy/ names is a setting."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    found = {name for path in FILES for name in re.findall(r"FOOTNOTE_[A-Z_]+", path.read_text(encoding="utf-8"))}
    assert found
    assert found <= known


def test_the_image_is_small_and_nobodys_root() -> None:
    """The image has the run-time lock only, with hashes, runs as a user, and knows whether it is well."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert "--require-hashes" in text
    assert re.search(r"^USER \d+:\d+$", text, re.MULTILINE)
    assert "HEALTHCHECK" in text
    names = set(re.findall(r"^([\w-]+)==", (DEPLOY / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    assert "python-telegram-bot" in names
    assert not names & {"pytest", "mypy", "ruff", "scikit-learn"}


def test_both_locks_pin_the_same() -> None:
    """What runs in the image is what was tested: each of its pins is in the lock that the tests run with."""
    pins = [set(re.findall(r"^([\w-]+==\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in (DEPLOY / "requirements.lock", ROOT / "requirements.lock")]
    assert pins[0] <= pins[1]


@pytest.mark.parametrize("name", COMPOSE)
def test_every_container_of_ours_is_locked_down(name: str) -> None:
    """Read-only, no capability, no new privilege, in every compose file."""
    services: dict[str, dict[str, Any]] = COMPOSE[name]["services"]
    ours = [service for service in services.values() if service["image"] == "footnote:latest"]
    assert len(ours) in (1, 3)
    for service in ours:
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_clusters_parts_fit_together() -> None:
    """Selectors, ports and names of the manifests name one another; pods are nobody's root."""
    kinds = {part["kind"]: part for part in CLUSTER}
    pod = kinds["Deployment"]["spec"]["template"]
    labels, container = pod["metadata"]["labels"], pod["spec"]["containers"][0]
    assert labels == kinds["Service"]["spec"]["selector"] == kinds["Deployment"]["spec"]["selector"]["matchLabels"]
    assert labels == kinds["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == kinds["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"]
    ports = {port["name"] for port in container["ports"]}
    assert {container[probe]["httpGet"]["port"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")} <= ports
    assert {port["targetPort"] for port in kinds["Service"]["spec"]["ports"]} <= ports
    assert pod["spec"]["securityContext"]["runAsNonRoot"] is True
    assert container["securityContext"]["readOnlyRootFilesystem"] is True


async def run(*command: str) -> None:
    """Run a command to its end beside the loop."""
    await asyncio.to_thread(subprocess.run, command, check=True, capture_output=True)


@pytest.mark.asyncio
async def test_a_backup_of_a_running_bot_restores(tmp_path: Path) -> None:
    """The runbook's own command copies a SQLite database in use; the copy opens and holds what was kept."""
    now = datetime.now(UTC)
    kept, copy = tmp_path / "footnote.sqlite3", tmp_path / "backup.sqlite3"
    async with await Storage.open(f"sqlite:///{kept}") as storage:
        await storage.subscriptions.add(Subscription(5, 0, "zh"), now)
        words = shlex.split(BACKUP.replace("footnote.sqlite3", str(kept)).replace("backup.sqlite3", str(copy)))
        await run(sys.executable, *words[1:])
    async with await Storage.open(f"sqlite:///{copy}") as storage:
        assert await storage.subscriptions.all() == [Subscription(5, 0, "zh")]


if shutil.which("systemd-analyze"):

    def test_the_unit_is_sound_and_hardened(tmp_path: Path) -> None:
        """Systemd finds no fault in the unit, and rates its exposure as OK."""
        unit = tmp_path / "footnote.service"
        text = (DEPLOY / "footnote.service").read_text(encoding="utf-8")
        unit.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", text), encoding="utf-8")
        found = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stderr
        rated = subprocess.run(["systemd-analyze", "security", "--offline=yes", str(unit)], capture_output=True, text=True, check=False)
        score = re.search(r"exposure level for \S+: ([\d.]+)", rated.stdout)
        assert score, rated.stderr
        assert float(score[1]) < 2


if os.environ.get("FOOTNOTE_TEST_POSTGRES") and shutil.which("pg_dump"):

    @pytest.mark.asyncio
    async def test_a_dump_of_postgresql_restores(tmp_path: Path) -> None:
        """What pg_dump writes as the runbook says, pg_restore brings back into an empty database."""
        dump = str(tmp_path / "backup.dump")
        async with a_database() as first, a_database() as second:
            async with await Storage.open(first) as storage:
                await storage.subscriptions.add(Subscription(5, 0, "zh"), datetime.now(UTC))
                await run("pg_dump", "-Fc", "-d", first, "-f", dump)
            await run("pg_restore", "--no-owner", "-d", second, dump)
            async with await Storage.open(second) as storage:
                assert await storage.subscriptions.all() == [Subscription(5, 0, "zh")]
