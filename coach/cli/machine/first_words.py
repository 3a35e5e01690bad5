"""Make a first session's first words ahead: after set-up nobody waits while a voice loads. For `scripts/setup`."""

import contextlib

from coach.errors import CoachError
from coach.library.files import load_routine
from coach.session.machine import USUAL
from coach.speech.choose import open_clips
from coach.timeline.build import step_texts
from coach.timeline.cue import SegmentKind
from coach.timeline.phrases import phrase
from coach.timeline.plan import plan
from coach.timeline.step import Shape, Step

SOUND_CHECK = ("sound_check.begin", "sound_check.hello")


def first_texts() -> tuple[str, ...]:
    """Return what a first session says first: the sound check, which routine, how her back is, the welcome."""
    routine, live = load_routine(USUAL), Shape(live=True)
    welcome = plan(routine)[0]
    check_in = Step(SegmentKind.CHECK_IN, welcome.position, next_block=0)
    told = (text for step in (check_in, welcome) for text in step_texts(routine, step, live))
    return (*map(phrase, SOUND_CHECK), phrase("session.ask.routine"), *told)


def main() -> None:
    """Make them with the usual voice; where there is none, the session says so itself."""
    with contextlib.suppress(CoachError), contextlib.closing(open_clips(tell=lambda _: None)) as clips:
        clips.prepare(first_texts())


if __name__ == "__main__":
    main()
