"""A release full of what a page must bear, and the page of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.evidence.page import write_page
from bot.releases.reading import read_release

ROOT = Path(__file__).resolve().parents[2]
HEAD = '<b>Trade</b> & "Loans" Grow 5%'
TEXT = f"""{HEAD}

LANTING, July 24, 2025 -- Exports of the city reached 12.5 billion yuan in June, up 3.1 percent year on year. <script>document.title = "taken"</script><img src=x onerror="document.title='taken'">

\u202eLoans were 600 billion yuan (approx. RMB 82.7 billion), the spokesperson, 52, said. "Sales surged 5.8 times," she added; {{{{ words }}}} {{% raw %}} 'and' 4,500 firms took part.

Item 2025 2024
Steel 120.5 118.2
Tea 20.5 18.2
"""


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the page of the text."""
    folder = tmp_path_factory.mktemp("page")
    source, out = folder / 'odd"><name.txt', folder / "page.html"
    source.write_text(TEXT, encoding="utf-8")
    write_page([read_release(source)], [source], out, ROOT / "intents")
    return out
