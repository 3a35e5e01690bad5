"""The hearing chain in the calling thread: high-pass, echo removal, endpointing, recognition. Deterministic."""

from collections.abc import Sequence
from dataclasses import replace

from coach.hearing.echo.linear_stage import LinearBlock
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.echo.residual_stage import Removed
from coach.hearing.echo.rest import REST_POWER
from coach.hearing.endpointing.endpointer import FLOOR_FRAMES, Endpointer
from coach.hearing.high_pass import HighPass
from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import Engine
from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.vocabulary.commands import SAFETY, Command
from coach.sound.pcm import Pcm, mean_power


class Chain:
    """Ears without a process of their own: equal input gives equal output, whatever the machine does meanwhile."""

    trouble: str | None = None
    behind_s = 0.0

    def __init__(self, engine: Engine, echo: EchoRemover, endpointer: Endpointer | None = None) -> None:
        """Join the parts. Raises MachineError where a voice activity detector is missing."""
        self._engine = engine
        self._echo = echo
        self._high_pass = HighPass()
        self._endpointer = endpointer or Endpointer()
        self._silent_frames = 0
        """Since the coach was heard last."""

    @property
    def name(self) -> str:
        """Return the engine's name."""
        return self._engine.name

    @property
    def thresholds(self) -> Thresholds:
        """Return the engine's thresholds."""
        return self._engine.thresholds

    @property
    def speaking(self) -> bool:
        """Tell whether a segment is open that may be a command."""
        return self._endpointer.speaking

    @property
    def half_duplex(self) -> bool:
        """Tell whether no echo canceller is there."""
        return not self._echo.reliable

    def expect(self, commands: frozenset[Command]) -> None:
        """Tell the engine which commands are open."""
        self._engine.expect(commands)

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:
        """Run the next block through the chain, in the time that takes."""
        removed = self._echo.remove(self._high_pass.feed(mic), played)
        return self._recognize(removed, silent=mean_power(played) < REST_POWER)

    def hear_filtered(self, block: LinearBlock) -> Sequence[Heard]:
        """Run what a `FrontEnd` has made of the next block through the rest of the chain. Never mix it with `hear`."""
        return self._recognize(self._echo.remove_residual(block), silent=block.silent)

    def _recognize(self, removed: Removed, *, silent: bool) -> Sequence[Heard]:
        pieces = self._endpointer.feed(removed.detect, removed.listen, self._echo.delay_frames)
        self._measure_floor(len(removed.detect), silent=silent)
        found = [heard for piece in pieces for heard in self._engine.hear_piece(piece)]
        return [_safety_only(each) for each in found] if self._echo.converging else found

    def _measure_floor(self, frames: int, *, silent: bool) -> None:
        """Let the noise floor be measured anew after so much silence of the coach, as at a gate or in a rest."""
        self._silent_frames = self._silent_frames + frames if silent else 0
        if self._silent_frames >= FLOOR_FRAMES:
            self._silent_frames = 0
            self._endpointer.renew_floor()

    def restart(self, frame: int) -> None:
        """Go on at this frame of the stream: those since the last block were lost."""
        self._endpointer.restart(frame)

    def close(self) -> None:
        """Let go of the engine's model."""
        self._engine.close()


def _safety_only(heard: Heard) -> Heard:
    """Return it without its command unless that is a safety word: the echo canceller has not converged yet.

    It is not dropped: as a final it still takes back what its partial set off.
    """
    return heard if heard.command in SAFETY else replace(heard, command=None, value=None, near=None)
