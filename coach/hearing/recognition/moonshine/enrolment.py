"""Judge a word that she teaches: whether it can be learned, or why not.

What can't be learned: other talk, a word in noise, another word than asked for, another voice than before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.learned import SAMPLES, LearnedWord
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel
from coach.hearing.recognition.moonshine.engine import MoonshineEngine
from coach.hearing.recognition.pitch import median_hz, pitch_hz
from coach.hearing.recognition.scoring.templates import pooled_between
from coach.hearing.vocabulary.commands import Command
from coach.hearing.vocabulary.phrase_table import Table
from coach.sound.pcm import Pcm, db_of, gain_of, in_steps, rms
from coach.sound.reverberation import impulse_response

WORDS: dict[str, Command] = {
    "stop": Command.STOP,
    "pause": Command.PAUSE,
    "it hurts": Command.IT_HURTS,
    "next": Command.NEXT,
    "done": Command.DONE,
}
"""The words that are taught, in this order."""
NOISES_DB = (14.0, 8.0)
"""Of her word over the noise that it is heard in once more: she teaches where it is quiet, and trains in a kitchen."""
REVERBERATION_S, DISTANCE_M = 0.4, 2.0
"""Of that kitchen. `scripts/bench learned --voices tuning` measures what both are worth."""
LEAST_SNR_DB = 12.0
"""Of the word over the room: a sample in more noise is a sample of the noise."""
BEFORE_S = 0.15
"""So much of a segment's beginning is surely no speech yet."""
LONGEST_S = 1.5
MORE_WORDS = 1
"""Than she was asked for: more are a piece of other talk."""
SURELY, SURELY_MARGIN = -3.0, 3.0
"""Nats from which it is surely another word."""
OTHER_PITCH = 1.35
"""Ratio of pitches from which it is another voice: five semitones."""


class SampleRefusal(StrEnum):
    """Why a sample is not taken."""

    NOTHING = "nothing"
    OTHER_TALK = "other_talk"
    NOISE = "noise"
    OTHER_WORD = "other_word"
    OTHER_VOICE = "other_voice"


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A word that can be learned."""

    text: str
    parts: Floats
    """As it came, and in each of `NOISES_DB`: (1 + noises, `PARTS`, width)"""
    pitch_hz: float | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is made of something she said."""

    sample: Sample | None = None
    refusal: SampleRefusal | None = None
    heard: str = ""
    """The other word, where it was one."""


class Enrolment:
    """Takes one sample after the other."""

    def __init__(self, table: Table, model: MoonshineModel | None = None) -> None:
        """Load the models. Raises MachineError where one is missing."""
        self._model = model or MoonshineModel()
        self._engine = MoonshineEngine(table, self._model)
        self._engine.expect(frozenset(WORDS.values()))
        self._samples: list[Sample] = []

    def judge(self, text: str, said: Sequence[Piece], *, amid_talk: bool = False) -> Judgement:
        """Judge what was said when she was asked for a word; what is good is remembered.

        Args: said: the pieces of one segment; none where she said nothing. amid_talk: somebody was talking before.
        """
        if amid_talk or any(piece.amid_talk for piece in said):
            return Judgement(refusal=SampleRefusal.OTHER_TALK)
        if not said:
            return Judgement(refusal=SampleRefusal.NOTHING)
        if said[-1].end is not End.SILENCE:
            return Judgement(refusal=SampleRefusal.OTHER_TALK)
        whole = _joined(said)
        speech = _speech(whole)
        if len(speech) > LONGEST_S * HEARING_HZ:
            return Judgement(refusal=SampleRefusal.OTHER_TALK)
        if not db_of(rms(speech) + 1e-9) - db_of(_noise_rms(whole)) >= LEAST_SNR_DB:
            return Judgement(refusal=SampleRefusal.NOISE)
        if (other := self._otherwise(text, whole)) is not None:
            return other
        heard_in = [whole, *(_in_a_kitchen(whole, rms(speech), snr_db) for snr_db in NOISES_DB)]
        sample = Sample(text, np.stack([self._parts(each) for each in heard_in]), pitch_hz(speech))
        if not self._is_hers(sample):
            return Judgement(refusal=SampleRefusal.OTHER_VOICE)
        self._samples.append(sample)
        return Judgement(sample)

    def answer(self, said: Sequence[Piece], commands: frozenset[Command]) -> Command | None:
        """Return which of these commands was said in answer to another question; None where none was."""
        if not said or said[-1].end is not End.SILENCE:
            return None
        self._engine.expect(commands)
        found = next((each for each in self._engine.hear_piece(_joined(said)) if not each.partial), None)
        self._engine.expect(frozenset(WORDS.values()))
        if found is None or found.command not in commands:
            return None
        # As in a session: one of a few answers shows by its lead, too.
        threshold = self._engine.thresholds.command(found.text)
        return found.command if threshold.reached(found.confidence, found.margin) else None

    def learned(self) -> tuple[LearnedWord, ...]:
        """Return every word of which there are enough samples."""
        texts = dict.fromkeys(each.text for each in self._samples)
        found = [[each for each in self._samples if each.text == text] for text in texts]
        return tuple(_learned(samples) for samples in found if len(samples) >= SAMPLES)

    def close(self) -> None:
        """Let go of the models."""
        self._engine.close()

    def _otherwise(self, text: str, whole: Piece) -> Judgement | None:
        """Return a refusal if something else was surely said: another of the words, or a part of other talk."""
        found = next((each for each in self._engine.hear_piece(whole) if not each.partial), None)
        if found is None or found.command is WORDS[text]:
            return None
        if found.command is None and len(found.transcript.split()) > len(text.split()) + MORE_WORDS:
            return Judgement(refusal=SampleRefusal.OTHER_TALK)
        sure = found.command is not None and found.confidence >= SURELY and found.margin >= SURELY_MARGIN
        return Judgement(refusal=SampleRefusal.OTHER_WORD, heard=found.text) if sure else None

    def _parts(self, whole: Piece) -> Floats:
        frames = self._model.encode(preprocess(whole.samples, whole.floor_rms))
        start_s, end_s = (each - whole.start_t + PAD_S for each in (whole.speech_start_t, whole.speech_end_t))
        return pooled_between(frames, len(whole.samples) / HEARING_HZ + 2 * PAD_S, start_s, end_s)

    def _is_hers(self, sample: Sample) -> bool:
        """Tell whether it is as high as what she said before; a voice as high as hers can't be told from it."""
        known_hz = median_hz(each.pitch_hz for each in self._samples)
        if sample.pitch_hz is None or known_hz is None:
            return True
        ratio = sample.pitch_hz / known_hz
        return 1 / OTHER_PITCH < ratio < OTHER_PITCH


def _learned(samples: Sequence[Sample]) -> LearnedWord:
    """Return the samples of one word as a learned one."""
    parts = np.concatenate([each.parts for each in samples])
    return LearnedWord(samples[0].text, parts, pitch_hz=median_hz(each.pitch_hz for each in samples))


def _joined(said: Sequence[Piece]) -> Piece:
    """Return a segment as one piece, as at its end."""
    samples = np.concatenate([piece.samples for piece in said])
    return replace(said[-1], samples=samples, start_t=said[0].start_t, first=True, before=None)


def _in_a_kitchen(whole: Piece, speech_rms: float, snr_db: float) -> Piece:
    """Return a word as it would sound from across a kitchen: in reverberation and pink noise, so far below the word."""
    random, frames = np.random.default_rng(round(snr_db)), len(whole.samples)
    spectrum = np.fft.rfft(random.standard_normal(frames))
    noise = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1.0), frames)
    response = impulse_response(REVERBERATION_S, DISTANCE_M, random, HEARING_HZ)
    heard = np.convolve(whole.samples.astype(np.float64), response)[:frames]
    level = speech_rms * gain_of(-snr_db)
    return replace(whole, samples=in_steps(heard + level * noise / noise.std()), floor_rms=level)


def _noise_rms(whole: Piece) -> float:
    """Return the noise right before the word, or the room's where that is louder."""
    return max(whole.floor_rms, rms(whole.samples[: round(BEFORE_S * HEARING_HZ)]))


def _speech(whole: Piece) -> Pcm:
    first, last = (round((each - whole.start_t) * HEARING_HZ) for each in (whole.speech_start_t, whole.speech_end_t))
    return whole.samples[max(0, first) : max(first + 1, last)]
