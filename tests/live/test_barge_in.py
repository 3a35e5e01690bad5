"""Barge-in: the coach steps back while she speaks, quickly, not for ever, and its ticks stay."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.devices.port import BLOCK_FRAMES, BLOCK_S, HEARING_FRAMES
from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.policy.verdict import Verdict, VerdictReason
from coach.hearing.ports.ears import HEARING_HZ, Heard
from coach.hearing.ports.engine import Piece
from coach.hearing.ports.thresholds import ACCEPT_ALL
from coach.hearing.vocabulary.commands import Command
from coach.live.barge_in import EXTENDED_S, LONGEST_SPEECH_S, LOWERED_DB, RAMP_FRAMES, BargeIn, misunderstood
from coach.rehearsal.room import Room, RoomSpec
from coach.sound.clip import RATE_HZ, Clip, frames_of
from coach.sound.earcons import earcon
from coach.sound.mixer import Mixer
from coach.sound.pcm import Pcm
from tests.support.spoken import spoken


def stand(*speaking: tuple[bool, float]) -> list[BargeIn]:
    """Return every stand, 20 ms apart, while she speaks and is silent for so long each."""
    found, now_s = [BargeIn()], 0.0
    for speaks, seconds in speaking:
        for _ in range(round(seconds / BLOCK_S)):
            now_s += BLOCK_S
            found.append(found[-1].after(now_s, speech=speaks))
    return found


def test_it_steps_back_with_her_first_block_and_comes_back_after_her_last() -> None:
    stands = stand((False, 0.1), (True, 1.0), (False, 2.0))
    changes = [(after.now_s, after.lowered) for before, after in pairwise(stands) if after.lowered != before.lowered]
    assert changes == [(pytest.approx(0.12), True), (pytest.approx(1.1 + 0.28, abs=BLOCK_S), False)]


def test_a_short_gap_between_two_words_does_not_bring_it_back() -> None:
    stands = stand((True, 0.4), (False, 0.2), (True, 0.4))
    assert all(each.lowered for each in stands[1:])


def test_after_a_remark_that_was_not_understood_it_stays_down_for_a_second_try_but_not_each_time() -> None:
    spoke = stand((True, 0.5), (False, 0.1))[-1]
    stays = spoke.extended(spoke.now_s)
    assert stays.after(spoke.now_s + EXTENDED_S - 0.1, speech=False).lowered
    back = stays.after(spoke.now_s + EXTENDED_S + 0.1, speech=False)
    assert not back.lowered
    assert back.extended(back.now_s) == back
    again = back.after(back.now_s + 1.0, speech=True)
    assert again.extended(again.now_s) == again


@pytest.mark.parametrize(
    ("reason", "said_s", "partial", "expected"),
    [
        (VerdictReason.UNKNOWN, 0.5, False, True),
        (VerdictReason.LOW_CONFIDENCE, 0.5, False, True),
        (VerdictReason.OK, 0.5, False, False),
        (VerdictReason.NOT_ALLOWED_HERE, 0.5, False, False),
        (VerdictReason.UNKNOWN, 2.5, False, False),
        (VerdictReason.UNKNOWN, 0.5, True, False),
    ],
)
def test_only_a_short_remark_may_have_been_a_try(
    reason: VerdictReason, said_s: float, partial: bool, expected: bool
) -> None:
    heard = Heard("", None, None, -9.0, 0.0, 5.0, 5.0 + said_s, partial=partial)
    assert misunderstood(heard, Verdict(reason is VerdictReason.OK, reason, None)) is expected


def test_talk_that_goes_on_does_not_make_it_inaudible() -> None:
    radio = [(True, 2.0), (False, 0.5)] * 20
    stands = stand(*radio)
    down_s = sum(each.lowered for each in stands) * BLOCK_S
    assert stands[1].lowered
    assert down_s < 2 * LONGEST_SPEECH_S
    assert not stands[-1].lowered


def test_after_quiet_it_steps_back_again() -> None:
    stands = stand((True, 20.0), (False, 3.5), (True, 0.1))
    assert not stands[round(20.0 / BLOCK_S)].lowered
    assert stands[-1].lowered


@given(st.lists(st.tuples(st.booleans(), st.floats(0.02, 9)), max_size=12))
def test_it_is_never_down_long_after_she_is_silent(talk: list[tuple[bool, float]]) -> None:
    stands = stand(*talk, (False, 0.4))
    assert not stands[-1].lowered


def test_the_voice_goes_down_within_50_ms_and_a_tick_stays_audible() -> None:
    voice = Clip(np.full(4 * RATE_HZ, 0.1, np.float32))
    mixer = Mixer()
    mixer.place(voice, 0)
    mixer.block(BLOCK_FRAMES)
    mixer.lower(LOWERED_DB, RAMP_FRAMES)
    after = mixer.block(frames_of(0.05)) / 32_768
    assert -20 <= 20 * np.log10(after[-1] / 0.1) <= -15
    mixer.place(earcon("tick"), mixer.position, track="earcon")
    ticked = mixer.block(frames_of(0.06)) / 32_768 - after[-1]
    whole = earcon("tick").samples[: frames_of(0.06)]
    assert np.abs(ticked).max() == pytest.approx(np.abs(whole).max(), rel=0.02)


class Deaf:
    """An engine that understands nothing."""

    name = "deaf"
    thresholds = ACCEPT_ALL

    def hear_piece(self, piece: Piece) -> tuple[Heard, ...]:  # noqa: ARG002 - the port's
        return ()

    def expect(self, commands: frozenset[Command]) -> None:
        """Expect nothing."""

    def close(self) -> None:
        """Have nothing to close."""


def flags_over_the_coach(echo_db: float) -> tuple[list[bool], float, float]:
    """Return whether she is taken to speak, block by block, and when she does: two words over a coach who talks on."""
    coach = spoken("This one is for the muscles between your shoulder blades, and it takes a while.")
    hers = spoken("it hurts", "en-gb+f3")
    room, chain = Room(RoomSpec(echo_db=echo_db)), Chain(Deaf(), EchoRemover())
    begins, flags = 250, []
    for number in range(begins + 100):
        heard = room.hear_16k(block_of(coach, number % (len(coach) // HEARING_FRAMES)), block_of(hers, number - begins))
        chain.hear(heard, room.played)
        flags.append(chain.speaking)
    return flags, begins * BLOCK_S, begins * BLOCK_S + len(hers) / HEARING_HZ


def block_of(sound: Pcm, number: int) -> Pcm:
    piece = sound[number * HEARING_FRAMES : (number + 1) * HEARING_FRAMES] if number >= 0 else sound[:0]
    return np.concatenate((piece, np.zeros(HEARING_FRAMES - len(piece), np.int16)))


@pytest.mark.parametrize("echo_db", [-12.0, 0.0])
def test_her_words_over_the_coach_are_noticed_and_its_own_are_not(echo_db: float) -> None:
    flags, begins_s, ends_s = flags_over_the_coach(echo_db)
    stands = [BargeIn()]
    for number, speaking in enumerate(flags):
        stands.append(stands[-1].after((number + 1) * BLOCK_S, speech=speaking))
    down = [each.now_s for each in stands if each.lowered]
    assert down
    assert begins_s <= down[0] <= ends_s
    assert 0.4 <= down[-1] - ends_s <= 0.8
