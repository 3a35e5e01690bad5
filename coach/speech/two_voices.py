"""Speak with a preferred voice, and with a fallback where the first can't speak or is not loaded yet."""

from collections.abc import Callable, Iterable

from coach.errors import MachineError
from coach.sound.clip import Clip
from coach.speech.clips import Clips, Progress
from coach.speech.natural_voice import NaturalVoice, UnspeakableError
from coach.speech.process import START_S
from coach.speech.voice import Voice

CATCH_UP = 2  # texts at a time, so that an urgent text does not wait

Tell = Callable[[str], None]
"""Called once, with a line for the user, where the first voice fails."""


class TwoVoices:
    """Clips by one of two voices. The voice that first says a text keeps saying it for the life of this object.

    The second voice says three things: the first words while the first voice is loading, unless the caller is patient;
    texts that the first can't say; and everything once the first has failed. The first voice makes those first words
    later too, for the next session's cache.
    """

    def __init__(self, natural: NaturalVoice, first: Clips, second: Clips, tell: Tell, *, patient: bool) -> None:
        self._natural, self._first, self._second = natural, first, second
        self._tell, self._told = tell, False
        self._patient = patient
        self._gone = False
        self._by_second: set[str] = set()
        self._owed: list[str] = []
        """What the second voice only stood in for."""

    @property
    def voice(self) -> Voice:
        """Return the voice that speaks now."""
        return self._second.voice if self._gone else self._first.voice

    def times_as_fast(self, factor: float) -> "TwoVoices":
        """Return the same two voices at another rate. The first may still be loading: it is waited for."""
        first, second = (clips.times_as_fast(factor) for clips in (self._first, self._second))
        slower = TwoVoices(self._natural, first, second, self._tell, patient=True)
        slower._gone, slower._told = self._gone, self._told
        return slower

    def prepare(self, texts: Iterable[str], progress: Progress | None = None) -> None:
        """Have a clip ready for every text. Raises as the second voice's `render`."""
        wanted = list(dict.fromkeys(texts))
        lacking = [text for text in wanted if not self.ready(text) and text not in self._by_second]
        if lacking and self._loaded():
            self._prepare_by_first(lacking, progress)
        elif lacking:
            self._by_second.update(lacking)
            self._owed += lacking
        self._second.prepare([text for text in wanted if text in self._by_second], progress)

    def measure(self, text: str) -> float:
        """Return the length of a text's clip in seconds, speaking it where it is not known."""
        return self._of(text).measure(text)

    def identity(self, text: str) -> str:
        """Return what tells a text's clip from any other: its voice, the text, its length."""
        return self._of(text).identity(text)

    def clip(self, text: str) -> Clip:
        """Return a text's clip, speaking it where there is none."""
        return self._of(text).clip(text)

    def ready(self, text: str) -> bool:
        """Tell whether `clip` would answer without speaking."""
        return (self._second if text in self._by_second else self._first).ready(text)

    def forget(self) -> None:
        """Let go of the clips that are on disk too."""
        self._first.forget()
        self._second.forget()

    def close(self) -> None:
        """End both voices' workers."""
        self._first.close()
        self._second.close()

    def _of(self, text: str) -> Clips:
        if not self.ready(text):
            self.prepare([text])
        return self._second if text in self._by_second else self._first

    def _loaded(self) -> bool:
        """Wait for the first voice; for the very first words only if patient."""
        if self._gone:
            return False
        try:
            loaded = self._natural.loaded(START_S if self._patient or self._by_second else 0.0)
        except MachineError as error:
            self._give_up(error)
            return False
        if not loaded and self._by_second:
            self._give_up(MachineError("the natural voice takes too long to load"))
        return loaded

    def _prepare_by_first(self, texts: list[str], progress: Progress | None) -> None:
        try:
            try:
                self._first.prepare(texts, progress)
                self._catch_up()
            except UnspeakableError:
                for text in texts:
                    self._prepare_alone(text)
        except MachineError as error:
            self._give_up(error)
            self._by_second.update(text for text in texts if not self._first.ready(text))

    def _catch_up(self) -> None:
        now, self._owed = self._owed[:CATCH_UP], self._owed[CATCH_UP:]
        self._first.prepare(now)

    def _prepare_alone(self, text: str) -> None:
        try:
            self._first.prepare([text])
        except UnspeakableError as error:
            self._by_second.add(text)
            self._say_once(f"{error}; the voice {self._second.voice.name} says it instead.")

    def _give_up(self, error: MachineError) -> None:
        self._gone = True
        self._say_once(f"{error}; carrying on with the voice {self._second.voice.name}.")

    def _say_once(self, line: str) -> None:
        if not self._told:
            self._told = True
            self._tell(line)
