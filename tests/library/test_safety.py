"""The rules of safety: what is refused, replaced, warned of, for whom, and with which reason."""

from dataclasses import replace
from pathlib import Path

import pytest

from coach.library import files
from coach.library.bounds import TAGS
from coach.library.exercise import Exercise, Instruction, Phase, Position
from coach.library.facts import load_facts
from coach.library.files import check_file, load_exercises, load_routine, routine_ids
from coach.library.routine import Block, Routine
from coach.library.safe_routine import UnsafeError, make_safe
from coach.library.safety import Action, Condition, Limit, Person, judge, load_rules, why_unsafe
from coach.library.safety_words import matches

OSTEOPENIA = Person(Condition.OSTEOPENIA)
EVERYONE = [Person(condition, clinician_agreed=True) for condition in Condition]


def exercise(name: str, *tags: str, **changes: object) -> Exercise:
    base = load_exercises()["external-rotation"]
    return replace(base, id="own", name=name, tags=tags, **changes)  # type: ignore[arg-type]


def routine(*exercises: Exercise, name: str = "Mine") -> Routine:
    return Routine("mine", name, tuple(Block(item, 1, 10) for item in exercises))


def saying(*sentences: str) -> tuple[Instruction, ...]:
    return tuple(Instruction(sentence, "added") for sentence in sentences)


UNSAFE = {
    "toe touches, untagged": routine(exercise("Toe touches")),
    "toe touches, by their text": routine(exercise("Stretch", movement=saying("Reach down and touch your toes."))),
    "sit-ups, untagged": routine(exercise("Sit-ups")),
    "crunches in the routine's name": routine(exercise("Pull"), name="Crunches and more"),
    "a tagged forward fold": routine(exercise("Stretch", "end-range-flexion")),
    "twists": routine(exercise("Russian twist")),
    "a twist in a cue": routine(
        exercise(
            "Pull",
            phases=(Phase("pull", load_exercises()["one-arm-row"].phases[0].breath, 3, ("twist and pull",), "added"),),
        )
    ),
    "a tagged twist": routine(exercise("Turn", "twisting")),
    "jumps": routine(exercise("Star jumps")),
    "jogging on the spot": routine(exercise("Warm-up", setup=saying("Start jogging on the spot."))),
    "a maximum lift": routine(exercise("One-rep max row")),
    "to failure": routine(exercise("Row", movement=saying("Go on to failure."))),
    "a held breath": routine(exercise("Plank", setup=saying("Hold your breath and push."))),
    "a weight from the floor": routine(exercise("Lift", setup=saying("Pick the weight up from the floor."))),
    "good mornings": routine(exercise("Good mornings")),
    "a tagged loaded flexion": routine(exercise("Lift", "loaded-flexion")),
    "leaning far out": routine(exercise("Reach", movement=saying("Lean out as far as you dare."))),
    "not only a twist": routine(exercise("Turn", movement=saying("Don't be afraid to twist."))),
}


@pytest.mark.parametrize("unsafe", UNSAFE.values(), ids=UNSAFE)
@pytest.mark.parametrize("person", EVERYONE, ids=lambda person: person.condition)
def test_an_unsafe_routine_is_refused_for_everyone_with_reason_and_source(unsafe: Routine, person: Person) -> None:
    with pytest.raises(UnsafeError) as caught:
        make_safe(unsafe, person, load_exercises())
    assert caught.value.findings
    assert all(finding.reason and finding.source for finding in caught.value.findings)
    assert caught.value.findings[0].reason in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", routine_ids())
def test_the_shipped_routines_pass_untouched_for_osteopenia(name: str) -> None:
    safe = make_safe(load_routine(name), OSTEOPENIA, load_exercises())
    assert safe.routine == load_routine(name)
    assert safe.changes == safe.warnings == ()


@pytest.mark.parametrize("condition", [Condition.OSTEOPOROSIS, Condition.UNKNOWN])
def test_osteoporosis_warns_at_the_prone_extension_and_the_floor_transfer(condition: Condition) -> None:
    findings = judge(load_routine("spine-strength"), Person(condition))
    assert {(finding.what, finding.tag) for finding in findings} == {
        ("Bird dog", "floor-transfer"),
        ("Back extension", "floor-transfer"),
        ("Back extension", "prone-extension"),
    }
    assert {finding.action for finding in findings} == {Action.WARN}


@pytest.mark.parametrize("name", routine_ids())
def test_a_vertebral_fracture_asks_for_the_clinician_before_any_session(name: str) -> None:
    with pytest.raises(UnsafeError, match="doctor or physiotherapist"):
        make_safe(load_routine(name), Person(Condition.VERTEBRAL_FRACTURE), load_exercises())
    make_safe(load_routine(name), Person(Condition.VERTEBRAL_FRACTURE, clinician_agreed=True), load_exercises())


def test_an_overhead_lift_is_a_warning_or_refused_after_a_fracture() -> None:
    press = routine(exercise("Overhead press"))
    assert make_safe(press, OSTEOPENIA, load_exercises()).warnings
    with pytest.raises(UnsafeError):
        make_safe(press, Person(Condition.VERTEBRAL_FRACTURE, clinician_agreed=True), load_exercises())


def test_poor_balance_needs_something_to_hold_on_to() -> None:
    poor = Person(Condition.OSTEOPENIA, frozenset({Limit.BALANCE}))
    alone = exercise("Heel raise", "balance", equipment=())
    with pytest.raises(UnsafeError, match="sturdy chair"):
        make_safe(routine(alone), poor, load_exercises())
    held = replace(alone, equipment=("chair",))
    assert "chair" in make_safe(routine(held), poor, load_exercises()).warnings[0]
    assert not make_safe(routine(alone), OSTEOPENIA, load_exercises()).warnings


@pytest.mark.parametrize("limit", [Limit.FLOOR, Limit.KNEELING, Limit.WRISTS])
def test_what_a_limit_forbids_is_replaced_or_left_out_with_the_reason(limit: Limit) -> None:
    person = Person(Condition.OSTEOPENIA, frozenset({limit}))
    safe = make_safe(load_routine("spine-strength"), person, load_exercises())
    kept = [block.exercise.id for block in safe.routine.blocks]
    assert "bird-dog" not in kept
    assert kept.count("horizontal-abduction") == 1
    assert all("your profile says" in change for change in safe.changes)
    floor = make_safe(load_routine("floor"), person, load_exercises())
    assert "horizontal-abduction" in [block.exercise.id for block in floor.routine.blocks]


def test_a_position_carries_its_tags_untagged() -> None:
    no_floor = Person(Condition.OSTEOPENIA, frozenset({Limit.FLOOR}))
    for position in (Position.HANDS_AND_KNEES, Position.FACE_DOWN):
        lying = exercise("Lying down", position=position)
        assert [finding.action for finding in judge(routine(lying), no_floor)] == [Action.REPLACE]


def test_an_unsafe_variant_is_dropped_not_the_exercise() -> None:
    block = Block(load_exercises()["back-extension"], 1, 10, harder=exercise("Superman with a twist"))
    safe = make_safe(Routine("mine", "Mine", (block,)), OSTEOPENIA, load_exercises())
    assert safe.routine.blocks[0].harder is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Bend at the hips, not at the waist.",
        "Do not bend from the waist.",
        "No twist: turn as one piece.",
        "Never hold your breath.",
        "Put one dumbbell on a chair, never on the floor.",
        "Breathe out without holding the breath.",
        "Sit up straight.",
        "It straightens a forward slouch.",
        "Lift head and shoulders off the floor.",
        "Reach the arm forward to shoulder height.",
    ],
)
def test_a_sentence_that_says_not_to_gives_nothing_away(sentence: str) -> None:
    assert list(matches(sentence, load_rules().words)) == []


@pytest.mark.parametrize(
    ("sentence", "tag"),
    [
        ("TOE\u2013TOUCHES", "end-range-flexion"),
        ("Don't stop: jump!", "impact"),
        ("Not bad, now twist.", "twisting"),
        ("Bend forward slowly from the waist", "end-range-flexion"),
        ("Rotate your upper torso", "twisting"),
        ("Don\u2019t only pull but twist", "twisting"),
    ],
)
def test_spelling_and_a_stray_not_hide_nothing(sentence: str, tag: str) -> None:
    assert tag in [match.tag for match in matches(sentence, load_rules().words)]


def test_a_bare_name_is_judged_too() -> None:
    finding = why_unsafe("toe-touch")
    assert finding is not None
    assert finding.action is Action.REFUSE
    assert why_unsafe("one-arm-row") is None


def test_every_rule_has_reason_and_a_source_that_exists() -> None:
    for rule in (*load_rules().rules, *load_rules().clinician):
        assert rule.reason
        assert rule.source
        assert (rule.action is Action.REPLACE) == bool(rule.replace_by)
        assert rule.groups <= {"everyone", *Condition, *Limit}
        assert not rule.replace_by or rule.replace_by in load_exercises()
        for named in (part.strip() for part in rule.source.split(";")):
            assert "." not in named or named in load_facts(), named


def test_every_tag_a_file_may_carry_has_a_rule_or_a_limit() -> None:
    assert set(TAGS) <= {rule.tag for rule in load_rules().rules}


def test_what_replaces_is_itself_fine_for_whom_it_serves() -> None:
    for rule in load_rules().rules:
        if rule.action is Action.REPLACE:
            limits = frozenset(Limit(group) for group in rule.groups if group in list(Limit))
            found = next((Condition(group) for group in rule.groups if group in list(Condition)), Condition.OSTEOPENIA)
            other = routine(load_exercises()[rule.replace_by])
            assert not make_safe(other, Person(found, limits, clinician_agreed=True), load_exercises()).changes


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return path


def test_check_refuses_what_is_unsafe_with_its_line_and_reason(tmp_path: Path) -> None:
    block = '[[block]]\nexercise = "bird-dog"\nsets = 1\nreps = 10\n'
    (problem,) = check_file(written(tmp_path, f'# mine\nname = "Sit-ups and more"\n{block}'))
    assert (problem.line, problem.key) == (2, "name")
    assert "sit ups" in problem.message
    assert "bending the spine forward" in problem.message
    assert check_file(written(tmp_path, f'name = "Calm"\n{block}')) == []


def test_check_says_why_there_will_never_be_such_an_exercise(tmp_path: Path) -> None:
    (problem,) = check_file(
        written(tmp_path, 'name = "Mine"\n[[block]]\nexercise = "toe-touch"\nsets = 1\nreps = 10\n')
    )
    assert "bending the spine forward" in problem.message


def test_check_judges_an_exercise_file_by_its_words(tmp_path: Path) -> None:
    shipped = (files.__file__).removesuffix("files.py") + "exercises/external-rotation.toml"
    text = Path(shipped).read_text("utf-8")
    assert check_file(written(tmp_path, text)) == []
    (problem,) = check_file(written(tmp_path, text.replace("External rotation", "Standing twist", 1)))
    assert "a twist of the spine" in problem.message


def test_check_is_for_the_person_of_the_profile(tmp_path: Path) -> None:
    path = written(tmp_path, 'name = "Mine"\n[[block]]\nexercise = "bird-dog"\nsets = 1\nreps = 10\n')
    (problem,) = check_file(path, Person(Condition.VERTEBRAL_FRACTURE))
    assert "clinician_agreed" in problem.message
