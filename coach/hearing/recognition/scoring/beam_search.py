"""Beam search: the few likeliest transcripts of a sound (n-best list), each with its log-likelihood.

A small model's best transcript is often wrong by one word, and the right one is among the next: "I'm feeling busy",
"I'm feeling dizzy". What makes sense of them is up to the caller.
"""

from dataclasses import dataclass

import numpy as np

from coach.hearing.recognition.models.moonshine import Floats, Hypotheses, MoonshineModel, Sound
from coach.hearing.recognition.models.tokenizer import END, Tokenizer

# `scripts/bench hearing --scene paraphrases --voices tuning` measures these constants, and what they cost.
WIDTH = 8  # hypotheses that are followed
DEPTH = 8.0  # nats behind the best
MOST_TOKENS = 16  # longer talk is not for the coach


@dataclass(frozen=True, slots=True)
class Transcript:
    """One way to write a sound."""

    text: str
    log_p: float


class BeamSearch:
    """Moonshine's decoder, followed along several hypotheses at once."""

    def __init__(self, model: MoonshineModel, tokenizer: Tokenizer) -> None:
        self._model, self._tokenizer = model, tokenizer

    def transcripts(self, sound: Sound) -> tuple[Transcript, ...]:
        """Return the likeliest transcripts, best first; none where the sound is longer than any command."""
        at = self._model.begin(sound)
        live: list[tuple[tuple[int, ...], float]] = [((), 0.0)]
        ended: list[tuple[tuple[int, ...], float]] = []
        for _ in range(MOST_TOKENS):
            best = max((log_p for _, log_p in ended), default=-np.inf)
            new, closed = _extended(live, at.log_p, best)
            ended = sorted((*ended, *closed), key=lambda each: -each[1])[:WIDTH]
            if not new or (len(ended) == WIDTH and new[0][2] < ended[-1][1]):
                break
            at, live = self._step(at, live, new)
        return tuple(Transcript(self._written(tokens), log_p) for tokens, log_p in ended)

    def _step(
        self, at: Hypotheses, live: list[tuple[tuple[int, ...], float]], new: list[tuple[int, int, float]]
    ) -> tuple[Hypotheses, list[tuple[tuple[int, ...], float]]]:
        rows, tokens = [row for row, _, _ in new], [token for _, token, _ in new]
        followed = [((*live[row][0], token), log_p) for row, token, log_p in new]
        return self._model.extend(at, rows, tokens), followed

    def _written(self, tokens: tuple[int, ...]) -> str:
        return self._tokenizer.decode(tokens).replace("\u2019", "'")


def _extended(
    live: list[tuple[tuple[int, ...], float]], log_ps: Floats, best: float
) -> tuple[list[tuple[int, int, float]], list[tuple[tuple[int, ...], float]]]:
    """Return the best next tokens (row, token, log-likelihood so far), and the hypotheses that may end here."""
    closed = [(tokens, log_p + float(log_ps[row, END])) for row, (tokens, log_p) in enumerate(live)]
    likely = np.argpartition(log_ps, -WIDTH, axis=1)[:, -WIDTH:]
    found = [
        (row, int(token), log_p + float(log_ps[row, token]))
        for row, (_, log_p) in enumerate(live)
        for token in likely[row]
        if token != END
    ]
    found.sort(key=lambda each: -each[2])
    top = max(best, found[0][2] if found else best, max(log_p for _, log_p in closed))
    return [each for each in found[:WIDTH] if each[2] > top - DEPTH], [each for each in closed if each[1] > top - DEPTH]
