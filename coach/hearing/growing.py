"""The segment so far: its pieces in, its sound as each view shows it out, ready for the models."""

from dataclasses import dataclass, field

import numpy as np

from coach.hearing.commands import Command
from coach.hearing.ears import HEARING_HZ, Pcm
from coach.hearing.engine import Piece
from coach.hearing.moonshine_model import Sound
from coach.hearing.scoring import Scores
from coach.hearing.views import View, Word, alone

PAD_S = 0.25  # of noise floor on each side: the model wants silence around a word, but never digital zero
PEAK = 0.5
_NOISE = np.random.default_rng(16_000).standard_normal(4 * HEARING_HZ).astype(np.float32)  # the same in every run


class Sounds:
    """What was said, as each view shows it: made once, where one asks for it."""

    def __init__(self, word: Word, floor_rms: float) -> None:
        self._word, self._floor_rms = word, floor_rms
        self._made: dict[View, Sound] = {}

    def __call__(self, view: View) -> Sound:
        if view in self._made:
            return self._made[view]
        # From whichever thread came first, for a model knows a sound that it heard before by its identity.
        return self._made.setdefault(view, prepare(view(self._word), self._floor_rms))

    @property
    def speech_s(self) -> tuple[float, float]:
        """Where somebody speaks in the sound as it came."""
        return self._word.speech.start / HEARING_HZ + PAD_S, self._word.speech.stop / HEARING_HZ + PAD_S


@dataclass(slots=True)
class Growing:
    start_t: float = 0.0
    parts: list[Pcm] = field(default_factory=list)
    next_look_t: float = 0.0
    last_look: Command | None = None
    """The safety word of the last look, None where it saw none."""
    told: bool = False
    """A partial went out: a final must follow, if only to say that it was something else."""
    ahead: tuple[object, Scores | None] = (None, None)
    """Which word was scored before its silence was over, and its scores where it is clear."""

    @property
    def waits(self) -> bool:
        """Tell whether a safety word was seen once: the next look decides."""
        return self.last_look is not None and not self.told

    def sounds(self, piece: Piece) -> Sounds:
        """Return the segment up to this piece."""
        word = Word(np.concatenate(self.parts), self._speech(piece))
        if piece.amid_talk:
            word = alone(word)
        return Sounds(word, piece.floor_rms)

    def _speech(self, piece: Piece) -> slice:
        """Return where in the segment's samples somebody speaks."""
        began, ended = piece.speech_start_t - self.start_t, piece.speech_end_t - self.start_t
        return slice(round(began * HEARING_HZ), round(ended * HEARING_HZ))


def prepare(samples: Pcm, floor_rms: float) -> Sound:
    """Make a segment ready for the model: noise floor around it, never digital zero in it, one level."""
    pad = round(PAD_S * HEARING_HZ)
    sound = np.pad(samples.astype(np.float32), pad)
    noise = np.resize(_NOISE, len(sound)) * np.float32(floor_rms)
    noise[pad:-pad] *= 0.1  # inside it only breaks up digital zero
    sound += noise
    leveled: Sound = sound * np.float32(PEAK / max(1.0, float(np.abs(sound).max())))
    return leveled
