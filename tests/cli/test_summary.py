"""What a session came to, told in the terminal however it ended."""

import pytest

from coach.cli.session.summary import ENDED, summary
from coach.session.record import EndReason
from tests.screen.stage import Followed


def test_every_way_to_end_has_words() -> None:
    assert set(ENDED) == set(EndReason)


@pytest.mark.parametrize("reason", EndReason)
def test_it_tells_how_it_ended_how_long_it_took_and_the_reps_of_each_side(reason: EndReason) -> None:
    followed = Followed(lambda _: None, lambda _: None, routine="bands")
    followed.to_set()
    followed.until(lambda: len(followed.live.session.record.sets) == 2)
    followed.live.end(reason)
    head, *exercises = summary(followed.live)
    assert head.startswith(f"{ENDED[reason].capitalize()} after ")
    assert head.endswith(" reps.")
    assert exercises
    followed.end()


def test_before_the_first_rep_it_is_one_line() -> None:
    followed = Followed(lambda _: None, lambda _: None)
    followed.ticks(5)
    followed.end()
    (line,) = summary(followed.live)
    assert line.startswith("Cut short after 0:0")
