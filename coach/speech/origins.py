"""Where each voice comes from, and under which licence: to be read before what it says is sold or handed out."""

from dataclasses import dataclass

from coach.speech.natural_voice import NATURAL_VOICE


@dataclass(frozen=True, slots=True)
class Origin:
    """A voice's licence and origin."""

    licence: str
    origin: str


NATURAL = Origin("CC0 (its card); the engine GPL-3.0", "Piper's joe, fine-tuned from lessac")
ESPEAK = Origin("GPL-3.0", "eSpeak NG, a formant synthesizer: no recordings")
SYSTEM = Origin("the system's own", "came with this system")

CAUTION = (
    f"the voice {NATURAL_VOICE}: according to its model card its data is CC0, but it was fine-tuned from lessac, whose "
    "corpus restricts commercial voice work. If you want to sell recordings of it, use a different voice: --voice en-us"
)


def origin_of(voice: str) -> Origin:
    """Return where a voice of `coach voices` comes from, by its id: eSpeak's have a family, as `gmw/en-us`."""
    if voice == NATURAL_VOICE:
        return NATURAL
    return ESPEAK if "/" in voice and not voice.startswith(("/", "com.", "HKEY")) else SYSTEM
