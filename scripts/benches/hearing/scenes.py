"""Where something is said: rooms, noise, who else sounds. The rooms' figures are those the bench must hold to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from coach.rehearsal.room import RoomSpec

ROOMS = (
    RoomSpec(reverberation_s=0.2, distance_m=0.5, echo_delay_s=0.02),
    RoomSpec(reverberation_s=0.35, distance_m=1.5, echo_delay_s=0.06),
    RoomSpec(reverberation_s=0.6, distance_m=2.0, echo_delay_s=0.12),
    RoomSpec(reverberation_s=0.35, distance_m=4.0, echo_delay_s=0.3),
)
"""Three reverberation times, 0.5 to 4 m, delays of 20 to 300 ms."""
AWKWARD = (
    replace(ROOMS[1], drift_ppm=100.0),
    replace(ROOMS[0], jump_s=0.08, jump_at_s=12.0),
    replace(ROOMS[1], drive=4.0, loudspeaker_m=0.6),
)
"""With the coach talking also: two clocks, a delay that jumps, a loudspeaker that clips."""
DRY = RoomSpec(reverberation_s=0.0, distance_m=0.5)
"""For recordings: they bring their own room."""
TALKER_DB, TALKER_M = -10.0, 3.0
"""The other person against her, and how far away."""


@dataclass(frozen=True, slots=True)
class Scene:
    name: str
    title: str
    noise: str | None = None
    """`kitchen` or `music`."""
    snr_db: float = 0.0
    echo_db: float | None = None
    """The coach talks without a pause, so much louder than she; None: it is silent."""
    talker: bool = False
    """Somebody else talks all the time, further away."""
    clean: bool = False
    """No room: as the voice was made."""

    def rooms(self) -> tuple[RoomSpec, ...]:
        """Return the rooms in which it plays, one after the other."""
        return ROOMS if self.echo_db is None else (*ROOMS, *AWKWARD)

    def room(self, number: int, noises: Mapping[str, Path], *, dry: bool = False) -> RoomSpec:
        """Return the room for one stretch."""
        rooms = self.rooms()
        spec = replace(DRY if dry or self.clean else rooms[number % len(rooms)], seed=1 + number)
        if self.noise:
            spec = replace(spec, noise_file=noises[self.noise], noise_snr_db=self.snr_db)
        return spec if self.echo_db is None else replace(spec, echo_db=self.echo_db)


_EVERY = (
    Scene("clean", "clean, no room", clean=True),
    Scene("quiet", "quiet"),
    Scene("kitchen20", "kitchen, 20 dB", "kitchen", 20.0),
    Scene("kitchen10", "kitchen, 10 dB", "kitchen", 10.0),
    Scene("kitchen6", "kitchen, 6 dB", "kitchen", 6.0),
    Scene("music", "music bed, 10 dB", "music", 10.0),
    Scene("coach-6", "coach talking, she 6 dB louder", echo_db=-6.0),
    Scene("coach0", "coach talking, as loud as she", echo_db=0.0),
    Scene("coach+6", "coach talking, she 6 dB softer", echo_db=6.0),
    Scene("talker", "another person talking", talker=True),
    Scene("natural", "what people say"),
    Scene("paraphrases", "the same in other words"),
    Scene("distress", "in distress"),
    Scene("other_words", "other words, in every state"),
    Scene("counting", "counting aloud into questions"),
    Scene("breathless", "a breathless voice"),
    Scene("older", "an older voice"),
)
SCENES: Mapping[str, Scene] = {scene.name: scene for scene in _EVERY}
ON_REQUEST = frozenset({"clean", "kitchen20", "kitchen6", "music", "coach-6", "coach+6"})
"""Played only where asked for by name: no figure needs them, and a run of everything must end in 12 minutes."""
ROOMS_HEARD = frozenset({"quiet", "kitchen10", "coach0", "talker", *ON_REQUEST})
"""Scenes whose commands, times and wrong answers count together."""
