"""The history in Strong's columns, with the names that people read: `coach history --strong-csv`."""

from collections.abc import Iterator

from coach.library.files import load_exercises, load_routine, routine_ids
from coach.training.history import History
from coach.training.people.folders import PersonFolders
from coach.training.profile import load_profile
from coach.training.sharing import strong


def strong_rows(history: History, person: PersonFolders) -> Iterator[strong.Row]:
    """Yield the header and the rows, weights in the person's units."""
    names = {exercise.id: exercise.name for exercise in load_exercises().values()}
    names |= {name: load_routine(name).name for name in routine_ids()}
    return strong.strong_rows(history, load_profile(person.profile).units, names)
