"""What a person should know of how a text was read: the bytes converted, the markup kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.releases.decoding import GB18030, holds_markup

if TYPE_CHECKING:
    from bot.releases.model import Release


def notes_of(release: Release) -> list[str]:
    """Give a line for each thing to know."""
    said = [f"note: {release.id}: is Chinese in GB18030; read as UTF-8"] if release.encoding == GB18030 else []
    return [*said, f"note: {release.id}: holds HTML markup; it is kept and read as it stands"] if holds_markup(release.text) else said
