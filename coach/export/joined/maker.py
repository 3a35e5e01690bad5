"""Have passages encoded: found in the cache, else made side by side on the cores there are.

What another process is encoding is waited for.
"""

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from coach.errors import CoachError
from coach.export.fingerprint import Print, print_of
from coach.export.joined.cache import FrameCache
from coach.export.joined.encoding import QuitError, encoded
from coach.export.joined.entry import CachedPassage
from coach.export.joined.key import SpokenClips, key_of
from coach.export.joined.passages import Passage
from coach.export.render import clip_of
from coach.timeline.cue import CueKind

PORTION_FRAMES = 1_500
"""Of MP3, 40 s: for one start of ffmpeg. More would leave a core idle at the end."""
LOOK_S = 0.05

Ready = Callable[[int], None]
"""Called with how many more MP3 frames are ready."""
_Named = tuple[str, Passage]


def _nobody(_frames: int) -> None:
    """Tell nobody that passages are ready."""


class Maker:
    """The encoded passages of one export. What no disk takes is kept in memory."""

    def __init__(self, speaker: SpokenClips, cache_: FrameCache, encoders: int) -> None:
        """Args: encoders: how many work at a time."""
        self._speaker, self._cache, self._encoders = speaker, cache_, encoders
        self._identity = cache(speaker.identity)
        self._keys: dict[Passage, str] = {}
        self._kept: dict[str, CachedPassage] = {}
        self._prints: dict[tuple[CueKind, str], Print] = {}
        self._lock = threading.RLock()
        self._early = deque[_Named]()
        self._early_seen: set[str] = set()
        self._early_work: threading.Thread | None = None
        self._quit = threading.Event()

    def begin(self, passages: Iterable[Passage]) -> None:
        """Encode these with one encoder meanwhile, until `have` is called. Raises MachineError without ffmpeg."""
        for passage in passages:
            key = self._key(passage)
            if key not in self._early_seen:
                self._early_seen.add(key)
                self._early.append((key, passage))
        if self._early and (self._early_work is None or not self._early_work.is_alive()):
            self._early_work = threading.Thread(target=self._work_early, name="early encoder", daemon=True)
            self._early_work.start()

    def have(self, passages: Iterable[Passage], ready: Ready = lambda _: None) -> None:
        """Have every passage encoded. Raises MachineError where ffmpeg can't."""
        with self._lock:
            self._early.clear()  # what is being encoded is found as another's work
        named = {self._key(passage): passage for passage in passages}
        missing = deque[_Named]()
        for key, passage in named.items():
            if self._known(key):
                ready(passage.frames)
            else:
                missing.append((key, passage))
        while missing:
            elsewhere = self._encode_side_by_side(missing, ready)
            while elsewhere and not missing:
                missing = self._left_undone(elsewhere, ready)
                if elsewhere and not missing:
                    time.sleep(LOOK_S)

    def frames(self, passage: Passage) -> bytes:
        """Return a passage's frames and the one after them, encoding them anew where they are lost."""
        key = self._key(passage)
        kept = self._kept.get(key)
        found = kept.frames if kept else self._cache.frames(key)
        if found is None:
            (found,) = encoded([passage], self._speaker.clip, threading.Event())
            self._cache.put(key, CachedPassage(self._prints_in(passage), found))
        return found

    def print_of(self, kind: CueKind, text: str) -> Print:
        """Return a clip's print, from the cache where it is known from there."""
        with self._lock:
            found = self._prints.get((kind, text))
        if found is None:
            found = print_of(kind, text, clip_of(kind, text, self._speaker.clip))
            with self._lock:
                self._prints[kind, text] = found
        return found

    def close(self) -> None:
        """End what was begun, and keep the cache within its limit."""
        self._quit.set()
        if self._early_work is not None:
            self._early_work.join()
        self._cache.trim()

    def _key(self, passage: Passage) -> str:
        if passage not in self._keys:
            self._keys[passage] = key_of(passage, self._identity)
        return self._keys[passage]

    def _known(self, key: str) -> bool:
        if key in self._kept:
            return True
        found = self._cache.prints(key)
        with self._lock:
            self._prints.update(((clip.kind, clip.text), clip) for clip in found or ())
        return found is not None

    def _work_early(self) -> None:
        with contextlib.suppress(QuitError, CoachError, OSError):  # whoever needs it meets that again, and tells it
            while portion := self._portion(self._early, deque(), _nobody):
                self._encode(portion, self._quit, _nobody)

    def _encode_side_by_side(self, missing: "deque[_Named]", ready: Ready) -> "deque[_Named]":
        """Encode all that nobody else has claimed; return what others have."""
        elsewhere, quit_ = deque[_Named](), threading.Event()

        def work() -> None:
            try:
                while portion := self._portion(missing, elsewhere, ready):
                    self._encode(portion, quit_, ready)
            except QuitError:
                pass
            except BaseException:
                quit_.set()
                raise

        with ThreadPoolExecutor(self._encoders) as others:
            working = [others.submit(work) for _ in range(self._encoders)]
            try:
                for each in working:
                    each.result()
            finally:
                quit_.set()  # of no effect where all is done
        return elsewhere

    def _portion(self, missing: "deque[_Named]", elsewhere: "deque[_Named]", ready: Ready) -> list[_Named]:
        """Take the next passages that nobody has claimed, and claim them."""
        taken: list[_Named] = []
        with self._lock:
            while missing and sum(passage.frames for _, passage in taken) < PORTION_FRAMES:
                key, passage = missing.popleft()
                if not self._cache.claim(key):
                    elsewhere.append((key, passage))
                elif self._known(key):  # another has just made it
                    self._cache.release(key)
                    ready(passage.frames)
                else:
                    taken.append((key, passage))
        return taken

    def _encode(self, portion: Sequence[_Named], quit_: threading.Event, ready: Ready) -> None:
        try:
            found = encoded([passage for _, passage in portion], self._speaker.clip, quit_)
            for (key, passage), frames in zip(portion, found, strict=True):
                entry = CachedPassage(self._prints_in(passage), frames)
                if not self._cache.put(key, entry):
                    self._kept[key] = entry
                with self._lock:
                    ready(passage.frames)
        finally:
            for key, _ in portion:
                self._cache.release(key)
            self._speaker.forget()  # most are said in no other portion

    def _prints_in(self, passage: Passage) -> tuple[Print, ...]:
        clips = dict.fromkeys((sound.kind, sound.text) for sound in passage.sounds)
        return tuple(self.print_of(*each) for each in clips)

    def _left_undone(self, elsewhere: "deque[_Named]", ready: Ready) -> "deque[_Named]":
        """Take from what others have claimed what is there now; return what they gave up."""
        given_up = deque[_Named]()
        for _ in range(len(elsewhere)):
            key, passage = elsewhere.popleft()
            if self._known(key):
                ready(passage.frames)
            elif self._cache.claim(key):
                self._cache.release(key)
                given_up.append((key, passage))
            else:
                elsewhere.append((key, passage))
        return given_up
