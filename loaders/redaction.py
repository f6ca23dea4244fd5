"""Passwords kept out of logs and messages, also where an error's text repeats one.

DATABASE_URL, profiles.yml, the environment ──► find_secrets() ──► Scrubber ──► text with ***
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus, unquote

from loaders.settings import Settings, dbt_secrets

HIDDEN = "***"
NO_PASSWORD = "none"  # what profiles.yml says where the server asks for none  # noqa: S105


class Scrubber:
    """`Scrubber(secrets)(text)` is the text without the secrets, plain or escaped."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._forms: set[str] = set()
        self.add(secrets)

    def add(self, secrets: Iterable[str]) -> None:
        """Hide these too: each as it is, as in a URL, and as in a connection string."""
        for secret in filter(None, secrets):
            escaped = secret.replace("\\", "\\\\").replace("'", "\\'")
            self._forms |= {secret, quote(secret, safe=""), quote(secret), quote_plus(secret)}
            self._forms |= {escaped, repr(secret)[1:-1]}

    def __call__(self, text: str) -> str:
        """The text, with `***` in place of each secret."""
        for form in sorted(self._forms, key=len, reverse=True):
            text = text.replace(form, HIDDEN)
        return text


def find_secrets(settings: Settings, profiles: Path | None = None) -> set[str]:
    """Every password in DATABASE_URL, a profile, or dbt's own environment variables."""
    profiles = profiles or settings.project / "profiles.yml"
    found = {*_of_url(settings.database_url or ""), *_of_profile(profiles), *dbt_secrets()}
    return found - {"", NO_PASSWORD}


def _of_url(url: str) -> Iterator[str]:
    import psycopg2
    from psycopg2.extensions import parse_dsn

    if not url:
        return
    try:
        yield parse_dsn(url).get("password", "")
    except psycopg2.ProgrammingError:
        yield url  # no valid address: nobody knows which part is the password
    # As it is written, since a mistake in the address can make it pass for another part.
    if written := re.match(r"[^:/?#]+://[^:/?#]*:(.*)@", url, re.DOTALL):
        yield from (written[1], unquote(written[1]))


def _of_profile(path: Path) -> Iterator[str]:
    import yaml

    try:
        profiles = yaml.safe_load(path.read_text())
        outputs = [each for one in profiles.values() for each in one.get("outputs", {}).values()]
        written = [str(each.get(name) or "") for each in outputs for name in ("password", "pass")]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, AttributeError):
        return
    for password in written:
        plain = re.sub(r"\{%-? *(end)?raw *-?%\}", "", password)
        if "{{" not in plain:  # else dbt reads it from the environment
            yield plain
