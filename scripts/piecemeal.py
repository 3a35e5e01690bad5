"""Install the coach part by part, where some part has no wheel for this machine; say what is missing and what it means.

`scripts/setup` calls it with the extras and groups that it wanted, after pip could not install everything at once.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from coach.wheels import rare, why_not_here

ROOT = Path(__file__).parents[1]
Pip = Callable[[Sequence[str]], bool]


def pip(arguments: Sequence[str]) -> bool:
    """Run pip quietly; tell whether it did what it was asked."""
    command = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", *arguments]
    return subprocess.run(command, capture_output=True).returncode == 0


def package_of(requirement: str) -> str:
    """Return the name in a requirement, as in `numpy>=2.0`."""
    return re.split(r"[^\w-]", requirement, maxsplit=1)[0].lower()


def wanted(parts: Sequence[str]) -> Iterator[str]:
    """Yield every requirement of the coach, and of these extras and groups."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    yield from settings["project"]["dependencies"]
    for part in parts:
        yield from settings["project"]["optional-dependencies"].get(part, ())
        yield from settings["dependency-groups"].get(part, ())


def install(parts: Sequence[str], run: Pip = pip) -> tuple[str, ...]:
    """Install all that can be; return a line for each part that can't. Raises OSError where it is no missing wheel."""
    requirements = list(wanted(parts))
    plain = [requirement for requirement in requirements if rare(package_of(requirement)) is None]
    if not run(plain):
        raise OSError("pip can't install the basic parts: is this computer connected to the internet?")
    lines = []
    for requirement in requirements:
        found = rare(package_of(requirement))
        if found is not None and not run(["--only-binary", ":all:", requirement]):
            why = why_not_here(found.package) or "there's no ready-made package for this machine"
            lines.append(f"without {found.package} ({why}): {found.without}")
    run(["--no-deps", "--editable", str(ROOT)])
    return tuple(lines)


def main(parts: Sequence[str]) -> int:
    """Install and tell; exit 3 where nothing could be installed."""
    try:
        lines = install(parts)
    except OSError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 3
    print(*(f"setup: {line}" for line in lines), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
