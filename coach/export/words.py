"""Write the words of a file beside it: NAME.lrc for music players, NAME.vtt for the others."""

from pathlib import Path

from coach.export.target import written_whole
from coach.timeline.captions import LRC_SURE_S, lrc, webvtt
from coach.timeline.cue import Timeline
from coach.timeline.lay import Measure


def write_words(timeline: Timeline, measure: Measure, target: Path) -> tuple[Path, Path]:
    """Write every sentence at its time, beside a target; return the two files. Raises InputError, MachineError."""
    lyrics, captions = target.with_suffix(".lrc"), target.with_suffix(".vtt")
    for path, text in ((lyrics, lrc(timeline)), (captions, webvtt(timeline, measure))):
        with written_whole(path) as beside:
            beside.write_text(text, "utf-8", newline="\n")
    return lyrics, captions


def lyrics_too_long(timeline: Timeline, target: Path) -> str | None:
    """Return what is to be told where some players can't follow the lyrics to their end; None where all can."""
    if timeline.length_s < LRC_SURE_S:
        return None
    lyrics, captions = (target.with_suffix(ending).name for ending in (".lrc", ".vtt"))
    return (
        f"{lyrics} runs past 99 minutes, where some players stop showing lyrics; {captions} works in full everywhere."
    )
