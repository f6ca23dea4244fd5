"""The saved log-in: a file that is worth an account.

    playledger login ──► save_session() ──► session file (0600) ──► every context ──► saved again

It is Playwright's storage state, cookies and local storage. Its content is never logged or shown.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

from loaders.atomic_files import write_whole
from loaders.errors import Exit, UserError
from loaders.text import duration

NONE_SAVED = "Nobody has logged in yet. Run `playledger login`."


@dataclass(frozen=True, slots=True)
class Session:
    """Where the log-in is saved. `started` says when a person logged in, if that is known."""

    path: Path

    def state(self) -> dict[str, object]:
        """The storage state; UserError with exit 3 when there is none that can be used."""
        try:
            state = json.loads(self.path.read_bytes())
            cookies = state["cookies"]
        except FileNotFoundError:
            raise UserError(NONE_SAVED, Exit.LOGIN) from None
        except (OSError, ValueError, KeyError, TypeError):
            raise UserError(
                f"The saved session {self.path} cannot be read. Run `playledger login`.", Exit.LOGIN
            ) from None
        if not isinstance(cookies, list):
            raise UserError(f"{self.path} is no saved session. Run `playledger login`.", Exit.LOGIN)
        return state

    @property
    def age(self) -> float | None:
        """Seconds since a person logged in; None when nobody did."""
        for path in (self._stamp, self.path):
            try:
                return max(0.0, time.time() - path.stat().st_mtime)
            except FileNotFoundError:
                continue
        return None

    def save(self, state: dict[str, object], *, is_new: bool = False) -> None:
        """Write the state, whole or not at all; `is_new` says that a person just logged in."""
        if is_new or not self._stamp.exists():
            born = time.time() if is_new else time.time() - (self.age or 0.0)
            write_whole(self._stamp, b"", is_private=True)
            os.utime(self._stamp, (born, born))
        write_whole(self.path, json.dumps(state).encode(), is_private=True)

    @property
    def _stamp(self) -> Path:
        """An empty file as old as the log-in: the session's own file is written again and again."""
        return self.path.with_name(f".{self.path.name}.since")


def age_in_words(seconds: float | None) -> str:
    """How old a session is."""
    if seconds is None:
        return "of unknown age"
    return f"{duration(seconds)} old"
