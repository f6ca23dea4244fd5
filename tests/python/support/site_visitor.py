"""A client of the simulated site that needs no browser."""

import http.client
import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.site import EdgeCaseContent, SimulatedSite

CONTENT = EdgeCaseContent()
PLAIN = CONTENT.path("plain")
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def data(self) -> dict:
        return json.loads(self.text)


@dataclass
class Visitor:
    """Sends requests with a session's cookies and token."""

    site: SimulatedSite
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **query: object) -> Answer:
        return self.request(
            "GET", self.site.address, path + ("?" + urlencode(query) if query else "")
        )

    def post(self, path: str, **form: str) -> Answer:
        return self.request("POST", self.site.login_address, path, urlencode(form))

    def api(self, case: str, tab: str, **query: object) -> Answer:
        path = CONTENT.path(case, tab).removeprefix("/c")
        return self.get(f"/api{path}", **query)

    def request(self, method: str, address: str, path: str, body: str = "") -> Answer:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        connection.request(method, path, body, {**self.headers, **(FORM if body else {})})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
        connection.close()
        return answer


def with_session(site: SimulatedSite, folder: Path) -> Visitor:
    """A visitor with the session that the site writes."""
    site.write_session(folder / "session.json")
    state = json.loads((folder / "session.json").read_text())
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in state["cookies"])
    item = state["origins"][0]["localStorage"][0]["value"]
    return Visitor(site, {"cookie": cookies, "x-session": item})
