"""The terminal's picture: whole in every window, the count at least half of it, the question in its own words."""

from collections.abc import Iterator
from functools import cache

import pytest

from coach.cli.session.layout import HEARD_S, Style, laid_out
from coach.screen.state import HeardWords, ScreenState
from coach.timeline.phrases import phrase
from tests.screen.moments import MOMENTS, Onstage

WINDOWS = [(40, 15), (60, 20), (80, 24), (200, 55)]
ODD_WINDOWS = [(1, 1), (10, 3), (20, 6), (300, 10), (30, 90)]


class Terminal(Onstage):
    """A session led to a moment, as the terminal gets it."""

    @property
    def state(self) -> ScreenState:
        return self.screen.presenter.state


@cache
def state_at(name: str) -> ScreenState:
    routine, lead = MOMENTS[name]
    shown = Terminal(routine)
    try:
        lead(shown)
        return shown.state
    finally:
        shown.screen.close()


def texts(state: ScreenState, columns: int, rows: int, later_s: float = 0.1) -> list[str]:
    began_s = max((part.began_s for part in (state.captions, state.heard, state.bar) if part), default=0.0)
    return [row.text for row in laid_out(state, began_s + later_s, columns, rows)]


@pytest.mark.parametrize("size", WINDOWS + ODD_WINDOWS, ids=str)
@pytest.mark.parametrize("name", MOMENTS)
def test_it_fits_its_window(name: str, size: tuple[int, int]) -> None:
    lines = texts(state_at(name), *size)
    assert len(lines) == size[1]
    assert max(map(len, lines)) <= size[0]


def blocks(state: ScreenState, columns: int, rows: int) -> Iterator[str]:
    yield from (text for text in texts(state, columns, rows) if any(block in text for block in "█▀▄"))


@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("name", ["set", "rep-ten", "rest"])
def test_the_count_is_at_least_half_of_the_height(name: str, size: tuple[int, int]) -> None:
    assert len(list(blocks(state_at(name), *size))) >= size[1] / 2


@pytest.mark.parametrize("size", WINDOWS, ids=str)
@pytest.mark.parametrize("name", ["set", "rest", "question", "move"])
def test_what_is_said_and_the_keys_are_whole(name: str, size: tuple[int, int]) -> None:
    state = state_at(name)
    lines = texts(state, *size)
    said = state.question or (state.captions.parts[0][0] if state.captions else "")
    assert said in " ".join(line.strip() for line in lines)
    assert lines[-1].strip()
    assert "…" not in "".join(lines)


@pytest.mark.parametrize("size", WINDOWS, ids=str)
def test_a_question_is_asked_in_its_own_words_with_its_keys(size: tuple[int, int]) -> None:
    lines = texts(state_at("question"), *size)
    assert phrase("session.ask.end") in " ".join(line.strip() for line in lines)
    assert "y yes" in lines[-1]
    assert "n no" in lines[-1]


@pytest.mark.parametrize("size", WINDOWS, ids=str)
def test_every_routine_has_its_key(size: tuple[int, int]) -> None:
    assert [key in texts(state_at("routine"), *size)[-1] for key in "1234"] == [True] * 4


@pytest.mark.parametrize("size", WINDOWS, ids=str)
def test_a_move_has_its_figure(size: tuple[int, int]) -> None:
    dots = [line for line in texts(state_at("move"), *size) if any("\u2800" < letter <= "\u28ff" for letter in line)]
    assert len(dots) >= size[1] / 2


def test_what_was_heard_goes_after_five_seconds() -> None:
    state = ScreenState(title="Rest", words="Rest", heard=HeardWords(10.0, "repeat", taken=True))
    assert 'heard "repeat"' in texts(state, 60, 20, HEARD_S - 0.1)
    assert 'heard "repeat"' not in texts(state, 60, 20, HEARD_S + 0.1)


def test_what_was_not_taken_says_so() -> None:
    state = ScreenState(heard=HeardWords(0.0, "pose", taken=False))
    found = next(row for row in laid_out(state, 0.1, 60, 20) if "pose" in row.text)
    assert (found.text, found.style) == ('heard "pose": not acted on', Style.MISSED)
