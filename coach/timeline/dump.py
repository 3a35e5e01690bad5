"""Write a timeline as text for people, or as JSON. Captions are in `captions`."""

from coach.timeline.captions import lrc, webvtt
from coach.timeline.cue import Cue, CueKind, Segment, SegmentKind, Span, Timeline
from coach.timeline.lay import Measure, seconds
from coach.timeline.numbers import counted, spoken

__all__ = ["as_json", "headline", "lrc", "text", "webvtt"]

_WIDTH = 76
_MARGINS_S = 0.3  # of a phase, before and after its words


def text(timeline: Timeline, measure: Measure | None = None) -> str:
    """Write a timeline line by line; with a measure, beside each sentence of a set how much of its room it takes."""
    lines = [headline(timeline), ""]
    for index, segment in enumerate(timeline.segments, start=1):
        lines.append(_segment_line(index, segment))
        lines += _set_lines(segment, measure) if segment.spans else _told_lines(segment)
    return "\n".join(lines) + "\n"


def headline(timeline: Timeline) -> str:
    """Write what it is and how long: `Spine strength · five exercises, one set of ten · about 26 minutes`."""
    minutes = max(1, round(timeline.length_s / 60))
    return f"{timeline.title} · {_dose(timeline)} · about {minutes} minute{'' if minutes == 1 else 's'}"


def as_json(timeline: Timeline) -> dict[str, object]:
    """Return a timeline in the shape of `show --json`."""
    return {
        "routine": timeline.routine,
        "length_s": seconds(timeline.length_s),
        "segments": [_segment_json(index, segment) for index, segment in enumerate(timeline.segments, start=1)],
    }


def clock(length_s: float) -> str:
    """Write a length as minutes and seconds: `1:04`."""
    minutes, rest = divmod(round(length_s), 60)
    return f"{minutes}:{rest:02}"


def _segment_json(index: int, segment: Segment) -> dict[str, object]:
    return {
        "index": index,
        "kind": segment.kind,
        "title": segment.title,
        "exercise": segment.exercise,
        "side": segment.side,
        "set": segment.set_no,
        "position": segment.position,
        "length_s": round(segment.length_s, 3),
        "cues": [
            {"t": round(cue.t, 3), "kind": cue.kind, "text": cue.text, "phase": cue.phase, "breath": cue.breath}
            for cue in segment.cues
        ],
    }


def _dose(timeline: Timeline) -> str:
    """Say what is done, and in how many sets and reps where they are the same for all; of a walk, its cadence."""
    walked = [segment for segment in timeline.segments if segment.kind is SegmentKind.WALK]
    if walked:
        return walked[len(walked) // 2].title.partition(" · ")[2]
    sets = [segment for segment in timeline.segments if segment.kind is SegmentKind.SET and not segment.balance]
    exercises = counted(len({segment.exercise for segment in sets}), "exercise")
    last = {segment.exercise: segment for segment in sets}
    doses = {(segment.set_no, segment.spans[-1].rep) for segment in last.values() if segment.spans}
    if len(doses) != 1:
        return exercises
    set_no, reps = doses.pop()
    return f"{exercises}, {counted(set_no or 1, 'set')} of {spoken(reps)}"


def _segment_line(index: int, segment: Segment) -> str:
    kind = str(segment.kind).replace("_", " ")
    head = f"{index:3}  {kind}" if segment.title.lower() == kind else f"{index:3}  {kind} · {segment.title}"
    return f"{head:<{_WIDTH}} {clock(segment.length_s):>6}"


def _told_lines(segment: Segment) -> list[str]:
    return [f"{cue.t:10.1f}  {cue.kind:<4} {cue.text}" for cue in segment.cues]


def _set_lines(segment: Segment, measure: Measure | None) -> list[str]:
    first_t = segment.spans[0].t
    before = [cue for cue in segment.cues if cue.t < first_t]
    spoken_before = [f"{cue.t:10.1f}  say  {cue.text}" for cue in before if cue.kind is CueKind.SAY]
    ticks = "   ".join(f"{cue.t:.1f} {cue.text}" for cue in before if cue.kind is CueKind.EARCON)
    return [*spoken_before, f"      {ticks}", *(_span_line(segment, span, measure) for span in segment.spans)]


def _span_line(segment: Segment, span: Span, measure: Measure | None) -> str:
    cues = [cue for cue in segment.cues if span.t <= cue.t < seconds(span.t + span.length_s)]
    earcons = [cue for cue in cues if cue.kind is CueKind.EARCON]
    begins = "+".join(cue.text for cue in earcons if cue.t == span.t)
    inside = [f"{_time(cue.t)} {cue.text}" for cue in earcons if cue.t > span.t]
    pulses = f" · {inside[0]} x {len(inside)}" if inside else ""
    words = next((cue for cue in cues if cue.kind is CueKind.SAY), None)
    line = f"{_time(span.t):>10}  {span.phase:<6} {span.breath:<4} {span.length_s:g} s  {begins:<5}"
    return (line + _words(words, span, measure) + pulses).rstrip()


def _words(cue: Cue | None, span: Span, measure: Measure | None) -> str:
    if cue is None:
        return ""
    room = f"{measure(cue.text):.2f} of {span.length_s - _MARGINS_S:.2f} s" if measure else ""
    return f" say  {cue.text:<34} {room}"


def _time(t: float) -> str:
    """Write a time of the grid in full, but no more decimals than it has."""
    return f"{t:.1f}" if round(t, 1) == t else f"{t:.3f}".rstrip("0")
