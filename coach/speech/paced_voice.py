"""Say every sentence at a rate that can be followed: slower where its words are short, a count in its time."""

from collections.abc import Callable, Sequence

from coach.sound.clip import Clip
from coach.speech.pace import STEP, USUAL_RATE, is_count, slower_rate
from coach.speech.voice import Voice

EDITION = 1
"""Raise it where the rules change: cached clips are then made anew."""
SAME = 0.03  # lengths that differ by less are of one rate
NEARLY = 0.9  # of what was asked for
TRIES = 2  # at a sentence that comes too fast

Tell = Callable[[str], None]


def nobody(_line: str) -> None:
    """Tell nobody: what nobody hears is not found out."""


class PacedVoice:
    """A voice at so many words a minute outside sets. Each engine has a process a rate, or one for all."""

    def __init__(
        self,
        engine: Voice,
        counts_rate: float,
        rate: float = USUAL_RATE,
        tell: Tell = nobody,
        voices: dict[float, Voice] | None = None,
    ) -> None:
        """Pace an engine.

        Args: counts_rate: words a minute at which the counts of a set fit its phases. tell: gets a line, once, where
        the engine has one rate only. voices: by their rate, shared with the same voice at another rate.
        """
        self._engine, self._tell = engine, tell
        self._rate, self._counts_rate = float(rate), max(float(rate), counts_rate)
        self._voices: dict[float, Voice] = {} if voices is None else voices
        self._tried, self._counted = tell is nobody, False

    @property
    def name(self) -> str:
        """Return the engine's name."""
        return self._engine.name

    @property
    def fingerprint(self) -> str:
        """Return all that shapes its clips; asks no worker."""
        rates = " and ".join(self._at(rate).fingerprint for rate in (self._rate, self._counts_rate))
        return f"{rates}, paced {EDITION}"

    def at_rate(self, words_a_minute: float) -> "PacedVoice":
        """Return the same voice at another rate."""
        return PacedVoice(self._engine, self._counts_rate, words_a_minute, self._tell, self._voices)

    def render(self, texts: Sequence[str]) -> list[Clip]:
        """Speak each text into a clip at its own rate. Raises as the engine's `render`."""
        counts = [text for text in texts if is_count(text)]
        others = [text for text in texts if not is_count(text)]
        made = dict(zip(counts, self._at(self._counts_rate).render(counts), strict=True)) if counts else {}
        clips = self._at(self._rate).render(others) if others else []
        self._counted |= bool(counts)
        if others and self._counted:  # else the other rate would need a process of its own, to try it alone
            self._try_rates(others[0], clips[0])
        made |= {text: self._slow_enough(text, clip) for text, clip in zip(others, clips, strict=True)}
        return [made[text] for text in texts]

    def close(self) -> None:
        """End every process; a later clip would start another."""
        for voice in (self._engine, *self._voices.values()):
            voice.close()

    def _at(self, rate: float) -> Voice:
        found = self._voices.get(rate)
        return found or self._voices.setdefault(rate, self._engine.at_rate(rate))

    def _slow_enough(self, text: str, clip: Clip) -> Clip:
        """Return the clip, said again where its words would rush by."""
        rate: float | None = self._rate
        for _ in range(TRIES):
            rate = slower_rate(rate, text, clip.length_s, self._rate) if rate else None
            if rate is None:
                return clip
            clip = self._at(rate).render([text])[0]
        return clip

    def _try_rates(self, text: str, clip: Clip) -> None:
        """Find out, once, whether the engine has more than one rate, and tell where it has not."""
        if self._tried or self._counts_rate < self._rate + STEP:
            return
        self._tried = True
        other = self._at(self._counts_rate).render([text])[0]
        slower = clip.length_s / other.length_s
        if abs(slower - 1) < SAME:
            self._tell(f"the voice {self.name} has only one speed, which can't be changed.")
        elif slower < NEARLY * self._counts_rate / self._rate:
            least = round(self._counts_rate / slower)
            self._tell(f"the voice {self.name} can't speak more slowly than about {least} words a minute.")
