"""Run the hearing chain in two processes, in lock-step: one hears two blocks while the other makes the next.

The caller runs the front end, for it has little else to do, and a process of its own the rest. What was recognized
comes `BEHIND` blocks later than from a `Chain`, always exactly so many, whatever the machine does meanwhile. So a
rehearsal uses two cores evenly and is the same every time. For a session in real time there is `EarsProcess`, which
never waits.
"""

import contextlib
import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import IO, TYPE_CHECKING, Any

from coach.children import python
from coach.errors import CoachError, MachineError
from coach.hearing.by_recipe import EarsByRecipe
from coach.hearing.front_end import FrontEnd
from coach.hearing.ports.ears import Heard
from coach.hearing.process import LEAVING_S, ONE_HEAP, ONE_THREAD
from coach.hearing.recipe import Recipe, build_chain
from coach.hearing.vocabulary.commands import Command
from coach.hearing.wire import (
    Message,
    MessageKind,
    block_message,
    expect_message,
    expected_commands,
    filtered_message,
    messages,
    recipe_message,
    split_block,
    split_filtered,
    take_stdout,
)
from coach.sound.pcm import Pcm

if TYPE_CHECKING:
    from coach.hearing.chain import Chain

TOGETHER = 2
"""Blocks that are sent at once, and answered at once: to wake a process costs as much as to filter a block."""
BEHIND = 2 * TOGETHER - 1
"""Blocks by which what was recognized comes later, 60 ms: while some are heard, the next are made."""

ANSWER = struct.Struct("<??")
"""To each block: whether a segment is open, and whether a pickled sequence of `Heard` follows."""


class LockstepEars(EarsByRecipe):
    """Ears around a process that answers every block."""

    behind_s = 0.0
    trouble: str | None = None

    def __init__(self, recipe: Recipe) -> None:
        """Start the process and return at once: its models load meanwhile."""
        super().__init__(recipe)
        self._process = subprocess.Popen(
            python("-m", "coach.hearing.lockstep"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | ONE_THREAD | ONE_HEAP,
        )
        self._front_end = None if recipe.headphones else FrontEnd(recipe.echo_delay_s)
        self._blocks = 0
        self.speaking = False
        self._write(recipe_message(recipe))
        self._flush()

    def expect(self, commands: frozenset[Command]) -> None:
        """Tell the process which commands are open from the next block on."""
        self._write(expect_message(commands))

    def hear(self, mic: Pcm, played: Pcm) -> Sequence[Heard]:
        """Hand over the next 20 ms; return what was recognized `BEHIND` blocks ago. Waits for it.

        Raises MachineError where the models can't be loaded, or the process has ended.
        """
        front = self._front_end
        self._write(filtered_message(front.feed(mic, played)) if front else block_message(mic, played, 0))
        self._blocks += 1
        if self._blocks % TOGETHER == 0:
            self._flush()
        if self._blocks <= BEHIND:
            return ()
        if self._blocks == BEHIND + 1 and (failed := self._unpickled()) is not None:
            raise MachineError(failed)
        return self._answer()

    def close(self) -> None:
        """End the process. Closing again does nothing."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):  # what was not read yet finds no reader
                assert pipe is not None
                pipe.close()
        try:
            self._process.wait(LEAVING_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _write(self, message: Message) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(message.encoded())
        except OSError:
            raise self._ended() from None

    def _flush(self) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.flush()
        except OSError:
            raise self._ended() from None

    def _answer(self) -> Sequence[Heard]:
        assert self._process.stdout is not None
        answer = self._process.stdout.read(ANSWER.size)
        if len(answer) < ANSWER.size:
            raise self._ended()
        self.speaking, heard = ANSWER.unpack(answer)
        found: Sequence[Heard] = self._unpickled() if heard else ()
        return found

    def _unpickled(self) -> Any:
        assert self._process.stdout is not None
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):
            raise self._ended() from None

    def _ended(self) -> MachineError:
        return MachineError(
            f"the speech recognition stopped (exit {self._process.wait()}); try again, or use --by-text"
        )


def main() -> None:
    """Build the chain that the first message describes, and answer every block that follows."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the session, which closes the pipe
    with contextlib.suppress(BrokenPipeError):
        _serve(messages(sys.stdin.buffer), take_stdout())


def _serve(incoming: Iterator[Message], out: IO[bytes]) -> None:
    chain, failed = _built(next(incoming, None))
    pickle.dump(failed, out)
    out.flush()
    if chain is None:
        return
    blocks = 0
    for message in incoming:
        if message.kind is MessageKind.EXPECT:
            chain.expect(expected_commands(message))
            continue
        filtered = message.kind is MessageKind.FILTERED
        body = message.body
        heard = chain.hear_filtered(split_filtered(body)) if filtered else chain.hear(*split_block(body))
        out.write(ANSWER.pack(chain.speaking, bool(heard)) + (pickle.dumps(heard) if heard else b""))
        blocks += 1
        if blocks % TOGETHER == 0:
            out.flush()


def _built(first: Message | None) -> "tuple[Chain | None, str | None]":
    """Return the chain that the first message describes, or why there is none."""
    if first is None:
        return None, None
    try:
        return build_chain(pickle.loads(first.body), parallel=True), None
    except (CoachError, ValueError) as error:
        return None, str(error)


if __name__ == "__main__":
    main()
