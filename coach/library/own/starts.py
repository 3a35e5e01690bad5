"""Starts for files of one's own: a whole exercise of each kind and a routine, commented, to be written over."""

from enum import StrEnum
from string import Template


class StartKind(StrEnum):
    """What an own exercise is like."""

    MOVING = "moving"
    """Standing, both sides at once."""
    HELD = "held"
    """Standing, a position that is kept."""
    TWO_SIDED = "two-sided"
    """Standing, first the right side, then the left."""
    FLOOR = "floor"
    """On hands and knees."""


_TAGS = {StartKind.HELD: '"balance"', StartKind.FLOOR: '"kneeling", "floor-transfer"'}
_TAKE_IT = {
    StartKind.MOVING: "Stand tall behind a chair, both hands on its back.",
    StartKind.HELD: "Stand tall behind a chair, both hands on its back.",
    StartKind.TWO_SIDED: "Stand tall behind a chair, both hands on its back.",
    StartKind.FLOOR: "Hands under your shoulders, knees under your hips, your back long.",
}
_MOVEMENT = {
    StartKind.MOVING: "Breathe out and rise onto your toes. Breathe in and come down slowly.",
    StartKind.HELD: "Breathe out and rise onto your toes. Stay there, and keep breathing. Then come down.",
    StartKind.TWO_SIDED: "Breathe out and lift your {side} foot behind you. Breathe in and lower it slowly.",
    StartKind.FLOOR: "Breathe out and grow long, from your head to your tailbone. Breathe in and let go.",
}
_HOLD = """[[phase]]
name = "hold"
breath = "free"            # nobody is told to hold their breath
seconds = 8                # 0.5 to 10
hold = true                # keeps its seconds whatever the pace
cues = ["stay, and keep breathing", "stay"]
fact = "added"

"""
_SWITCH = """# How to change sides, step by step; in switch, {side} is already the new side.
[[switch]]
say = "Stand on both feet for a breath."
fact = "added"

[[switch]]
say = "Now your {side} leg."
fact = "added"

"""


_EXERCISE = Template("""# An exercise of your own. Edit what is here, then run: coach check FILE
# Everything in quotes under `say` and `cues` is spoken. Don't use what you say to the coach ("stop", "next").
# {side} and {other} stand for right and left. `fact` names an entry of `coach sources`; "added" means it's your own.
name = $name
target = "what it is good for, after the word for"
target_fact = "added"
equipment = [$things]         # chair mat towel wall table band dumbbell, or whatever should be said
position = "$position"      # standing, hands-and-knees or face-down
sides = "$sides"             # each: right, then left; alternating: both make one rep; or none
reps = [$reps]          # the fewest and the most it is meant for
# What the safety rules need to know: end-range-flexion loaded-flexion hip-hinge twisting impact overhead
# floor-transfer prone-extension kneeling balance max-effort breath-hold. List all that fit.
tags = [$tags]
variant_of = ""            # the id of an easier exercise that this is the harder variant of
lead = "$lead"
easier = "A smaller movement is enough."
harder = "A larger movement, as long as it stays easy to breathe."

# The movement in one sentence.
[key]
say = "$movement"
fact = "added"

# The position, step by step. pause_s: seconds to do it in, up to 30.
[[setup]]
say = "$position_taken"
fact = "added"
pause_s = 6

[[movement]]
say = "$movement"
fact = "added"
pause_s = 3

# A rep is its phases, in this order: name, breath (out, in or free), seconds (a movement takes 2 to 10),
# and what is said: the longest that fits, later in the set a shorter one.
[[phase]]
name = "lift"
breath = "out"
seconds = 3
cues = ["breathe out, and up", "out, up", "out"]
fact = "added"

$hold[[phase]]
name = "lower"
breath = "in"
seconds = 3
cues = ["breathe in, and down", "in, down", "in"]
fact = "added"

# A mistake to avoid, and when it happens: in the setup, or in the phase named here.
[[avoid]]
when = "lower"
say = "Slowly, all the way down."
fact = "added"

[[reminder]]
say = "Your back long."
fact = "added"

$switch[[rest]]
say = "$rest"
fact = "added"

# How to get out of this position when it hurts, at your own pace.
[[way_out]]
say = "$way_out"
fact = "added"
pause_s = 3

# A [figure] is optional: without one, guide and screen show only words. For examples, see the coach's own files.
""")


def exercise_start(name: str, kind: StartKind) -> str:
    """Return a whole exercise file of this kind, commented."""
    floor = kind is StartKind.FLOOR
    return _EXERCISE.substitute(
        name=_quoted(name),
        things='"mat", "chair"' if floor else '"chair"',
        position="hands-and-knees" if floor else "standing",
        sides="each" if kind is StartKind.TWO_SIDED else "none",
        reps="3, 5" if kind is StartKind.HELD else "10, 15",
        tags=_TAGS.get(kind, ""),
        lead="{Side} leg." if kind is StartKind.TWO_SIDED else "Here we go.",
        movement=_MOVEMENT[kind],
        position_taken=_TAKE_IT[kind],
        hold=_HOLD if kind is StartKind.HELD else "",
        switch=_SWITCH if kind is StartKind.TWO_SIDED else "",
        rest="Sit back on your heels, upright, and breathe." if floor else "Stand easy, and breathe.",
        way_out="Come down slowly onto your side." if floor else "Both feet on the floor, and lean on the chair.",
    )


def routine_start(name: str, exercise: str) -> str:
    """Return a whole routine file, commented."""
    return f"""# Your own routine: coach check FILE says what's wrong; coach run ./FILE starts a session with it.
name = {_quoted(name)}

# Each [[block]] is one exercise: an id from `coach exercises`, or the name of your own file next to this one.
[[block]]
exercise = "{exercise}"
sets = 1                   # 1 to 5
reps = 10                  # 1 to 30, on each side if it has sides
# rest = 90                # seconds between its sets and after it, 15 to 300
# phases = {{ lift = 4 }}    # seconds of a phase, by its name

# A warm-up, a balance hold and a wind-down are added around the blocks, unless:
# warm_up = false
# balance = false
# wind_down = false
"""


def _quoted(text: str) -> str:
    """Return a text as TOML has it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(letter for letter in escaped if letter.isprintable()) + '"'
