"""Give clips and their lengths for sentences: from memory, else the cache, else the voice."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable

from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.speech.cache import ClipCache
from coach.speech.pace import USUAL_RATE, within_bounds
from coach.speech.voice import Voice

IN_MEMORY_FRAMES = 180 * RATE_HZ  # three minutes of speech: a set and what surrounds it
TOGETHER = 8  # texts in one call: with more, an urgent sentence would wait too long

Progress = Callable[[int, int], None]
"""Called with how many are done, and of how many."""


class Clips:
    """The clips of one voice. Without a cache, all are kept in memory. May be used from several threads."""

    def __init__(self, voice: Voice, cache: ClipCache | None = None, rate: float = USUAL_RATE) -> None:
        """Args: rate: words a minute, as the voice has it."""
        self._voice = voice
        self._cache = cache
        self._rate = rate
        self._frames: dict[str, int] = {}
        self._kept: dict[str, Clip] = {}  # on no disk
        self._recent: OrderedDict[str, Clip] = OrderedDict()  # also on disk
        self._lock = threading.Lock()
        self._speaking = threading.Lock()

    @property
    def voice(self) -> Voice:
        """Return the voice that speaks."""
        return self._voice

    def times_as_fast(self, factor: float) -> "Clips":
        """Return the clips of the same voice at another rate, within the bounds of what can be asked for."""
        rate = within_bounds(self._rate * factor)
        return Clips(self._voice.at_rate(rate), self._cache, rate)

    def prepare(self, texts: Iterable[str], progress: Progress | None = None) -> None:
        """Have a clip ready for every text. Raises as the voice's `render`."""
        missing = [text for text in dict.fromkeys(texts) if self._known_frames(text) is None]
        for done in range(0, len(missing), TOGETHER):
            if progress is not None:
                progress(done, len(missing))
            self._speak(missing[done : done + TOGETHER])
        if progress is not None and missing:
            progress(len(missing), len(missing))

    def measure(self, text: str) -> float:
        """Return the length of a text's clip in seconds, speaking it where it is not known."""
        frames = self._known_frames(text)
        return (self.clip(text).frames if frames is None else frames) / RATE_HZ

    def identity(self, text: str) -> str:
        """Return what tells a text's clip from any other: its voice, the text, its length."""
        return f"{self._voice.fingerprint}\n{text}\n{frames_of(self.measure(text))}"

    def clip(self, text: str) -> Clip:
        """Return a text's clip, speaking it where there is none."""
        return self._made(text) or self._speak([text])[0]

    def ready(self, text: str) -> bool:
        """Tell whether `clip` would answer without speaking."""
        return self._known_frames(text) is not None

    def forget(self) -> None:
        """Let go of the clips that are on disk too."""
        with self._lock:
            self._recent.clear()

    def close(self) -> None:
        """End the voice's worker."""
        self._voice.close()

    def _known_frames(self, text: str) -> int | None:
        with self._lock:
            frames = self._frames.get(text)
        if frames is None and self._cache is not None:
            frames = self._cache.frames(self._key(text))
            if frames is not None:
                with self._lock:
                    self._frames[text] = frames
        return frames

    def _in_memory(self, text: str) -> Clip | None:
        with self._lock:
            if text in self._recent:
                self._recent.move_to_end(text)
            return self._kept.get(text) or self._recent.get(text)

    def _on_disk(self, text: str) -> Clip | None:
        clip = None if self._cache is None else self._cache.get(self._key(text))
        if clip is not None:
            self._remember(text, clip, on_disk=True)
        return clip

    def _made(self, text: str) -> Clip | None:
        return self._in_memory(text) or self._on_disk(text)

    def _speak(self, texts: list[str]) -> list[Clip]:
        """Synthesize clips, once: a second caller waits and finds them made."""
        with self._speaking:
            made = {text: self._made(text) for text in texts}
            missing = [text for text, clip in made.items() if clip is None]
            for text, clip in zip(missing, self._voice.render(missing), strict=True):
                on_disk = self._cache is not None and self._cache.put(self._key(text), clip)
                kept = self._kept_by_another(text, clip) if on_disk else clip
                self._remember(text, kept, on_disk)
                made[text] = kept
            return [clip for clip in made.values() if clip is not None]

    def _kept_by_another(self, text: str, clip: Clip) -> Clip:
        """Return the clip that is on the disk, where another process was a moment sooner; else this one."""
        assert self._cache is not None
        key = self._key(text)
        return clip if self._cache.frames(key) in (None, clip.frames) else self._cache.get(key) or clip

    def _remember(self, text: str, clip: Clip, on_disk: bool) -> None:
        with self._lock:
            self._frames[text] = clip.frames
            if not on_disk:
                self._kept[text] = clip
                return
            self._recent[text] = clip
            held = sum(known.frames for known in self._recent.values())
            while held > IN_MEMORY_FRAMES and len(self._recent) > 1:
                held -= self._recent.popitem(last=False)[1].frames

    def _key(self, text: str) -> str:
        assert self._cache is not None
        return self._cache.key(self._voice.fingerprint, text)
