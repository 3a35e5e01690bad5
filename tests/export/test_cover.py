"""A cover is a small picture that every player shows, whatever the title."""

import io

import numpy as np
import pytest

from coach.export.cover import SIDE, cover
from coach.library.files import load_exercises


def picture_of(jpeg: bytes) -> np.ndarray:
    from PIL import Image

    image = Image.open(io.BytesIO(jpeg))
    assert (image.format, image.size, image.mode) == ("JPEG", (SIDE, SIDE), "RGB")
    return np.asarray(image)


@pytest.mark.parametrize("title", ["", "Bands", "Dos à dos 💪 허리", "a\nb", "x" * 500, "word " * 100])
def test_any_title_makes_a_cover_that_car_radios_take(title: str) -> None:
    jpeg = cover(title, ["five exercises", "about 26 minutes"])
    picture_of(jpeg)
    assert len(jpeg) < 60_000


def test_nothing_runs_over_the_edge() -> None:
    image = picture_of(cover("W" * 300, ["five exercises"])).astype(int)
    right = image[:, SIDE - 25 :]
    assert np.abs(right - right[0, 0]).max() < 30


def test_letters_the_type_has_not_lose_their_accents_or_are_left_out() -> None:
    assert cover("Ŝpine 💪") == cover("Spine")


def test_the_figure_of_an_exercise_is_drawn_on_it() -> None:
    figure = load_exercises()["bird-dog"].figure
    with_it, without = (picture_of(cover("Floor", (), each)).astype(int) for each in (figure, None))
    assert (np.abs(with_it - without).max(axis=2) > 60).sum() > 2_000
