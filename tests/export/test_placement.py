"""In the rendered sound every tick and clip starts within one sample of its time."""

import numpy as np
import pytest

from coach.export.listening import LEAST_LIKENESS
from coach.export.render import Placement, blocks, placements
from coach.library.files import load_routine, routine_ids
from coach.sound.clip import RATE_HZ
from coach.speech.clips import Clips
from coach.timeline.build import build_timeline
from coach.timeline.cue import CueKind, Timeline
from tests.support.fakes import ToneVoice
from tests.support.placement import find, find_all
from tests.support.timelines import short


def rendered(timeline: Timeline, clips: Clips, block_frames: int = RATE_HZ) -> np.ndarray:
    return np.concatenate(list(blocks(timeline, clips.clip, block_frames))).astype(np.float32) / 32768


def test_every_cue_of_a_timeline_is_at_its_time() -> None:
    clips, timeline = Clips(ToneVoice()), short(5)
    found = list(find_all(timeline, clips.clip, rendered(timeline, clips)))
    assert len(found) == 2 + 5 * 8 + 1
    assert max(abs(one.error_frames) for one in found) == 0
    assert min(one.likeness for one in found) > 0.9


def test_a_cue_goes_to_the_nearest_sample_from_its_segments_first() -> None:
    """Never a sum of seconds: a segment sounds the same wherever it stands."""
    frames = [placement.frame for placement in placements(short(5))]
    starts = [round(3.217 * RATE_HZ) + n * round(8.333 * RATE_HZ) for n in range(5)]
    in_a_set = [round(at * RATE_HZ) for at in (1, 2, 3, 4.001, 4.151, 6.334, 6.484, 7.999)]
    assert frames[:-1] == [0, round(1.503 * RATE_HZ), *(start + at for start in starts for at in in_a_set)]


def shortest_alone_is_quick(name: str) -> object:
    return pytest.param(name, marks=[] if name == "bands" else [pytest.mark.slow])


@pytest.mark.parametrize("name", [shortest_alone_is_quick(name) for name in routine_ids()])
def test_every_cue_of_a_shipped_routine_is_at_its_time(name: str) -> None:
    clips = Clips(ToneVoice())
    timeline = build_timeline(load_routine(name), clips.measure)
    found = list(find_all(timeline, clips.clip, rendered(timeline, clips)))
    assert len(found) == sum(len(segment.cues) for segment in timeline.segments)
    assert max(abs(one.error_frames) for one in found) <= 1
    # At zero the bell and the sign of the first phase are heard together.
    at_zero = {one.placement.frame for one in found if one.placement.text == "begin"}
    together = [one.likeness for one in found if one.placement.frame in at_zero]
    assert min(one.likeness for one in found if one.placement.frame not in at_zero) > 0.9
    assert min(together, default=1.0) > LEAST_LIKENESS


def test_the_sound_is_as_long_as_the_timeline_whatever_the_blocks() -> None:
    clips, timeline = Clips(ToneVoice()), short()
    whole = rendered(timeline, clips)
    assert len(whole) == round(timeline.length_s * RATE_HZ)
    assert np.array_equal(rendered(timeline, clips, 882), whole)


def test_a_cue_that_is_late_is_found_late() -> None:
    clip = Clips(ToneVoice()).clip("One.")
    sound = np.concatenate([np.zeros(1_000, np.float32), clip.samples, np.zeros(9_000, np.float32)])
    for planned in (0, 995, 1_000, 2_200):
        found = find(Placement(planned, CueKind.SAY, "One."), clip, sound)
        assert found.error_frames == 1_000 - planned


def test_a_cue_that_is_missing_is_like_nothing() -> None:
    clip = Clips(ToneVoice()).clip("One.")
    sound = np.random.default_rng(0).normal(0, 0.1, 50_000).astype(np.float32)
    assert find(Placement(20_000, CueKind.SAY, "One."), clip, sound).likeness < 0.2
