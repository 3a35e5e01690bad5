"""How names sound: synthetic voices say each of them, so that the ears have heard it before. Kept in the clip cache."""

import contextlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from coach.errors import CoachError
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.vocabulary.normal import normal
from coach.sound.clip import RATE_HZ
from coach.sound.pcm import Samples, as_pcm
from coach.sound.resample import resample
from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.speech.system_voice import SystemVoice

VOICES = (
    "en-029", "en-029+m4", "en-gb+m1", "en-gb-scotland+f1", "en-gb-scotland+m6", "en-gb-x-gbclan+m4", "en-us+f4",
    "en-us+m8", "en-us-nyc+m2",
)  # fmt: skip
"""No bench of hearing listens to them."""
RATES = (125, 165)
AT_ONCE = 4
SOFT = 0.02
"""Of the loudest: less is before or behind the word."""

Sounds = tuple[tuple[str, tuple[bytes, ...]], ...]


def sounds_of(names: Iterable[str]) -> Sounds:
    """Return each name in its normal form with its sounds; none where this machine lacks one of the voices."""
    wanted, speakers = tuple(names), [(voice, rate) for voice in VOICES for rate in RATES]
    try:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            said = list(pool.map(lambda who: _said(who[0], who[1], wanted), speakers))
    except CoachError:
        return ()
    return tuple((normal(name), tuple(each[at] for each in said)) for at, name in enumerate(wanted))


def _said(voice: str, rate: int, names: tuple[str, ...]) -> tuple[bytes, ...]:
    with contextlib.closing(Clips(SystemVoice(voice, rate), ClipCache())) as clips:
        clips.prepare(names)
        return tuple(_word(clips.clip(name).samples) for name in names)


def _word(samples: Samples) -> bytes:
    """Return a clip at 16 kHz, as loud as somebody speaks, without what is before and behind the word."""
    sound = resample(np.asarray(samples, np.float32), RATE_HZ, HEARING_HZ)
    loud = np.flatnonzero(np.abs(sound) > SOFT * np.abs(sound).max())
    return as_pcm(0.5 * sound[loud[0] : loud[-1] + 1]).tobytes()
