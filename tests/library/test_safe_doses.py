"""How much is too much: more sets and reps, less rest; and prone work after a vertebral fracture."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.library.files import check_file, load_exercises, load_routine
from coach.library.routine import Routine
from coach.library.safe_routine import WALK, UnsafeError, make_safe, with_judged_doses
from coach.library.safety import Condition, Limit, Person, load_rules

EXERCISES = load_exercises()
BANDS = load_routine("bands")
FRACTURE = Person(Condition.VERTEBRAL_FRACTURE, clinician_agreed=True)
BEYOND = [Person(), Person(Condition.OSTEOPOROSIS), FRACTURE]
TOO_MUCH = [{"reps": 16}, {"sets": 4}, {"rest_s": 59.0}, {"sets": 5, "reps": 30, "rest_s": 15.0}]
FINE = [{}, {"reps": 15}, {"sets": 3}, {"rest_s": 60.0}, {"rest_s": 300.0}, {"reps": 1}]


def changed(**amounts: object) -> Routine:
    blocks = (replace(block, **amounts) for block in BANDS.blocks)  # type: ignore[arg-type]  # sets, reps or rest
    return replace(BANDS, blocks=tuple(blocks))


@pytest.mark.parametrize("amounts", TOO_MUCH)
def test_too_much_is_warned_of_with_osteopenia(amounts: dict[str, object]) -> None:
    found = make_safe(changed(**amounts), Person(Condition.OSTEOPENIA), EXERCISES)
    assert len(found.warnings) == len(amounts)
    assert all("[" in line for line in found.warnings), "each names its source"
    assert len(found.routine.notes) == len(amounts), "each is said in the welcome"


@pytest.mark.parametrize("person", BEYOND)
@pytest.mark.parametrize("amounts", TOO_MUCH)
def test_too_much_is_refused_beyond_osteopenia(amounts: dict[str, object], person: Person) -> None:
    with pytest.raises(UnsafeError):
        make_safe(changed(**amounts), person, EXERCISES)
    with pytest.raises(UnsafeError):
        with_judged_doses(changed(**amounts), person)


@pytest.mark.parametrize("person", [*BEYOND, Person(Condition.OSTEOPENIA)])
@pytest.mark.parametrize("amounts", FINE)
def test_what_the_source_asks_for_is_fine(amounts: dict[str, object], person: Person) -> None:
    plain = changed(**amounts)
    assert with_judged_doses(plain, person) == (plain, ())


def test_every_dose_rule_names_its_source_and_covers_everybody() -> None:
    rules = load_rules().doses
    assert all(rule.source and rule.reason for rule in rules)
    for what in ("sets", "reps", "rest"):
        assert {group for rule in rules if rule.of == what for group in rule.groups} == set(Condition)


def test_check_refuses_five_sets_of_thirty_with_the_block_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('name = "Mine"\n[[block]]\nexercise = "bird-dog"\nsets = 5\nreps = 30\nrest = 15\n')
    said = [problem.message for problem in check_file(path)]
    assert len(said) == 3
    assert {problem.line for problem in check_file(path)} == {2}
    assert any("15 s of rest" in line for line in said)
    assert check_file(path, Person(Condition.OSTEOPENIA)) == []


def test_after_a_vertebral_fracture_prone_work_becomes_the_wall_extension() -> None:
    found = make_safe(load_routine("spine-strength"), FRACTURE, EXERCISES)
    ids = [block.exercise.id for block in found.routine.blocks]
    assert ids[-1] == "wall-extension"
    assert any("replaced by Wall extension" in line for line in found.changes)


def test_a_cleared_prone_exercise_stays_with_a_warning_and_without_its_harder_variant() -> None:
    cleared = replace(FRACTURE, cleared=frozenset({"back-extension"}))
    found = make_safe(load_routine("spine-strength"), cleared, EXERCISES)
    last = found.routine.blocks[-1]
    assert last.exercise.id == "back-extension"
    assert last.harder is None
    assert any("face down" in line for line in found.warnings)


def test_prone_work_with_osteoporosis_stays_as_it_was() -> None:
    found = make_safe(load_routine("floor"), Person(Condition.OSTEOPOROSIS), EXERCISES)
    assert [block.exercise.id for block in found.routine.blocks] == ["bird-dog", "back-extension"]


def test_where_everything_is_forbidden_the_walk_is_offered() -> None:
    everything = Person(Condition.VERTEBRAL_FRACTURE, frozenset(Limit))
    with pytest.raises(UnsafeError) as refused:
        make_safe(load_routine("spine-strength"), everything, EXERCISES)
    assert WALK in str(refused.value)
