"""The coach alone in a room, nobody else: whatever is taken for a command there is the coach hearing itself."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from time import process_time

import numpy as np

from coach.devices.port import BLOCK_FRAMES
from coach.export.render import blocks
from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import Engine
from coach.hearing.vocabulary.phrase_table import Table
from coach.library.files import load_routine, routine_ids
from coach.rehearsal.room import Room, RoomSpec
from coach.session.state import State
from coach.sound.pcm import Pcm
from coach.speech.clips import Clips
from coach.speech.system_voice import DEFAULT_VOICE, SystemVoice
from coach.timeline.build import build_timeline
from coach.timeline.cue import CueKind, Timeline
from coach.timeline.step import Shape
from scripts.benches.hearing.coach_talk import BLOCK, Said, words
from scripts.benches.hearing.moments import BenchMoment
from scripts.benches.hearing.scenes import AWKWARD, ROOMS

VOICES = (DEFAULT_VOICE, "en-gb", "en-us+f3", "en-gb-scotland", "en-us+m5", "en-gb-x-rp+f4")
"""The coach's, the default one first."""
ALL_ROOMS = (*ROOMS, *AWKWARD)
_SHORTEST_S = 45.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One routine, told by one voice in one room."""

    routine: str
    voice: str
    room: RoomSpec
    length_s: float
    """At most so much of it."""
    start: int
    """The segment to begin with, counted round."""


@dataclass(frozen=True, slots=True)
class Alone:
    turn: Turn
    stream_s: float
    cost_s: float
    taken: tuple[tuple[float, str, str], ...]
    """When, which command, what was understood."""
    speech_heard: int
    """Finals of any kind: what came through the echo removal as somebody's words."""


def turns(hours: float) -> Iterator[Turn]:
    """Yield parts of every routine in every voice, in room after room, until so many hours are full."""
    routines, total_s = sorted(routine_ids()), 3_600 * hours
    each_s = max(_SHORTEST_S, total_s / (len(VOICES) * len(routines)))
    for number in range(max(1, round(total_s / each_s))):
        room = replace(ALL_ROOMS[number % len(ALL_ROOMS)], echo_db=0.0, seed=100 + number)
        routine = routines[number % len(routines)]
        voice = VOICES[(number + number // len(VOICES)) % len(VOICES)]
        yield Turn(routine, voice, room, each_s, start=7 * number)


def listen(turn: Turn, engine: Engine, table: Table) -> Alone:
    """Let the coach tell its routine to an empty room."""
    clips = Clips(SystemVoice(turn.voice))
    timeline = _from(build_timeline(load_routine(turn.routine), clips.measure, Shape()), turn.start)
    said, room, chain = _said(timeline, clips), Room(turn.room), Chain(engine, EchoRemover())
    policy, ends = Policy(table, engine.thresholds), list(accumulate(each.length_s for each in timeline.segments))
    opened = [BenchMoment(State.PLAYING, each.kind).open() for each in timeline.segments]
    taken, finals, cost_s, now_s = [], 0, 0.0, 0.0
    for coach in _cut(timeline, clips):
        if now_s >= turn.length_s:
            break
        open_here = opened[min(bisect(ends, now_s), len(ends) - 1)]
        chain.expect(open_here)
        mic = room.hear(coach, np.zeros(BLOCK, np.int16))
        began = process_time()
        heard_now = chain.hear(mic, room.played)
        cost_s += process_time() - began
        now_s += BLOCK / HEARING_HZ
        for heard in heard_now:
            finals += not heard.partial
            recent = tuple(each for each in said if now_s - 10 < each[2] and each[1] < now_s)
            speaking = any(start < heard.word_end_t and heard.word_start_t < end for _, start, end in recent)
            context = Context(open_here, coach_speaking=speaking, coach_words=words(recent))
            policy, verdict = decide(policy, heard, context, now_s)
            if verdict.accepted and not verdict.confirms:
                taken.append((round(now_s, 1), str(verdict.command), heard.text))
    clips.close()
    return Alone(turn, round(now_s, 1), round(cost_s, 2), tuple(taken), finals)


def _from(timeline: Timeline, start: int) -> Timeline:
    at = start % len(timeline.segments)
    return replace(timeline, segments=timeline.segments[at:] + timeline.segments[:at])


def _said(timeline: Timeline, clips: Clips) -> Sequence[Said]:
    found, start_s = [], 0.0
    for segment in timeline.segments:
        for cue in segment.cues:
            if cue.kind is CueKind.SAY:
                at = start_s + cue.t
                found.append((cue.text, at, at + clips.measure(cue.text)))
        start_s += segment.length_s
    return found


def _cut(timeline: Timeline, clips: Clips) -> Iterator[Pcm]:
    """Yield the routine in whole blocks of 20 ms."""
    for block in blocks(timeline, clips.clip, BLOCK_FRAMES):
        if len(block) == BLOCK_FRAMES:
            yield block
