"""Write MP3 files of one voice by joining passages: what `export` and the tracks use of this folder."""

import contextlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from coach.errors import MachineError
from coach.export.fingerprint import fingerprint_by, packed
from coach.export.id3 import id3
from coach.export.joined.cache import FrameCache
from coach.export.joined.join import needed, write_joined
from coach.export.joined.key import SpokenClips, length_by
from coach.export.joined.maker import Maker
from coach.export.joined.passages import Passage, Stretch, cut
from coach.export.tags import Mark, Tags
from coach.sound.clip import frames_of
from coach.speech.voice import estimate
from coach.timeline.cue import SAMPLES_HZ, CueKind, Timeline
from coach.timeline.whole_frames import MP3_FRAME


class Joining:
    """Joins files of one voice from what a cache holds, and encodes what it lacks."""

    def __init__(self, speaker: SpokenClips, cache: FrameCache, encoders: int = 1) -> None:
        """Args: encoders: how many work at a time."""
        self._speaker, self._length_of = speaker, length_by(speaker)
        self._maker = Maker(speaker, cache, encoders)

    def begin(self, planned: Timeline) -> None:
        """Encode meanwhile what is spoken already of a timeline in which the other sentences' lengths are estimates."""
        ready, known = cache(self._speaker.ready), self._length_of

        @cache
        def length_of(kind: CueKind, text: str) -> int:
            return frames_of(estimate(text)) if kind is CueKind.SAY and not ready(text) else known(kind, text)

        found = dict.fromkeys(cut(planned, length_of) or ())
        with contextlib.suppress(MachineError):  # `write` will meet it again
            self._maker.begin(each for each in found if isinstance(each, Passage) and _is_spoken(each, ready))

    def cut(self, timeline: Timeline) -> tuple[Stretch, ...] | None:
        """Cut a timeline; None where it can only be encoded as a whole."""
        return cut(timeline, self._length_of)

    def write(
        self,
        path: Path,
        timeline: Timeline,
        stretches: Sequence[Stretch],
        tags: Tags,
        chapters: tuple[Mark, ...],
        progress: Callable[[float], None] = lambda _: None,
    ) -> None:
        """Write a timeline that was cut, with its chapters and what proves it; `progress` gets the seconds done.

        Raises OSError, MachineError.
        """
        passages = needed(stretches)
        frames, done = sum(passage.frames for passage in passages), 0

        def ready(more: int) -> None:
            nonlocal done
            done += more
            progress(timeline.length_s * done / frames)

        self._maker.have(passages, ready)
        proof = packed(fingerprint_by(timeline, self._maker.print_of, music=False, chapters=chapters))
        write_joined(path, stretches, self._maker, id3(tags, chapters, proof))

    def close(self) -> None:
        """End what was begun, and keep the cache within its limit."""
        self._maker.close()


def _is_spoken(passage: Passage, ready: Callable[[str], bool]) -> bool:
    said = [sound.text for sound in passage.sounds if sound.kind is CueKind.SAY]
    return bool(said) and all(map(ready, said))


def seams(stretches: Sequence[Stretch]) -> tuple[float, ...]:
    """Return when each stretch but the first begins, in seconds."""
    at, found = 0, []
    for each in stretches[:-1]:
        at += each.frames
        found.append(at * MP3_FRAME / SAMPLES_HZ)
    return tuple(found)
