"""axe-core, which finds what a page lacks for people who see, hear or move otherwise: one pinned file from npm."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import platformdirs
import pytest

VERSION = "4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"


def axe_script() -> str:
    """Return its text, fetched once with npm into the cache; a loud skip where there is no npm."""
    folder = Path(platformdirs.user_cache_dir("coach-tests")) / f"axe-core-{VERSION}"
    file = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not file.exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("NOT TESTED: the screen with axe-core. There is no npm here to fetch it with")
        command = [npm, "install", "--prefix", str(folder), "--no-save", "--ignore-scripts", f"axe-core@{VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.skip(f"NOT TESTED: the screen with axe-core. npm can't fetch it: {done.stderr[-200:]}")
    text = file.read_bytes()
    assert hashlib.sha256(text).hexdigest() == SHA256, f"{file} is not axe-core {VERSION}"
    return text.decode("utf-8")
