"""Cut into passages, a timeline is still the whole: every sound is there, in its place, and to the bit the same."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.export.joined.key import key_of, length_by
from coach.export.joined.passages import AFTER_FRAMES, LEAD_FRAMES, Passage, Pause, Sound, cut
from coach.export.joined.samples import samples_of
from coach.export.render import Speak, blocks, mixed, placements
from coach.library.files import load_routine
from coach.sound.pcm import as_pcm
from coach.sound.room_tone import RoomTone, table
from coach.timeline.build import build_timeline
from coach.timeline.cue import CueKind
from coach.timeline.step import Shape
from coach.timeline.whole_frames import MP3_FRAME
from tests.support.joined import built, clips, passages, stretches
from tests.support.timelines import short

ROUTINES = ["bands", pytest.param("spine-strength", marks=pytest.mark.slow)]
SHAPES = [Shape(), Shape(pace=0.85, rest_s=15.0), Shape(pace=1.5)]


@pytest.mark.parametrize("name", ROUTINES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_sound_is_in_a_passage_at_its_place_and_ends_in_it(name: str, shape: Shape) -> None:
    timeline = build_timeline(load_routine(name), clips().measure, shape)
    found, at = [], 0
    for each in stretches(timeline):
        if isinstance(each, Passage):
            assert each.frames > 0
            assert all(sound.start >= 0 and sound.end <= each.frames * MP3_FRAME for sound in each.sounds)
            found += [(at + sound.start, sound.kind, sound.text) for sound in each.sounds]
        at += each.frames * MP3_FRAME
    assert at == timeline.samples
    assert found == [(each.frame, each.kind, each.text) for each in placements(timeline)]


def test_rendered_alone_passages_are_to_the_bit_their_parts_of_the_whole(tmp_path: Path) -> None:
    timeline, speak = built(tmp_path, sets=2), clips().clip
    cut = stretches(timeline)
    ends = np.cumsum([each.frames for each in cut]) * MP3_FRAME
    lasts = [int(end) + each.before_period * MP3_FRAME for each, end in zip(cut, ends, strict=True)]
    tone = RoomTone([end for each, end in zip(cut, lasts, strict=True) if not opens_a_pause(each)])
    whole = np.concatenate(list(mixed(placements(timeline), timeline.samples, speak, tone)))
    assert np.array_equal(np.concatenate([sound_of(each, speak) for each in cut]), whole)
    assert np.abs(whole - np.concatenate(list(blocks(timeline, speak)))).max() < 100  # another piece of the same tone


def opens_a_pause(each: Passage | Pause) -> bool:
    return isinstance(each, Passage) and not each.sounds


def sound_of(each: Passage | Pause, speak: Speak) -> np.ndarray:
    if isinstance(each, Passage):
        return np.concatenate(list(samples_of(each, speak)))
    last = -each.before_period * MP3_FRAME
    return as_pcm(table().take(np.arange(last - each.frames * MP3_FRAME, last), mode="wrap"))


def test_a_passage_ends_in_room_tone_and_a_pause_is_nothing_else(tmp_path: Path) -> None:
    for each in passages(built(tmp_path)):
        last = max((sound.end for sound in each.sounds), default=0)
        assert each.frames * MP3_FRAME - last >= AFTER_FRAMES * MP3_FRAME or not each.sounds


@pytest.mark.parametrize("name", ROUTINES)
def test_before_the_first_sound_of_every_later_passage_lie_frames_of_tone_in_it(name: str) -> None:
    _, *later = stretches(build_timeline(load_routine(name), clips().measure))
    starts = [each.sounds[0].start for each in later if isinstance(each, Passage) and each.sounds]
    assert starts
    assert min(starts) >= LEAD_FRAMES * MP3_FRAME


def test_a_sound_that_begins_with_its_segment_takes_over_the_last_tone_of_the_passage_before_it() -> None:
    taken = [
        (before, each)
        for before, each in pairwise(stretches(build_timeline(load_routine("bands"), clips().measure)))
        if isinstance(before, Passage) and isinstance(each, Passage) and each.lead
    ]
    assert taken
    assert all(before.before_period == each.lead == LEAD_FRAMES for before, each in taken)


def test_two_more_reps_and_another_rest_change_only_what_they_change(tmp_path: Path) -> None:
    of_ten = passages(built(tmp_path, sets=2, reps=10))
    more = passages(built(tmp_path, sets=2, reps=12)) - of_ten
    rested = passages(built(tmp_path, sets=2, reps=10, rest_s=45.0)) - of_ten
    seconds = [sum(each.frames for each in every) * MP3_FRAME / 44_100 for every in (of_ten, more, rested)]
    assert seconds[1] < 0.7 * seconds[0]
    assert seconds[2] < 0.3 * seconds[0]


def test_what_does_not_lie_on_the_grid_is_not_cut() -> None:
    assert cut(short(), length_by(clips())) is None


SOUND = Sound(0, CueKind.SAY, "One.", 20_000)
PASSAGE = Passage(40, (SOUND,))


@pytest.mark.parametrize(
    "other",
    [
        replace(PASSAGE, frames=41),
        replace(PASSAGE, before_period=3),
        replace(PASSAGE, lead=2),
        replace(PASSAGE, sounds=(replace(SOUND, start=1),)),
        replace(PASSAGE, sounds=(replace(SOUND, text="Two."),)),
        replace(PASSAGE, sounds=(SOUND, replace(SOUND, start=30_000))),
        replace(PASSAGE, sounds=(replace(SOUND, kind=CueKind.EARCON, text="tick"),)),
    ],
)
def test_what_shapes_a_passage_is_in_its_key(other: Passage) -> None:
    assert key_of(PASSAGE, str.upper) == key_of(replace(PASSAGE), str.upper)
    assert key_of(PASSAGE, str.upper) != key_of(other, str.upper)
    assert key_of(PASSAGE, str.upper) != key_of(PASSAGE, str.lower)
