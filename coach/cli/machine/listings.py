"""`coach routines`, `exercises`, `show` and `check`: what there is, without sound."""

import sys
from typing import Annotated

import typer

from coach.cli.options import For, Json, Routine
from coach.cli.printing import print_json


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(routines)
    app.command()(exercises)
    app.command()(show)
    app.command()(check)


def routines(as_json: Json = False) -> None:
    """List the routines: id, name, rough length, exercises.

    Example: coach routines --json
    """
    from coach.library.files import load_routine, routine_ids
    from coach.speech.voice import estimate
    from coach.timeline.build import build_timeline
    from coach.timeline.dump import headline

    found = [(routine := load_routine(name), build_timeline(routine, estimate)) for name in routine_ids()]
    if as_json:
        print_json(
            [
                {
                    "id": routine.id,
                    "name": routine.name,
                    "exercises": [block.exercise.id for block in routine.blocks],
                    "length_s": round(timeline.length_s, 3),
                }
                for routine, timeline in found
            ]
        )
        return
    for routine, timeline in found:
        print(f"{routine.id:<18} {headline(timeline)}")
        print(f"{'':<18} {', '.join(block.exercise.id for block in routine.blocks)}")


def exercises(
    as_json: Json = False,
    folder: Annotated[bool, typer.Option("--folder", help="Show the folder for your own exercises.")] = False,
    person: For = None,
) -> None:
    """List the exercises, the coach's and your own: id, name, position, what you need.

    Examples: coach exercises --json · coach exercises --folder
    """
    from coach.library.files import load_exercises, own_problems
    from coach.library.own.folders import own_folder
    from coach.training.people.names import find_person

    find_person(person)
    if folder:
        print(own_folder())
        return
    for problem in own_problems():
        print(f"coach: {problem}", file=sys.stderr)
    found = load_exercises().values()
    if as_json:
        print_json(
            [
                {
                    "id": exercise.id,
                    "name": exercise.name,
                    "equipment": list(exercise.equipment),
                    "position": exercise.position,
                    "sides": exercise.sides,
                    "variant_of": exercise.variant_of or None,
                    "tags": list(exercise.tags),
                }
                for exercise in found
            ]
        )
        return
    for exercise in found:
        print(f"{exercise.id:<22} {exercise.name:<32} {exercise.position:<16} {', '.join(exercise.equipment)}")
        harder = f", a harder variant of {exercise.variant_of}" if exercise.variant_of else ""
        print(f"{'':<22} for {exercise.target}{harder}")


def show(
    routine: Routine,
    as_json: Json = False,
) -> None:
    """Print a routine's timeline, line by line, as it will be heard. The lengths of sentences are estimates.

    Examples: coach show spine-strength · coach show my-routine.toml --json
    """
    from coach.library.files import load_routine
    from coach.speech.voice import estimate
    from coach.timeline import dump
    from coach.timeline.build import build_timeline

    timeline = build_timeline(load_routine(routine), estimate)
    if as_json:
        print_json(dump.as_json(timeline))
    else:
        print(dump.text(timeline, estimate), end="")


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Your own routine (or exercise), a .toml file.")],
    as_json: Json = False,
    person: For = None,
) -> None:
    """Check a file of your own: every mistake, with its line and what is allowed. Exit 2 if there is one.

    Example: coach check my-routine.toml
    """
    from dataclasses import asdict

    from coach.cli.training.person import cares, whose
    from coach.library.files import check_file

    by = whose(person, None)
    problems = check_file(file, by.profile.person)
    if as_json:
        print_json([asdict(problem) for problem in problems])
    else:
        print("\n".join(str(problem) for problem in problems) or f"{file}: fine")
        for line in () if problems else cares(file, by):
            print(line)
    if problems:
        raise typer.Exit(2)
