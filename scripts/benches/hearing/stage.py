"""One stretch of a scene: a room, the coach, her words one after the other, through the whole chain and the policy.

The loop is closed as in the session: what she says makes the coach step back. What is missed over the coach she says
once more.
Without a pace a stage is as fast as the machine and the same each time; at real time, with the ears in their process,
its times hold the work as well. Charged, each block's processor time passes before the next is heard: what one thread
without neighbours would take.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic, process_time, sleep

import numpy as np

from coach.hearing.policy.policy import Policy, decide
from coach.hearing.policy.verdict import Context
from coach.hearing.ports.ears import HEARING_HZ, Ears
from coach.hearing.vocabulary.phrase_table import Table
from coach.live.barge_in import misunderstood
from coach.rehearsal.acoustics import Convolver
from coach.rehearsal.room import VOICE_DB, Room, RoomSpec
from coach.session.transitions import answers_to
from coach.sound.pcm import Pcm, gain_of
from coach.sound.reverberation import impulse_response
from scripts.benches.hearing.coach_talk import BLOCK, Coach, Talk, words
from scripts.benches.hearing.moments import ANY, IN_A_SET, when_said
from scripts.benches.hearing.scenes import TALKER_DB, TALKER_M
from scripts.benches.hearing.trials import Judged, TrialOutcome, outcome
from scripts.benches.hearing.utterances import BenchUtterance

FIRST_S = 3.0
"""The coach talks so long before her first word; then she waits between these."""
GAPS_S = (0.5, 1.1)
WAITS_S = 1.3
"""So long after her last word something may still come of it: more than the latest that is allowed."""
_QUIET = np.zeros(BLOCK, np.int16)


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Everything that one run of a stage is made of, to be sent to another process."""

    scene: str
    part: str
    """What is said: `voices`, `remarks`, `words`, `talk`."""
    room: RoomSpec
    said: tuple[BenchUtterance, ...]
    seed: int
    coach: Talk | None = None
    talker: Pcm | None = None

    @property
    def where(self) -> str:
        room = self.room
        odd = " drift" * bool(room.drift_ppm) + " jump" * bool(room.jump_s) + " driven" * bool(room.drive)
        return f"{room.reverberation_s} s, {room.distance_m} m, {1000 * room.echo_delay_s:.0f} ms{odd}"


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a stretch."""

    scene: str
    part: str
    outcomes: tuple[TrialOutcome, ...]
    strays: tuple[str, ...]
    """Commands acted on while she said nothing."""
    stream_s: float
    cost_s: float
    """Processor time of listening alone."""


class HearingStage:
    def __init__(
        self,
        stretch: Stretch,
        ears: Ears,
        table: Table,
        *,
        real_time: bool = False,
        charged: bool = False,
        scored: Callable[[], int] = lambda: 0,
    ) -> None:
        """Set a stage: `ears` that have heard nothing yet, and the table that theirs was made of.

        Args: charged: the processor time of hearing passes too. scored: tells how many sounds a model has scored.
        """
        self._stretch = stretch
        self._chance = random.Random(stretch.seed)
        self._room = Room(stretch.room)
        self._coach = Coach(stretch.coach, self._chance.random())
        self._ears = ears
        self._began = monotonic() if real_time else None
        self._charged, self._scored = charged, scored
        self._busy_until_s = 0.0
        self._policy = Policy(table, ears.thresholds)
        self._context = Context(IN_A_SET.open())
        self._blocks = 0
        self._cost_s = 0.0
        self._judged: list[Judged] = []
        self._strays: list[str] = []
        response = impulse_response(
            stretch.room.reverberation_s, TALKER_M, np.random.default_rng(stretch.seed), HEARING_HZ
        )
        self._talker = Convolver(response * np.float32(gain_of(VOICE_DB + TALKER_DB)), BLOCK)
        self._talker_at = self._chance.randrange(len(stretch.talker)) if stretch.talker is not None else 0

    @property
    def _now_s(self) -> float:
        return self._blocks * BLOCK / HEARING_HZ

    def play(self) -> Played:
        """Let her say everything; return what came of it."""
        stretch = self._stretch
        self._pass(FIRST_S if stretch.coach or stretch.talker is not None else 1.0)
        outcomes = []
        for utterance in stretch.said:
            first = self._said(utterance)
            if first.result == "missed" and stretch.coach is not None:
                first = replace(first, second=self._said(utterance).result)
            outcomes.append(first)
        self._end_gap()
        return Played(
            stretch.scene, stretch.part, tuple(outcomes), tuple(self._strays), self._now_s, round(self._cost_s, 3)
        )

    def _said(self, utterance: BenchUtterance) -> TrialOutcome:
        self._context = self._moment(utterance)
        self._ears.expect(self._context.open)
        self._pass(self._chance.uniform(*GAPS_S))
        self._end_gap()
        if utterance.asked_s is not None:
            self._context = replace(self._context, answers_from=self._now_s + utterance.asked_s)
        end_s, scored = self._now_s + utterance.end_s, self._scored()
        for at in range(0, len(utterance.samples), BLOCK):
            self._tick(utterance.samples[at : at + BLOCK])
        self._pass(end_s + WAITS_S - self._now_s)
        judged, self._judged = self._judged, []
        return replace(outcome(utterance, end_s, judged, self._stretch.where), scores=self._scored() - scored)

    def _moment(self, utterance: BenchUtterance) -> Context:
        if utterance.moment is not None:
            moment = utterance.moment
        elif utterance.command is not None:
            moment = when_said(utterance.command, utterance.names_routine)
        else:
            moment = ANY[self._stretch.seed % len(ANY)]
        question = moment.question
        return Context(moment.open(), question=question.value if question else None, answers=answers_to(question))

    def _end_gap(self) -> None:
        """Count what was acted on while nobody had said anything."""
        self._strays += [v.command.value for _, _, v in self._judged if v.accepted and not v.confirms and v.command]
        self._judged = []

    def _pass(self, seconds: float) -> None:
        for _ in range(round(seconds * HEARING_HZ / BLOCK)):
            self._tick(_QUIET)

    def _tick(self, hers: Pcm) -> None:
        """Let everything sound for 20 ms, and hear it."""
        hers = np.concatenate((hers, _QUIET[len(hers) :]))
        played = self._coach.block(self._now_s, speaking=self._ears.speaking)
        mic = self._room.hear_16k(played, hers)
        if self._stretch.talker is not None:
            mic = np.clip(mic + self._other(self._stretch.talker), -32_768, 32_767).astype(np.int16)
        self._blocks += 1
        if self._began is not None:
            sleep(max(0.0, self._began + self._now_s - monotonic()))
        began = process_time()
        heard = self._ears.hear(mic, self._room.played)
        cost_s = process_time() - began
        self._cost_s += cost_s
        self._busy_until_s = max(self._now_s, self._busy_until_s) + cost_s
        judged_s = self._busy_until_s if self._charged else self._now_s
        for each in heard:
            said = self._coach.said(self._now_s)
            speaking = any(start < each.word_end_t and each.word_start_t < end for _, start, end in said)
            context = replace(self._context, coach_speaking=speaking, coach_words=words(said))
            self._policy, verdict = decide(self._policy, each, context, judged_s)
            self._judged.append((judged_s, each, verdict))
            if misunderstood(each, verdict):
                self._coach.stay(self._now_s)

    def _other(self, talker: Pcm) -> np.ndarray:
        at = (self._talker_at + np.arange(BLOCK)) % len(talker)
        self._talker_at += BLOCK
        return self._talker.feed((talker[at] / 32_768).astype(np.float32)) * 32_768
