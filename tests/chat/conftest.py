"""The server, once for all tests of the Telegram side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .stage import running_server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Give the address of a Bot API server in its own process."""
    with running_server() as address:
        yield address
