"""Write a timeline's sentences as WebVTT captions or LRC lyrics."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.timeline.cue import CueKind, Timeline
from coach.timeline.lay import Measure, seconds
from coach.timeline.phrases import one_line

LEAST_S = 0.5
LRC_SURE_S = 100 * 60.0
"""Some players read two digits of minutes. The others want more digits, and no hours: so does ffmpeg's reader."""
_LETTERS_A_SECOND = 14


@dataclass(frozen=True, slots=True)
class Caption:
    t: float
    """Seconds from the routine's start."""
    end_t: float
    text: str


def captions(timeline: Timeline, measure: Measure | None = None) -> tuple[Caption, ...]:
    """Return every sentence with its begin and end; without a measure the end is a guess. They never overlap."""
    told = list(_told(timeline))
    found: list[Caption] = []
    for number, (t, text) in enumerate(told):
        lasts_s = measure(text) if measure else max(LEAST_S, len(text) / _LETTERS_A_SECOND)
        following = told[number + 1][0] if number + 1 < len(told) else timeline.length_s
        found.append(Caption(t, seconds(min(t + lasts_s, max(following, t))), text))
    return tuple(found)


def webvtt(timeline: Timeline, measure: Measure | None = None) -> str:
    """Write WebVTT captions."""
    blocks = [
        f"{_vtt_time(caption.t)} --> {_vtt_time(caption.end_t)}\n{_escaped(one_line(caption.text))}"
        for caption in captions(timeline, measure)
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def lrc(timeline: Timeline) -> str:
    """Write LRC lyrics, which players show beside an MP3."""
    lines = [f"[ti:{one_line(timeline.title)}]", f"[length:{_lrc_time(timeline.length_s)}]"]
    lines += [f"[{_lrc_time(t)}]{one_line(text)}" for t, text in _told(timeline)]
    return "\n".join(lines) + "\n"


def _told(timeline: Timeline) -> Iterator[tuple[float, str]]:
    start_s = 0.0
    for segment in timeline.segments:
        for cue in segment.cues:
            if cue.kind is CueKind.SAY:
                yield seconds(start_s + cue.t), cue.text
        start_s += segment.length_s


def _vtt_time(t: float) -> str:
    millis = round(t * 1000)
    return f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"


def _lrc_time(t: float) -> str:
    hundredths = round(t * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
