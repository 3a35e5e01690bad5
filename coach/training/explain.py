"""Explain the next dose in words, for the plan and for the spoken session."""

import math
from collections.abc import Sequence

from coach.training import words
from coach.training.bout import Bout, DifficultyWish
from coach.training.dose import Dose, Load, one_step_kg
from coach.training.loads.bands import spoken_band
from coach.training.loads.units import Units, in_kg, in_units

_CALL = "stop what you're doing, and call your doctor before you train again."
DOCTOR = {"pain-back": f"If it hurts again, {_CALL}", "help-back": f"If anything hurts, {_CALL}"}
"""What follows a step back after pain, or after help was needed."""

NOT_YET = "That's for when three sets feel easy."
NOT_WHILE_HELD = "Nothing harder today. First it has to go well again, without pain."


OWN_DOSE = "Your routine sets its own sets and reps. The plan can make it easier, but never harder."


def _with_advice(rule: str, said: str) -> str:
    return f"{said} {DOCTOR[rule]}" if rule in DOCTOR else said


def start(rule: str, dose: Dose, units: Units) -> str:
    """Explain the first dose, or the first one after a clinician agreed again."""
    agreed = "Your doctor or physiotherapist agreed, so we'll begin again"
    begins = {"cleared": agreed, "unread": "Just like the first time"}
    return f"{begins.get(rule, 'For your first time')}: {words.dose(dose.sets, dose.reps)}{_with(dose.load, units)}."


def up(easy: Sequence[Bout], now: Dose, higher: Dose, units: Units) -> str:
    """Explain a step up."""
    efforts = list(dict.fromkeys(words.number(bout.effort or 0) for bout in easy))
    did = words.number(now.reps) if now.sets == 1 else words.dose(now.sets, now.reps)
    called = f"The last two times, you did {did} and rated the effort {', then '.join(efforts)}."
    return f"{called} So today it's {_new(now, higher, units)}."


def back(rule: str, last: Bout, now: Dose, lower: Dose, units: Units) -> str:
    """Explain a step back."""
    said = f"{_reason(rule, last)}, so today it's {_new(now, lower, units)}."
    return _with_advice(rule, said)


def out(rule: str, last: Bout) -> str:
    """Explain why an exercise is left out."""
    if rule == "pain-twice":
        return "It hurt twice in a row, so we'll leave it out. Please ask your doctor or physiotherapist about it."
    reason = f"{_reason(rule, last)}, and there's nothing easier, so we'll leave it out."
    return f"{reason} Please ask your doctor or physiotherapist about it."


def held(rule: str, dose: Dose, asked: Dose | None) -> str:
    """Explain a dose that is held, and that more was asked for (None: it was not)."""
    since = {"pain-back": "It hurt last time", "help-back": "You needed help last time"}
    since |= {"unread": "I can't read everything that's on record about you"}
    back = "We took a step back after last time" if rule.endswith("-back") else "It hurt recently"
    told = f"{since.get(rule, back)}, so today it's {words.dose(dose.sets, dose.reps)}"
    if asked is not None:
        told += f". The {words.dose(asked.sets, asked.reps)} you asked for can wait"
    return _with_advice(rule, f"{told}.")


_HANDS = {
    "balance-hold": "both hands on the chair",
    "balance-hold-one-hand": "one hand on the chair",
    "balance-hold-fingertips": "just your fingertips on the chair",
}
_SINCE = {
    "cleared": "Your doctor or physiotherapist says you can train",
    "hold-up": "You balanced well the last two times",
    "pain-back": "It hurt last time",
    "help-back": "You needed help last time",
    "missed-back": "Last time the hold was a little long",
    "wish-back": "You asked for an easier one last time",
    "away-back": "You've been away for two weeks or more",
}


HOLD_RULES, HOLD_STEPS = (*_SINCE, "hold-out"), tuple(_HANDS)
"""What `hold` explains."""


def hold(rule: str, step: str) -> str:
    """Explain a step of the balance hold, or why it is left out."""
    if rule == "hold-out":
        return "The balance hold hurt, so we'll leave it out. Please ask your doctor or physiotherapist about it."
    said = f"{_SINCE[rule]}, so today you'll have {_HANDS[step]}."
    return _with_advice(rule, said)


def lowest(rule: str) -> str:
    """Explain why the easiest dose stays, where a step back was asked for."""
    if rule == "away-back":
        return "You've been away for two weeks or more, so it stays at the easiest level."
    return "You asked for an easier one. This is the easiest there is, so make the movement smaller."


def same(rule: str, last: Bout, now: Dose, units: Units) -> str:
    """Explain why the dose stays."""
    wished = " We'll get to the harder one you asked for step by step." if last.wish is DifficultyWish.HARDER else ""
    return f"{_same(rule, last, now, units)}{wished}"


def _same(rule: str, last: Bout, now: Dose, units: Units) -> str:
    as_before = f"it stays at {words.dose(now.sets, now.reps)}"
    reasons = {
        "clock": f"Your last session is dated {words.day(last.day)}, and that day hasn't come yet. "
        f"Is the clock right? Until that day, {as_before}.",
        "cut-short": f"You didn't finish last time, so {as_before}.",
        "no-effort": f"I don't know how hard it was, so {as_before}. "
        "Give me a number when I ask, and we can move on from there.",
        "effort-hold": f"You rated it {words.number(last.effort or 0)} last time, which is just right, so {as_before}.",
        "two-easy": f"Last time went well. We'll do {words.dose(now.sets, now.reps)} once more, "
        "and then we can do a little more.",
        "one-a-week": f"It went up within the last week, so {as_before}.",
        "top": f"This is as much as we do here, so {as_before}.",
        "too-big": f"The next weight you own is too big a step, so {as_before}. {_one_step(now, units)}",
    }
    return reasons[rule]


def _one_step(now: Dose, units: Units) -> str:
    """Name the weight that would be small enough a step, in whole or half units."""
    kg = now.load.kg if now.load and now.load.kg is not None else 0.0
    halves = math.floor(2 * in_units(one_step_kg(kg), units) + 0.01)
    return f"One of up to {words.weight(in_kg(halves / 2, units), units)} would work, or a band."


def _reason(rule: str, last: Bout) -> str:
    reasons = {
        "pain-back": "It hurt last time",
        "help-back": "You needed help last time",
        "effort-back": f"You rated it {words.number(last.effort or 0)} last time",
        "missed-back": f"Last time, a set ended at {words.number(last.reps)}",
        "wish-back": "You asked for an easier one last time",
        "away-back": "You've been away for two weeks or more",
    }
    return reasons[rule]


def _new(now: Dose, then: Dose, units: Units) -> str:
    """Name what changes, first, and the whole dose where it helps."""
    if then.exercise != now.exercise:
        kind = "the harder variant" if then.exercise.startswith(now.exercise) else "the easier variant"
        return f"{kind}, {words.dose(then.sets, then.reps)}"
    if then.load != now.load and then.load is not None:
        return f"{load(then.load, units)}, {words.dose(then.sets, then.reps)}"
    if then.sets != now.sets:
        return words.dose(then.sets, then.reps)
    return f"{words.number(then.reps)}" if then.sets == 1 else words.dose(then.sets, then.reps)


def _with(used: Load | None, units: Units) -> str:
    return f" with {load(used, units)}" if used else ""


def load(used: Load, units: Units) -> str:
    """Return a load as one says it: "three kilos", "the red band"."""
    if used.kg is not None:
        return words.weight(used.kg, units)
    return f"the {spoken_band(used.band)}" if used.band else "no load"
