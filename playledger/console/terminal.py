"""The console that all commands print to."""

import sys

from rich.console import Console


def console() -> Console:
    """The terminal's console; output that is piped is not wrapped."""
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())
