"""Tune the session: slower and faster, louder and quieter, easier and harder, more rest."""

from dataclasses import replace

from coach.hearing.vocabulary.commands import Break, Command, Strain, value_of
from coach.library.exercise import Exercise, Phase, Side
from coach.session.cursor import begin, from_rep, hold, rebuild
from coach.session.effects import Effect, Say, SpeechRate, Volume
from coach.session.events import Commanded
from coach.session.mode import State, Wait
from coach.session.mode_changes import paused, waiting
from coach.session.rules.jumps import jump, setup_again
from coach.session.rules.pausing import counted, pause
from coach.session.rules.talking import answer
from coach.session.rules.walking import calmer, is_walk, quicker
from coach.session.state import Outcome, Session
from coach.session.timing import LONGEST_REST_S, segment_left_s, step_s
from coach.session.wording import exercise_of, named, say, variant_of, with_variant
from coach.timeline.cue import SegmentKind
from coach.timeline.grid import LEAST_MOVING_S, phase_length
from coach.timeline.numbers import spoken
from coach.timeline.step import FASTEST, PACE_STEP, SLOWEST, Step

GAIN_STEP_DB = 3.0
RATE_STEP, SLOWEST_RATE, FASTEST_RATE = 0.1, 0.7, 1.2
"""Of the words a minute."""
LOUDEST_DB, QUIETEST_DB = 9.0, -18.0  # the limiter bounds the rest; softer is hard to hear on the floor
MORE_REST_S = 30.0


def slower(session: Session, said: Commanded) -> Outcome:
    """Go a step slower from the next rep on; in a walk, take fewer steps a minute."""
    if is_walk(session):
        return calmer(session, said)
    return _paced(session, min(SLOWEST, round(session.pace + PACE_STEP, 2)), "slower", "slowest")


def faster(session: Session, said: Commanded) -> Outcome:
    """Go a step faster from the next rep on; in a walk, take more steps a minute. No moving phase gets under 2 s."""
    if is_walk(session):
        return quicker(session, said)
    return _paced(session, max(FASTEST, round(session.pace - PACE_STEP, 2)), "faster", "fastest")


def _paced(session: Session, pace: float, done: str, bound: str) -> Outcome:
    if pace == session.pace:
        return answer(session, (say(bound),))
    return set_pace(session, pace, (say(done), *_staying(session, pace)))


def set_pace(session: Session, pace: float, lines: tuple[str, ...]) -> Outcome:
    """Say something, and count at this pace from the next rep on."""
    if pace == session.pace:
        return answer(session, lines)
    session = replace(session, tuning=replace(session.tuning, pace=pace))
    if session.kind is not SegmentKind.SET or session.state is not State.PLAYING:
        return answer(session, lines)
    session, effects = _from_next_rep(session)
    session, words = answer(session, lines)
    return session, (*effects, *words)


def _from_next_rep(session: Session) -> Outcome:
    """Rebuild the set from the rep after the one that runs, without a count-in in between."""
    planned = session.block.reps if session.block else 1
    if not session.rep:
        return rebuild(session, replace(session.step, first_rep=min(planned, session.done + 1)))
    if session.rep >= planned:
        return session, ()
    return rebuild(session, from_rep(session, session.rep + 1, 0.0))


def _staying(session: Session, pace: float) -> tuple[str, ...]:
    """Name the phases that are at their bound and don't follow the pace."""
    exercise = exercise_of(session.routine, session.step)
    phases = {phase.name: phase for phase in exercise.phases} if exercise else {}
    return tuple(_stays(phase, pace) for phase in phases.values() if _is_bound(phase, pace))


def _is_bound(phase: Phase, pace: float) -> bool:
    return not phase.hold and phase.seconds * pace < LEAST_MOVING_S


def _stays(phase: Phase, pace: float) -> str:
    return say("stays", phase=phase.name, seconds=spoken(round(phase_length(phase, pace))))


def louder(session: Session, _: Commanded) -> Outcome:
    """Speak 3 dB louder."""
    return _voiced(session, min(LOUDEST_DB, session.tuning.gain_db + GAIN_STEP_DB), "louder", "loudest")


def quieter(session: Session, _: Commanded) -> Outcome:
    """Speak 3 dB softer."""
    return _voiced(session, max(QUIETEST_DB, session.tuning.gain_db - GAIN_STEP_DB), "quieter", "quietest")


def _voiced(session: Session, gain_db: float, done: str, bound: str) -> Outcome:
    changed = gain_db != session.tuning.gain_db
    volume: tuple[Effect, ...] = (Volume(gain_db),) if changed else ()
    session = replace(session, tuning=replace(session.tuning, gain_db=gain_db))
    session, words = answer(session, (say(done if changed else bound),))
    return session, (*volume, *words)


def speak_slower(session: Session, _: Commanded) -> Outcome:
    """Speak a step slower from the next sentence on."""
    rate = max(SLOWEST_RATE, round(session.tuning.speech_rate - RATE_STEP, 2))
    return _spoken_at(session, rate, "speak_slower", "speak_slowest")


def speak_faster(session: Session, _: Commanded) -> Outcome:
    """Speak a step faster from the next sentence on."""
    rate = min(FASTEST_RATE, round(session.tuning.speech_rate + RATE_STEP, 2))
    return _spoken_at(session, rate, "speak_faster", "speak_fastest")


def _spoken_at(session: Session, rate: float, done: str, bound: str) -> Outcome:
    changed = rate != session.tuning.speech_rate
    spoken_so: tuple[Effect, ...] = (SpeechRate(rate),) if changed else ()
    session = replace(session, tuning=replace(session.tuning, speech_rate=rate))
    session, words = answer(session, (say(done if changed else bound),))
    return session, (*spoken_so, *words)


def more_rest(session: Session, said: Commanded) -> Outcome:
    """Rest 30 s longer, now or in the next rest; at a gate, wait longer. "I need a break" elsewhere pauses."""
    break_now = said.value == value_of(Command.MORE_REST, Break.NOW)
    if break_now and session.kind not in (SegmentKind.REST, SegmentKind.GATE):
        return pause(session, said)
    if session.kind is SegmentKind.REST:
        return _rest_longer(session)
    if session.kind is SegmentKind.GATE and session.state is State.WAITING:
        wait = Wait.UNHEARD if session.wait is Wait.UNHEARD else Wait.GATE
        return answer(waiting(session, wait, session.now_s + MORE_REST_S), (say("more_rest_gate"),))
    coming = range(session.index + 1, len(session.steps))
    rest = next((i for i in coming if session.steps[i].kind is SegmentKind.REST), None)
    if rest is None or session.routine is None:
        return answer(session, (say("no_rest"),))
    if step_s(session.routine, session.steps[rest], session.pace) + MORE_REST_S > LONGEST_REST_S:
        return answer(session, (say("longest_rest"),))
    return answer(replace(session, steps=_longer(session.steps, rest)), (say("more_rest_later"),))


def _rest_longer(session: Session) -> Outcome:
    left = segment_left_s(session)
    if left + MORE_REST_S > LONGEST_REST_S:
        return answer(session, (say("longest_rest"),))
    step = replace(session.step, rest_left_s=round(left + MORE_REST_S, 3), extra_rest_s=0.0)
    return begin(session, step, (say("more_rest_now"),))


def _longer(steps: tuple[Step, ...], index: int) -> tuple[Step, ...]:
    step = replace(steps[index], extra_rest_s=steps[index].extra_rest_s + MORE_REST_S)
    return (*steps[:index], step, *steps[index + 1 :])


def too_hard(session: Session, said: Commanded) -> Outcome:
    """Change to the easier variant; where she can't do it at all, hold first and say what she can do."""
    if said.value != value_of(Command.EASIER, Strain.HEAVY):
        return other_variant(session, said)
    in_set, state = session.kind is SegmentKind.SET, session.state
    session, _ = other_variant(session, said)
    session, silence = hold(session, said.command)
    lines = (say("easier_in_set"), say("finish_or_resume")) if in_set else (say("trouble"),)
    return paused(counted(session, state), Wait.PAUSE), (silence, Say(lines, keep_ticks=False))


def other_variant(session: Session, said: Commanded) -> Outcome:
    """Change to the easier or harder variant from the next set on. Without one, give advice."""
    block, number = session.block, session.step.block
    exercise = exercise_of(session.routine, session.step)
    if session.step.balance and exercise is not None:
        return _hold_advice(session, exercise, harder=said.command is Command.HARDER)
    if block is None or number is None or exercise is None:
        return answer(session, (say("variant_later"),))
    harder = said.command is Command.HARDER
    session = replace(
        session, record=session.record.with_wish(exercise.id, Command.HARDER if harder else Command.EASIER)
    )
    now = variant_of(session, number)
    wanted = max(-1, min(1, now + (1 if harder else -1)))
    there = with_variant(block, wanted)
    if there.id == exercise.id:
        return answer(session, _without_variant(session, exercise, harder))
    return _variant_from_next_set(session, wanted, named(there))


def _hold_advice(session: Session, exercise: Exercise, *, harder: bool) -> Outcome:
    """Say what makes the balance hold easier at once, or what comes after it; its ladder keeps the wish in mind."""
    session = replace(
        session, record=session.record.with_wish(exercise.id, Command.HARDER if harder else Command.EASIER)
    )
    return answer(session, (exercise.harder if harder else exercise.easier,))


def _variant_from_next_set(session: Session, wanted: int, name: str) -> Outcome:
    block, set_no = session.step.block, session.step.set_no or 1
    begun = session.kind is SegmentKind.SET or session.step.side is Side.LEFT
    changes = {
        i for i, step in enumerate(session.steps)
        if i > session.index and step.block == block and (not begun or (step.set_no or 1) > set_no)
    }  # fmt: skip
    if not any(session.steps[i].kind is SegmentKind.SET for i in changes):
        return answer(session, (say("variant_none"), *_advice(session, wanted)))
    others = tuple(pair for pair in session.tuning.variants if pair[0] != block)
    steps = tuple(replace(s, variant=wanted) if i in changes else s for i, s in enumerate(session.steps))
    tuning = replace(session.tuning, variants=(*others, (block or 0, wanted)))
    session = replace(session, steps=steps, tuning=tuning)
    if session.kind not in (SegmentKind.SETUP, SegmentKind.GATE) or session.state is State.PAUSED:
        return answer(session, (say("variant_next", name=name),))
    return jump(session, Command.EASIER, lambda _: setup_again(session), (say("variant_next", name=name),))


def _advice(session: Session, wanted: int) -> tuple[str, ...]:
    exercise = exercise_of(session.routine, session.step)
    harder = wanted > variant_of(session, session.step.block)
    return () if exercise is None else _without_variant(session, exercise, harder)


def _without_variant(session: Session, exercise: Exercise, harder: bool) -> tuple[str, ...]:
    """Say what there is to say where no variant comes: no advice over a running count, nothing harder unearned."""
    if harder:
        return (say("harder_later"),)
    return (say("easier_in_set"),) if session.kind is SegmentKind.SET else (exercise.easier,)
