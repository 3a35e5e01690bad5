"""Cache a word's views, preprocessed for the models."""

from functools import cached_property

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.augment.views import View, WordAudio, original
from coach.hearing.recognition.models.moonshine import Sound
from coach.hearing.recognition.pitch import pitch_hz


class AugmentedWord:
    """A word in all its views; each is made once, when it is first asked for. Safe to use from several threads."""

    def __init__(self, word: WordAudio, floor_rms: float) -> None:
        self._word, self._floor_rms = word, floor_rms
        self._sounds: dict[View, Sound] = {}

    def sound(self, view: View) -> Sound:
        """Return one view, always the same array: the second model recognizes a sound by its identity."""
        if view in self._sounds:
            return self._sounds[view]
        return self._sounds.setdefault(view, preprocess(view(self._word), self._floor_rms))

    @cached_property
    def pitch_hz(self) -> float | None:
        """Return the pitch of the voice, None where nothing is voiced."""
        return pitch_hz(self._word.samples[self._word.speech])

    @property
    def sound_s(self) -> float:
        """Return how long the original view is, padding included."""
        return len(self.sound(original)) / HEARING_HZ

    @property
    def speech_s(self) -> tuple[float, float]:
        """Return where speech begins and ends in the original view, padding included."""
        return self._word.speech.start / HEARING_HZ + PAD_S, self._word.speech.stop / HEARING_HZ + PAD_S
