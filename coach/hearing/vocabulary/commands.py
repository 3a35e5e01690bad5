"""The commands. Their phrases are in the phrase table, `en.toml`."""

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


def need_of(value: int | None) -> Emergency:
    """Return what a call for help is about."""
    needs = tuple(Emergency)
    return needs[value] if value is not None and 0 <= value < len(needs) else Emergency.HELP


SAFETY = frozenset({Command.STOP, Command.PAUSE, Command.IT_HURTS, Command.EMERGENCY})
"""The safety words: always open, with the lowest thresholds."""
