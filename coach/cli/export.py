"""A routine as a file, and the voices it can be spoken by: `export ROUTINE -o FILE`, `voices`."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from coach.library.routine import Routine
    from coach.speech.clips import Clips
    from coach.timeline.step import Shape

ARTIST = "Coach"

Step = Callable[[float, float], None]
"""Called with how much is done, and of how much."""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(export)
    app.command()(voices)


def export(
    routine: Annotated[str, typer.Argument(metavar="ROUTINE", help="A routine's id, or a file ending in .toml.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to: ends in .mp3 or .wav.")],
    voice: Annotated[str | None, typer.Option(help="Who speaks; coach voices lists them.")] = None,
    sets: Annotated[int | None, typer.Option(help="Sets of every exercise, 1 to 5.")] = None,
    reps: Annotated[int | None, typer.Option(help="Reps of every set, 1 to 30.")] = None,
    pace: Annotated[float, typer.Option(help="Seconds of the moves: 0.85 quicker to 1.5 slower.")] = 1.0,
) -> None:
    """Write a routine as a sound file to follow anywhere.

    Examples: coach export spine-strength -o workout.mp3 · coach export bands -o bands.mp3 --sets 2 --pace 1.15
    """
    from coach.cli.shaping import checked_pace, shaped
    from coach.export.export import export as write
    from coach.export.tags import Tags
    from coach.export.target import checked
    from coach.library.files import load_routine
    from coach.timeline.build import build_timeline
    from coach.timeline.phrases import phrase
    from coach.timeline.step import Shape

    checked(output)
    shape = Shape(pace=checked_pace(pace))
    chosen = shaped(load_routine(routine), sets, reps)
    clips = _clips(voice)
    try:
        _prepare(clips, chosen, shape)
        timeline = build_timeline(chosen, clips.measure, shape)
        tags = Tags(timeline.title, ARTIST, phrase("welcome.disclaimer"))
        with _bar("Writing") as step:
            write(timeline, clips.clip, output, tags, lambda done_s: step(done_s, timeline.length_s))
    finally:
        clips.close()
    minutes, seconds = divmod(round(timeline.length_s), 60)
    print(f"{output}: {timeline.title}, {minutes}:{seconds:02} minutes, {output.stat().st_size / 1e6:.1f} MB")


def voices(as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False) -> None:
    """List the voices of this machine, for --voice.

    Example: coach export bands -o bands.mp3 --voice en-gb
    """
    from coach.speech.system_voice import DEFAULT_VOICE, available_voices

    found = available_voices()
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for known in found:
        usual = "  (the usual one)" if known["id"].rpartition("/")[2] == DEFAULT_VOICE else ""
        print(f"{known['id']:<28} {known['language']:<12} {known['gender']:<8} {known['name']}{usual}")


def _clips(voice: str | None) -> "Clips":
    from coach.speech.clips import open_clips

    return open_clips(voice) if voice else open_clips()


def _prepare(clips: "Clips", routine: "Routine", shape: "Shape") -> None:
    """Have every sentence spoken that the timeline may want."""
    from coach.timeline.build import step_texts
    from coach.timeline.plan import plan

    texts = [text for step in plan(routine) for text in step_texts(routine, step, shape)]
    with _bar("Speaking") as step:
        clips.prepare(texts, step)


@contextmanager
def _bar(what: str) -> Iterator[Step]:
    """Show how far it is, on a terminal only, and on stderr."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
