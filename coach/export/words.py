"""Write the words of a file beside it: NAME.lrc for music players, NAME.vtt for the others."""

from pathlib import Path

from coach.export.target import written_whole
from coach.timeline.captions import lrc, webvtt
from coach.timeline.cue import Timeline
from coach.timeline.lay import Measure


def write_words(timeline: Timeline, measure: Measure, target: Path) -> tuple[Path, Path]:
    """Write every sentence at its time, beside a target; return the two files. Raises InputError, MachineError."""
    lyrics, captions = target.with_suffix(".lrc"), target.with_suffix(".vtt")
    for path, text in ((lyrics, lrc(timeline)), (captions, webvtt(timeline, measure))):
        with written_whole(path) as beside:
            beside.write_text(text, "utf-8", newline="\n")
    return lyrics, captions
