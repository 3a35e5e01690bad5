"""Every tick and clip of a rendered routine starts within one sample of its time."""

import os

import numpy as np
import pytest

from coach.export.render import blocks
from coach.library.files import load_routine
from coach.sound.pcm import as_float
from coach.speech.choose import open_clips
from coach.timeline.build import build_timeline
from tests.support.placement import find_all


@pytest.mark.slow
def test_every_cue_starts_within_one_sample_of_its_time() -> None:
    clips = open_clips()
    timeline = build_timeline(load_routine(os.environ.get("COACH_ROUTINE", "spine-strength")), clips.measure)
    sound = as_float(np.concatenate(list(blocks(timeline, clips.clip))))
    found = list(find_all(timeline, clips.clip, sound))
    clips.close()
    print(f"{timeline.title}: {timeline.length_s / 60:.1f} minutes rendered, {len(found)} cues looked for")
    print(f"least likeness to its clip: {min(one.likeness for one in found):.3f}")
    assert len(found) > 100
    assert [(one.placement.text, one.error_frames) for one in found if abs(one.error_frames) > 1] == []
