"""A phonetic key of English words: homophones ("wait", "weight") share it, so they can't be two commands.

The key is coarse, for English spells one sound in many ways: a list of homophones comes first, then spelling rules.
Text in other scripts is its own key.
"""

import re
from functools import cache

# Homophones, a group a line: those near what she or the coach says, not all of English.
ALIKE = """
ate eight
be bee
brake break
buy by bye
cent scent sent
close clothes
do dew due
feat feet
for fore four
hear here
heel heal he'll
hole whole
hour our
i'll aisle isle
its it's
knead need
knee nee
knew new
know no
knows nose
lead led
made maid
one won
pain pane
past passed
pause paws
piece peace
raise rays raze
read red
right rite write
rows rose
sail sale
sew so sow
side sighed
sides sighs
some sum
stair stare
steal steel
straight strait
their there they're
time thyme
to too two
wait weight
waits weights
waist waste
wander wonder
way weigh
weak week
wear where
weather whether
whats what's
wood would
your you're
"""

# Applied in this order to one word in lower case, without apostrophes.
RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^kn|^gn|^pn", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"^ps", "s"),
        (r"igh", "Y"),  # right, high
        (r"gh(?=t|$)", ""),  # weight, caught
        (r"mb$", "m"),
        (r"ph", "f"),
        (r"tch", "C"),
        (r"ch", "C"),
        (r"sch|sh", "S"),
        (r"th", "T"),
        (r"ck", "k"),
        (r"dg(?=e)", "j"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"ay$|ai|ei|ey$|a(?=[b-df-hj-np-tv-z]e$)", "A"),  # wait, they, made
        (r"ee|ea|ie(?=.)|e(?=[b-df-hj-np-tv-z]e$)", "E"),  # steel, steal, these
        (r"i(?=[b-df-hj-np-tv-z]e$)|ie$|y$", "Y"),  # side, tie
        (r"oa|ow$|o(?=[b-df-hj-np-tv-z]e$)", "O"),  # road, slow, hole
        (r"oo|ue$|ew$|u(?=[b-df-hj-np-tv-z]e$)", "U"),  # blue, blew
        (r"(?<=[^aeiouAEYOU])e$", ""),  # silent
        (r"([b-df-hj-np-tv-z])\1", r"\1"),  # dinner, diner: nearer than spelling says
    )
)


@cache
def _alike() -> dict[str, str]:
    groups = [line.split() for line in ALIKE.split("\n") if line]
    return {word: group[0] for group in groups for word in group}


@cache
def sound_of_word(word: str) -> str:
    """Return the phonetic key of a word in its normal form."""
    sound = _alike().get(word, word).replace("'", "")
    for pattern, letters in RULES:
        sound = pattern.sub(letters, sound)
    return sound


def sound_of(text: str) -> str:
    """Return the phonetic key of a phrase in its normal form, wherever its words part."""
    return "".join(sound_of_word(word) for word in text.split())
