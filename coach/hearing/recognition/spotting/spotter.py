"""Propose when to look for a safety word: the head judges the growing segment every 40 ms."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from coach.errors import MachineError
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import Piece
from coach.hearing.recognition.models.speech_embedding import SPAN_FRAMES, Floats, SpeechEmbedding
from coach.hearing.recognition.spotting.head import KINDS, Head, load_head
from coach.hearing.vocabulary.commands import Command
from coach.sound.pcm import Pcm

HOP_S, EARLIER_S = 0.04, 0.08
FIRST_S, LAST_S = 0.12, 1.4  # after speech began: shorter is no word yet, longer is no safety word
AFTER_S = 0.1  # after speech ended: a later look would delay early scoring
# `scripts/bench hearing --voices tuning` measures these constants.
PROPOSES_AT = 0.3  # probability
MOST_PROPOSALS, APART_S = 3, 0.075  # of one segment


@dataclass(frozen=True, slots=True)
class Proposal:
    """A safety word that may just have been said."""

    command: Command
    probability: float


@dataclass(slots=True)
class SpottedSegment:
    """What the spotter remembers of a segment."""

    before: Pcm
    """What was heard right before it."""
    next_hop_t: float
    embedded: dict[int, Floats] = field(default_factory=dict)
    """By the sample of the segment's sound that they end at."""
    proposals: int = 0


class Spotter:
    """The speech embedding and the head on it."""

    def __init__(self, embedding: SpeechEmbedding, head: Head) -> None:
        self._embedding, self._head = embedding, head

    def begin(self, piece: Piece) -> SpottedSegment:
        """Begin a segment with its first piece."""
        before = np.zeros(0, np.int16) if piece.before is None else piece.before
        return SpottedSegment(before, piece.speech_start_t + FIRST_S)

    def hear(self, segment: SpottedSegment, piece: Piece, sound: Sequence[Pcm]) -> Proposal | None:
        """Judge the segment up to this piece, if it is time to; return what the head takes it for.

        Args: sound: the segment's pieces so far.
        """
        if not self._is_due(segment, piece):
            return None
        segment.next_hop_t = piece.end_t + HOP_S - 1e-6
        probabilities = self._probabilities(segment, np.concatenate((segment.before, *sound)))
        likeliest = int(probabilities[1:].argmax()) + 1
        command, probability = KINDS[likeliest], float(probabilities[likeliest])
        if command is None or not probability >= PROPOSES_AT:
            return None
        segment.proposals += 1
        segment.next_hop_t = piece.end_t + APART_S
        return Proposal(command, probability)

    def _is_due(self, segment: SpottedSegment, piece: Piece) -> bool:
        in_time = piece.end_t - piece.speech_start_t <= LAST_S and piece.end_t - piece.speech_end_t <= AFTER_S
        return in_time and piece.end_t >= segment.next_hop_t and segment.proposals < MOST_PROPOSALS

    def _probabilities(self, segment: SpottedSegment, sound: Pcm) -> Floats:
        earlier = len(sound) - round(EARLIER_S * HEARING_HZ)
        for end in (earlier, len(sound)):
            if end not in segment.embedded:
                segment.embedded[end] = self._embedding.embed(_span(sound, end))[0]
        inputs = np.concatenate((segment.embedded[len(sound)], segment.embedded[earlier]))
        probabilities: Floats = self._head.probabilities(inputs[None])[0]
        return probabilities


def _span(sound: Pcm, end: int) -> Pcm:
    """Return the last span before a sample; where there is less, it begins with what there is, repeated."""
    span = sound[max(0, end - SPAN_FRAMES) : end]
    return span if len(span) == SPAN_FRAMES else np.pad(span, (SPAN_FRAMES - len(span), 0), mode="wrap")


def open_spotter() -> Spotter:
    """Load the models and the head. Raises MachineError where something is missing, damaged or of another version."""
    head = load_head()
    return Spotter(SpeechEmbedding(), head)


def spotter_if_any() -> Spotter | None:
    """Load a spotter; None where it can't be: safety words are then heard without it, a little later."""
    try:
        return open_spotter()
    except MachineError:
        return None


def why_no_spotter() -> str | None:
    """Return why no spotter can be opened, one line; None where it can. Loads the head alone."""
    try:
        load_head()
    except MachineError as error:
        return str(error)
    return None
