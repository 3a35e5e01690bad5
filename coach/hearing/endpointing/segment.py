"""A speech segment as it grows: which chunks belong to it, and whether it is over. Places are frames of the stream."""

from dataclasses import dataclass

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import End

HANGOVER = round(0.32 * HEARING_HZ)  # silence that ends a segment: longer than the gaps inside phrases
LONGEST = round(3.0 * HEARING_HZ)  # of speech: no command takes longer
SOFTER_DB = 12.0  # below the loudest chunk, only what is surely speech still belongs to the word
SOFT = round(0.06 * HEARING_HZ)  # a word's soft beginning and end, which do not rise above talk as its vowel does


@dataclass(slots=True)
class SpeechSegment:
    """A segment that is open, or talk that has been given up."""

    began: int
    ended: int
    """The end of the last chunk that belongs to it."""
    sent: int
    """The pieces so far reach up to here."""
    first: bool = True
    """No piece has been cut yet."""
    over: End | None = None
    """TOO_LONG while somebody talks on: no more pieces are cut."""
    bar_db: float | None = None
    """It rises above other talk: only what is louder than this belongs to it."""
    loudest_db: float = 0.0
    """Of its chunks of speech so far."""
    talk_until: int = 0
    """The end of the last chunk of speech, its own or of the talk behind it."""

    def hear(self, level_db: float, end: int, *, sure: bool) -> None:
        """Take a chunk of speech: the segment's own, the background talk's, or sound that lingers after a word.

        Args: sure: it is speech, however soft.
        """
        self.talk_until = end
        self.loudest_db = max(self.loudest_db, level_db)
        loud = sure or level_db > self.loudest_db - SOFTER_DB
        if loud and (self.bar_db is None or level_db > self.bar_db):
            self.ended = end

    def silent_at(self, end: int) -> bool:
        """Tell whether nothing has belonged to it for so long that it is over."""
        return end - self.ended >= HANGOVER

    @property
    def too_long(self) -> bool:
        """Tell whether it is longer than any command."""
        return self.ended - self.began > LONGEST

    @property
    def speech(self) -> tuple[int, int]:
        """Return where its words begin and end."""
        soft = 0 if self.bar_db is None else SOFT
        return self.began - soft, self.ended + soft

    def talk_behind(self, now: int) -> "SpeechSegment | None":
        """Return the talk that it rose above, given up; None where there is only silence now."""
        if now - self.talk_until >= HANGOVER // 2:
            return None
        return SpeechSegment(self.began, self.talk_until, now, over=End.TOO_LONG)
