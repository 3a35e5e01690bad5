"""Write the golden timelines that a person reviews (`tests/golden/*.txt`) anew, and say which of them changed."""

from collections.abc import Sequence

from coach.library.files import load_routine, routine_ids
from coach.speech.voice import estimate
from coach.timeline.build import build_timeline
from coach.timeline.dump import text
from scripts.named import ROOT, options

FOLDER = ROOT / "tests" / "golden"


def main(arguments: Sequence[str]) -> int:
    parser = options("make golden", __doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where one differs")
    check, changed = parser.parse_args(arguments).check, 0
    for name in routine_ids():
        path = FOLDER / f"{name}.txt"
        now = text(build_timeline(load_routine(name), estimate), estimate)
        if path.exists() and path.read_text(encoding="utf-8") == now:
            print(f"{name}: as it was")
            continue
        changed += 1
        print(f"{name}: changed")
        if not check:
            path.write_text(now, encoding="utf-8")
    return 1 if changed and check else 0
