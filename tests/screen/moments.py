"""Moments of a session as the page shows them, for looking at and for measuring."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from coach.hearing.vocabulary.commands import Command
from coach.log.entries import DeviceEntry
from coach.screen.screen import Screen
from tests.screen.stage import TABLE, Followed


class Onstage(Followed):
    """A session with a page."""

    def __init__(self, routine: str | None = "spine-strength", flash: bool = False, paced: bool = False) -> None:
        self.screen = Screen(TABLE, flash=flash)
        super().__init__(self.screen.watch, self.screen.see, self.screen.commands, routine=routine, paced=paced)

    def close(self) -> None:
        """End session and page."""
        if not self.live.ended:
            self.end()
        self.screen.close()


def _welcome(shown: Onstage) -> None:
    shown.ticks(150)


def _setup(shown: Onstage) -> None:
    shown.ticks(5)
    shown.say(Command.NEXT)
    shown.ticks(100)


def _set(shown: Onstage) -> None:
    shown.to_set()


def _rep_ten(shown: Onstage) -> None:
    shown.to_set()
    shown.until(lambda: shown.live.moment.rep == 10)
    shown.ticks(30)


def _question(shown: Onstage) -> None:
    shown.to_set()
    shown.say(Command.END_WORKOUT)


def _effort(shown: Onstage) -> None:
    shown.to_set()
    shown.until(lambda: shown.live.session.question == "effort")
    shown.ticks(50)


def _rest(shown: Onstage) -> None:
    _effort(shown)
    shown.say(Command.SKIP)
    shown.until(lambda: shown.kind == "rest" and not shown.live.session.question)
    shown.ticks(20)


def _move(shown: Onstage) -> None:
    shown.until(lambda: shown.kind == "move")
    shown.ticks(600)


def _hurt(shown: Onstage) -> None:
    shown.to_set()
    shown.say(Command.IT_HURTS)


def _trouble(shown: Onstage) -> None:
    shown.to_set()
    shown.screen.watch(DeviceEntry(0.0, "microphone muted"))


def _end(shown: Onstage) -> None:
    shown.to_set()
    shown.end()


MOMENTS: dict[str, tuple[str | None, Callable[[Onstage], None]]] = {
    "welcome": ("spine-strength", _welcome), "setup": ("spine-strength", _setup), "set": ("spine-strength", _set),
    "rep-ten": ("bands", _rep_ten), "rest": ("bands", _rest), "question": ("spine-strength", _question),
    "effort": ("bands", _effort), "move": ("floor", _move), "hurt": ("spine-strength", _hurt),
    "routine": (None, _welcome), "trouble": ("spine-strength", _trouble), "end": ("spine-strength", _end),
}  # fmt: skip


@contextmanager
def moment(name: str) -> Iterator[Onstage]:
    """Have a session at a moment while the block runs."""
    routine, lead = MOMENTS[name]
    shown = Onstage(routine)
    try:
        lead(shown)
        yield shown
    finally:
        shown.close()
