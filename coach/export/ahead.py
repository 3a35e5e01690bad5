"""Speak the sentences a timeline is likely to need before it is built, with several voices at once."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from coach.children import cores
from coach.speech.choose import AnyClips
from coach.speech.clips import Clips
from coach.speech.pace import is_count
from coach.speech.voice import estimate

VOICES = 3  # at once, at most: each waits for its engine, then finishes what it said. Never more than there are cores
PORTION = 8  # clips kept in memory until they are on disk
FEW = 12  # for so few no other voice is started

Progress = Callable[[float, float], None]
Build = Callable[[Callable[[str], float]], object]


def likely_texts(build: Build) -> tuple[str, ...]:
    """Return what a build asks the length of where lengths are estimated: a few less or more than with a voice."""
    asked: dict[str, None] = {}

    def measure(text: str) -> float:
        asked[text] = None
        return estimate(text)

    build(measure)
    return tuple(asked)


def speak_ahead(clips: AnyClips, again: Callable[[], AnyClips], texts: Iterable[str], progress: Progress) -> None:
    """Have clips ready; `again` opens the same voice on the same cache once more. Raises as `Clips.prepare`.

    The natural voice speaks alone: it uses every core by itself.
    """
    missing = [text for text in dict.fromkeys(texts) if not clips.ready(text)]
    if isinstance(clips, Clips) and len(missing) > FEW:
        voices = min(VOICES, cores())
        mine, *shares = _shares(missing, voices)
        with ThreadPoolExecutor(voices) as others:
            helping = [others.submit(_speak_apart, again, share) for share in shares]
            _speak(clips, mine, lambda done, of: progress(done * voices, of * voices))
            for each in helping:
                each.result()
        progress = _quiet
    clips.prepare(missing, progress)  # all, or what no cache kept


def _shares(texts: Sequence[str], voices: int) -> list[list[str]]:
    """Share texts out evenly, each share in their order; the first one has all counts.

    Counts have a rate of their own, and each rate of a voice needs a process.
    """
    counts = {text for text in texts if is_count(text)}
    others, mine = len(texts) - len(counts), max(len(texts) // voices - len(counts), 0)
    shares: list[list[str]] = [[] for _ in range(voices)]
    before = 0
    for text in texts:
        first = text in counts
        if not first:
            before += 1
            first = before * mine // others > (before - 1) * mine // others  # these in even steps
        shares[0 if first else 1 + before % (voices - 1)].append(text)
    return shares


def _quiet(_done: float, _of: float) -> None:
    pass


def _speak_apart(again: Callable[[], AnyClips], texts: list[str]) -> None:
    clips = again()
    try:
        _speak(clips, texts, _quiet)
    finally:
        clips.close()


def _speak(clips: AnyClips, texts: list[str], progress: Progress) -> None:
    """Have clips made, and keep few of them in memory: three voices would keep three times as many as one."""
    for done in range(0, len(texts), PORTION):
        clips.prepare(texts[done : done + PORTION])
        progress(min(done + PORTION, len(texts)), len(texts))
        if isinstance(clips, Clips):
            clips.forget()
