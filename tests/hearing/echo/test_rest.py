"""The cancellers rest by level: noise under every pause of the coach lets them rest as silence does."""

from collections.abc import Callable

import numpy as np
import pytest

from coach.hearing.echo.kalman_filter import FRAME, KalmanFilter
from coach.hearing.echo.linear_stage import LinearStage
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.echo.rest import Rest
from coach.hearing.ports.ears import HEARING_HZ
from coach.rehearsal.acoustics import Convolver
from coach.rehearsal.room import Room, RoomSpec
from coach.sound.pcm import FULL_SCALE, Pcm, as_float, gain_of
from coach.sound.reverberation import impulse_response

TALKS_S, PAUSES_S = 4.0, 2.0
_random = np.random.default_rng(3)


def noise(seconds: float, db: float) -> Pcm:
    """Return white noise of this level, dB of full scale."""
    steps = FULL_SCALE * gain_of(db)
    return np.rint(_random.standard_normal(round(seconds * HEARING_HZ)) * steps).astype(np.int16)


TALK = noise(TALKS_S, -22)
PAUSES = {"silence": np.zeros_like(noise(PAUSES_S, -70)), "noise at -70 dB": noise(PAUSES_S, -70)}
paused = pytest.mark.parametrize("pause", PAUSES.values(), ids=PAUSES.keys())


def in_blocks(sound: np.ndarray) -> np.ndarray:
    return sound.reshape(-1, FRAME)


def test_a_rest_begins_after_half_a_second_below_60_db_and_ends_at_once() -> None:
    rest, quiet, loud = Rest(25), 0.9e-6, 1.1e-6
    assert rest.now
    assert [rest.feed(each) for each in (loud, *[quiet] * 25, loud)] == [*[False] * 25, True, False]


@paused
def test_both_cancellers_rest_in_a_pause(pause: Pcm) -> None:
    stage, room, rested = LinearStage(), Room(RoomSpec()), []
    for played in in_blocks(np.concatenate((TALK, pause, TALK))):
        block = stage.remove(room.hear_16k(played, np.zeros(FRAME, np.int16)), played)
        rested.append(block.at_rest)
    talks, pauses = round(TALKS_S * HEARING_HZ / FRAME), round(PAUSES_S * HEARING_HZ / FRAME)
    assert not any(rested[:talks])
    assert all(rested[talks + pauses // 2 : talks + pauses])
    assert not any(rested[talks + pauses :])


@paused
def test_a_rest_leaves_the_microphone_as_it_is(pause: Pcm) -> None:
    remover = EchoRemover()
    for played in in_blocks(np.concatenate((TALK, pause))):
        remover.remove(played // 4, played)
    her = noise(1.0, -30)
    out = np.concatenate([remover.remove(block, np.full_like(block, 3)).listen for block in in_blocks(her)])
    assert np.abs(out[remover.delay_frames :].astype(int) - her[: -remover.delay_frames]).max() <= 1


@paused
@pytest.mark.parametrize("make", [KalmanFilter, EchoRemover])
def test_what_was_learned_outlasts_a_rest(pause: Pcm, make: Callable[[], KalmanFilter | EchoRemover]) -> None:
    canceller, room = make(), Room(RoomSpec(noise_rms=1.0, echo_db=0.0, echo_delay_s=0.0))
    echoes, left = [], []
    for played in in_blocks(np.concatenate((TALK, pause, TALK))):
        echo = room.hear_16k(played, np.zeros(FRAME, np.int16))
        echoes.append(echo.astype(float))
        if isinstance(canceller, KalmanFilter):
            left.append(FULL_SCALE * canceller.remove(as_float(echo), as_float(played)))
        else:
            left.append(canceller.remove(echo, played).listen.astype(float))
    again = round((TALKS_S + PAUSES_S) * HEARING_HZ / FRAME)
    first_s = slice(again, again + 50)
    assert 10 * np.log10(np.mean(np.square(echoes[first_s])) / np.mean(np.square(left[first_s]))) > 15


@paused
def test_a_simulated_room_rests_and_is_the_same_after_it(pause: Pcm) -> None:
    response = impulse_response(0.35, 0.4, np.random.default_rng(5), HEARING_HZ)
    talk = as_float(TALK[:HEARING_HZ])
    room = Convolver(response, FRAME)
    first = np.concatenate([room.feed(block) for block in in_blocks(talk)])
    resting = [room.feed(block) for block in in_blocks(as_float(pause))]
    assert not np.any(resting[-25:])
    assert np.array_equal(np.concatenate([room.feed(block) for block in in_blocks(talk)]), first)
