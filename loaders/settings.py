"""The environment, read in one place.

Every setting comes from the environment or from a `.env` file in the project folder, and all of
them are listed by `playledger config`. Other modules take a `Settings` and never look themselves.

The project folder holds the dbt project, the seeds and `profiles.yml`: `--project` or
`PLAYLEDGER_PROJECT` name it, else it is the current folder or the nearest one above.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path

from loaders.project import locate_project

SITE, LOGIN_SITE = "https://artists.spotify.com", "https://accounts.spotify.com"


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
    Setting(
        "PLAYLEDGER_PROJECT",
        "the project folder (seeds, models, profiles.yml), as --project",
        "the current folder, or the nearest one above that is one",
    ),
    Setting("LEDGER_SCHEMA", "the schema that the tables of the ledger live in", "ledger"),
    Setting(
        "PLAYLEDGER_HOME",
        "data of the embedded server, the sample, reports and work files",
        ".playledger in the project folder",
    ),
    Setting("PLAYLEDGER_SITE", "the artists' site that is scraped", SITE),
    Setting("PLAYLEDGER_LOGIN_SITE", "where one logs in to it", LOGIN_SITE),
    Setting(
        "PLAYLEDGER_SESSION",
        "the saved log-in (a Playwright storage state; worth an account)",
        "session.json in PLAYLEDGER_HOME",
    ),
    Setting(
        "PLAYLEDGER_TOKEN",
        "what `playledger web` asks for where it does not listen on loopback",
        "one that is made and printed",
        is_secret=True,
    ),
    Setting("LEDGER_PROD_HOST", "the server of production", "none"),
    Setting("LEDGER_PROD_PORT", "its port", "5432"),
    Setting("LEDGER_PROD_USER", "who publishes there", "ledger_builder"),
    Setting("DBT_ENV_SECRET_LEDGER_PROD_PASSWORD", "that user's password", "none", is_secret=True),
    Setting("LEDGER_PROD_DBNAME", "the database of production", "postgres"),
    Setting("LEDGER_PROD_SSLMODE", "how its connection is encrypted", "require"),
    Setting(
        "LEDGER_PROD_PAGES",
        "where its pages are shown (https://...): opened after each deployment",
        "none",
    ),
    Setting(
        "PLAYLEDGER_CHROMIUM", "the browser to scrape with", "an installed one, or Playwright's"
    ),
)
PRODUCTION = ("host", "port", "user", "dbname", "sslmode")  # libpq's words in LEDGER_PROD_...


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says.

    `database_url` is None when the embedded server is to be used; it may hold a password, so it is
    kept out of the representation.
    """

    home: Path
    schema: str
    database_url: str | None
    site: str = SITE
    login_site: str = LOGIN_SITE
    session: Path | None = None
    chromium: Path | None = None
    token: str | None = None
    production: dict[str, str] | None = None  # libpq's parameters; they may hold a password
    pages: str | None = None
    project: Path = field(default_factory=lambda: find_project())

    @property
    def session_path(self) -> Path:
        """Where the log-in is saved."""
        return self.session or self.home / "session.json"

    def __repr__(self) -> str:
        return f"Settings(home={str(self.home)!r}, schema={self.schema!r})"


def choose_project(folder: Path) -> None:
    """Use this project folder, in this process and those that it starts (`--project`)."""
    set_environment({"PLAYLEDGER_PROJECT": str(folder.absolute())})


def find_project() -> Path:
    """The project folder; see `loaders.project`. Raises UserError where there is none."""
    return locate_project(os.environ.get("PLAYLEDGER_PROJECT"))


def set_environment(values: dict[str, str]) -> None:
    """Set what a library reads from the environment only, for this process and its children."""
    os.environ.update(values)


def read_settings() -> Settings:
    """Settings from the environment; what the environment holds wins over `.env`.

    Raises UserError where there is no project folder.
    """
    project = find_project()
    values = _values(project)
    return Settings(
        project=project,
        home=Path(values.get("PLAYLEDGER_HOME", project / ".playledger")).resolve(),
        schema=values.get("LEDGER_SCHEMA", "ledger"),
        database_url=values.get("DATABASE_URL"),
        site=values.get("PLAYLEDGER_SITE", SITE),
        login_site=values.get("PLAYLEDGER_LOGIN_SITE", LOGIN_SITE),
        session=_path(values.get("PLAYLEDGER_SESSION")),
        chromium=_path(values.get("PLAYLEDGER_CHROMIUM")),
        token=values.get("PLAYLEDGER_TOKEN"),
        production=_production(values),
        pages=values.get("LEDGER_PROD_PAGES"),
    )


def _values(project: Path) -> dict[str, str]:
    """What is set to something, by name."""
    from dotenv import dotenv_values

    values = {**dotenv_values(project / ".env"), **os.environ}
    return {name: value for name, value in values.items() if value}


def _production(values: dict[str, str]) -> dict[str, str] | None:
    """Where production is, as in the target `prod` of `profiles.yml.example`."""
    if "LEDGER_PROD_HOST" not in values:
        return None
    defaults = {setting.name: setting.default for setting in SETTINGS}
    names = {word: f"LEDGER_PROD_{word.upper()}" for word in PRODUCTION}
    known = {word: values.get(name, defaults[name]) for word, name in names.items()}
    password = values.get("DBT_ENV_SECRET_LEDGER_PROD_PASSWORD")
    return {**known, "password": password} if password else known


def dbt_secrets() -> list[str]:
    """What the environment keeps for profiles alone, in `DBT_ENV_SECRET_...`."""
    return [value for name, value in os.environ.items() if name.startswith("DBT_ENV_SECRET_")]


def has_screen() -> bool:
    """Whether a window can be shown on this machine."""
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _path(value: str | None) -> Path | None:
    return Path(value).expanduser().absolute() if value else None


def describe_settings() -> list[tuple[Setting, str]]:
    """Each setting with the value that holds now, a secret only as `set` or its default."""
    project = find_project()
    values = {**_values(project), "PLAYLEDGER_PROJECT": str(project)}
    return [
        (setting, "set (not shown)" if setting.is_secret else str(values[setting.name]))
        if setting.name in values
        else (setting, setting.default)
        for setting in SETTINGS
    ]
