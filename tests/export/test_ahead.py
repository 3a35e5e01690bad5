"""Sentences are spoken ahead by several voices, each once, and only those that are likely to be asked for."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from coach.errors import MachineError
from coach.export.ahead import FEW, likely_texts, speak_ahead
from coach.export.order import spoken_timeline
from coach.library.files import load_routine
from coach.sound.clip import Clip
from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.timeline.build import build_timeline
from coach.timeline.cue import CueKind, Timeline
from coach.timeline.step import Shape
from tests.support.fakes import ToneVoice

TEXTS = [f"Sentence {number}." for number in range(3 * FEW)]


def test_every_text_is_spoken_once_and_is_then_ready(tmp_path: Path) -> None:
    voices: list[ToneVoice] = []

    def opened() -> Clips:
        voices.append(ToneVoice())
        return Clips(voices[-1], ClipCache(tmp_path))

    clips = opened()
    steps: list[tuple[float, float]] = []
    speak_ahead(clips, opened, [*TEXTS, *TEXTS], lambda done, of: steps.append((done, of)))
    assert sorted(text for voice in voices for text in voice.spoken) == sorted(TEXTS)
    assert len(voices) > 1
    assert all(voice.closed for voice in voices[1:])
    assert all(map(clips.ready, TEXTS))
    assert steps == sorted(steps)


def test_one_voice_says_all_counts_and_as_much_as_the_others(tmp_path: Path) -> None:
    counts, voices = ["One.", "Two.", "Three. Pull up.", "Twenty-one."], list[ToneVoice]()

    def opened() -> Clips:
        voices.append(ToneVoice())
        return Clips(voices[-1], ClipCache(tmp_path))

    speak_ahead(opened(), opened, [*TEXTS, *counts], lambda _done, _of: None)
    assert set(counts) <= set(voices[0].spoken)
    sizes = [len(voice.spoken) for voice in voices]
    assert max(sizes) - min(sizes) <= 1


def test_a_few_texts_start_no_other_voice(tmp_path: Path) -> None:
    clips = Clips(ToneVoice(), ClipCache(tmp_path))
    speak_ahead(clips, lambda: pytest.fail("another voice"), TEXTS[:FEW], lambda _done, _of: None)
    assert all(map(clips.ready, TEXTS[:FEW]))


def test_without_a_disk_the_first_voice_says_all(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    clips = Clips(ToneVoice(), ClipCache(tmp_path / "file"))
    speak_ahead(clips, lambda: Clips(ToneVoice(), ClipCache(tmp_path / "file")), TEXTS, lambda _done, _of: None)
    assert all(map(clips.ready, TEXTS))


def test_a_voice_that_fails_is_heard_of(tmp_path: Path) -> None:
    class Mute(ToneVoice):
        def render(self, texts: Sequence[str]) -> list[Clip]:
            raise MachineError(f"no voice for {len(texts)} texts")

    with pytest.raises(MachineError, match="no voice"):
        speak_ahead(Clips(ToneVoice(), ClipCache(tmp_path)), lambda: Clips(Mute()), TEXTS, lambda _done, _of: None)


def test_what_is_spoken_so_far_is_handed_on_a_few_times_while_the_rest_is_spoken(tmp_path: Path) -> None:
    def opened() -> Clips:
        return Clips(ToneVoice(), ClipCache(tmp_path / "clips"))

    routine, clips = tmp_path / "tiny.toml", opened()
    routine.write_text('name = "Tiny"\n[[block]]\nexercise = "external-rotation"\nsets = 1\nreps = 1\n')
    lacking: list[int] = []

    def lacks(planned: Timeline) -> None:
        said = {cue.text for each in planned.segments for cue in each.cues if cue.kind is CueKind.SAY}
        lacking.append(sum(not clips.ready(text) for text in said))

    spoken_timeline(load_routine(str(routine)), Shape(), clips, opened, lambda _done, _of: None, lacks)
    assert 1 < len(lacking) < 6
    assert lacking == sorted(lacking, reverse=True)
    assert lacking[0] > lacking[-1]


@pytest.mark.slow
def test_with_estimated_lengths_a_build_asks_for_nearly_what_it_asks_with_a_voice() -> None:
    build = partial(build_timeline, load_routine("bands"))
    clips = Clips(ToneVoice())  # exactly as long as estimated
    build(clips.measure)
    assert isinstance(clips.voice, ToneVoice)
    assert set(clips.voice.spoken) == set(likely_texts(build))
