"""Somebody at the page's socket: the person's own browser, or another program with headers of its choice."""

import http.client
import json
from dataclasses import dataclass

from coach.screen.guard import ADDRESS
from coach.screen.screen import Screen


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """Somebody at the socket, with the headers of one's choice."""

    def __init__(self, screen: Screen) -> None:
        self.origin, _, token = screen.address.partition("/?token=")
        self.port = int(self.origin.rpartition(":")[2])
        self.token = token
        self.cookie, self.page_token = "", ""

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Send one request; a header's underscores are hyphens, an empty one is left out."""
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=5)
        sent = {"Host": f"{ADDRESS}:{self.port}"} | {k.replace("_", "-"): v for k, v in headers.items()}
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        for name, value in sent.items():
            if value:
                connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        answer = connection.getresponse()
        found = Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        connection.close()
        return found

    def enter(self) -> Answer:
        """Open the printed address as a browser does; keep the cookie and the page's token."""
        first = self.ask("GET", f"/?token={self.token}")
        self.cookie = first.headers["set-cookie"].split(";")[0]
        page = self.ask("GET", "/", Cookie=self.cookie).body.decode()
        self.page_token = page.split('name="token" content="')[1].split('"')[0]
        return first

    def press(self, what: object, **headers: str) -> Answer:
        """Press something, as the page does unless told otherwise."""
        usual = {"Cookie": self.cookie, "Origin": self.origin, "X_Coach_Token": self.page_token,
                 "Content_Type": "application/json", "Sec_Fetch_Site": "same-origin"}  # fmt: skip
        return self.ask("POST", "/press", json.dumps(what).encode(), **usual | headers)


class Stream:
    """A page's open stream, read line by line."""

    def __init__(self, visitor: Visitor) -> None:
        self.connection = http.client.HTTPConnection(ADDRESS, visitor.port, timeout=5)
        self.connection.request("GET", "/events", headers={"Cookie": visitor.cookie})
        self.answer = self.connection.getresponse()

    def next(self) -> dict[str, object]:
        """Return the next state."""
        while not (line := self.answer.readline()).startswith(b"data: {") or b'"strokes"' in line:
            assert line, "the stream ended"
        state: dict[str, object] = json.loads(line.removeprefix(b"data: "))
        return state
