"""What `web --check` reads of a file: its first part, from servers that answer well and ill."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse

from playledger.web.csv_export import Download
from playledger.web.smoke_probes import PART, Head, read_head
from tests.python.support.browsing import Served, serving

CSV = {"media_type": "text/csv; charset=utf-8"}
MEGABYTE = b"campaign,1,2\n" * 80_000


class Files:
    """Files that begin well, begin ill, break off, or never end; no database behind them."""

    def __init__(self) -> None:
        self.sent = 0
        self.ended = threading.Event()

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        answer = self.answer(Request(scope))
        await answer(scope, receive, send)

    def answer(self, asked: Request) -> Response:
        name = asked.url.path.strip("/")
        if name == "private.csv":
            known = asked.cookies == {"playledger": "known", "other": "1"}
            return Response("a,b\n1,2\n", **CSV) if known else PlainTextResponse("who?", 401)
        return {
            "good.csv": lambda: Response('\ufeffa,b,c\r\n1,"2\n2",3\r\n', **CSV),
            "bare.csv": lambda: Response("a,b\n", **CSV),
            "endless.csv": lambda: Download(self.endless(), "endless.csv"),
            "breaks.csv": lambda: StreamingResponse(self.breaking(b"a,b\n1,2\n"), **CSV),
            "late.csv": lambda: StreamingResponse(self.breaking(MEGABYTE), **CSV),
            "page.csv": lambda: PlainTextResponse("a,b"),
            "empty.csv": lambda: Response("", **CSV),
            "blank.csv": lambda: Response("\n\n", **CSV),
            "uneven.csv": lambda: Response("a,b\n1,2\n1\n", **CSV),
            "latin.csv": lambda: Response("a,b\né,2\n".encode("latin-1"), **CSV),
            "elsewhere.csv": lambda: RedirectResponse("http://127.0.0.1:9/"),
            "fails.csv": lambda: PlainTextResponse("no", 503),
        }[name]()

    def endless(self) -> Iterator[bytes]:
        try:
            for _ in range(1_000):
                self.sent += len(MEGABYTE)
                yield MEGABYTE
        finally:
            self.ended.set()

    def breaking(self, first: bytes) -> Iterator[bytes]:
        yield first
        raise ConnectionError


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


@pytest.fixture(scope="module")
def served(files) -> Iterator[Served]:
    with serving(None, app=files) as found:
        yield found


def wrong(served: Served, name: str) -> str:
    head = read_head(f"{served.address}/{name}", {})
    assert head == Head(wrong=head.wrong)
    assert head.told == ""
    return head.wrong


def test_a_file_tells_its_columns_and_the_rows_of_its_first_part(served):
    whole = read_head(f"{served.address}/good.csv", {})
    assert (whole, whole.told) == (Head(3, 1, is_whole=True), "3 columns, 1 row")
    assert read_head(f"{served.address}/bare.csv", {}) == Head(2, 0, is_whole=True)


def test_of_a_file_that_never_ends_its_first_part_is_read_and_the_line_hung_up(served, files):
    head = read_head(f"{served.address}/endless.csv", {})
    assert (head.wrong, head.columns) == ("", 3)
    assert PART / 13 - 3 < head.rows < PART / 13
    assert head.told == f"3 columns, {head.rows:,} rows and more"
    assert files.ended.wait(10)
    assert files.sent < 50 * len(MEGABYTE)


def test_who_is_known_gets_a_file(served):
    known = {"playledger": "known", "other": "1"}
    assert read_head(f"{served.address}/private.csv", known).columns == 2
    assert wrong(served, "private.csv") == "no CSV came, but status 401"


def test_a_file_of_this_machine_comes_past_a_proxy(served, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert read_head(f"{served.address}/bare.csv", {}).wrong == ""


def test_a_file_that_breaks_within_its_first_part_is_told_and_one_that_breaks_later_is_not(served):
    assert wrong(served, "breaks.csv").startswith("it broke off (")
    assert read_head(f"{served.address}/late.csv", {}).wrong == ""


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("fails.csv", "no CSV came, but status 503"),
        ("page.csv", "no CSV came, but status 200"),
        ("elsewhere.csv", "no CSV came, but status 307"),
        ("empty.csv", "it has no line of headers"),
        ("blank.csv", "it has no line of headers"),
        ("uneven.csv", "row 2 has 1 cells for 2 columns"),
        ("latin.csv", "it is not UTF-8"),
    ],
)
def test_what_is_no_csv_is_told(served, name, told):
    assert wrong(served, name) == told


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (HEAD + b"Content-Length: 1000\r\n\r\na,b\n1,2\n", "it broke off (992 bytes are missing)"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n4\r\na,b\n\r\n", "it broke off ("),
        (b"", "it broke off ("),
        (b"SSH-2.0-x\r\n", "it broke off ("),
    ],
)
def test_an_answer_that_is_cut_is_told(answer, told):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            opened, _ = listening.accept()
            opened.recv(10_000)
            opened.sendall(answer)
            opened.close()

        thread = threading.Thread(target=serve)
        thread.start()
        head = read_head(f"http://127.0.0.1:{listening.getsockname()[1]}/x.csv", {})
        thread.join()
    assert head.wrong.startswith(told)


def test_where_nobody_listens_it_did_not_open():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/x.csv"
    assert read_head(address, {}).wrong.startswith("it did not open (")
