"""The segment so far: its pieces in, what was heard of it and what is to be heard out."""

from dataclasses import dataclass, field

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.augment.preprocessing import AugmentedWord
from coach.hearing.recognition.augment.views import WordAudio, alone
from coach.hearing.recognition.scoring.cascade import CascadeResult
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm


@dataclass(slots=True)
class Utterance:
    start_t: float = 0.0
    parts: list[Pcm] = field(default_factory=list)
    next_look_t: float = 0.0
    last_look: Command | None = None
    """The safety word of the last look, None where it saw none."""
    told: bool = False
    """A partial went out: a final must follow, if only to say that it was something else."""
    ahead: tuple[object, CascadeResult | None] = (None, None)
    """Which word was scored as it came before its silence was over."""

    @property
    def waits(self) -> bool:
        """Tell whether a safety word was seen once: the next look decides."""
        return self.last_look is not None and not self.told

    def sounds(self, piece: Piece) -> AugmentedWord:
        """Return the segment up to this piece."""
        word = WordAudio(np.concatenate(self.parts), self._speech(piece))
        if piece.amid_talk:
            word = alone(word)
        return AugmentedWord(word, piece.floor_rms)

    def _speech(self, piece: Piece) -> slice:
        """Return where in the segment's samples somebody speaks."""
        began, ended = piece.speech_start_t - self.start_t, piece.speech_end_t - self.start_t
        return slice(round(began * HEARING_HZ), round(ended * HEARING_HZ))
