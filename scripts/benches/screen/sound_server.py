"""A sound server of the bench's own, so that anyone can run it: PortAudio in this process plays on its null sink."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from coach.errors import MachineError
from tests.support.pulse import TOOLS, Pulse


@contextlib.contextmanager
def own_sound_server() -> Iterator[None]:
    """Start it and point this process to it; enter before PortAudio is first used. Raises MachineError without it."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise MachineError(f"this part needs PulseAudio; missing: {', '.join(missing)}")
    before = dict(os.environ)
    # Clips stay where the user's are; only the sound server is the bench's own.
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    with tempfile.TemporaryDirectory() as folder:
        pulse = Pulse(Path(folder))
        pulse.start()
        os.environ.update(pulse.environment | {"XDG_CACHE_HOME": cache})
        try:
            yield
        finally:
            pulse.stop()
            os.environ.clear()
            os.environ.update(before)
