"""What goes wrong in a way that a person can mend, and the exit code that tells."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    PARTLY = 1  # done in part: the report says which part
    NOTHING = 2  # nothing done: bad input, or no database
    LOGIN = 3  # a log-in is needed
    INTEGRITY = 4  # an integrity check failed


class UserError(Exception):
    """A failure told in a sentence: what, where, and the next command to run.

    Raised before anything is written; the command line prints it and leaves with `exit_code`.
    """

    def __init__(self, message: str, exit_code: Exit = Exit.NOTHING) -> None:
        super().__init__(message)
        self.exit_code = exit_code
