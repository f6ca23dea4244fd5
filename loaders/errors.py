"""Failures that a person can correct, and the exit codes of every command."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every command."""

    DONE = 0
    PARTLY = 1  # done in part: the output says which part
    NOTHING = 2  # nothing done: bad input, or no database
    LOGIN = 3  # a log-in is needed
    INTEGRITY = 4  # a check failed


class UserError(Exception):
    """A failure for people: what is wrong, where, and what to do next.

    The command line prints it and exits with `exit_code`.
    """

    def __init__(self, message: str, exit_code: Exit = Exit.NOTHING) -> None:
        super().__init__(message)
        self.exit_code = exit_code
