"""Whether LAME's faster level is as good for these voices: words heard, spectrum, level in pauses, CPU.

Sentences with a second of room tone between them are encoded as passages are, at ffmpeg's usual level and at 7, which
shapes no noise. Each is decoded, written down freely by the built-in ears, and compared with its source.
"""

import resource
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from coach.export.decode import decoded
from coach.export.encoder import FRAMES
from coach.hearing.recognition.models.moonshine import MoonshineModel, model_folder
from coach.hearing.recognition.models.tokenizer import Tokenizer
from coach.sound.clip import RATE_HZ
from coach.sound.ffmpeg import ffmpeg_path
from coach.sound.pcm import Samples, as_float, as_pcm
from coach.sound.room_tone import RoomTone
from coach.speech.choose import open_clips, usual_voice
from scripts.benches.export.row import BenchRow, at_most
from scripts.benches.intelligibility.__main__ import transcribed
from scripts.benches.intelligibility.comparing import edits, words
from scripts.benches.intelligibility.said import sentences

EVERY = 16
"""Of all sentences one in so many."""
LEVELS = {"source": None, "usual": [], "level 7": ["-compression_level", "7"]}
PAUSE = RATE_HZ
WINDOW, BANDS, AUDIBLE_DB = 1_024, 32, -75.0


def rows(folder: Path) -> Iterator[BenchRow]:
    """Measure the system's voice, and the usual one."""
    texts = sentences()[::EVERY]
    for voice in dict.fromkeys(["en-us", usual_voice()]):
        yield from _of_voice(voice, texts, folder)


def _of_voice(voice: str, texts: Sequence[str], folder: Path) -> Iterator[BenchRow]:
    clips = open_clips(voice)
    clips.prepare(texts)
    source, places = _track([clips.clip(text).samples for text in texts])
    clips.close()
    sound = {name: source if level is None else _coded(source, level, folder) for name, level in LEVELS.items()}
    wrong = {name: _wrong(texts, coded, places) for name, coded in sound.items()}
    total = sum(len(words(text)) for text in texts)
    for name, coded in sound.items():
        error = np.square(source - coded).sum() + 1e-12
        snr_db = 10 * np.log10(np.square(source).sum() / error)
        print(
            f"{voice}, {name}: {wrong[name]} of {total} words wrong, log-spectral distance "
            f"{_distance_db(source, coded):.2f} dB, SNR {snr_db:.1f} dB, pauses {_pause_db(coded, places):.1f} dBFS"
        )
    usual, fast = sound["usual"], sound["level 7"]
    yield at_most(
        f"level 7, {voice}: wrong words more than at the usual level", wrong["level 7"] - wrong["usual"], 0, digits=0
    )
    more_db = _distance_db(source, fast) - _distance_db(source, usual)
    yield at_most(f"level 7, {voice}: log-spectral distance more", more_db, 0.1, " dB")
    yield at_most(
        f"level 7, {voice}: pauses beside the usual", abs(_pause_db(fast, places) - _pause_db(usual, places)), 1, " dB"
    )


def _track(samples: Sequence[Samples]) -> tuple[Samples, list[tuple[int, int]]]:
    """Return the sentences one after the other on room tone, and where each begins and ends."""
    places, at = [], PAUSE
    for each in samples:
        places.append((at, at + len(each)))
        at += len(each) + PAUSE
    mixed = RoomTone().over(0, at)
    for (start, end), each in zip(places, samples, strict=True):
        mixed[start:end] += each
    return as_float(as_pcm(mixed)), places


def _coded(source: Samples, level: Sequence[str], folder: Path) -> Samples:
    """Encode and decode samples; print the CPU of it."""
    target = folder / "level.mp3"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    sound_in = ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "pipe:0"]
    command = [ffmpeg_path(), "-v", "error", "-y", *sound_in, *FRAMES, *level, str(target)]
    subprocess.run(command, check=True, input=as_pcm(source).tobytes())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_ms = 1_000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    print(f"{' '.join(level) or 'usual level'}: {cpu_ms / (len(source) / RATE_HZ):.1f} ms of CPU a second of sound")
    return np.concatenate(list(decoded(target)))[: len(source)]


def _wrong(texts: Sequence[str], sound: Samples, places: Sequence[tuple[int, int]]) -> int:
    model, tokenizer = MoonshineModel(), Tokenizer(model_folder() / "tokenizer.bin")
    heard = (transcribed(model, tokenizer, sound[start - PAUSE // 4 : end + PAUSE // 4]) for start, end in places)
    return sum(edits(words(text), words(said)) for text, said in zip(texts, heard, strict=True))


def _distance_db(source: Samples, coded: Samples) -> float:
    """Return the log-spectral distance in third-octave-like bands, where the source is audible."""
    one, other = _bands_db(source), _bands_db(coded)
    audible = one > AUDIBLE_DB
    return float(np.sqrt(np.mean(np.square(one - other)[audible])))


def _bands_db(samples: Samples) -> np.ndarray:
    frames = samples[: len(samples) // WINDOW * WINDOW].reshape(-1, WINDOW) * np.hanning(WINDOW)
    power = np.square(np.abs(np.fft.rfft(frames, axis=1))) / np.square(np.hanning(WINDOW).sum() / 2)
    edges = np.unique(np.round(np.geomspace(3, WINDOW // 2, BANDS + 1)).astype(int))
    summed = np.add.reduceat(power, edges[:-1], axis=1)
    return np.asarray(10 * np.log10(summed + 1e-12))


def _pause_db(sound: Samples, places: Sequence[tuple[int, int]]) -> float:
    """Return the level in the middle of the pauses."""
    quarter = PAUSE // 4
    power = [np.mean(np.square(sound[end + quarter : end + 3 * quarter])) for _, end in places]
    return float(10 * np.log10(np.mean(power)))
