"""`coach profile`: show the profile, ask for it, change it entry by entry."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coach.cli.printing import print_json
from coach.errors import InputError
from coach.training.loads import limits
from coach.training.people.salvage import profile_to_ask
from coach.training.profile import KEYS, Profile, load_profile, refused_weights
from coach.training.profile_file import save_profile
from coach.training.questions import QUESTIONS, ProfileQuestion, answer, shown


def show(path: Path, as_json: bool) -> None:
    """Print the profile, and where it is kept."""
    profile = load_profile(path)
    if as_json:
        print_json(_as_json(profile))
        return
    for key in KEYS:
        print(f"{key:<17} {shown(profile, key)}")
    for line in limits.told(profile):
        print(f"\n{line}")
    print(f"\n{path}{'' if path.exists() else ' (no such file yet: these are the safe defaults)'}")
    print("Change it with `coach profile --ask`, or by hand.")


def _as_json(profile: Profile) -> dict[str, object]:
    return {
        "condition": profile.condition,
        "weights": list(profile.weights),
        "bands": list(profile.bands),
        "limits": sorted(profile.limits),
        "units": profile.units,
        "name": profile.name,
        "clinician_agreed": profile.clinician_agreed,
        "heavy_agreed": profile.heavy_agreed,
        "warm_up": profile.warm_up,
        "balance": profile.balance,
        "wind_down": profile.wind_down,
        "speech_rate": profile.speech_rate,
        "time_of_day": f"{profile.time_of_day:%H:%M}",
        "keep_learning": profile.keep_learning,
    }


def ask(path: Path) -> None:
    """Put every question; an answer that isn't understood is asked again, with what is allowed.

    A file that can't be read is moved aside first; what can be read of it are the answers that are proposed.
    """
    profile, moved = profile_to_ask(path)
    if moved:
        print(f"coach: {moved}", file=sys.stderr)
    for question in QUESTIONS:
        if question.key != "heavy_agreed" or limits.unasked(replace(profile, heavy_agreed=False)):
            profile = _asked(profile, question)
    _save(profile, path)
    print()


def _asked(profile: Profile, question: ProfileQuestion) -> Profile:
    while True:
        print(f"{question.asks} ({question.allowed}) [{shown(profile, question.key)}] ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:  # the end of the input: what is left keeps its values
            print()
            return profile
        try:
            answered = answer(profile, question, line)
            if question.key == "weights" and (heavy := refused_weights(answered)):
                raise ValueError(heavy)
            return answered
        except ValueError as error:
            print(f"  {error}")


def _save(profile: Profile, path: Path) -> None:
    """Keep the profile, unless its weights are refused for its condition."""
    if heavy := refused_weights(profile):
        raise InputError(f"weights: {heavy}")
    save_profile(profile, path)


def change(path: Path, entries: Sequence[str]) -> None:
    """Change entries given as KEY=VALUE; all or none."""
    profile = load_profile(path)
    # Units first: a number in the same breath is meant in them.
    for entry in sorted(entries, key=lambda entry: entry.partition("=")[0].strip() != "units"):
        key, equals, value = entry.partition("=")
        question = next((question for question in QUESTIONS if question.key == key.strip()), None)
        if question is None or not equals:
            raise InputError(f"--set {entry!r}: write KEY=VALUE; the keys are {', '.join(KEYS)}")
        try:
            profile = answer(profile, question, value or "none")
        except ValueError as error:
            raise InputError(f"--set {key.strip()}: {error}") from error
    _save(profile, path)
