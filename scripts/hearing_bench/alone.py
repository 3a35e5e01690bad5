"""The coach alone in a room, nobody else: whatever is taken for a command there is the coach hearing itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from time import process_time

import numpy as np

from coach.export.render import blocks
from coach.hearing.chain import Chain
from coach.hearing.ears import HEARING_HZ, Pcm
from coach.hearing.echo import EchoRemover
from coach.hearing.engine import Engine
from coach.hearing.policy import Context, Policy, decide
from coach.hearing.table import Table
from coach.library.files import load_routine, routine_ids
from coach.session.port import BLOCK_FRAMES
from coach.session.room import Room, RoomSpec
from coach.speech.clips import Clips
from coach.speech.system_voice import DEFAULT_VOICE, SystemVoice
from coach.timeline.build import build_timeline
from coach.timeline.cue import CueKind, Timeline
from coach.timeline.step import Shape
from hearing_bench.coach_talk import BLOCK, Said, words
from hearing_bench.scenes import AWKWARD, ROOMS

VOICES = (DEFAULT_VOICE, "en-gb", "en-us+f3", "en-gb-scotland", "en-us+m5", "en-gb-x-rp+f4")
"""The coach's, the default one first."""
ALL_ROOMS = (*ROOMS, *AWKWARD)


@dataclass(frozen=True, slots=True)
class Turn:
    """One routine, told by one voice in one room."""

    routine: str
    voice: str
    room: RoomSpec
    length_s: float | None
    """At most so much of it; all where None."""


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
    """Yield routines in the default voice and five others, in room after room, until so many hours are full."""
    routines, left_s = cycle(sorted(routine_ids())), 3_600 * hours
    for number, (voice, routine) in enumerate(zip(cycle(VOICES), routines, strict=False)):
        room = ALL_ROOMS[number % len(ALL_ROOMS)]
        told = Turn(routine, voice, replace(room, echo_db=0.0, seed=100 + number), left_s)
        yield told
        left_s -= build_timeline(load_routine(routine), lambda text: 0.07 * len(text), Shape()).length_s
        if left_s <= 0:
            return
        if (number + 1) % len(VOICES) == 0:
            next(routines)  # so that every voice tells every routine


def listen(turn: Turn, engine: Engine, table: Table) -> Alone:
    """Let the coach tell its routine to an empty room."""
    clips = Clips(SystemVoice(turn.voice))
    timeline = build_timeline(load_routine(turn.routine), clips.measure, Shape())
    said, room, chain = _said(timeline, clips), Room(turn.room), Chain(engine, EchoRemover())
    policy, open_here = Policy(table, engine.name), table.open_in(None)
    chain.expect(open_here)
    taken, finals, cost_s, now_s = [], 0, 0.0, 0.0
    for coach in _cut(timeline, clips):
        if turn.length_s is not None and now_s >= turn.length_s:
            break
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
