"""Compare this build with another: timelines, three rehearsals by sound, and exports, the same to the byte or not.

Both run under this Python with one cache of clips, as a voice may say a sentence a little differently the next time.
Of a log all is compared but when it started. Exit 1 where anything differs.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.errors import InputError
from scripts.benches.builds.comparing import difference
from scripts.named import ROOT, options

HERE = Path(__file__).parent
ROUTINES = ("spine-strength", "spine-strength-2", "bands", "floor")
REHEARSALS: Mapping[str, Sequence[str]] = {
    "tour": ("spine-strength",),
    "hurts": ("bands", "--script", str(HERE / "hurts.toml"), "--reps", "4"),
    "pausing": ("floor", "--script", str(HERE / "pausing.toml"), "--reps", "4"),
}
DEFAULT_VOICE = ("--voice", "en-us")


@dataclass(frozen=True, slots=True)
class Build:
    """A checkout, and the folder that its files go to."""

    checkout: Path
    folder: Path
    cache: Path

    def coach(self, *arguments: str) -> str:
        """Run a command of this build; return what it printed. Raises InputError where it failed."""
        own = {f"XDG_{what}_HOME": str(self.folder / "person" / what.lower()) for what in ("DATA", "STATE", "CONFIG")}
        environment = {**os.environ, **own, "XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(self.checkout)}
        command = [sys.executable, "-m", "coach", *arguments]
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise InputError(f"{self.checkout}: coach {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def rehearse(self, name: str) -> None:
        """Write a rehearsal's log and what its room sounded like."""
        where = ("--log", f"{name}.jsonl", "--room", f"{name}.wav")
        self.coach("rehearse", *REHEARSALS[name], *DEFAULT_VOICE, "--ears", "moonshine", "--plain", *where)

    def show(self, routine: str) -> None:
        """Write a routine's timeline."""
        (self.folder / f"{routine}.txt").write_text(self.coach("show", routine), "utf-8")

    def export(self, name: str) -> None:
        """Write a routine as a file; the name's ending says which kind."""
        self.coach("export", Path(name).stem, *DEFAULT_VOICE, "-o", f"./{name}")


def main(arguments: Sequence[str]) -> int:
    parser = options("bench builds", __doc__)
    parser.add_argument("other", type=Path, metavar="CHECKOUT", help="the other build's folder")
    parser.add_argument("--quick", action="store_true", help="leave out the tour, which takes minutes")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave both builds' files here")
    chosen = parser.parse_args(arguments)
    if not (chosen.other / "coach" / "__main__.py").is_file():
        raise InputError(f"{chosen.other}: is no checkout of the coach; name the folder that coach/ lies in.")
    with tempfile.TemporaryDirectory() as name:
        folder = (chosen.keep or Path(name)).resolve()
        builds = [
            Build(chosen.other.resolve(), folder / "other", folder / "cache"),
            Build(ROOT, folder / "this", folder / "cache"),
        ]
        for build in builds:
            (build.folder / "person").mkdir(parents=True, exist_ok=True)
        return compared(builds, [each for each in REHEARSALS if each != "tour" or not chosen.quick])


def compared(builds: Sequence[Build], rehearsals: Sequence[str]) -> int:
    """Make every file with both builds and print how they compare; return 1 where one differs."""
    differ = 0
    steps = [
        *((Build.show, routine, [f"{routine}.txt"]) for routine in ROUTINES),
        *((Build.export, name, [name]) for name in ("bands.wav", "bands.mp3")),
        *((Build.rehearse, name, [f"{name}.jsonl", f"{name}.wav"]) for name in rehearsals),
    ]
    for make, name, files in steps:
        for build in builds:
            make(build, name)
        for file in files:
            found = difference(*(build.folder / file for build in builds))
            differ += found is not None
            print(f"{file:24} {f'differs at {found}' if found else 'the same'}", flush=True)
    return int(differ > 0)
