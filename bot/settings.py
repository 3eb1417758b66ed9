"""Settings: the one place where the environment is read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "FOOTNOTE_"
IDS = r"^\s*(-?\d{1,18}([\s,]+|$))*$"
ENDPOINT = r"^[\w.:\[\]-]+:\d{1,5}$"


class Settings(BaseModel):
    """What can be set, each by the environment variable FOOTNOTE_ and its name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    token: SecretStr | None = None
    seeds: Path = ROOT / "seeds"
    intents: Path = ROOT / "intents"
    database_url: SecretStr | None = None
    api_url: str = "https://api.telegram.org/bot"
    webhook_url: str | None = None
    webhook_secret: SecretStr | None = None
    listen: Annotated[str, Field(pattern=ENDPOINT)] = "127.0.0.1:8080"
    health: Annotated[str, Field(pattern=f"{ENDPOINT}|^off$")] = "127.0.0.1:8081"
    limits: Annotated[str, Field(pattern=r"^\d+(\.\d+)?( \d+(\.\d+)?){2}$")] = "30 1 20"
    admins: Annotated[str, Field(pattern=IDS)] = ""
    access: Literal["open", "closed"] = "open"
    allowed: Annotated[str, Field(pattern=IDS)] = ""
    questions: Annotated[str, Field(pattern=r"^\d+ \d+$")] = "20 60"
    retention: Annotated[int, Field(ge=1, le=3650)] = 90
    phrases: Path = Path(platformdirs.user_data_dir("footnote")) / "phrases.yaml"
    lease: Annotated[float, Field(ge=0.5, le=600)] = 15.0
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "WARNING"
    log_format: Literal["json", "text"] = "json"
    log_texts: bool = False
    plain: bool = False


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise SettingsError naming each variable that is wrong or unknown."""
    source = os.environ if environment is None else environment
    values: dict[str, object] = {
        name.removeprefix(PREFIX).lower(): value for name, value in source.items() if name.startswith(PREFIX) and value
    }
    values.setdefault("plain", "NO_COLOR" in source)
    values = {name: value for name, value in values.items() if not name.startswith("test_")}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        # The value is left out of the message: it may be the secret one.
        faults = [f"{PREFIX}{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        known = ", ".join(f"{PREFIX}{name.upper()}" for name in Settings.model_fields)
        raise SettingsError("\n".join([*faults, f"Known settings: {known}."])) from None
