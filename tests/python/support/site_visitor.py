"""Someone who asks a simulated site for pages and data without a browser."""

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
    """A browser without pages: it keeps cookies and the local item."""

    site: SimulatedSite
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **query: object) -> Answer:
        return self._ask("GET", self.site.address, path + ("?" + urlencode(query) if query else ""))

    def post(self, path: str, **form: str) -> Answer:
        return self._ask("POST", self.site.login_address, path, urlencode(form))

    def api(self, case: str, tab: str, **query: object) -> Answer:
        path = CONTENT.path(case, tab).removeprefix("/c")
        return self.get(f"/api{path}", **query)

    def _ask(self, method: str, address: str, path: str, body: str = "") -> Answer:
        conn = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        conn.request(method, path, body, {**self.headers, **(FORM if body else {})})
        response = conn.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
        conn.close()
        return answer


def with_session(site: SimulatedSite, folder: Path) -> Visitor:
    """Someone who has the session that the site wrote."""
    site.write_session(folder / "session.json")
    state = json.loads((folder / "session.json").read_text())
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in state["cookies"])
    item = state["origins"][0]["localStorage"][0]["value"]
    return Visitor(site, {"cookie": cookies, "x-session": item})
