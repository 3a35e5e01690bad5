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
    from coach.cli.files.batching import Job, Workers

COLUMNS = "Columns: name, routine; sets, reps, pace, voice, profile and history (files), person (of `coach people`)."
People = Annotated[Path, typer.Argument(metavar="PEOPLE.csv", help=COLUMNS)]
Folder = Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where NAME.mp3 goes.")]
Processes = Annotated[int | None, typer.Option(min=1, max=64, help="How many processes; by default one per core.")]
Scheduler = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Let this Dask cluster do the work.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(batch)


def batch(
    people: People, output: Folder, voice: Voice = None, workers: Processes = None, scheduler: Scheduler = None
) -> None:
    """Write a file for every person of a list; what is there already is left alone. Exit 1 where a row is bad.

    Examples: coach batch people.csv -o files · coach batch people.csv -o files --voice en-us
    """
    from coach.cli.bar import bar
    from coach.cli.files.batching import jobs_of
    from coach.cli.files.people import read_people

    if workers is not None and scheduler is not None:
        raise InputError("--workers and --scheduler: the cluster decides how many; leave one out")
    with bar("Reading") as step:
        wanted, bad = read_people(people, step)
    for row in bad:
        _complain(people, row.line, row.why)
    for one in wanted:
        for told in one.told:
            _complain(people, one.line, told)
    wanted = tuple(replace(one, voice=one.voice or voice) for one in wanted)
    _caution(one.voice for one in wanted)
    jobs = jobs_of(wanted, _made_folder(output))
    missing = [job for job in jobs if not job.is_made]
    failed = _carry_out(people, missing, _workers(workers, scheduler, len(missing))) if missing else 0
    there, broken = len(jobs) - len(missing), len(bad) + failed
    print(f"{output}: {len(missing) - failed} made, {there} there already, {broken} not made")
    if broken:
        raise typer.Exit(1)


def _workers(count: int | None, scheduler: str | None, jobs: int) -> "Workers":
    if scheduler is not None:
        from coach.cli.files.cluster import cluster

        return cluster(scheduler)
    from coach.cli.files.batching import processes

    return processes(min(count or cores(), jobs))


def _carry_out(people: Path, jobs: "Sequence[Job]", workers: "Workers") -> int:
    """Make what is missing, and tell of each file and how long it still takes; return how many failed."""
    from coach.cli.files.batching import carried_out

    began, failed, shown = time.monotonic(), 0, set[str]()
    for done, result in enumerate(carried_out(jobs, workers), start=1):
        for line in sorted({*result.messages} - shown):
            shown.add(line)
            print(f"coach: {line}", file=sys.stderr)
        if result.problem is not None:
            failed += 1
            _complain(people, result.job.line, result.problem)
            continue
        left_s = (time.monotonic() - began) / done * (len(jobs) - done)
        print(f"{done} of {len(jobs)}  {result.job.target.name}  {_left(left_s)}".rstrip(), flush=True)
    return failed


def _caution(voices: "Iterable[str | None]") -> None:
    """Say once what to know of the natural voice, where it speaks, before its files are handed out."""
    from coach.speech.choose import usual_voice
    from coach.speech.natural_voice import NATURAL_VOICE
    from coach.speech.origins import CAUTION

    if any((voice or usual_voice()) == NATURAL_VOICE for voice in voices):
        print(f"coach: {CAUTION}", file=sys.stderr)


def _left(seconds: float) -> str:
    if seconds < 1:
        return ""
    return f"about {seconds:.0f} s left" if seconds < 90 else f"about {seconds / 60:.0f} minutes left"


def _complain(people: Path, line: int, why: str) -> None:
    print(f"coach: {people}, line {line}: {why}", file=sys.stderr)


def _made_folder(folder: Path) -> Path:
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise InputError(f"{folder}: is a file; name a folder") from None
    except FileNotFoundError:
        raise InputError(f"{folder}: there is no folder {folder.parent}; make it first") from None
    except OSError as error:
        raise InputError(f"{folder}: can't be made ({error.strerror or error}); choose another place") from error
    if not os.access(folder, os.W_OK):
        raise InputError(f"{folder}: is read-only; choose another place, or make it writable")
    return folder
