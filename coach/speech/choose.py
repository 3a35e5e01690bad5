"""Choose the voice: the one asked for, else the natural one where it is installed, else the system's."""

from coach.errors import InputError
from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.speech.finishing import PIPELINE
from coach.speech.natural_voice import MODULES, NATURAL_VOICE, REMEDY, NaturalVoice, missing_parts
from coach.speech.natural_voice import WORDS_A_MINUTE as NATURAL_COUNTS
from coach.speech.pace import USUAL_RATE
from coach.speech.paced_voice import EDITION, PacedVoice
from coach.speech.system_voice import DEFAULT_VOICE, SystemVoice
from coach.speech.system_voice import WORDS_A_MINUTE as SYSTEM_COUNTS
from coach.speech.two_voices import Tell, TwoVoices

AnyClips = Clips | TwoVoices


def usual_voice() -> str:
    """Return the name of the voice that speaks when none is asked for."""
    return DEFAULT_VOICE if missing_parts() else NATURAL_VOICE


def open_clips(
    voice: str | None = None,
    rate: float = USUAL_RATE,
    *,
    tell: Tell = print,
    patient: bool = True,
    cache: ClipCache | None = None,
) -> AnyClips:
    """Open the clips of a voice of this machine, at so many words a minute, kept in a cache (None: the user's).

    Live, `patient` is false: first words that are in no cache don't wait for the natural voice. `tell` gets a line,
    once, where that voice fails. Raises InputError where it is asked for by name and is not installed.
    """
    missing, cache = missing_parts(), cache or ClipCache()
    if cache.renewed(f"{PIPELINE}, {EDITION}"):
        tell("the clips kept here are from an earlier version of the coach; they'll be made again, just this once.")
    if voice == NATURAL_VOICE and missing:
        raise InputError(f"the natural voice {voice} is missing {' and '.join(missing)}; {REMEDY}")
    if voice is None and 0 < len(missing) < len(MODULES):
        lost = " and ".join(missing)
        tell(f"the natural voice is missing {lost}, so the voice {DEFAULT_VOICE} is used instead; {REMEDY}.")
    if voice not in (None, NATURAL_VOICE) or missing:
        return Clips(_system(voice or DEFAULT_VOICE, rate, tell), cache, rate)
    natural = NaturalVoice(nice=not patient)
    if not patient:
        natural.warm()
    first = Clips(PacedVoice(natural, NATURAL_COUNTS, rate), cache, rate)
    return TwoVoices(natural, first, Clips(_system(DEFAULT_VOICE, rate, tell), cache, rate), tell, patient=patient)


def _system(voice: str, rate: float, tell: Tell) -> PacedVoice:
    return PacedVoice(SystemVoice(voice), SYSTEM_COUNTS, rate, tell)
