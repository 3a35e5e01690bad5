"""Collect an utterance while it goes on, and remember what was seen in it."""

from dataclasses import dataclass, field

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.augment.augmented_word import AugmentedWord
from coach.hearing.recognition.augment.views import WordAudio, trim
from coach.hearing.recognition.scoring.cascade import CascadeResult
from coach.hearing.recognition.spotting.spotter import SpottedSegment
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm, gain_of, rms

CLEAR_OF_NOISE_DB = 20.0
"""Of the whole speech above the noise floor: rooms have 25 to 35, a loud kitchen 10 to 16."""


@dataclass(slots=True)
class Utterance:
    """One segment in progress."""

    start_t: float = 0.0
    parts: list[Pcm] = field(default_factory=list)
    next_look_t: float = 0.0
    last_look: Command | None = None
    """The safety word of the last look, None if it saw none."""
    reported: bool = False
    """A partial was reported, so a final must follow, if only to say that it was something else."""
    spotted: SpottedSegment | None = None
    """What the keyword spotter remembers of it."""
    early_result: tuple[object, CascadeResult | None] = (None, None)
    """A word scored before its silence was over: what identifies it, and its result."""

    @property
    def awaits_second_look(self) -> bool:
        """Tell whether one look saw a safety word, so that the next decides."""
        return self.last_look is not None and not self.reported

    def word(self, piece: Piece) -> AugmentedWord:
        """Return the word up to this piece."""
        word = WordAudio(np.concatenate(self.parts), self._speech(piece))
        if piece.amid_talk:
            word = trim(word)
        return AugmentedWord(word, piece.floor_rms)

    def is_clear_of_noise(self, piece: Piece) -> bool:
        """Tell whether the speech up to this piece stands so far above the noise floor that it is heard undisturbed."""
        speech = np.concatenate(self.parts)[self._speech(piece)]
        return rms(speech) >= piece.floor_rms * gain_of(CLEAR_OF_NOISE_DB)

    def _speech(self, piece: Piece) -> slice:
        """Return where in the samples somebody speaks."""
        start, end = piece.speech_start_t - self.start_t, piece.speech_end_t - self.start_t
        return slice(round(start * HEARING_HZ), round(end * HEARING_HZ))
