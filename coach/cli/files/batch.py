"""`coach batch`: write a file for every person in a list, for a class or a clinic."""

import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach.children import cores
from coach.cli.options import Voice
from coach.errors import InputError

if TYPE_CHECKING:
    from coach.cli.files.batching import Job, Result, Workers

People = Annotated[
    Path,
    typer.Argument(
        metavar="PEOPLE.csv",
        help="Columns: name, routine, and any option of coach export: sets, reps, rest, gate, pace, voice, profile, "
        "music ... If a column isn't recognized, the error lists all of them.",
    ),
]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where each NAME.mp3 goes.")]
Processes = Annotated[int | None, typer.Option(min=1, max=64, help="How many processes; by default one per core.")]
Guide = Annotated[
    bool,
    typer.Option(
        "--guide", help="Also write each person's page, with a QR code for the address in the address column."
    ),
]
Scheduler = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Let this Dask cluster do the work.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(batch)


def batch(
    people: People,
    output: Folder,
    voice: Voice = None,
    workers: Processes = None,
    scheduler: Scheduler = None,
    guide: Guide = False,
) -> None:
    """Write a file for every person in a list. Files already there are left alone. Exit 1 if a row is wrong.

    Examples: coach batch people.csv -o files · coach batch people.csv -o files --voice en-us
    """
    from coach.cli.bar import bar
    from coach.cli.files.batching import jobs_of
    from coach.cli.files.people import read_people

    if workers is not None and scheduler is not None:
        raise InputError("use --workers or --scheduler, not both: a cluster decides for itself how many workers to use")
    with bar("Reading") as step:
        wanted, bad = read_people(people, step)
    for row in bad:
        _complain(people, row.line, row.why)
    for one in wanted:
        for told in one.told:
            _complain(people, one.line, told)
    wanted = tuple(replace(one, voice=one.voice or voice) for one in wanted)
    _caution(one.voice for one in wanted)
    began = time.monotonic()
    jobs = jobs_of(wanted, _made_folder(output), guide=guide, shared=scheduler is not None)
    missing = [job for job in jobs if not job.is_made]
    results = _carry_out(people, missing, _workers(workers, scheduler, len(missing))) if missing else []
    made = [result for result in results if result.problem is None]
    if made:
        print(_summary(made, time.monotonic() - began))
    there, broken = len(jobs) - len(missing), len(bad) + len(missing) - len(made)
    print(f"{output}: {len(made)} made, {there} already there, {broken} not made")
    if broken:
        raise typer.Exit(1)


def _workers(count: int | None, scheduler: str | None, jobs: int) -> "Workers":
    if scheduler is not None:
        from coach.cli.files.cluster import cluster

        return cluster(scheduler)
    from coach.cli.files.batching import processes

    return processes(min(count or cores(), jobs))


def _carry_out(people: Path, jobs: "Sequence[Job]", workers: "Workers") -> "list[Result]":
    """Make what is missing, and tell of each file and how long it still takes; return what came of each."""
    from coach.cli.files.batching import carried_out

    began, shown = time.monotonic(), set[str]()
    results: list[Result] = []
    for result in carried_out(jobs, workers):
        results.append(result)
        for line in sorted({*result.messages} - shown):
            shown.add(line)
            print(f"coach: {line}", file=sys.stderr)
        if result.problem is not None:
            _complain(people, result.job.line, result.problem)
            continue
        done = len(results)
        left_s = (time.monotonic() - began) / done * (len(jobs) - done)
        print(f"{done} of {len(jobs)}  {result.job.target.name}  {_left(left_s)}".rstrip(), flush=True)
    return results


def _summary(made: "Sequence[Result]", took_s: float) -> str:
    """Say in a line how much sound was made, and how long it took."""
    minutes, size_mb = sum(each.length_s for each in made) / 60, sum(each.size for each in made) / 1e6
    sound = f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.1f} hours"
    return f"{sound} of sound, {size_mb:.0f} MB, in {_time(took_s)}"


def _caution(voices: "Iterable[str | None]") -> None:
    """Say once what to know of the natural voice, where it speaks, before its files are handed out."""
    from coach.speech.choose import usual_voice
    from coach.speech.natural_voice import NATURAL_VOICE
    from coach.speech.origins import CAUTION

    if any((voice or usual_voice()) == NATURAL_VOICE for voice in voices):
        print(f"coach: {CAUTION}", file=sys.stderr)


def _left(seconds: float) -> str:
    return "" if seconds < 1 else f"about {_time(seconds)} left"


def _time(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} minutes"


def _complain(people: Path, line: int, why: str) -> None:
    print(f"coach: {people}, line {line}: {why}", file=sys.stderr)


def _made_folder(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise InputError(f"{folder}: is a file; name a folder instead") from None
    except FileNotFoundError:
        raise InputError(f"{folder}: there is no folder {folder.parent}; create it first") from None
    except OSError as error:
        raise InputError(f"{folder}: can't be created ({error.strerror or error}); choose another place") from error
    if not os.access(folder, os.W_OK):
        raise InputError(f"{folder}: is read-only; choose another place, or make it writable")
    return folder
