"""The kinds of faults, and which requests each of them hits by default.

What each does is in fault_responses.py and in the page's script.
"""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """One kind of fault."""

    SESSION_REDIRECTED = "session ended, redirect to the log-in"
    SESSION_IN_PLACE = "session ended, log-in in place"
    LABEL_STUCK = "the drop-down keeps its label"
    TABLE_STUCK = "the label changes, the table only after a reload"
    TABLE_LATE = "the label changes, the table late"
    SHELL_LATE = "an empty shell for long"
    EMPTY_TABLE = "an empty table for long"
    HERO_LATE = "the old number at the new chip for long"
    HERO_MISSING = "no number at the chip"
    SLOW = "every answer is slow"
    TOO_MANY = "429, Retry-After in seconds"
    TOO_MANY_DATE = "429, Retry-After as a date"
    ERROR_500 = "500"
    ERROR_502 = "502"
    ERROR_521 = "521"
    DATA_FAILS = "the data request fails, Something went wrong"
    NOT_FOUND = "the page says not found"
    FORBIDDEN = "403"
    CONNECTION_CLOSED = "no answer, the connection is closed"
    OFF_SITE_REDIRECT = "redirect to another host"
    RENDERER_DIES = "the page kills its renderer"
    LAYOUT_CHANGED = "test ids, classes and tags are other ones"


DEFAULT_LABELS = {  # labels of a Route
    Fault.SESSION_REDIRECTED: "song",
    Fault.SESSION_IN_PLACE: "song",
    Fault.LABEL_STUCK: "first playlists",
    Fault.TABLE_STUCK: "first playlists",
    Fault.TABLE_LATE: "switched playlists",
    Fault.SHELL_LATE: "first playlists",
    Fault.EMPTY_TABLE: "first playlists",
    Fault.HERO_LATE: "switched overview",
    Fault.HERO_MISSING: "overview data",
    Fault.SLOW: "song",
    Fault.DATA_FAILS: "playlists data",
    Fault.NOT_FOUND: "song data",
}
DEFAULT_LABEL = "song page"  # of all other kinds
DEFAULT_SECONDS = {  # of the delay, or in Retry-After
    Fault.TABLE_LATE: 3.0,
    Fault.SHELL_LATE: 3.0,
    Fault.EMPTY_TABLE: 3.0,
    Fault.HERO_LATE: 1.5,
    Fault.SLOW: 1.0,
    Fault.TOO_MANY: 1.0,
    Fault.TOO_MANY_DATE: 1.0,
}
TRANSIENT = (  # what a scraper overcomes by itself, without lasting effect on other songs
    Fault.LABEL_STUCK, Fault.TABLE_STUCK, Fault.TABLE_LATE, Fault.SHELL_LATE, Fault.EMPTY_TABLE,
    Fault.HERO_LATE, Fault.TOO_MANY, Fault.TOO_MANY_DATE, Fault.ERROR_500, Fault.ERROR_502,
    Fault.ERROR_521, Fault.DATA_FAILS, Fault.CONNECTION_CLOSED,
)  # fmt: skip
