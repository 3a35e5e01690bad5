"""A stretch of speech that goes on: what belongs to it, and whether it is over. Places are frames of the stream."""

from dataclasses import dataclass

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import End

HANGOVER = round(0.32 * HEARING_HZ)  # silence that ends a segment: longer than the gaps inside phrases
LONGEST = round(3.0 * HEARING_HZ)  # of speech: no command takes longer
SOFTER_DB = 12.0  # than its loudest chunk: of a word only what is surely speech
SOFT = round(0.06 * HEARING_HZ)  # of a word's beginning and end, which do not rise as its vowel does


@dataclass(slots=True)
class SpeechSegment:
    began: int
    ended: int
    """The end of the last chunk that belongs to it."""
    sent: int
    """Up to here the pieces are out."""
    first: bool = True
    """No piece is out."""
    over: End | None = None
    """TOO_LONG while somebody talks on and no piece comes out any more."""
    bar_db: float | None = None
    """It rises above other talk: only what is louder than this belongs to it."""
    loudest_db: float = 0.0
    """Of its chunks of speech so far."""
    talk_until: int = 0
    """The end of the last chunk of speech, its own or of the talk behind it."""

    def hear(self, level_db: float, end: int, *, sure: bool) -> None:
        """Take a chunk of speech: the segment's own, the talk's behind it, or what only sounds on after a word.

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
