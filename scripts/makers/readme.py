"""Write the README's generated parts anew, from the program and the figures that the benches kept."""

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence

from coach.cli.machine.sayings import commands_markdown
from coach.hearing.vocabulary.phrase_table import load_table
from coach.library.files import load_routine
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.timeline.dump import text
from scripts.benches.hearing.must import markdown
from scripts.benches.voice.kept import markdown as voice_markdown
from scripts.named import ROOT, options

README = ROOT / "README.md"
FIGURES = ROOT / "scripts" / "benches" / "hearing" / "figures.json"
SHOWN_LINES = 4


def timeline_lines() -> str:
    """Return the beginning of the first set, as `coach show` prints it."""
    lines = text(build_timeline(load_routine("spine-strength"), estimate)).splitlines()
    first = next(i for i, line in enumerate(lines) if " set · " in line)
    return "```\n" + "\n".join(lines[first : first + SHOWN_LINES]) + "\n```"


PARTS: dict[str, Callable[[], str]] = {
    "timeline": timeline_lines,
    "hearing": lambda: markdown(json.loads(FIGURES.read_text("utf-8"))),
    "voice": voice_markdown,
    "commands": lambda: commands_markdown(load_table()).strip(),
}


def renewed(page: str, parts: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with every part between its two marks written anew."""
    for name, make in parts.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
        made = f"{begin}\n{make()}\n{end}"
        page = pattern.sub(made.replace("\\", r"\\"), page)
    return page


def main(arguments: Sequence[str]) -> int:
    parser = options("make readme", __doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the README is out of date")
    check = parser.parse_args(arguments).check
    old = README.read_text("utf-8")
    new = renewed(old, PARTS)
    if new == old:
        return 0
    if check:
        print("README.md is out of date: run scripts/make readme", file=sys.stderr)
        return 1
    README.write_text(new, "utf-8")
    print("README.md: tables written anew")
    return 0
