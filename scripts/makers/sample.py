"""Make audio/sample.mp3: the first half minute of a set as it sounds in a session."""

from collections.abc import Sequence

import numpy as np

from coach.export.audio_files import write_clip
from coach.export.render import blocks
from coach.export.tags import Tags
from coach.library.files import load_routine
from coach.places import audio_folder
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.pcm import as_float
from coach.speech.choose import open_clips
from coach.timeline.build import build_timeline
from coach.timeline.cue import SegmentKind, Timeline
from scripts.named import options

LENGTH_S, FADE_S = 30.0, 1.0


def main(arguments: Sequence[str]) -> int:
    parser = options("make sample", __doc__)
    parser.add_argument("routine", nargs="?", default="spine-strength", help="whose first set (spine-strength)")
    routine = parser.parse_args(arguments).routine
    clips = open_clips()
    whole = build_timeline(load_routine(routine), clips.measure)
    one_set = next(segment for segment in whole.segments if segment.kind is SegmentKind.SET)
    sound = np.concatenate(list(blocks(Timeline(whole.routine, whole.title, (one_set,)), clips.clip)))
    clips.close()
    piece = as_float(sound[: frames_of(LENGTH_S)])
    piece[-frames_of(FADE_S) :] *= np.linspace(1, 0, frames_of(FADE_S), dtype=np.float32)
    target = audio_folder() / "sample.mp3"
    write_clip(Clip(piece), target, Tags(f"{whole.title}: {one_set.title}", "Coach"))
    print(f"{target}: {len(piece) / RATE_HZ:.0f} s, {target.stat().st_size / 1000:.0f} kB")
    return 0
