"""Make the templates of the scoring (templates.npz) from scratch: what the encoder makes of every phrase.

Nine voices that the bench of hearing never listens to say each phrase, each rival and some words that are no command,
once near and once across a room with noise. Nothing recorded is in it. Two runs make the same of the same voices, in a
minute or two each.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.cli.session.name_sounds import VOICES
from coach.hearing.ports.ears import HEARING_HZ
from coach.hearing.recognition.augment.preprocessing import PAD_S, preprocess
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel
from coach.hearing.recognition.scoring.templates import FILE, pooled
from coach.hearing.vocabulary.phrase_table import Table, load_table
from coach.rehearsal.acoustics import impulse_response
from coach.sound.pcm import Pcm
from scripts.benches.hearing.utterances import TEST_VOICES, TUNING_VOICES, spoken_remarks
from scripts.named import options

OTHER_WORDS = (
    "bad", "both", "chair", "coffee", "come", "dark", "dinner", "door", "eh", "gone", "good", "heat", "here",
    "hm", "kitchen", "light", "maybe", "morning", "nice", "nothing", "now", "oh", "okay", "ow", "past", "read",
    "right", "shop", "so", "step", "table", "the", "there", "think", "water", "week", "what", "when", "where",
    "who", "window", "yeah", "you",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where she says it; the bounds of what differs from word to word."""

    snr_db: float
    reverberation_s: tuple[float, float]
    distance_m: tuple[float, float]


PLACES = (Place(25.0, (0.15, 0.3), (0.5, 1.0)), Place(9.0, (0.2, 0.6), (1.0, 4.0)))
BEFORE_S, BEHIND_S = 0.25, 0.375
LOUD = 3_000.0  # of 32,768, rms
AXES = 64  # of 1,440: the directions in which words differ most; with all of them hardly more are told apart
ON_A_SCALE = 127
FLOOR_RMS = 20.0  # of the noise around a sound, of 32,768


def main(arguments: Sequence[str]) -> int:
    parser = options("make templates", __doc__)
    parser.add_argument("file", type=Path, nargs="?", default=FILE, help="where to (beside the program)")
    path: Path = parser.parse_args(arguments).file
    words = words_of(load_table())
    parts = heard_by_model(words)
    middle, spread = parts.mean(axis=(0, 1, 2)), parts.std(axis=(0, 1, 2))
    places = ((parts - middle) / spread).reshape(-1, middle.size)
    axes = np.linalg.svd(places, full_matrices=False)[2][:AXES].T
    sounds = places @ axes
    sounds *= ON_A_SCALE / np.abs(sounds).max(axis=1, keepdims=True)
    np.savez_compressed(
        path,
        words=np.array(words),
        # What she says comes from across a room, too.
        middle=parts[:, :, -1].mean(axis=(0, 1)).astype(np.float16),
        spread=spread.astype(np.float16),
        axes=axes.astype(np.float16),
        sounds=np.rint(sounds).astype(np.int8),
    )
    print(f"{path.name}: {len(words)} words, {len(sounds):,} sounds, {path.stat().st_size:,} bytes")
    return 0


def words_of(table: Table) -> list[str]:
    """Return every phrase, rival and word that is neither, once each."""
    phrases = [phrase.text for phrase in table.phrases()]
    return list(dict.fromkeys([*phrases, *table.rivals, *OTHER_WORDS]))


def heard_by_model(words: Sequence[str]) -> Floats:
    """Return what the encoder makes of each word: (words, voices, places, parts, width)."""
    if kept := {*VOICES} & {*TEST_VOICES, *TUNING_VOICES}:
        raise ValueError(f"{', '.join(sorted(kept))}: kept for the bench of hearing")
    model = MoonshineModel()
    parts = []
    for name in VOICES:
        said = zip(words, spoken_remarks(words, [name]), strict=True)
        parts.append([_everywhere(model, f"{name} {word}", each.samples) for word, each in said])
        print(f"  {name}: {len(words)} words", flush=True)
    return np.swapaxes(np.array(parts, np.float32), 0, 1)


def _everywhere(model: MoonshineModel, name: str, said: Pcm) -> list[Floats]:
    """Return the parts of one word in each place; chance goes by its name, whatever else is said."""
    seed = zlib.crc32(name.encode())
    return [_parts(model, in_room(said, place, np.random.default_rng([seed, at]))) for at, place in enumerate(PLACES)]


def in_room(said: Pcm, place: Place, random: np.random.Generator) -> Pcm:
    """Return the word alone, `BEFORE_S` of noise before it, as it sounds in this place."""
    word = spoken_part(said).astype(np.float64)
    before, behind = _frames(BEFORE_S), _frames(BEHIND_S)
    response = impulse_response(random.uniform(*place.reverberation_s), random.uniform(*place.distance_m), random)
    sound = np.convolve(np.pad(word, (before, behind)), response)[: before + len(word) + behind]
    sound *= LOUD / np.sqrt(np.mean(np.square(sound[before:-behind])))
    sound += LOUD * 10 ** (-place.snr_db / 20) * pink(len(sound), random)
    pcm: Pcm = np.clip(np.rint(sound), -32_768, 32_767).astype(np.int16)
    return pcm


def spoken_part(samples: Pcm) -> Pcm:
    """Return a clip without the silence before and behind the word."""
    levels = np.abs(samples.astype(np.int32))
    loud = np.flatnonzero(levels > 0.02 * levels.max())
    return samples[loud[0] : loud[-1]]


def pink(frames: int, random: np.random.Generator) -> Floats:
    """Return noise that falls by 3 dB an octave, at an rms of 1."""
    spectrum = np.fft.rfft(random.standard_normal(frames))
    noise = np.fft.irfft(spectrum / np.sqrt(np.arange(len(spectrum)) + 1.0), frames)
    level: Floats = (noise / noise.std()).astype(np.float32)
    return level


def _parts(model: MoonshineModel, sound: Pcm) -> Floats:
    frames = model.encode(preprocess(sound, FLOOR_RMS))
    a_second = len(frames) / (len(sound) / HEARING_HZ + 2 * PAD_S)
    begins_s, ends_s = PAD_S + BEFORE_S, PAD_S + len(sound) / HEARING_HZ - BEHIND_S
    return pooled(frames, begins_s * a_second, ends_s * a_second)


def _frames(seconds: float) -> int:
    return round(seconds * HEARING_HZ)
