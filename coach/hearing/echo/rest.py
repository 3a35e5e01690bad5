"""Tell when nothing is played, by level: the faintest noise under a pause would end a rest that is decided by zeros."""

REST_POWER = 1e-6
"""Mean power, -60 dB of full scale. Played softer than that, the coach is not heard in any room."""
REST_S = 0.5
"""So long, for the echo of what was played must have died away; it may arrive late."""


class Rest:
    """Counts blocks that are too soft to be heard. It begins at rest."""

    def __init__(self, blocks: int) -> None:
        self._needed = self._quiet = blocks

    @property
    def now(self) -> bool:
        """Tell whether nothing that was played can still be heard."""
        return self._quiet >= self._needed

    def feed(self, power: float) -> bool:
        """Take the mean power of the next block, 1.0 for a full-scale square wave; return `now`."""
        self._quiet = self._quiet + 1 if power < REST_POWER else 0
        return self.now
