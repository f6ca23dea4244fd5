"""The saved session of a log-in: a file that gives access to the account.

    playledger login ──► Session.save() ──► file (mode 0600) ──► every context ──► saved again

It is Playwright's storage state: cookies and local storage. Its content is never logged or shown.
"""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from loaders.atomic_files import write_whole
from loaders.errors import Exit, UserError
from loaders.text import duration


@dataclass(frozen=True, slots=True)
class Session:
    """The file that the session is saved in."""

    path: Path

    def state(self) -> dict[str, object]:
        """The storage state; UserError (exit code 3) when there is none or it is not valid."""
        try:
            state = json.loads(self.path.read_bytes())
            cookies = state["cookies"]
        except FileNotFoundError:
            raise UserError(
                "There is no session yet. Run `playledger login`.", Exit.LOGIN
            ) from None
        except (OSError, ValueError, KeyError, TypeError):
            cookies = None
        if not isinstance(cookies, list):
            raise UserError(
                f"The saved session {self.path} cannot be read. Run `playledger login`.", Exit.LOGIN
            )
        return state

    @property
    def age(self) -> float | None:
        """Seconds since the log-in; None when there was none."""
        for path in (self._login_stamp, self.path):
            try:
                return max(0.0, time.time() - path.stat().st_mtime)
            except FileNotFoundError:
                continue
        return None

    def save(self, state: dict[str, object], *, is_new: bool = False) -> None:
        """Write the state whole or not at all; `is_new` after a log-in. Raises OSError."""
        if is_new or not self._login_stamp.exists():
            logged_in_at = time.time() - (0.0 if is_new else self.age or 0.0)
            write_whole(self._login_stamp, b"", is_private=True)
            os.utime(self._login_stamp, (logged_in_at, logged_in_at))
        write_whole(self.path, json.dumps(state).encode(), is_private=True)

    @property
    def _login_stamp(self) -> Path:
        """An empty file as old as the log-in: the session's own file is rewritten."""
        return self.path.with_name(f".{self.path.name}.since")


def describe_age(seconds: float | None) -> str:
    """The age of a session, like `3 h 05 min old`."""
    return "of unknown age" if seconds is None else f"{duration(seconds)} old"
