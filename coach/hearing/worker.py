"""The ears' process: run a `Chain` on messages from stdin, answer with JSON lines on stdout (see `wire`).

`{"ready": name}` says that it listens, `{"failed": why}` that it never will. Then `{"heard": ...}` and
`{"speaking": true}` follow as they happen, and `{"at": frame}` twice a second of the stream. From the first moment on
`{"alive": true}` comes twice a second from a thread of its own. The process ends with its stdin.
"""

import contextlib
import io
import json
import os
import pickle
import sys
import threading
import time
from collections.abc import Iterator
from typing import IO

from coach.errors import CoachError
from coach.hearing.chain import Chain
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recipe import build_chain
from coach.hearing.wire import Message, MessageKind, expected_commands, heard_line, messages, split_block, take_stdout
from coach.memory import give_back_free_memory

NICE = 5  # below the process that plays: a third of its share of a busy core
REPORT_FRAMES = HEARING_HZ // 2
BEAT_S = 0.5


def main() -> None:
    """Build the chain that the first message describes, and run it on the blocks that follow."""
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        tell = Answers(io.TextIOWrapper(take_stdout(), encoding="utf-8", line_buffering=True))
        threading.Thread(target=_beat, args=(tell,), name="heartbeat", daemon=True).start()
        _serve(messages(sys.stdin.buffer), tell)


class Answers:
    """Writes whole lines, from either thread."""

    def __init__(self, out: IO[str]) -> None:
        self._out, self._lock = out, threading.Lock()

    def __call__(self, line: str) -> None:
        """Write one line."""
        with self._lock:
            self._out.write(line + "\n")


def _beat(tell: Answers) -> None:
    """Give a sign of life until nobody is there to take it."""
    with contextlib.suppress(OSError):
        while True:
            tell(json.dumps({"alive": True}))
            time.sleep(BEAT_S)


def _serve(incoming: Iterator[Message], tell: Answers) -> None:
    first = next(incoming, None)
    if first is None:
        return
    try:
        chain = build_chain(pickle.loads(first.body), paced=True, parallel=True)
    except (CoachError, ValueError) as error:
        tell(json.dumps({"failed": str(error)}))
        return
    if hasattr(os, "nice"):  # Windows gets its priority from the parent
        os.nice(NICE)
    give_back_free_memory()  # loading takes more than it keeps (`scripts/bench live_session`)
    tell(json.dumps({"ready": chain.name}))
    for line in _answers(incoming, chain):
        tell(line)


def _answers(incoming: Iterator[Message], chain: Chain) -> Iterator[str]:
    place, speaking = 0, False
    for message in incoming:
        if message.kind is MessageKind.EXPECT:
            chain.expect(expected_commands(message))
            continue
        mic, played = split_block(message.body)
        if message.place != place:  # blocks were lost, or another process had the first ones
            chain.restart(message.place)
        place = message.place + len(mic)
        for heard in chain.hear(mic, played):
            yield heard_line(heard)
        if chain.speaking != speaking:
            speaking = chain.speaking
            yield json.dumps({"speaking": speaking})
        if place // REPORT_FRAMES > message.place // REPORT_FRAMES:
            yield json.dumps({"at": place})


if __name__ == "__main__":
    main()
