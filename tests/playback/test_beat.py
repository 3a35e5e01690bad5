"""Clicks of a walk as they are played live: found in the sound, to the sample."""

import numpy as np

from coach.devices.port import BLOCK_FRAMES
from coach.library.routine import walk_routine
from coach.library.walk import Walk
from coach.playback.player import Player
from coach.playback.workshop import SilentClips, Workshop
from coach.session.effects import Play, Say
from coach.session.events import SegmentEnded
from coach.sound.clip import RATE_HZ, frames_of
from coach.sound.earcons import earcon
from coach.sound.mixer import Mixer
from coach.timeline.cue import CueKind
from coach.timeline.plan import plan
from coach.timeline.step import Shape

WALK = walk_routine(Walk(20, 110))


class Stage:
    """A player on a real mixer; the voice is silent, so that what sounds is clicks."""

    def __init__(self) -> None:
        self.player = Player(Mixer(), Workshop(SilentClips(), Shape(live=True), threaded=False))
        self.player.set_routine(WALK)
        self.blocks: list[np.ndarray] = []

    def walk(self, seconds: float, then_next: bool = False) -> None:
        for _ in range(round(seconds * RATE_HZ / BLOCK_FRAMES)):
            for event in self.player.due():
                if then_next and isinstance(event, SegmentEnded):
                    self.player.carry_out(Play(plan(WALK)[3]))
            self.blocks.append(self.player.block(BLOCK_FRAMES))

    def clicks(self) -> np.ndarray:
        """Return the frames at which a click begins."""
        sound = np.concatenate(self.blocks).astype(np.float32) / 32_768
        click = earcon("step").samples
        size = 1 << (len(sound) + len(click)).bit_length()
        spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(click, size))
        scores = np.fft.irfft(spectrum, size)[: len(sound)] / float(click @ click)
        found = []
        while (at := int(np.argmax(scores))) >= 0 and scores[at] > 0.8:
            found.append(at)
            scores[max(0, at - 4_000) : at + 4_000] = 0
        return np.array(sorted(found))


def test_live_clicks_are_exactly_on_the_beat() -> None:
    stage = Stage()
    stage.player.carry_out(Play(plan(WALK)[3]))
    stage.walk(20)
    found = stage.clicks()
    ideal = found[0] + np.arange(len(found)) * 60 / 110 * RATE_HZ
    assert len(found) >= 35
    assert np.abs(found - ideal).max() <= 1.0


def test_a_change_of_cadence_keeps_the_beat() -> None:
    stage = Stage()
    stage.player.carry_out(Play(plan(WALK)[3]))
    stage.walk(10.1)
    stage.player.set_routine(walk_routine(Walk(20, 115)))
    step = plan(WALK)[3]
    stage.player.carry_out(Play(type(step)(step.kind, step.position, part=step.part, from_s=10.1)))
    stage.player.carry_out(Say(("A little quicker now: one hundred and fifteen steps a minute.",)))
    stage.walk(10)
    periods = np.diff(stage.clicks()) / RATE_HZ
    assert periods.min() > 60 / 115 - 0.001
    assert periods.max() < 60 / 110 + 0.001


def test_from_one_part_to_the_next_the_beat_is_kept_to_the_sample() -> None:
    stage = Stage()
    ramp = plan(WALK)[2]
    stage.player.carry_out(Play(type(ramp)(ramp.kind, ramp.position, part=ramp.part, from_s=170.0)))
    stage.walk(20, then_next=True)
    cadences = 60 * RATE_HZ / np.diff(stage.clicks())
    assert cadences.min() > 107
    assert cadences.max() < 110.5
    segment = stage.player.segment
    assert segment is not None
    first = next(cue.t for cue in segment.cues if cue.kind is CueKind.EARCON)
    assert frames_of(first) == frames_of(30 / 110)
