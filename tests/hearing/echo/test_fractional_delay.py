"""A signal is read between its samples, up to its margins."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.hearing.echo.fractional_delay import MARGIN, interpolate

HZ = 16_000


@given(at=st.floats(100.0, 900.0), hz=st.floats(50.0, 5_000.0))
@settings(max_examples=50)
def test_signal_is_read_between_its_frames(at: float, hz: float) -> None:
    signal = np.sin(2 * np.pi * hz * np.arange(1_000) / HZ).astype(np.float32)
    assert interpolate(signal, np.array([at]))[0] == pytest.approx(np.sin(2 * np.pi * hz * at / HZ), abs=0.01)


def test_signal_is_read_up_to_its_margins() -> None:
    signal = np.random.default_rng(1).standard_normal(100).astype(np.float32)
    whole = np.arange(MARGIN, 100 - MARGIN, dtype=np.float64)
    assert np.allclose(interpolate(signal, whole), signal[MARGIN : 100 - MARGIN], atol=1e-6)
