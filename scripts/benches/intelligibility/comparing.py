"""Two texts in, how many words of the one are wrong in the other, to the ear and not to the eye."""

import re

from coach.hearing.vocabulary.pronunciation import ALIKE as HOMOPHONES
from coach.timeline.numbers import spoken

# Of words that sound the same the first stands for all: the one that joins ("in to", "to-day", "four arms").
MORE_ALIKE = """
arest arrest
band banned
clicks cliques
dumbbell dumbell
forarm forearm
forarms forearms
forhead forehead
forward foreword
heard herd
navel naval
taut taught
theirfor therefore
whose who's
"""
ALIKE = {
    word: group[0]
    for line in (HOMOPHONES + MORE_ALIKE).replace("'", "").split("\n")
    if (group := line.split())
    for word in group
}
SHORTENED = {"'re": " are", "'m": " am", "'ll": " will"}  # a listener may write either for the other


def words(text: str) -> list[str]:
    """Return the words as they sound: small letters, digits spelled, nothing shortened, no marks.

    A listener that is stuck writes a word down for ever; it counts as said twice.
    """
    text = re.sub(r"\byou(?:'re| are)\b", "your", text.lower())
    text = re.sub(r"\d+", lambda number: f" {spoken(int(number[0]))} ", text)
    for short, long in SHORTENED.items():
        text = re.sub(rf"{short}\b", long, text)
    text = re.sub(r"[^a-z]+", " ", text.replace("'", "")).replace("into ward", "in toward")
    text = re.sub(r"\b([a-z]+)(?: \1)+\b", r"\1 \1", text)
    return [ALIKE.get(word, word) for word in text.split()]


def edits(wanted: list[str], heard: list[str]) -> int:
    """Return how many words were put in, left out or changed. Two words written as one, or one as two, are no edit."""
    return _table(wanted, heard)[-1][-1]


def edits_at_end(before: list[str], wanted: list[str], heard: list[str]) -> tuple[int, list[str]]:
    """Return the edits of what comes last in what was heard, and those words; in doubt an error is theirs."""
    cuts = [(edits(before, heard[:cut]), edits(wanted, heard[cut:]), cut) for cut in range(len(heard) + 1)]
    _, wrong, cut = min(cuts, key=lambda each: (each[0] + each[1], -each[1]))
    return wrong, heard[cut:]


def _table(wanted: list[str], heard: list[str]) -> list[list[int]]:
    rows = [list(range(len(heard) + 1))]
    for i, one in enumerate(wanted, 1):
        row = [i]
        for j, other in enumerate(heard, 1):
            least = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (one != other))
            if i > 1 and wanted[i - 2] + one == other:
                least = min(least, rows[-2][j - 1])
            if j > 1 and heard[j - 2] + other == one:
                least = min(least, rows[-1][j - 2])
            row.append(least)
        rows.append(row)
    return rows
