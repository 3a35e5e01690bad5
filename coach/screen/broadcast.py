"""Hand states from the session's loop to every open page. Publishing never waits; a page that lags loses the oldest."""

import asyncio
from collections.abc import AsyncIterator, Callable

from coach.screen.message import figure_message, state_message
from coach.screen.state import Depiction, ScreenState

WAITING = 16
"""Messages that may wait for one page; every state is whole, so the next one makes up for a lost one."""
MOST_PAGES = 40

Messages = asyncio.Queue[str | None]


class Broadcast:
    """The open pages' queues. `publish` and `end` may be called from any thread, the rest on the server's loop."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pages: set[Messages] = set()
        self._state = ScreenState()
        self._figures: dict[str, str] = {}
        self._ended = False

    @property
    def pages(self) -> int:
        """Return how many pages are open."""
        return len(self._pages)

    def attach(self) -> None:
        """Take the running event loop for the one that serves."""
        self._loop = asyncio.get_running_loop()
        self._pages.clear()  # those of a server that died: they come again by themselves

    def publish(self, state: ScreenState, delay_s: float = 0.0) -> None:
        """Show a state on every page, `delay_s` from now."""
        if self._loop is None:
            self._state = state
            return
        self._call(self._after, delay_s, state)

    def end(self) -> None:
        """Tell every page that nothing more comes."""
        self._call(self._end)

    async def messages(self) -> AsyncIterator[str]:
        """Yield what one page is to be sent, beginning with all it needs to show the present moment."""
        queue: Messages = asyncio.Queue(WAITING)
        self._pages.add(queue)
        try:
            yield "retry: 1000\n\n" + self._figure(self._state.figure) + self._event(self._state)
            while not self._ended or not queue.empty():
                message = await queue.get()
                if message is None:
                    break
                yield message
            yield "event: end\ndata:\n\n"
        finally:
            self._pages.discard(queue)

    def _call(self, function: Callable[..., None], *values: object) -> None:
        if self._loop is None:
            return
        try:
            self._loop.call_soon_threadsafe(function, *values)
        except RuntimeError:  # the server is gone already
            return

    def _after(self, delay_s: float, state: ScreenState) -> None:
        if delay_s > 0:
            asyncio.get_running_loop().call_later(delay_s, self._spread, state)
        else:
            self._spread(state)

    def _spread(self, state: ScreenState) -> None:
        if self._state.over:  # what was delayed comes too late
            return
        before, self._state = self._state, state
        if not self._pages:
            return
        figure = self._figure(state.figure) if state.figure != before.figure else ""
        message = figure + self._event(state)
        for queue in self._pages:
            _put(queue, message)

    def _end(self) -> None:
        self._ended = True
        for queue in self._pages:
            _put(queue, None)

    def _event(self, state: ScreenState) -> str:
        return f"data: {state_message(state, self._clock())}\n\n"

    def _figure(self, shown: Depiction | None) -> str:
        if shown is None:
            return ""
        if shown.key not in self._figures:
            animation = shown.animation()
            message = figure_message(shown.key, animation) if animation else ""
            self._figures[shown.key] = f"event: figure\ndata: {message}\n\n" if message else ""
        return self._figures[shown.key]


def _put(queue: Messages, message: str | None) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(message)
