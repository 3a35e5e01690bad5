"""The printable guide: one file, readable by everybody, that moves at the tempo and holds still when asked to."""

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from coach.cli.machine.sayings import said_and_done
from coach.cli.main import main
from coach.figures.guide import HURT, NOW, WHILE_LISTENING, FloorMove, GuideTexts, guide
from coach.figures.svg import COLORS
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.facts import load_facts
from coach.library.files import load_exercises, load_routine, routine_ids
from coach.library.safe_routine import make_safe
from coach.library.safety import Person
from coach.timeline.positions import MOVES

DISCLAIMER = load_facts()["disclaimer"]
BLOCKS = load_routine("spine-strength").blocks
STYLE = Path(str(guide.__globals__["_STYLE"])).read_text("utf-8")


class Elements(HTMLParser):
    """Every element with its attributes, and the text of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, *tags: str) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.found if tag in tags]


def page_of(routine: str) -> str:
    return guide(load_routine(routine), words_of())


def words_of() -> GuideTexts:
    moves = tuple(FloorMove(move.title, move.steps) for move in MOVES.values())
    return GuideTexts(DISCLAIMER, "two or three", moves, said_and_done(load_table()))


@pytest.fixture(scope="module")
def elements() -> Elements:
    return Elements(page_of("spine-strength"))


@pytest.mark.parametrize("routine", routine_ids())
def test_every_exercise_of_a_routine_is_on_its_page(routine: str) -> None:
    text = Elements(page_of(routine)).text
    assert all(block.exercise.name in text for block in load_routine(routine).blocks)


def test_headings_go_down_one_step_at_a_time(elements: Elements) -> None:
    levels = [int(tag[1]) for tag, _ in elements.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_drawing_has_its_words(elements: Elements) -> None:
    drawings = elements.all("svg")
    assert len(drawings) == 3 * (len(BLOCKS) + 1)  # one moving and two still ones, and the harder back extension's
    assert all(drawing["role"] == "img" and len(drawing["aria-label"]) > 40 for drawing in drawings)


def test_the_page_needs_no_other_file_and_runs_nothing(elements: Elements) -> None:
    assert not elements.all("script", "link", "img", "iframe", "object", "embed")
    assert all(link["href"].startswith("#") for link in elements.all("a"))
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert not any(name.startswith("on") for _, attributes in elements.found for name in attributes)


def test_ids_are_there_once_and_every_link_leads_somewhere(elements: Elements) -> None:
    ids = Counter(attributes["id"] for _, attributes in elements.found if "id" in attributes)
    named = [attributes.get("aria-labelledby") or attributes.get("for") for _, attributes in elements.found]
    assert set(ids.values()) == {1}
    assert {link["href"].removeprefix("#") for link in elements.all("a")} <= set(ids)
    assert {name for name in named if name} <= set(ids)


def test_it_tells_the_disclaimer_the_hurt_rule_the_movements_to_avoid_and_every_command(elements: Elements) -> None:
    facts = [text for name, text in load_facts().items() if name.startswith("avoid.")]
    does = [entry.does for entry in load_table().entries]
    assert all(text in elements.text for text in (DISCLAIMER, HURT, *facts, *does))


def test_setup_tempo_breath_and_way_out_of_every_exercise_are_told(elements: Elements) -> None:
    for block in BLOCKS:
        exercise = block.exercise
        sides = {"side": "right", "other": "left", "Side": "Right", "Other": "Left"}
        lines = [line.say.format(**sides) for line in (*exercise.setup, *exercise.way_out)]
        assert all(line in elements.text for line in [*lines, *(avoid.say for avoid in exercise.avoid)])
        assert all(phase.name.capitalize() in elements.text for phase in exercise.phases)
    assert "{" not in elements.text.split("}")[-1]


def test_it_tells_how_often_how_long_to_rest_and_the_ways_down_and_up(elements: Elements) -> None:
    assert "Train two or three times a week" in elements.text
    assert "Rest 60 seconds between exercises" in elements.text
    assert all(step in elements.text for move in MOVES.values() for step in move.steps)


def test_where_nothing_is_done_on_the_floor_there_is_no_way_to_it() -> None:
    assert "Down to the floor" not in page_of("bands")


def test_the_harder_variant_has_its_words(elements: Elements) -> None:
    harder = load_exercises()["back-extension-arms"]
    assert all(line.say.removeprefix(NOW).lower() in elements.text.lower() for line in harder.movement)


def test_there_is_room_for_a_name_and_a_date(elements: Elements) -> None:
    assert [text in elements.text for text in ("Name", "Date", "What you did")] == [True] * 3


def test_what_can_be_said_is_told_only_where_it_is_asked_for() -> None:
    page = guide(load_routine("bands"), replace(words_of(), commands=()))
    assert "What you can say" not in page
    assert "What you can say" in page_of("bands")


def test_cares_of_a_person_are_on_the_page() -> None:
    routine = make_safe(load_routine("spine-strength"), Person(), load_exercises()).routine
    assert routine.cares
    text = Elements(guide(routine, words_of())).text
    assert all(text.count(care.say) == 1 for care in routine.cares)


def test_one_exercise_is_one_exercise() -> None:
    routine = load_routine("bands")
    one = guide(replace(routine, blocks=routine.blocks[:1]), words_of())
    assert "1 exercise," in one
    assert "1 exercises" not in one


def test_nothing_in_print_is_smaller_than_twelve_points() -> None:
    printed = STYLE.split("@media print")[1]
    sizes = [float(size) for size in re.findall(r"font(?:-size)?: ([\d.]+)pt", printed)]
    assert min(sizes) >= 12
    smaller = re.findall(r"font(?:-size)?: (0?\.\d+)(?:rem|em)", STYLE)
    assert smaller == []


def test_a_reader_is_not_told_what_to_do_while_listening(elements: Elements) -> None:
    assert WHILE_LISTENING not in elements.text
    assert NOW not in elements.text
    told = [sum(NOW in line.say for line in exercise.movement) for exercise in load_exercises().values()]
    assert told == [1] * len(told)


def test_text_and_paper_differ_enough_for_weak_eyes() -> None:
    for scheme in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL):
        colors = dict(re.findall(r"--(\w+): (#\w{6})", scheme))
        for ink in ("ink", "quiet", "mark"):
            assert contrast(colors[ink], colors["paper"]) >= 4.5
        assert contrast(colors["ink"], colors["note"]) >= 4.5
    caption = re.search(r"figcaption \{ color: (#\w{6})", STYLE)
    assert caption
    assert contrast(caption[1], "#ffffff") >= 4.5


@pytest.mark.parametrize("ink", [ink for ink in COLORS if ink != "ground"])
def test_every_line_of_a_drawing_stands_out_from_its_white(ink: str) -> None:
    assert contrast({str(name): color for name, color in COLORS.items()}[ink], "#ffffff") >= 3


def contrast(one: str, other: str) -> float:
    """Return the ratio of two colors' luminances, as WCAG 2 defines it."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def run(*arguments: str) -> int:
    try:
        return main(["guide", *arguments])
    except SystemExit as end:
        return int(end.code or 0)


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "guide.html"
    assert run("bands", "-o", str(target), "--reps", "12") == 0
    assert "1 set of 12 reps" in target.read_text("utf-8")
    assert str(target) in capsys.readouterr().out


@pytest.mark.parametrize("name", ["guide.pdf", "guide", "none/guide.html", "."])
def test_a_target_that_can_not_be_is_one_line_and_leaves_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("bands", "-o", str(tmp_path / name)) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
