"""Ears in another process: the recipe tells what they are, before any model has loaded."""

from coach.hearing.ports.thresholds import Thresholds
from coach.hearing.recipe import Recipe


class EarsByRecipe:
    """What is known of ears by their recipe. The base of those that run in a process of their own."""

    def __init__(self, recipe: Recipe) -> None:
        self._recipe = recipe

    @property
    def name(self) -> str:
        """Return the recognizer's name."""
        return self._recipe.recognizer

    @property
    def thresholds(self) -> Thresholds:
        """Return the recognizer's thresholds."""
        return self._recipe.thresholds

    @property
    def half_duplex(self) -> bool:
        """Tell whether there is echo and no canceller for it."""
        return self._recipe.half_duplex
