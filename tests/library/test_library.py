"""The content: every exercise, every routine, every fact is tested because it is there."""

import pytest

from coach.library.bounds import TAGS
from coach.library.exercise import Avoid, Breath, Exercise, Instruction, Phase, Position, Sides
from coach.library.facts import ADDED, load_facts
from coach.library.files import load_exercises, load_routine, routine_ids

EXERCISES = list(load_exercises().values())
TEMPO = {
    "one-arm-row": [("pull", 3), ("lower", 3)],
    "horizontal-abduction": [("pull", 3), ("hold", 1), ("return", 3)],
    "external-rotation": [("open", 3), ("hold", 1), ("return", 3)],
    "bird-dog": [("leg", 2), ("hold", 3), ("arm", 2), ("hold", 1), ("lower", 3)],
    "back-extension": [("lift", 3), ("hold", 1), ("return", 3)],
    "back-extension-arms": [("lift", 3), ("hold", 1), ("return", 3)],
    "balance-hold": [("lift", 2), ("hold", 10), ("lower", 2)],
    "balance-hold-fingertips": [("lift", 2), ("hold", 10), ("lower", 2)],
    "balance-hold-one-hand": [("lift", 2), ("hold", 10), ("lower", 2)],
    "wall-extension": [("slide", 3), ("hold", 1), ("return", 3)],
}
OURS = ("balance-hold", "balance-hold-fingertips", "balance-hold-one-hand", "wall-extension")
"""The article has none of these."""
each = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)


def instructions(exercise: Exercise) -> list[Instruction]:
    parts = [exercise.setup, exercise.movement, exercise.reminders, exercise.switch, exercise.rest]
    parts += [exercise.way_out, exercise.ending, _unload(exercise)]
    return [exercise.key, *(line for part in parts for line in part)]


def _unload(exercise: Exercise) -> tuple[Instruction, ...]:
    return (exercise.unload.hurts, exercise.unload.faint) if exercise.unload else ()


def sources(exercise: Exercise) -> list[str]:
    named: list[Instruction | Phase | Avoid] = [*instructions(exercise), *exercise.phases, *exercise.avoid]
    return [exercise.target_fact, *(line.fact for line in named)]


def all_spoken(exercise: Exercise) -> list[str]:
    cues = [cue for phase in exercise.phases for cue in phase.cues]
    return [
        *(line.say for line in instructions(exercise)),
        *(avoid.say for avoid in exercise.avoid),
        *cues,
        exercise.lead,
        exercise.easier,
        exercise.harder,
    ]


def test_the_exercises_are_there_in_the_order_they_are_taught() -> None:
    assert list(load_exercises()) == list(TEMPO)


@each
def test_every_instruction_names_a_fact_or_says_added(exercise: Exercise) -> None:
    assert set(sources(exercise)) <= {*load_facts(), ADDED}


@each
def test_every_fact_of_the_exercise_is_in_its_file(exercise: Exercise) -> None:
    if exercise.id in OURS:
        return
    own = {
        "one-arm-row": "row",
        "horizontal-abduction": "abduction",
        "external-rotation": "rotation",
        "bird-dog": "birddog",
        "back-extension": "extension",
        "back-extension-arms": "extension",
    }[exercise.id]
    # How to go further is the harder variant's.
    elsewhere = {"extension.harder"}
    wanted = {fact for fact in load_facts() if fact.startswith(f"{own}.")} - elsewhere
    if exercise.id == "back-extension-arms":
        wanted -= {"extension.lift"}
    assert wanted - set(sources(exercise)) <= set()


def test_the_arms_are_lifted_in_the_harder_back_extension_only() -> None:
    assert "extension.harder" in sources(load_exercises()["back-extension-arms"])
    assert "extension.harder" not in sources(load_exercises()["back-extension"])


@each
def test_tempo_is_the_designs(exercise: Exercise) -> None:
    assert [(phase.name, phase.seconds) for phase in exercise.phases] == TEMPO[exercise.id]


@each
def test_breath_is_out_on_the_effort_and_in_on_the_way_back(exercise: Exercise) -> None:
    assert exercise.phases[0].breath is Breath.OUT
    assert exercise.phases[-1].breath is Breath.IN
    assert all(phase.breath is Breath.FREE for phase in exercise.phases if phase.hold)


@each
def test_breathing_on_is_part_of_every_set_up(exercise: Exercise) -> None:
    assert any("keep breathing" in line.say.lower() for line in exercise.movement)


@each
def test_a_hold_is_spoken_stay_and_nobody_is_told_to_hold_in_a_set(exercise: Exercise) -> None:
    cues = [cue for phase in exercise.phases for cue in phase.cues]
    assert not any("hold" in cue.lower() for cue in cues)
    assert all("stay" in phase.cues or phase.first_only for phase in exercise.phases if phase.hold)


@each
def test_a_step_of_the_set_up_is_one_or_two_short_sentences_with_time_to_do_it(exercise: Exercise) -> None:
    for line in exercise.setup:
        assert len(line.say.split()) <= 18
        assert line.pause_s >= 3


@each
def test_cues_are_longest_first(exercise: Exercise) -> None:
    for phase in exercise.phases:
        assert list(phase.cues) == sorted(phase.cues, key=len, reverse=True)


@each
def test_a_mistake_to_avoid_is_named_in_the_set_up_and_in_a_phase(exercise: Exercise) -> None:
    names = {phase.name for phase in exercise.phases}
    assert any(avoid.when == "setup" for avoid in exercise.avoid)
    assert any(avoid.when in names for avoid in exercise.avoid)
    assert all(avoid.fact.startswith("avoid.") for avoid in exercise.avoid)


@each
def test_there_is_a_way_out_and_a_way_to_rest(exercise: Exercise) -> None:
    assert len(exercise.way_out) >= 3
    assert exercise.rest


@each
def test_a_position_is_left_and_unloaded_in_few_words(exercise: Exercise) -> None:
    assert exercise.ending
    assert exercise.unload is not None
    assert len(exercise.unload.hurts.say.split()) <= 6
    assert not any("stand" in line.say.lower() for line in _unload(exercise))


@each
def test_the_chair_is_no_place_for_the_weight(exercise: Exercise) -> None:
    if "dumbbell" in exercise.equipment:
        assert "table" in exercise.equipment
        assert not any("seat" in line.say for line in instructions(exercise))


@each
def test_sides_are_changed_by_steps_where_there_are_sides(exercise: Exercise) -> None:
    assert bool(exercise.switch) is (exercise.sides is Sides.EACH)


@each
def test_tags_are_known_and_the_floor_is_tagged(exercise: Exercise) -> None:
    assert set(exercise.tags) <= set(TAGS)
    assert ("floor-transfer" in exercise.tags) is (exercise.position is not Position.STANDING)


@each
def test_a_chair_is_needed_on_the_floor(exercise: Exercise) -> None:
    if exercise.position is not Position.STANDING:
        assert {"mat", "chair"} <= set(exercise.equipment)


@each
def test_right_and_left_stand_only_where_a_side_is_worked(exercise: Exercise) -> None:
    if exercise.sides is Sides.NONE:
        assert not any("{" in text for text in all_spoken(exercise))


@each
def test_nothing_is_against_what_to_avoid(exercise: Exercise) -> None:
    for text in all_spoken(exercise):
        assert "touch your toes" not in text
        assert "twist" not in text.lower()
        assert "from the floor" not in text


@each
def test_a_switch_follows_the_facts_order(exercise: Exercise) -> None:
    """Stand tall, lay the weight down, feet together, other hand, other foot forward, hinge again."""
    if exercise.id == "one-arm-row":
        said = " ".join(line.say for line in exercise.switch)
        words = (
            "Come up tall",
            "on the table",
            "feet together",
            "{side} hand",
            "one step forward",
            "hinge at your hips",
        )
        order = [said.index(word) for word in words]
        assert order == sorted(order)


def test_the_routines_are_as_designed() -> None:
    assert set(routine_ids()) == {"spine-strength", "spine-strength-2", "bands", "floor"}
    five = list(TEMPO)[:5]
    doses = {name: [(b.exercise.id, b.sets, b.reps) for b in load_routine(name).blocks] for name in routine_ids()}
    assert doses["spine-strength"] == [(name, 1, 10) for name in five]
    assert doses["spine-strength-2"] == [(name, 2, 12) for name in five]
    assert [name for name, _, _ in doses["bands"]] == five[1:3]
    assert [name for name, _, _ in doses["floor"]] == five[3:]


def test_the_usual_routine_is_listed_first() -> None:
    assert routine_ids()[0] == "spine-strength"


def test_every_shipped_dose_is_in_its_exercises_range() -> None:
    for name in routine_ids():
        for block in load_routine(name).blocks:
            low, high = block.exercise.reps
            assert low <= block.reps <= high


def test_the_back_extension_knows_its_harder_form_and_back() -> None:
    block = load_routine("floor").blocks[1]
    assert block.harder is not None
    assert block.harder.id == "back-extension-arms"
    assert block.easier is None


def test_facts_are_all_there() -> None:
    facts = load_facts()
    assert len(facts) == 56
    assert {"why.osteopenia", "row.pull", "avoid.twist", "disclaimer"} <= set(facts)
    assert all(text.endswith(".") for text in facts.values())
