"""A voice that is not the coach's, at the rate that its engine is told."""

from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.speech.system_voice import SystemVoice


def clips_of(voice: str, engine_rate: int) -> Clips:
    return Clips(SystemVoice(voice, engine_rate), ClipCache())
