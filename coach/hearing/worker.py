"""The ears' process: run a `Chain` on messages from stdin, answer with JSON lines on stdout (see `wire`).

The first answer is `{"ready": name}` or `{"failed": why}`. Then `{"heard": ...}` and `{"speaking": true}` follow as
they happen, and `{"at": frame}` twice a second. The process ends with its stdin.
"""

import contextlib
import json
import os
import pickle
import sys
from collections.abc import Iterator
from typing import IO

from coach.errors import CoachError
from coach.hearing.chain import Chain
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recipe import build_chain
from coach.hearing.vocabulary.commands import Command
from coach.hearing.wire import Message, MessageKind, heard_line, messages, split_block

NICE = 5  # below the process that plays: a third of its share of a busy core
REPORT_FRAMES = HEARING_HZ // 2


def main() -> None:
    """Build the chain that the first message describes, and run it on the blocks that follow."""
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        _serve(messages(sys.stdin.buffer), _take_stdout())


def _take_stdout() -> IO[str]:
    """Keep stdout for the protocol alone: whatever a library prints goes to stderr."""
    ours = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    return ours


def _serve(incoming: Iterator[Message], out: IO[str]) -> None:
    first = next(incoming, None)
    if first is None:
        return
    try:
        chain = build_chain(pickle.loads(first.body), paced=True)
    except (CoachError, ValueError) as error:
        print(json.dumps({"failed": str(error)}), file=out)
        return
    if hasattr(os, "nice"):  # Windows gets its priority from the parent
        os.nice(NICE)
    print(json.dumps({"ready": chain.name}), file=out)
    for line in _answers(incoming, chain):
        print(line, file=out)


def _answers(incoming: Iterator[Message], chain: Chain) -> Iterator[str]:
    place, speaking = 0, False
    for message in incoming:
        if message.kind is MessageKind.EXPECT:
            chain.expect(frozenset(Command(name) for name in message.body.decode().split()))
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
