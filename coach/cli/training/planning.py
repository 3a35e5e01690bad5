"""`coach plan`: today's doses, the week, the reasons, as text or JSON."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from coach.cli.training.person import weights_told
from coach.cli.training.views import table, wrapped
from coach.errors import InputError
from coach.library.citations import spelled_out
from coach.library.facts import load_facts
from coach.library.files import load_exercises, load_routine
from coach.library.routine import Routine, with_parts
from coach.library.safe_routine import Safe, make_safe
from coach.training import back_pain, explain, words
from coach.training.balance.due import hold_due
from coach.training.history import History
from coach.training.people.folders import PersonFolders
from coach.training.profile import Profile, load_profile
from coach.training.progression import Change, Decision
from coach.training.rules import RULES
from coach.training.shape import Due, due_today, shape
from coach.training.sources import PLAN_FOOT, WALKING, why_today
from coach.training.week import Goal, Week, week
from coach.training.writer import HistoryWriter, PlannedBlock

BACK = "back"
"""What `--clear` names where no exercise is meant, but training at all after back pain."""
LONGEST_WALK = 600.0
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due on a day, and what the week lacks."""

    routine: Routine
    profile: Profile
    safe: Safe
    due: tuple[Due, ...]
    today: tuple[PlannedBlock | None, ...]
    """What will be done, beside `due`; None: left out. A routine that names another dose than the plan's keeps it."""
    hold: Decision | None
    """The balance hold; None: there is none."""
    week: Week
    barred: str | None
    """Why nobody trains today, after back pain; None: nothing bars it."""

    @property
    def care(self) -> tuple[str, ...]:
        """Return what wants care, and which weights are not used yet."""
        return (*self.safe.warnings, *weights_told(self.routine, self.profile))


def plan(routine: str, history: History, person: PersonFolders, today: date) -> Plan:
    """Return the plan of a day. Raises UnsafeError where the routine is refused."""
    exercises, profile = load_exercises(), load_profile(person.profile)
    cleared = replace(profile.person, cleared=history.cleared_exercises())
    whole = with_parts(load_routine(routine), profile.around)
    safe = make_safe(whole, cleared, exercises)
    decisions = due_today(safe.routine, history, profile, exercises, today)
    doses = shape(safe.routine, decisions, exercises, profile).done_today
    hold = hold_due(whole, history, profile, exercises, today)
    found = week(history, exercises, today)
    return Plan(safe.routine, profile, safe, decisions, doses, hold, found, back_pain.told(history))


def note(file: Path | None, own: Path, day: date, walked: float | None, cleared: str | None) -> None:
    """Write a walk, or a clinician's word, into the history: a file, or her own."""
    if walked is not None and not 0 < walked <= LONGEST_WALK:
        raise InputError(f"--walked {walked:g} can't be one day's walk; give the minutes, 1 to {LONGEST_WALK:g}")
    if cleared is not None and cleared not in (BACK, *load_exercises()):
        raise InputError(f"there is no exercise {cleared!r}; choose one of {BACK}, {', '.join(load_exercises())}")
    barred = History.open(file, day, own).back_pain() if cleared == BACK else None
    if cleared == BACK and barred is None:
        raise InputError(
            f"--clear {BACK}: nothing to clear; no session that ended in back pain is waiting for a doctor or "
            "physiotherapist to agree"
        )
    writer = HistoryWriter(file or own)
    if walked is not None:
        writer.walked(day, walked)
    if barred is not None:
        writer.clear_session(barred.session, day)
    elif cleared is not None:
        writer.clear(cleared, day)
    writer.close()
    if writer.failure:
        raise writer.failure


def as_json(found: Plan) -> dict[str, object]:
    """Return a plan in the shape of `plan --json`."""
    return {
        "today": found.week.today.isoformat(),
        "due": found.week.due and found.barred is None,
        "barred": found.barred,
        "says": found.week.says,
        "routine": found.routine.id,
        "exercises": [_exercise_json(*both) for both in zip(found.due, found.today, strict=True)],
        "balance": _hold_json(found.hold) if found.hold else None,
        "week": [_goal_json(goal) for goal in found.week.goals],
        "changes": list(found.safe.changes),
        "warnings": list(found.care),
        "notes": list(found.week.notes),
    }


def _exercise_json(item: Due, planned: PlannedBlock | None) -> dict[str, object]:
    dose = planned.dose if planned else item.decision.dose
    why, source = _why(item, planned)
    return {
        "exercise": dose.exercise,
        "change": item.decision.change,
        "sets": dose.sets,
        "reps": dose.reps,
        "load_kg": dose.load.kg if dose.load else None,
        "band": dose.load.band if dose.load else None,
        "rule": item.decision.rule,
        "why": why,
        "source": source,
    }


def _hold_json(hold: Decision) -> dict[str, object]:
    return {
        "exercise": hold.dose.exercise,
        "change": hold.change,
        "holds": hold.dose.reps,
        "rule": hold.rule,
        "why": hold.why or RULES[hold.rule].says,
        "source": RULES[hold.rule].source,
    }


def _hold_text(hold: Decision) -> str:
    name = load_exercises()[hold.dose.exercise].name
    much = "left out" if hold.change is Change.OUT else f"{words.number(hold.dose.reps)} holds on each foot"
    why = wrapped(f"{hold.why or RULES[hold.rule].says} [{spelled_out(RULES[hold.rule].source)}]", indent="      ")
    return f"  {name}: {much}\n{why}"


def _why(item: Due, planned: PlannedBlock | None) -> tuple[str, str]:
    """Return the reason for what will be done, and its source."""
    if planned is None or planned.dose == item.decision.dose:
        return item.decision.why, RULES[item.decision.rule].source
    if item.decision.change is Change.BACK:
        return f"{item.decision.why} {explain.OWN_DOSE}", RULES[item.decision.rule].source
    return explain.OWN_DOSE, "your routine"


def _goal_json(goal: Goal) -> dict[str, object]:
    return {
        "what": goal.what,
        "done": goal.done,
        "goal": goal.goal,
        "unit": goal.unit,
        "lacks": goal.lacks,
        "source": goal.source,
    }


def text(found: Plan) -> str:
    """Return a plan as a person reads it."""
    facts = load_facts()
    parts = [
        *filter(None, [found.barred]),
        f"{words.day(found.week.today)}. {found.week.says}",
        *found.week.notes,
        f"{found.routine.name}\n\n" + "\n".join(_trained(found)),
        *(f"Changed for you: {line}" for line in found.safe.changes),
        *(f"Take care: {line}" for line in found.care),
        "This week, from Monday\n\n" + _week_table(found.week),
        "Walking: " + " ".join(facts[fact] for fact in WALKING),
        "Why: " + why_today(found.week.today),
        " ".join(facts[fact] for fact in PLAN_FOOT),
    ]
    return "\n\n".join(part if "\n" in part else wrapped(part) for part in parts)


def _trained(found: Plan) -> Iterator[str]:
    """Yield what is trained, in its order, each with its reason."""
    if found.hold is not None:
        yield _hold_text(found.hold)
    yield from (_exercise_text(found, *both) for both in zip(found.due, found.today, strict=True))


def _exercise_text(found: Plan, item: Due, planned: PlannedBlock | None) -> str:
    dose = planned.dose if planned else item.decision.dose
    name = load_exercises()[dose.exercise].name
    if planned is None:
        head = f"  {name}: left out"
    else:
        load = f", {explain.load(dose.load, found.profile.units)}" if dose.load else ""
        head = f"  {name}: {words.dose(dose.sets, dose.reps)}{load}"
    why, source = _why(item, planned)
    return f"{head}\n{wrapped(f'{why} [{spelled_out(source)}]', indent='      ')}"


def _week_table(found: Week) -> str:
    rows = [
        (goal.what, f"{goal.done:g} of {goal.goal:g} {goal.unit}", _lacks(goal), spelled_out(goal.source))
        for goal in found.goals
    ]
    return table(("", "done", "still to do", "guideline"), rows)


def _lacks(goal: Goal) -> str:
    return f"{goal.lacks:g} {goal.unit}" if goal.lacks else "nothing"
