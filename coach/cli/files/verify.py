"""`coach verify`: prove from an exported file alone that it sounds as planned."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.cli.options import Json
from coach.cli.printing import print_json

if TYPE_CHECKING:
    from coach.export.proof import Proof

SHOWN = 12  # problems, for a person


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(verify)


def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that coach export wrote.")],
    as_json: Json = False,
) -> None:
    """Listen to an exported file and check it: cues, loudness, chapters. Exit 1 if anything is wrong.

    Example: coach verify workout.mp3
    """
    from coach.cli.bar import bar
    from coach.export.proof import prove

    with bar("Listening") as step:
        proof = prove(file, step)
    if as_json:
        print_json(as_object(proof))
    else:
        print(verdict_text(file, proof))
    if not proof.ok:
        raise typer.Exit(1)


def as_object(proof: "Proof") -> dict[str, object]:
    """Return a proof in the shape of `verify --json`."""
    return {
        "ok": proof.ok,
        "length_s": proof.length_s,
        "worst_ms": proof.worst_ms,
        "median_ms": proof.median_ms,
        "true_peak_db": proof.true_peak_db,
        "speech_lufs": proof.speech_lufs,
        "chapters": [
            {"title": mark.title, "start_s": round(mark.start_s, 3), "end_s": round(mark.end_s, 3)}
            for mark in proof.chapters
        ],
        "problems": [asdict(problem) for problem in proof.problems],
    }


def verdict_text(file: Path, proof: "Proof") -> str:
    """Say a proof to a person: one line, and one more for each thing that is wrong."""
    figures = [
        f"{_clock(proof.length_s)} minutes",
        _counted(len(proof.chapters), "chapter"),
        f"cues at most {proof.worst_ms:.2f} ms off" if proof.worst_ms is not None else "no cue found",
        f"speech at {proof.speech_lufs:.1f} LUFS" if proof.speech_lufs is not None else "no speech",
        f"true peak {proof.true_peak_db:.1f} dBTP" if proof.true_peak_db is not None else "silence",
    ]
    verdict = "as planned" if proof.ok else f"not as planned, {_counted(len(proof.problems), 'problem')}"
    lines = [f"{file}: {verdict}; {', '.join(figures)}"]
    lines += [
        f"  {'' if problem.t is None else _clock(problem.t):>7}  {problem.what}" for problem in proof.problems[:SHOWN]
    ]
    if len(proof.problems) > SHOWN:
        lines.append(f"  and {len(proof.problems) - SHOWN} more; --json lists them all")
    return "\n".join(lines)


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _clock(time_s: float) -> str:
    minutes, seconds = divmod(round(time_s), 60)
    return f"{minutes}:{seconds:02}"
