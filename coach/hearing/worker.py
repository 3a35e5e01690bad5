"""The process that listens: messages on stdin in, lines of JSON on stdout out (`ears_wire`). Ends with its stdin.

Out come `{"ready": name}` or `{"failed": why}`, then `{"heard": ...}` and `{"speaking": true}` as they happen, and
`{"at": frame}` twice a second.
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
from coach.hearing.wire import Kind, Message, both, heard_line, messages

NICE = 5  # below the process that plays: a third of its share where both want all; loading still goes at full speed
TELLS_EVERY_FRAMES = HEARING_HZ // 2


def main() -> None:
    """Build what the first message says and hear what the others bring."""
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        _serve(messages(sys.stdin.buffer), _take_stdout())


def _take_stdout() -> IO[str]:
    """Keep stdout for our lines alone: whatever a library prints goes to stderr."""
    ours = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    return ours


def _serve(coming: Iterator[Message], out: IO[str]) -> None:
    first = next(coming, None)
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
    for line in _lines(coming, chain):
        print(line, file=out)


def _lines(coming: Iterator[Message], chain: Chain) -> Iterator[str]:
    place, speaking = 0, False
    for message in coming:
        if message.kind is Kind.EXPECT:
            chain.expect(frozenset(Command(name) for name in message.body.decode().split()))
            continue
        mic, played = both(message.body)
        if message.place != place:  # blocks were lost, or another process had the first ones
            chain.restart(message.place)
        place = message.place + len(mic)
        for heard in chain.hear(mic, played):
            yield heard_line(heard)
        if chain.speaking != speaking:
            speaking = chain.speaking
            yield json.dumps({"speaking": speaking})
        if place // TELLS_EVERY_FRAMES > message.place // TELLS_EVERY_FRAMES:
            yield json.dumps({"at": place})


if __name__ == "__main__":
    main()
