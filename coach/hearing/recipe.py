"""The recipe of the ears: a value that can be sent to another process, and the chain that is built from it.

To add a recognizer, give it a member here, its thresholds, and how it is built; `choose` says when it is taken. Models,
numpy and their like are imported late, so that the command line can list the recognizers at once.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach.hearing.chain import Chain
    from coach.hearing.ports.engine import Engine
    from coach.hearing.ports.thresholds import Thresholds
    from coach.hearing.recognition.learned import LearnedWord
    from coach.hearing.recognition.moonshine.examples import Examples
    from coach.hearing.vocabulary.phrase_table import Table


class Recognizer(StrEnum):
    """The recognition engines."""

    VOSK = "vosk"
    MOONSHINE = "moonshine"


KINDS = ("auto", *Recognizer)
"""What `--ears` takes."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that ears are built from."""

    recognizer: Recognizer
    table: "Table"
    headphones: bool = False
    """No echo to remove."""
    model: Path | None = None
    """Vosk's model folder, which it can't do without."""
    examples: "Examples" = ()
    """Sounds of words that no template of Moonshine's has, such as names."""
    learned: "Sequence[LearnedWord]" = ()
    """Words that she has taught in her own voice, for Moonshine."""
    keep_learning: bool = False
    """Samples of words that are said again come with what is heard."""
    echo_delay_s: float | None = None
    """As the sound check measured it."""

    @property
    def thresholds(self) -> "Thresholds":
        """Return the thresholds of the recognizer, before any model is loaded."""
        return thresholds_of(self.recognizer)

    @property
    def half_duplex(self) -> bool:
        """Tell whether there is echo and no canceller for it: the coach then hears only while it is silent."""
        from coach.hearing.echo.aec3 import aec3_is_installed

        return not self.headphones and not aec3_is_installed()


def thresholds_of(recognizer: Recognizer) -> "Thresholds":
    """Return a recognizer's thresholds. No model is loaded."""
    from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
    from coach.hearing.recognition.vosk.thresholds import VOSK

    return {Recognizer.VOSK: VOSK, Recognizer.MOONSHINE: MOONSHINE}[recognizer]


def build_chain(recipe: Recipe, *, paced: bool = False, parallel: bool = False) -> "Chain":
    """Load the models. Raises MachineError where something is missing.

    Args: paced: scoring partial results takes at most half of the time there is (for a process that must keep up).
    parallel: models run on several cores.
    """
    from coach.hearing.chain import Chain
    from coach.hearing.echo.remover import EchoRemover

    echo = EchoRemover(recipe.headphones, delay_s=recipe.echo_delay_s)
    return Chain(build_engine(recipe, paced=paced, parallel=parallel), echo)


def build_engine(recipe: Recipe, *, paced: bool = False, parallel: bool = False) -> "Engine":
    """Load the model. Raises MachineError where it is missing.

    Args: paced: scoring partial results takes at most half of the time there is. parallel: models run on several cores.
    """
    match recipe.recognizer:
        case Recognizer.VOSK:
            from coach.hearing.recognition.vosk.engine import VoskEngine

            return VoskEngine(recipe.table, recipe.model)
        case Recognizer.MOONSHINE:
            from coach.hearing.recognition.moonshine.engine import MoonshineEngine
            from coach.hearing.recognition.spotting.spotter import spotter_if_any

            engine = MoonshineEngine(
                recipe.table, paced=paced, parallel=parallel, spotter=spotter_if_any(), examples=recipe.examples
            )
            engine.learn(recipe.learned, further=recipe.keep_learning)
            return engine
