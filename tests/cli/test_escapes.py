"""Arrows and function keys are no commands, and take no command with them."""

import os
import sys
import time
from collections.abc import Callable, Iterable

import pytest

from coach.cli.session.escapes import Escapes
from coach.cli.session.keyboard import Keyboard
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from coach.live.keys import Keystroke

SEQUENCES = ["\x1b[D", "\x1bOP", "\x1b[15~", "\x1b[1;5C", "\x1b[[A", "\x1b[2^", "\x1b[Z", "\x1b\x1b[D"]


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_is_no_key_and_leaves_the_keys_around_it(sequence: str) -> None:
    assert Escapes().feed(sequence) == ""
    assert Escapes().feed(f"x{sequence}{sequence}s") == "xs"


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_sequence_may_be_cut_anywhere(sequence: str) -> None:
    for at in range(1, len(sequence)):
        escapes = Escapes()
        assert escapes.feed("x" + sequence[:at]) + escapes.feed(sequence[at:] + "s") == "xs"
    escapes = Escapes()
    assert "".join(map(escapes.feed, sequence)) == ""


@pytest.mark.parametrize("begun", ["\x1b", "\x1b\x1b", "\x1b[", "\x1bO", "\x1b[1;"])
def test_the_escape_key_takes_no_later_key_with_it(begun: str) -> None:
    escapes = Escapes()
    assert [escapes.feed(read) for read in (begun, "", "s", "O", "s")] == ["", "", "s", "O", "s"]


def test_the_escape_key_takes_not_even_the_next_key_with_it() -> None:
    escapes = Escapes()
    assert [escapes.feed(read) for read in ("\x1b", "s")] == ["", "s"]
    assert Escapes().feed("\x1bs") == "s"


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_stop_counts_beside_an_arrow_and_the_arrow_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    import pty

    ours, theirs = pty.openpty()
    cut = b"@" * 59 + b"\x1b[Ds" + b"\x1b" + b"[Bs"  # 64 bytes are read at once
    with os.fdopen(theirs) as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        keyboard = Keyboard(load_table())
        with keyboard.reading():
            os.write(ours, cut)
            pressed = two(keyboard.commands)
    os.close(ours)
    assert [command for command, _ in pressed] == [Command.STOP, Command.STOP]


def two(commands: Callable[[], Iterable[Keystroke]]) -> list[Keystroke]:
    """Return the next two keys, and what came with them."""
    taken: list[Keystroke] = []
    end = time.monotonic() + 5
    while len(taken) < 2 and time.monotonic() < end:
        taken += commands()
        time.sleep(0.005)
    return taken
