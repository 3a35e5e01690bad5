"""Microphone and played blocks in, what was understood out, in the calling thread: echo, endpointer, engine."""

from collections.abc import Sequence
from dataclasses import replace

from coach.hearing.echo.remover import EchoRemover
from coach.hearing.endpointing.endpointer import Endpointer
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import Engine
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.sound.pcm import Pcm


class Chain:
    """Ears without a process of their own: the same in gives the same out, whatever the machine does meanwhile."""

    trouble: str | None = None

    def __init__(self, engine: Engine, echo: EchoRemover, endpointer: Endpointer | None = None) -> None:
        """Join the parts. Raises MachineError where a voice detector is missing."""
        self._engine = engine
        self._echo = echo
        self._endpointer = endpointer or Endpointer()

    @property
    def name(self) -> str:
        return self._engine.name

    @property
    def speaking(self) -> bool:
        return self._endpointer.speaking

    @property
    def half_duplex(self) -> bool:
        return not self._echo.reliable

    def expect(self, commands: frozenset[Command]) -> None:
        self._engine.expect(commands)

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:
        removed = self._echo.remove(mic, played)
        pieces = self._endpointer.feed(removed.detect, removed.listen, self._echo.delay_frames)
        found = [heard for piece in pieces for heard in self._engine.hear_piece(piece)]
        return [_no_order(each) for each in found] if self._echo.young else found

    def restart(self, frame: int) -> None:
        """Go on at this frame of the stream: those since the last block were lost."""
        self._endpointer.restart(frame)

    def close(self) -> None:
        self._engine.close()


def _no_order(heard: Heard) -> Heard:
    """Return what was heard in the coach's first two seconds: a safety word as it is, all else as no command.

    It is not dropped: as a final it still takes back what a look at it had set off.
    """
    return heard if heard.command in SAFETY else replace(heard, command=None, value=None, near=None)
