"""The head of a file that pages offer: whether it begins as a CSV does, without its rest.

    address, cookies ──► read_head() ──► Head: columns, rows, what is wrong

A file may hold every row of the ledger, so its first part is read and the line is hung up.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from playledger.web.formatting import plural
from playledger.web.server import LOOPBACK

PART = 64 * 1024  # bytes that are read of a file at most
WAIT = 20  # seconds for an answer, and for what comes next of it


@dataclass(frozen=True, slots=True)
class Head:
    """How a file begins; `wrong` says what is not as it must be, or is empty."""

    columns: int = 0
    rows: int = 0
    is_whole: bool = False
    wrong: str = ""

    @property
    def told(self) -> str:
        """`12 columns, 3 rows`; `and more` where only its first part was read."""
        if self.wrong:
            return ""
        more = "" if self.is_whole else " and more"
        return f"{plural(self.columns, 'column')}, {plural(self.rows, 'row')}{more}"


class _Stays(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Follow nothing: a cookie is for this host alone."""


def read_head(address: str, cookies: Mapping[str, str]) -> Head:
    """What comes first at an http or https address; whatever goes wrong is told in the answer."""
    asked = Request(address, headers={"User-Agent": "playledger"})  # noqa: S310
    if cookies:
        asked.add_header("Cookie", "; ".join(f"{name}={cookies[name]}" for name in cookies))
    # As a browser does: what is on this machine is no matter for a proxy.
    direct = [ProxyHandler({})] if urlsplit(address).hostname in LOOPBACK else []
    try:
        with build_opener(_Stays, *direct).open(asked, timeout=WAIT) as answer:
            if answer.status != 200 or answer.headers.get_content_type() != "text/csv":
                return Head(wrong=f"no CSV came, but status {answer.status}")
            return _judge(answer)
    except HTTPError as refused:
        refused.close()
        return Head(wrong=f"no CSV came, but status {refused.code}")
    except URLError as error:
        return Head(wrong=f"it did not open ({error.reason})")
    except (HTTPException, OSError) as error:
        return Head(wrong=f"it broke off ({error or type(error).__name__})")


def _judge(answer: HTTPResponse) -> Head:
    part = answer.read(PART)
    is_whole = len(part) < PART
    if is_whole and answer.length:  # fewer bytes than were announced
        return Head(wrong=f"it broke off ({answer.length:,} bytes are missing)")
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(part, final=is_whole)
        header, *rows = csv.reader(io.StringIO(text, newline=""))
    except UnicodeDecodeError:
        return Head(wrong="it is not UTF-8")
    except (ValueError, csv.Error):
        return Head(wrong="it has no line of headers")
    if not header:
        return Head(wrong="it has no line of headers")
    rows = rows if is_whole else rows[:-1]  # the last one may go on
    for place, row in enumerate(rows, 1):
        if len(row) != len(header):
            return Head(wrong=f"row {place:,} has {len(row):,} cells for {len(header):,} columns")
    return Head(len(header), len(rows), is_whole)
