"""Every fact and where it is used, the rules, and what others published: `coach sources`, as text and JSON."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.cli.training.views import wrapped
from coach.errors import InputError
from coach.library.facts import load_facts
from coach.library.safety import load_rules
from coach.training import sources as uses
from coach.training.rules import CARE, RULES
from coach.training.sources import FactUse
from coach.training.usability.scale import ACKNOWLEDGEMENT, BENCHMARKS

_USABILITY = (FactUse("", uses.How.SHOWN, "coach progress"), FactUse("", uses.How.SHOWN, "coach report"))


@dataclass(frozen=True, slots=True)
class Sourced:
    """A fact, or what somebody published, with every place that uses it."""

    id: str
    says: str
    places: tuple[FactUse, ...]


def sourced(wanted: str | None) -> tuple[Sourced, ...]:
    """Return everything that has a source, or the one (or the group) that is named. InputError: there is none."""
    found = [*_facts(), *_published()]
    chosen = [one for one in found if wanted is None or one.id == wanted or one.id.startswith(f"{wanted}.")]
    if not chosen:
        groups = dict.fromkeys(one.id.split(".")[0] for one in found)
        raise InputError(f"there is no fact called {wanted!r}; the groups are {', '.join(groups)}")
    return tuple(chosen)


def _facts() -> list[Sourced]:
    from coach.library.files import load_exercises, load_routine, routine_ids

    routines = {name: tuple(block.exercise.id for block in load_routine(name).blocks) for name in routine_ids()}
    places: Mapping[str, tuple[FactUse, ...]] = uses.placed(load_exercises(), routines)
    facts = load_facts()
    return [Sourced(fact, facts[fact], used) for fact, used in places.items()]


def _published() -> list[Sourced]:
    means = [Sourced(one.id, f"{one.of}: {one.mean:g} out of 100 [{one.source}]", _USABILITY) for one in BENCHMARKS]
    return [Sourced("usability.scale", ACKNOWLEDGEMENT, _USABILITY), *means]


def as_json(found: tuple[Sourced, ...]) -> list[dict[str, object]]:
    """Return an object for each."""
    return [
        {
            "fact": one.id,
            "says": one.says,
            "places": [{"how": place.how, "where": place.where} for place in one.places],
        }
        for one in found
    ]


def text(found: tuple[Sourced, ...], with_rules: bool) -> str:
    """Return each with its places, and the rules of progression where they are asked for."""
    lines = []
    for one in found:
        lines.append(f"{one.id}\n{wrapped(one.says, indent='    ')}")
        lines += [f"      {place.how}: {place.where}" for place in one.places] or ["      nowhere"]
    if with_rules:
        lines.append("\nThe rules that keep you safe")
        lines += [wrapped(f"{rule.id:<17}{rule.says} [{rule.source}]", indent="  ") for rule in CARE.values()]
        lines.append("\nThe safety rules: who each one is for, and what it changes")
        lines += [wrapped(line, indent="  ") for line in safety_lines()]
        lines.append("\nThe rules of progression")
        lines += [f"  {rule.id:<13}{rule.says} [{rule.source}]" for rule in RULES.values()]
    return "\n".join(lines)


def safety_lines() -> list[str]:
    """Return every safety rule in a line."""
    rules = load_rules()
    judged = [
        (rule.tag or rule.position, rule.groups, rule.action, rule.reason, rule.source)
        for rule in (*rules.rules, *rules.clinician)
    ]
    judged += [(rule.of, rule.groups, rule.action, rule.reason, rule.source) for rule in rules.doses]
    return [
        f"{what or 'clinician'} ({', '.join(sorted(groups))}: {action}): {reason} [{source}]"
        for what, groups, action, reason, source in judged
    ]
