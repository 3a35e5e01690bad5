"""The commands. Their phrases are in the phrase table, `en.toml`."""

from collections.abc import Mapping
from enum import StrEnum


class Command(StrEnum):
    """What she can tell the coach, by voice or key."""

    READY = "ready"
    NEXT = "next"
    DONE = "done"
    REPEAT = "repeat"
    START_AGAIN = "start_again"
    BACK = "back"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    END_WORKOUT = "end_workout"
    IT_HURTS = "it_hurts"
    EMERGENCY = "emergency"
    FALSE_ALARM = "false_alarm"
    SLOWER = "slower"
    FASTER = "faster"
    LOUDER = "louder"
    QUIETER = "quieter"
    HOW_MANY_LEFT = "how_many_left"
    TIME_LEFT = "time_left"
    WHATS_NEXT = "whats_next"
    HELP = "help"
    EASIER = "easier"
    HARDER = "harder"
    MORE_REST = "more_rest"
    SWITCH_SIDES = "switch_sides"
    SPEAK_SLOWER = "speak_slower"
    SPEAK_FASTER = "speak_faster"
    WHICH_ONE = "which_one"
    NEVER_MIND = "never_mind"
    YES = "yes"
    NO = "no"
    NUMBER = "number"
    LATER = "later"
    NEVER = "never"


class Emergency(StrEnum):
    """What she needs help with: the value of `Command.EMERGENCY`, as its place in this list."""

    HELP = "help"
    """She did not say."""
    FAINT = "faint"
    CHEST = "chest"
    """Heart or breath."""
    STUCK = "stuck"
    """She can't get up."""


class BodyPart(StrEnum):
    """Where it hurts: the value of `Command.IT_HURTS`, as its place in this list. Without one she did not say."""

    BACK = "back"
    NECK = "neck"
    SHOULDER = "shoulder"
    ARM = "arm"
    ELBOW = "elbow"
    WRIST = "wrist"
    HIP = "hip"
    KNEE = "knee"
    LEG = "leg"
    FOOT = "foot"


class Strain(StrEnum):
    """What `Command.EASIER` is about, as its place in this list."""

    HARD = "hard"
    """She would like it easier."""
    HEAVY = "heavy"
    """She can't do this: the count holds."""


class Break(StrEnum):
    """What `Command.MORE_REST` is about, as its place in this list."""

    LONGER = "longer"
    NOW = "now"
    """She needs a break: outside a rest the session pauses."""


class Enough(StrEnum):
    """What `Command.DONE` is about, as its place in this list."""

    SET = "set"
    ALL = "all"
    """"That's enough": outside a set she is asked whether to end."""


class Again(StrEnum):
    """What `Command.REPEAT` is about, as its place in this list."""

    WORDS = "words"
    HOW = "how"
    """How the exercise goes: the set-up again."""


VALUES: Mapping[Command, type[StrEnum]] = {
    Command.EMERGENCY: Emergency,
    Command.IT_HURTS: BodyPart,
    Command.EASIER: Strain,
    Command.REPEAT: Again,
    Command.MORE_REST: Break,
    Command.DONE: Enough,
}
"""Commands whose values have names. A value is its name's place among them."""


def value_of(command: Command, name: str) -> int:
    """Return the number that stands for a named value. Raises ValueError where the command has none of that name."""
    return [each.value for each in VALUES[command]].index(name)


def pain_place_of(value: int | None) -> BodyPart | None:
    """Return where it hurts; None where she did not say."""
    places = tuple(BodyPart)
    return places[value] if value is not None and 0 <= value < len(places) else None


def need_of(value: int | None) -> Emergency:
    """Return what a call for help is about."""
    needs = tuple(Emergency)
    return needs[value] if value is not None and 0 <= value < len(needs) else Emergency.HELP


MILD = frozenset({Command.STOP, Command.PAUSE})
"""They hold, and a final that disagrees takes them back; after "it hurts" only she can say that it was nothing."""
SAFETY = MILD | {Command.IT_HURTS, Command.EMERGENCY}
"""The safety words: always open, with the lowest thresholds."""
