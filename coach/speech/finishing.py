"""Finish a synthesized clip: trim it, bring it to the coach's rate and loudness. The same for every voice."""

from coach.sound.clip import RATE_HZ, Clip
from coach.sound.loudness import SPEECH_LUFS, normalized, trimmed
from coach.sound.pcm import Samples, round_in_place
from coach.sound.resample import resample

PIPELINE = 2  # raise it when trimming, loudness, resampling or the rate change: cached clips are then made anew


def finished(samples: Samples, rate_hz: int) -> Clip:
    """Trim, bring to 44.1 kHz and one loudness, and round to 16 bits as the cache does: new and cached are the same."""
    sound = resample(trimmed(samples, rate_hz), rate_hz, RATE_HZ)
    samples = normalized(sound, SPEECH_LUFS)
    round_in_place(samples)
    samples.setflags(write=False)
    return Clip(samples)
