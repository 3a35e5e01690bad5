"""The page: one HTML file with its style and script inside, and the headers that let nothing else in."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), display-capture=()",
}
_SHUT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

NOT_LET_IN = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Coach</title>'
    "<h1>This page needs its full address</h1>"
    "<p>Open the address the coach printed in the terminal, with the letters and digits at its end.</p></html>"
)


def headers_of(policy: str = _SHUT) -> dict[str, str]:
    """Return the headers of every answer; by default its content may load and run nothing at all."""
    return {**_HEADERS, "Content-Security-Policy": policy}


class Page:
    """The page as it is sent. Read once: a session shows the same page to its end."""

    def __init__(self, flash: bool = False) -> None:
        style, script = ((_FOLDER / f"page.{ending}").read_text("utf-8") for ending in ("css", "js"))
        page = (_FOLDER / "page.html").read_text("utf-8")
        page = page.replace("{{flash}}", "yes" if flash else "no")
        self._page = page.replace("{{style}}", style).replace("{{script}}", script)
        self._policy = (
            f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; connect-src 'self'; "
            "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )

    def text(self, token: str) -> tuple[str, Mapping[str, str]]:
        """Return the page with its token, and its headers."""
        return self._page.replace("{{token}}", token), headers_of(self._policy)


def _hash(text: str) -> str:
    """Return the hash that a browser compares with what stands between the tags."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
