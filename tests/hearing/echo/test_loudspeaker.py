"""An overdriven loudspeaker is found by trial, only where much echo is left, and with growing pauses."""

from collections.abc import Iterator

import numpy as np
import pytest

from coach.hearing.echo.loudspeaker import CLEARLY_BETTER, DRIVES, POOR, SearchSchedule, fit_drive, saturate

SOUND = np.linspace(-1.0, 1.0, 201, dtype=np.float32)


def test_a_clean_loudspeaker_changes_nothing() -> None:
    assert np.array_equal(saturate(SOUND, 0.0), SOUND)


@pytest.mark.parametrize("drive", DRIVES[1:])
def test_peaks_are_flattened_and_faint_sound_keeps_its_level(drive: float) -> None:
    curve = saturate(SOUND, drive)
    assert curve[-1] < SOUND[-1]
    assert np.all(np.diff(curve) >= 0)
    assert saturate(SOUND[101:102], drive)[0] == pytest.approx(SOUND[101], rel=0.02)


@pytest.mark.parametrize("best", DRIVES)
@pytest.mark.parametrize("start", [0.0, 4.0])
def test_the_drive_that_leaves_the_least_is_found_from_any_other(best: float, start: float) -> None:
    tried: list[float] = []

    def learn(drive: float) -> tuple[float, str]:
        tried.append(drive)
        return 0.1 + abs(DRIVES.index(drive) - DRIVES.index(best)), f"with {drive}"

    fit = fit_drive(start, learn)
    assert (fit.drive, fit.learned) == (best, f"with {best}")
    assert len(set(tried)) == len(tried)


def test_the_drive_stays_where_another_is_hardly_better() -> None:
    fit = fit_drive(2.0, lambda drive: (1.0 if drive == 2.0 else CLEARLY_BETTER + 0.01, drive))
    assert fit.drive == 2.0


def searches(schedule: SearchSchedule, left: float, blocks: int) -> Iterator[int]:
    """Yield the blocks at which a search is due, none of which succeeds."""
    for block in range(blocks):
        if schedule.due(1.0, left):
            schedule.searched(found=False)
            yield block


def test_where_the_echo_is_well_removed_no_search_is_due() -> None:
    assert not list(searches(SearchSchedule(), POOR / 2, 2_000))


def test_searches_without_success_become_rarer() -> None:
    gaps = np.diff([0, *searches(SearchSchedule(), 1.0, 1_000)])
    assert len(gaps) >= 3
    assert np.all(gaps[1:] >= 1.9 * gaps[:-1])


def test_her_voice_over_the_coach_is_no_reason_to_search() -> None:
    schedule = SearchSchedule()
    assert not any(schedule.due(1.0, 1.0 if block % 3 else POOR / 2) for block in range(1_000))
