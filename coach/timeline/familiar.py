"""Choose how much is said of an exercise by how often it was done: a brief set-up, fewer words in its sets."""

from coach.timeline.step import Shape, Step, Words

LEVELS = tuple(Words)
SHORT_FROM, COUNT_FROM = 3, 8  # sessions of this exercise: ours, no source


def words_of(shape: Shape, exercise: str, step: Step) -> Words:
    """Return how much is said in a set: less the better she knows the exercise, more again after "repeat"."""
    times = shape.times_done.get(exercise, 0)
    level = max(LEVELS.index(shape.words), (times >= SHORT_FROM) + (times >= COUNT_FROM))
    return LEVELS[max(0, level - 1) if step.key_cue else level]


def is_known(shape: Shape, exercise: str, step: Step) -> bool:
    """Tell whether a set-up needs no more than name, key and position."""
    return not step.whole and (shape.short_setups or shape.times_done.get(exercise, 0) >= SHORT_FROM)
