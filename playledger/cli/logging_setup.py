"""Standard logging to stderr: warnings, with -v also decisions (INFO), with -vv details (DEBUG).

loggers `loaders` and `playledger` ──► stderr, without passwords

Only this project's loggers: those of dlt, dbt and Playwright are left as they are.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from loaders.redaction import Scrubber, find_secrets
from loaders.settings import read_settings

LOGGERS = ("loaders", "playledger")
LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
SHORT = "%(levelname)s: %(message)s"
LONG = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class RedactingFormatter(logging.Formatter):
    """Hides passwords in the formatted text, so also in that of a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The text of a record, with `***` for each password."""
        return self._redact(super().format(record))

    @cached_property
    def _redact(self) -> Scrubber:
        """Made for the first record: most commands log nothing."""
        return Scrubber(find_secrets(read_settings()))


@contextmanager
def logging_to_stderr(verbosity: int) -> Iterator[None]:
    """Log to stderr meanwhile; `verbosity` is how many times -v was given."""
    handler = logging.StreamHandler()
    handler.setFormatter(RedactingFormatter(LONG if verbosity else SHORT))
    level = LEVELS[min(verbosity, len(LEVELS) - 1)]
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(logger.level, logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.setLevel(level)
        logger.addHandler(handler)
        logger.propagate = False  # dbt gives the root logger a handler, which would repeat all
    try:
        yield
    finally:
        for logger, (previous, propagate) in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(previous)
            logger.propagate = propagate
