"""Serve the page on the loopback, in a thread of its own. The gate to Starlette and uvicorn."""

import asyncio
import contextlib
import logging
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from coach.errors import MachineError
from coach.screen.broadcast import MOST_PAGES, Broadcast
from coach.screen.guard import ADDRESS, Guard, Refusal
from coach.screen.page import NOT_LET_IN, Page, headers_of
from coach.screen.presses import LONGEST, Presses
from coach.threads import WatchedThread

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

CLOSES_S = 3.0
"""How long the end waits for the server; it takes some tenths of a second."""


def listening(port: int = 0) -> socket.socket:
    """Return a socket that listens on the loopback only, on a free port. Raises MachineError where none can be had."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        sock.bind((ADDRESS, port))
        sock.listen(64)
    except OSError as error:
        sock.close()
        raise MachineError(
            f"the page can't be opened on {ADDRESS}:{port or 'any port'} ({error.strerror}): leave out --screen"
        ) from error
    return sock


class PageServer:
    """The page, its stream and what is pressed on it, until `close`."""

    def __init__(
        self, sock: socket.socket, guard: Guard, page: Page, broadcast: Broadcast, presses: Presses,
        report: Callable[[str], None] = lambda _: None,
    ) -> None:  # fmt: skip
        """Start to serve; libraries are loaded in the thread, so nobody waits for them."""
        self._sock, self._guard, self._page = sock, guard, page
        self._broadcast, self._presses, self._report = broadcast, presses, report
        self._server: uvicorn.Server | None = None
        self._closing = threading.Event()
        self._thread = WatchedThread("page", self._serve, report)

    def close(self) -> None:
        """End every stream and stop; the pages keep what they show last."""
        self._closing.set()
        self._broadcast.end()
        if self._server:
            self._server.should_exit = True
        self._thread.join(CLOSES_S)
        self._sock.close()

    def _serve(self) -> None:
        import uvicorn

        _log_to(self._report)
        config = uvicorn.Config(
            self._app(), log_config=None, access_log=False, lifespan="off", ws="none", server_header=False,
            date_header=False, proxy_headers=False, timeout_graceful_shutdown=1, limit_concurrency=4 * MOST_PAGES,
            timeout_keep_alive=30, h11_max_incomplete_event_size=16_384,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        if self._closing.is_set():
            return
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(self._until_closed(self._server))
        if not self._closing.is_set():
            raise RuntimeError("the page's server stopped unexpectedly")

    async def _until_closed(self, server: "uvicorn.Server") -> None:
        self._broadcast.attach()
        await server.serve(sockets=[self._sock.dup()])  # its own: another server may have to follow it

    def _app(self) -> "Starlette":
        from starlette.applications import Starlette
        from starlette.routing import Route

        routes = [
            Route("/", self._show, methods=["GET"]),
            Route("/events", self._stream, methods=["GET"]),
            Route("/press", self._press, methods=["POST"]),
        ]
        return Starlette(routes=routes, middleware=[_checked(self._guard)])

    async def _show(self, request: "Request") -> "Response":
        """Send the page; from an address with a token set the cookie first, and clean the address."""
        from starlette.responses import HTMLResponse, RedirectResponse

        guard = self._guard
        if guard.lets_in(request.query_params.get("token", "")):
            response: Response = RedirectResponse("/", 303, headers_of())
            response.set_cookie(guard.cookie_name, guard.cookie, httponly=True, samesite="strict")
            return response
        if guard.refuses_viewer(request.cookies.get(guard.cookie_name)):
            return HTMLResponse(NOT_LET_IN, 403, headers_of())
        text, headers = self._page.text(guard.page_token)
        return HTMLResponse(text, headers=headers)

    async def _stream(self, request: "Request") -> "Response":
        """Send what is to be shown, as it comes."""
        from starlette.responses import StreamingResponse

        guard = self._guard
        if refusal := guard.refuses_viewer(request.cookies.get(guard.cookie_name)):
            return _refused(refusal)
        if self._broadcast.pages >= MOST_PAGES:
            return _refused("too many pages are open", 503)
        return StreamingResponse(self._broadcast.messages(), 200, headers_of(), "text/event-stream")

    async def _press(self, request: "Request") -> "Response":
        """Take a key or a button."""
        from starlette.responses import Response

        guard = self._guard
        if refusal := guard.refuses_press(request.headers, request.cookies.get(guard.cookie_name)):
            return _refused(refusal)
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > LONGEST:
                return _refused("more than a press", 413)
        return Response(None, 204 if self._presses.take(body) else 400, headers_of())


def _refused(why: str, status: int = 403) -> "Response":
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(f"refused: {why}\n", status, headers_of())


def _checked(guard: Guard):  # type: ignore[no-untyped-def]  # Starlette's own type would import it
    """Return what refuses foreign requests before anything else looks at them."""
    from starlette.datastructures import Headers
    from starlette.middleware import Middleware
    from starlette.types import ASGIApp, Receive, Scope, Send

    class Checked:
        def __init__(self, app: ASGIApp) -> None:
            self._app = app

        async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
            refusal = guard.refuses(Headers(scope=scope)) if scope["type"] == "http" else Refusal.HOST
            if refusal:
                await _refused(refusal)(scope, receive, send)
            else:
                await self._app(scope, receive, send)

    return Middleware(Checked)


class _Reporting(logging.Handler):
    """Hands uvicorn's complaints to the session's log: on the terminal they would lie over what is shown."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self._report(f"{record.getMessage().splitlines()[0]}" + (f" {type(error).__name__}: {error}" if error else ""))


def _log_to(report: Callable[[str], None]) -> None:
    for name in ("uvicorn", "uvicorn.error", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [_Reporting(report)]
        logger.propagate = False
