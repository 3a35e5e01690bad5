"""The clips of a voice one likes to hear, and of one that is always there where the first can't speak, or not yet."""

import time
from collections.abc import Callable, Iterable

from coach.errors import MachineError
from coach.sound.clip import Clip
from coach.speech.clips import Clips, Progress
from coach.speech.natural_voice import NaturalVoice, UnspeakableError
from coach.speech.process import START_S
from coach.speech.voice import Voice

PATIENCE_S = 1.8  # for the first words; then the other voice says them, so that they come within four seconds

Tell = Callable[[str], None]
"""Called once, with a line for the user, where the first voice fails."""


class TwoVoices:
    """Clips as `Clips` makes them, each by one of two voices. A segment is prepared, measured and taken by one thread.

    The second voice stands in for the first words while the first voice loads, for a text that the first can't say,
    and for everything once the first does not work.
    """

    def __init__(
        self, natural: NaturalVoice, first: Clips, second: Clips, tell: Tell, patience_s: float = PATIENCE_S
    ) -> None:
        self._natural, self._first, self._second = natural, first, second
        self._tell, self._told = tell, False
        self._patient_until = time.monotonic() + patience_s
        self._gone = False
        self._by_second: set[str] = set()
        """Texts that the second voice says for now."""
        self._unspeakable: set[str] = set()

    @property
    def voice(self) -> Voice:
        return self._second.voice if self._gone else self._first.voice

    def prepare(self, texts: Iterable[str], progress: Progress | None = None) -> None:
        """Have a clip ready for every text. Raises as the second voice's `render`."""
        wanted = [text for text in dict.fromkeys(texts) if text not in self._unspeakable]
        if all(map(self._first.ready, wanted)) or self._first_speaks():
            self._by_second.difference_update(wanted)
            self._prepare_by_first(wanted, progress)
        else:
            self._by_second.update(text for text in wanted if not self._first.ready(text))
        lacking = [text for text in texts if self._is_seconds(text)]
        self._second.prepare(lacking, progress)

    def measure(self, text: str) -> float:
        """Return the length of a text's clip in seconds, speaking it where it is not known."""
        return self._of(text).measure(text)

    def clip(self, text: str) -> Clip:
        """Return a text's clip, speaking it where there is none."""
        return self._of(text).clip(text)

    def ready(self, text: str) -> bool:
        """Tell whether `clip` would answer without speaking."""
        return self._first.ready(text) or (self._is_seconds(text) and self._second.ready(text))

    def close(self) -> None:
        """End both voices' workers."""
        self._first.close()
        self._second.close()

    def _of(self, text: str) -> Clips:
        if not self._is_seconds(text) and not self._first.ready(text):
            self.prepare([text])
        return self._second if self._is_seconds(text) else self._first

    def _is_seconds(self, text: str) -> bool:
        return text in self._by_second or text in self._unspeakable

    def _first_speaks(self) -> bool:
        """Wait for the first voice: for the first words not long, then as long as it may take to load."""
        if self._gone:
            return False
        waiting_s = START_S if self._by_second else max(0.0, self._patient_until - time.monotonic())
        try:
            return self._natural.loaded(waiting_s)
        except MachineError as error:
            self._give_up(error)
            return False

    def _prepare_by_first(self, texts: list[str], progress: Progress | None) -> None:
        try:
            try:
                self._first.prepare(texts, progress)
            except UnspeakableError:
                for text in texts:
                    self._prepare_alone(text)
        except MachineError as error:
            self._give_up(error)
            self._by_second.update(text for text in texts if not self._first.ready(text))

    def _prepare_alone(self, text: str) -> None:
        try:
            self._first.prepare([text])
        except UnspeakableError as error:
            self._unspeakable.add(text)
            self._say_once(f"{error}; the voice {self._second.voice.name} says it.")

    def _give_up(self, error: MachineError) -> None:
        self._gone = True
        self._say_once(f"{error}; going on with the voice {self._second.voice.name}.")

    def _say_once(self, line: str) -> None:
        if not self._told:
            self._told = True
            self._tell(line)
