"""The sound check: play a chime and a noise burst, ask for a hello, measure what the microphone recorded.

The echo canceller learns the echo's delay and path from broadband noise within a second or two, from speech in three
or four, from a chime never.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from coach.devices.microphone_watch import CLIPPED_FRAMES, FULL, MicrophoneWatch
from coach.devices.port import BLOCK_FRAMES, BLOCK_S, HEARING_FRAMES, Devices
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.endpointing.endpointer import Endpointer
from coach.live.sound_levels import CheckStep, SoundLevels
from coach.playback.workshop import ClipSource
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.earcons import earcon
from coach.sound.mixer import Mixer
from coach.sound.pcm import Pcm, db_of_power, gain_of, mean_power
from coach.sound.room_tone import RoomTone
from coach.timeline.phrases import phrase

QUIET_S, SETTLES_S = 1.5, 0.5
RUSH_S, RUSH_DB = 2.5, -24.0  # a little softer than speech
LISTENS_S = 7.0
SPEECH_DB = -20.0  # RMS of speech in clips, dB of full scale
_SOUNDS = 1e-5  # mean power of what is played, from which it counts as sounding
_HEARD = 0.5  # of the floor's power, from which the echo counts as heard

OnStep = Callable[[CheckStep], None]
"""Called with each step as it begins."""


@dataclass(slots=True)
class _Heard:
    """Powers of 20 ms blocks: of the microphone, of what was played."""

    mic: list[float] = field(default_factory=list)
    played: list[float] = field(default_factory=list)
    clipped: int = 0

    def add(self, mic: Pcm, played: Pcm) -> None:
        self.mic.append(mean_power(mic))
        self.played.append(mean_power(played))
        self.clipped += bool(np.count_nonzero(np.abs(mic.astype(np.int32)) >= FULL) >= CLIPPED_FRAMES)


class SoundCheck:
    """One check on open devices. `run` does all of it."""

    def __init__(self, devices: Devices, clips: ClipSource, headphones: bool = False) -> None:
        """Load the voice detectors. Raises MachineError where they are missing."""
        self._devices, self._clips = devices, clips
        self._mixer = Mixer(tone=RoomTone())
        self._remover, self._endpointer = EchoRemover(headphones), Endpointer()
        self._watch = MicrophoneWatch()
        self._hers: list[Pcm] = []
        self._heard = _Heard()

    def run(self, on_step: OnStep = lambda _: None, skip: Callable[[], bool] = lambda: False) -> SoundLevels | None:
        """Do the check, in real time; return what was found, None where it was skipped."""
        on_step(CheckStep.QUIET)
        floor = self._listen(QUIET_S, skip)
        on_step(CheckStep.COACH)
        coach = self._play(
            (self._say("begin"), earcon("chime"), rush(), self._say("hello"), earcon("ready_prompt")), skip
        )
        removed_db = self._remover.removed_db
        on_step(CheckStep.HELLO)
        hers = self._listen_to_her(skip)
        if floor is None or coach is None or hers is None:
            return None
        return self._levels(floor, coach, hers, removed_db)

    def advise(self, levels: SoundLevels, skip: Callable[[], bool] = lambda: False) -> None:
        """Say the advice."""
        self._play((self._clips.clip(levels.text),), skip)

    def _say(self, key: str) -> Clip:
        return self._clips.clip(phrase(f"sound_check.{key}"))

    def _play(self, clips: tuple[Clip, ...], skip: Callable[[], bool]) -> _Heard | None:
        at = self._mixer.position
        for clip in clips:
            at = self._mixer.place(clip, at) + clip.frames + frames_of(0.3)
        return self._listen((at - self._mixer.position) / RATE_HZ, skip)

    def _listen_to_her(self, skip: Callable[[], bool]) -> _Heard | None:
        """Listen until she has said something, or for so long."""
        heard = self._heard = _Heard()
        self._hers = []
        for _ in range(round(LISTENS_S / BLOCK_S)):
            if skip():
                return None
            self._block()
            if self._hers and not self._endpointer.speaking:
                break
        return heard

    def _listen(self, seconds: float, skip: Callable[[], bool]) -> _Heard | None:
        heard = self._heard = _Heard()
        for _ in range(round(seconds / BLOCK_S)):
            if skip():
                return None
            self._block()
        return heard

    def _block(self) -> None:
        mic, played = self._devices.exchange(self._mixer.block(BLOCK_FRAMES))
        self._devices.changes()
        for at in range(0, len(mic), HEARING_FRAMES):
            near, far = mic[at : at + HEARING_FRAMES], played[at : at + HEARING_FRAMES]
            self._watch.feed(near, far)
            self._heard.add(near, far)
            removed = self._remover.remove(near, far)
            pieces = self._endpointer.feed(removed.detect, removed.listen, self._remover.delay_frames)
            self._hers += [piece.samples for piece in pieces]

    def _levels(self, floor: _Heard, coach: _Heard, hers: _Heard, removed_db: float) -> SoundLevels:
        quiet = float(np.median(floor.mic[round(SETTLES_S / BLOCK_S) :] or floor.mic))
        played, echo = sum(coach.played), sum(coach.mic) - quiet * len(coach.mic)
        sounding = sum(power > _SOUNDS for power in coach.played)
        heard = sounding > 0 and echo > _HEARD * quiet * sounding
        return SoundLevels(
            floor_db=_db(quiet),
            echo_db=_db(echo / played) + SPEECH_DB if heard else None,
            delay_s=self._remover.echo_delay_s if heard else None,
            removed_db=removed_db if heard else None,
            voice_db=_level_of(self._hers),
            clips=hers.clipped > 0,
            echo_clips=coach.clipped > 0,
            muted=self._watch.muted or not any(floor.mic + coach.mic + hers.mic),
        )


def rush() -> Clip:
    """Return noise that swells and dies away, the same on every run: all that a voice has, from 100 to 7,000 Hz."""
    frames = frames_of(RUSH_S)
    spectrum = np.fft.rfft(np.random.default_rng(1).standard_normal(frames))
    hz = np.fft.rfftfreq(frames, 1 / RATE_HZ)
    spectrum *= np.where((hz > 100) & (hz < 7_000), 1 / np.sqrt(np.maximum(hz, 100)), 0)  # pink: white noise hisses
    sound = np.fft.irfft(spectrum, frames) * np.sin(np.linspace(0, np.pi, frames)) ** 0.5
    sound *= gain_of(RUSH_DB) / np.sqrt(np.mean(sound**2))
    return Clip(sound.astype(np.float32))


def _level_of(pieces: list[Pcm]) -> float | None:
    """Return the level of speech: of the louder half of its blocks, for it comes with silence around it."""
    if not pieces:
        return None
    sound = np.concatenate(pieces)
    powers = sorted(mean_power(sound[at : at + HEARING_FRAMES]) for at in range(0, len(sound), HEARING_FRAMES))
    return _db(float(np.mean(powers[len(powers) // 2 :])))


def _db(power: float) -> float:
    return db_of_power(max(power, 1e-12))
