"""The environment, read in one place.

Every setting comes from the environment or from a `.env` file in the project folder, and all of
them are listed by `playledger config`. Other modules take a `Settings` and never look themselves.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable: its name, what it is for, and what holds when it is not set."""

    name: str
    purpose: str
    default: str
    is_secret: bool = False


SETTINGS = (
    Setting(
        "DATABASE_URL",
        "the PostgreSQL to use (postgresql://user:password@host:5432/name)",
        "an embedded PostgreSQL, started when needed",
        is_secret=True,
    ),
    Setting("LEDGER_SCHEMA", "the schema that the tables of the ledger live in", "ledger"),
    Setting(
        "PLAYLEDGER_HOME",
        "data of the embedded server, the sample, reports and work files",
        ".playledger in the project folder",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    `database_url` is None when the embedded server is to be used; it may hold a password, so it is
    kept out of the representation.
    """

    home: Path
    schema: str
    database_url: str | None

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r}, schema={self.schema!r})"


def read_settings() -> Settings:
    """Settings from the environment; what the environment holds wins over `.env`."""
    from dotenv import dotenv_values

    values = {**dotenv_values(PROJECT / ".env"), **os.environ}
    return Settings(
        home=Path(values.get("PLAYLEDGER_HOME") or PROJECT / ".playledger").resolve(),
        schema=values.get("LEDGER_SCHEMA") or "ledger",
        database_url=values.get("DATABASE_URL") or None,
    )


def describe_settings() -> list[tuple[Setting, str]]:
    """Each setting with the value that holds now, a secret only as `set` or its default."""
    from dotenv import dotenv_values

    values = {**dotenv_values(PROJECT / ".env"), **os.environ}
    return [
        (setting, "set (not shown)" if setting.is_secret else str(values[setting.name]))
        if values.get(setting.name)
        else (setting, setting.default)
        for setting in SETTINGS
    ]
