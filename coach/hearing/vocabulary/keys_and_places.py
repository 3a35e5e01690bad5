"""What a phrase table may name: the keys of a keyboard, and the places where a command is worth saying."""

DIGITS = "1-0"
"""The key of the entry with values: 1 to 9, and 0 for ten."""
NAMED_KEYS = {" ": "space", "\r": "enter", "\n": "enter"}
"""The names of keys, by the character that a terminal gives."""
ANYWHERE = "anywhere"
ASKING = "asking"
PLACES = frozenset(
    {
        "check_in",
        "welcome",
        "warm_up",
        "move",
        "setup",
        "gate",
        "set",
        "switch",
        "rest",
        "effort",
        "walk",
        "way_out",
        "wind_down",
        "finish",
        ANYWHERE,
        ASKING,
    }
)
"""The kinds of segments, which a test compares with the timeline's, and two words."""


def is_key(key: object) -> bool:
    """Tell whether a value names a key of the keyboard."""
    return isinstance(key, str) and (len(key) == 1 or key in {DIGITS, *NAMED_KEYS.values()})
