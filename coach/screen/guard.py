"""Who may see and steer: loopback by name, an address with a token once, a cookie from then on. Pure.

A browser sends the cookies of one port to every other on 127.0.0.1, and a page on another port is "same-site": so a
request that acts also needs the page's own token, the page's own Origin, and a body that no foreign form can send.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

ADDRESS = "127.0.0.1"
_FOREIGN = frozenset({"cross-site", "same-site"})
TOKEN_HEADER = "x-coach-token"


class Refusal(StrEnum):
    """Why a request is refused, in words for the log."""

    HOST = "the Host is not this machine's own address"
    SITE = "it comes from another page"
    TOKEN = "it has no token"
    CONTENT = "it is not JSON"


@dataclass(slots=True)
class Guard:
    """The secrets of one session's page. Headers come with lower-case names."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """In the address that is printed."""
    ticket: str | None = field(default_factory=lambda: secrets.token_urlsafe(32))
    """In the address that the browser is started with, where others may read it: it is taken once."""
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    page_token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """In the page, sent back with everything that acts."""

    @property
    def origin(self) -> str:
        """Return the page's own origin."""
        return f"http://{ADDRESS}:{self.port}"

    @property
    def cookie_name(self) -> str:
        """Return the cookie's name: by port, for cookies know none."""
        return f"coach-{self.port}"

    def refuses(self, headers: Mapping[str, str]) -> Refusal | None:
        """Return why any request at all is refused: a foreign Host, Origin or site."""
        if headers.get("host") != f"{ADDRESS}:{self.port}":
            return Refusal.HOST
        if headers.get("origin", self.origin) != self.origin or headers.get("sec-fetch-site") in _FOREIGN:
            return Refusal.SITE
        return None

    def refuses_viewer(self, cookie: str | None) -> Refusal | None:
        """Return why the page and its stream are refused."""
        return None if _same(cookie, self.cookie) else Refusal.TOKEN

    def refuses_press(self, headers: Mapping[str, str], cookie: str | None) -> Refusal | None:
        """Return why a request that acts is refused."""
        if headers.get("origin") != self.origin or headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return Refusal.SITE
        if not _same(cookie, self.cookie) or not _same(headers.get(TOKEN_HEADER), self.page_token):
            return Refusal.TOKEN
        if headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
            return Refusal.CONTENT
        return None

    def lets_in(self, token: str) -> bool:
        """Tell whether an address's token opens the page; the browser's ticket does so once."""
        if _same(token, self.token):
            return True
        if _same(token, self.ticket):
            self.ticket = None
            return True
        return False


def _same(given: str | None, wanted: str | None) -> bool:
    return given is not None and wanted is not None and secrets.compare_digest(given.encode(), wanted.encode())
