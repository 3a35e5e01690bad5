"""Put sessions in the order of their instants, and find those whose day can't be: the clock was wrong when they began.

Sessions are numbered as they are written, so their instants can only grow. The largest set that does, today's included,
is believed. A day that does not fit is unknown: such a session counts on the day of the one before it.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta


@dataclass(frozen=True, slots=True)
class Dated:
    """When a session began, as it says."""

    id: int
    day: date
    at_s: float
    """Its instant, in seconds since 1970."""
    trusted: bool = False
    """Its day was put right by hand."""


def instant_of(day: date, started: str) -> float:
    """Return when a session began. Where what it says is far from its day, noon of that day counts."""
    noon = datetime.combine(day, time(12), UTC)
    try:
        said = datetime.fromisoformat(started)
    except ValueError:
        return noon.timestamp()
    said = said if said.tzinfo is not None else said.replace(tzinfo=UTC)
    return (said if abs(said - noon) < timedelta(days=2) else noon).timestamp()


def believed(sessions: Sequence[Dated], today: date) -> tuple[Dated, ...]:
    """Return the sessions, by their numbers, each with the day and the instant that count.

    Where today itself does not fit, the clock is wrong now: then every day stays as it is.
    """
    told = [one for one in sessions if not one.trusted]
    over_s = datetime.combine(today + timedelta(days=1), time(12), UTC).timestamp()  # wherever on earth today ends
    so_far = [one for one in told if one.at_s <= over_s]
    kept = _growing(so_far)
    everything = kept if len(so_far) == len(told) else _growing(told)
    if len(kept) + 1 < len(everything) or not kept:
        kept = everything
    return tuple(_placed(sessions, kept))


def _placed(sessions: Sequence[Dated], kept: frozenset[int]) -> list[Dated]:
    """Give every session that is not believed the day and the instant of the one before, or else of the one after."""
    last = next((one for one in sessions if one.id in kept), None)
    placed = []
    for one in sessions:
        if one.id in kept:
            last = one
        known = one if one.trusted or one.id in kept or last is None else last
        placed.append(Dated(one.id, known.day, known.at_s, one.trusted))
    return placed


def _growing(sessions: Sequence[Dated]) -> frozenset[int]:
    """Return the ids of the largest set whose instants only grow; of two as large, the later instants."""
    # From the end on: so the smallest tails, which the method keeps, are the latest instants.
    tails: list[float] = []
    ends: list[int] = []
    before: list[int | None] = []
    turned = sessions[::-1]
    for at, one in enumerate(turned):
        place = bisect_right(tails, -one.at_s)
        before.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [-one.at_s]
        ends[place : place + 1] = [at]
    found = set()
    link = ends[-1] if ends else None
    while link is not None:
        found.add(turned[link].id)
        link = before[link]
    return frozenset(found)
