"""Foresight: what may be said next is made ahead."""

import pytest

from coach.session.events import DeviceKind, DeviceLost
from coach.session.foresight import sayable
from coach.timeline.phrases import phrase
from tests.support.playing import in_rep


@pytest.mark.parametrize("what", DeviceKind)
def test_what_is_said_when_a_lost_device_is_back_is_made_ahead(what: DeviceKind) -> None:
    played = in_rep()
    played.send(DeviceLost(what))
    assert phrase("session.device_back") in set(sayable(played.session))


def test_of_two_lost_devices_the_loss_that_stays_is_made_ahead() -> None:
    played = in_rep()
    for what in (DeviceKind.SPEAKER, DeviceKind.MICROPHONE):
        played.send(DeviceLost(what))
    assert phrase("session.microphone_lost") in set(sayable(played.session))
