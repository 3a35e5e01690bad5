"""What can be said, and what would be understood: `coach commands`, `coach listen`."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from coach.cli.options import Ears as EarsOption
from coach.cli.options import Json
from coach.errors import InputError
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.keys_and_places import PLACES
from coach.hearing.vocabulary.phrase_table import Entry, Table, load_table

if TYPE_CHECKING:
    from coach.hearing.policy.verdict import Context, Verdict
    from coach.hearing.ports.ears import Ears, Heard
    from coach.sound.pcm import Pcm

BLOCK_FRAMES = 320  # 20 ms at 16 kHz, as in a session
AFTER_S = 1.0  # of noise after its end: the last word needs silence behind it
SHOWN = 3  # phrases a command in the tables people read


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("commands")(commands)
    app.command("listen")(listen)


def commands(as_json: Json = False) -> None:
    """List what can be said in a session, and the key that does the same.

    Example: coach commands --json
    """
    table = load_table()
    if as_json:
        print(json.dumps([_row(entry) for entry in table.entries]))
        return
    from rich.console import Console
    from rich.table import Table as Grid

    grid = Grid("say", "does", "key", box=None, header_style="bold", pad_edge=False)
    for entry in table.entries:
        grid.add_row(_said(entry, quote="", joint=", "), entry.does, entry.key, style="bold" if entry.safety else "")
    Console().print(grid)


def listen(
    microphone: Annotated[Path, typer.Option("--microphone", metavar="FILE.wav", help="The recording to listen to.")],
    kind: Annotated[str | None, typer.Option("--in", metavar="KIND", help="As in a set, a rest, asking...")] = None,
    ears: EarsOption = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="One object a line.")] = False,
) -> None:
    """Show what would be understood in a recording, with every command and answer open.

    Example: coach listen --microphone me.wav --in set
    """
    if kind is not None and kind not in PLACES:
        raise InputError(f"--in {kind}: there are {', '.join(sorted(PLACES))}")
    table = load_table()
    sound = _sound(microphone)
    from coach.hearing.choose import open_ears
    from coach.hearing.policy.verdict import Context

    # Nothing was played: no echo to remove.
    listening = open_ears(ears, table, inline=True, headphones=True)
    try:
        for heard, verdict in understood(sound, listening, table, Context(table.open_in(kind))):
            print(json.dumps(_judged(heard, verdict)) if as_json else _line(heard, verdict))
    finally:
        listening.close()


def understood(sound: "Pcm", ears: "Ears", table: Table, context: "Context") -> "Iterator[tuple[Heard, Verdict]]":
    """Listen to 16 kHz sound block by block; give every utterance and what the policy says of it."""
    import numpy as np

    from coach.hearing.policy.policy import Policy, decide
    from coach.hearing.ports.ears import HEARING_HZ

    policy = Policy(table, ears.thresholds)
    silence = np.zeros(BLOCK_FRAMES, np.int16)
    for at in range(0, len(sound) - BLOCK_FRAMES + 1, BLOCK_FRAMES):
        for heard in ears.hear(sound[at : at + BLOCK_FRAMES], silence):
            if not heard.partial:
                policy, verdict = decide(policy, heard, context, (at + BLOCK_FRAMES) / HEARING_HZ)
                yield heard, verdict


def commands_markdown(table: Table) -> str:
    """Return the table of commands for the README."""
    rows = [f"| {_said(entry)} | {entry.does} | `{entry.key}` |" for entry in table.entries]
    choices = " · ".join(f'"{choice.phrases[0]}"' for choice in table.choices)
    return "\n".join(["| say | it | key |", "|---|---|---|", *rows, f"| {choices} | names the routine when asked | |"])


def said_and_done(table: Table) -> tuple[tuple[str, str], ...]:
    """Return what can be said and what it does, a pair each, for the guide."""
    rows = [(_said(entry), entry.does) for entry in table.entries]
    return (*rows, (" · ".join(f'"{choice.phrases[0]}"' for choice in table.choices), "names the routine when asked"))


def _said(entry: Entry, quote: str = '"', joint: str = " · ") -> str:
    if entry.command is Command.NUMBER:
        return f"{quote}{entry.phrases[0]}{quote} to {quote}{entry.phrases[len(set(entry.values)) - 1]}{quote}"
    return joint.join(f"{quote}{phrase}{quote}" for phrase in entry.phrases[:SHOWN])


def _row(entry: Entry) -> dict[str, object]:
    return {
        "command": entry.command,
        "phrases": list(entry.phrases),
        "key": entry.key,
        "safety": entry.safety,
        "where": list(entry.where),
    }


def _sound(path: Path) -> "Pcm":
    """Read a recording of any rate and channel count as 16 kHz mono over a noise floor. Raises InputError."""
    import numpy as np

    from coach.hearing.ports.ears import HEARING_HZ
    from coach.sound.pcm import as_pcm, in_steps, noise_floor
    from coach.sound.resample import resample
    from coach.sound.wav import read_wav

    samples, rate_hz = read_wav(path)
    sound = as_pcm(resample(samples, rate_hz, HEARING_HZ))
    heard = noise_floor(len(sound) + round(AFTER_S * HEARING_HZ), np.random.default_rng(1))
    heard[: len(sound)] += sound
    return in_steps(heard)


def _judged(heard: "Heard", verdict: "Verdict") -> dict[str, Any]:
    return {
        "t": round(heard.word_end_t, 3),
        "text": heard.text or None,
        "command": verdict.command,
        "value": verdict.value,
        # Nothing fits: no figure, and JSON has none for it.
        "confidence": round(heard.confidence, 3) if math.isfinite(heard.confidence) else None,
        "accepted": verdict.accepted,
        "reason": verdict.reason,
    }


def _line(heard: "Heard", verdict: "Verdict") -> str:
    taken = f"{verdict.command}" if verdict.accepted else f"not taken ({verdict.reason})"
    value = f" {verdict.value}" if verdict.accepted and verdict.value is not None else ""
    return f"{heard.word_end_t:8.2f} s  {heard.text or '(nothing)':30s}  {taken}{value}"
