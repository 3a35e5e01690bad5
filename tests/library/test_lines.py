"""Places in a TOML text: each on the line it was written."""

import json
import string
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from coach.library.lines import Place, line_of, scan_lines


def test_lines_are_found_in_a_tricky_text() -> None:
    text = '''# [[block]] in a comment
name = "[[block]] # in a string"
"odd key" = 1
long = """
[table]
x = 1
"""
[[block]]   # the first
exercise = 'it # is' # [x]
list = [
  1,  # one
  [2, 3],
  "]",
]
[block.phases]
pull = 4
[[block]]
phases = { pull = 4, "lower" = 5 }
a.b.c = 1
'''
    lines = scan_lines(text)
    wanted: dict[Place, int] = {
        ("name",): 2,
        ("odd key",): 3,
        ("long",): 4,
        ("block", 0): 8,
        ("block", 0, "exercise"): 9,
        ("block", 0, "list", 0): 11,
        ("block", 0, "list", 1, 1): 12,
        ("block", 0, "list", 2): 13,
        ("block", 0, "phases"): 15,
        ("block", 0, "phases", "pull"): 16,
        ("block", 1): 17,
        ("block", 1, "phases", "lower"): 18,
        ("block", 1, "a", "b", "c"): 19,
    }
    assert {place: lines.get(place) for place in wanted} == wanted
    assert ("table",) not in lines


def test_an_unknown_place_has_the_line_of_what_is_around_it() -> None:
    assert line_of(scan_lines("[a]\nb = 1\n"), ("a", "x", 3)) == 1
    assert line_of({}, ("a",)) is None


VALUES = st.recursive(
    st.one_of(st.integers(-9, 9), st.booleans(), st.text(string.printable, max_size=12)),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
KEYS = st.text(string.ascii_lowercase + "-_ #[]", min_size=1, max_size=6)


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.lists(st.dictionaries(KEYS, VALUES, max_size=4), max_size=3))
def test_every_key_is_found_on_the_line_it_was_written(top: dict[str, object], blocks: list[dict[str, object]]) -> None:
    top.pop("block", None)
    text, wanted = "", {}
    for prefix, table in [((), top), *((("block", n), table) for n, table in enumerate(blocks))]:
        if prefix:
            wanted[prefix] = text.count("\n") + 1
            text += "[[block]]  # a block\n"
        for key, value in table.items():
            wanted[(*prefix, key)] = text.count("\n") + 1
            text += f"{json.dumps(key)} = {json.dumps(value, ensure_ascii=True)} # and why\n\n"
    tomllib.loads(text)
    lines = scan_lines(text)
    assert {place: lines.get(place) for place in wanted} == wanted
