"""What ears are made of, as a value that can be sent to another process, and the chain made from it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coach.hearing.chain import Chain
from coach.hearing.echo.remover import EchoRemover
from coach.hearing.ports.engine import Engine
from coach.hearing.vocabulary.phrase_table import Table

Kind = Literal["vosk", "moonshine"]


@dataclass(frozen=True, slots=True)
class Recipe:
    kind: Kind
    table: Table
    headphones: bool = False
    """No echo to remove."""
    model: Path | None = None
    """Vosk's model folder, which it can't do without."""


def build_chain(recipe: Recipe, *, paced: bool = False) -> Chain:
    """Load the models. Raises MachineError where something is missing.

    Args: paced: looks at growing speech take at most half of the time there is (for a process that must keep up).
    """
    return Chain(build_engine(recipe, paced=paced), EchoRemover(recipe.headphones))


def build_engine(recipe: Recipe, *, paced: bool = False) -> Engine:
    """Load the model. Raises MachineError where it is missing."""
    if recipe.kind == "vosk":
        from coach.hearing.recognition.vosk.engine import VoskEngine

        return VoskEngine(recipe.table, recipe.model)
    from coach.hearing.recognition.moonshine_ears import MoonshineEngine

    return MoonshineEngine(recipe.table, paced=paced)
