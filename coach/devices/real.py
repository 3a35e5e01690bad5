"""The real speaker and microphone in step: pacing, pairing played with recorded frames, recovery after a loss."""

import contextlib
import threading
import time
from collections import deque
from functools import partial
from queue import Empty, Queue

import numpy as np

from coach.devices.headset import microphone_beside_headset
from coach.devices.port import BLOCK_S, HEARING_FRAMES, DeviceChange
from coach.devices.portaudio import Microphone, Speaker, leave_portaudio, restart_portaudio, wait
from coach.errors import CoachError
from coach.hearing.ports.ears import HEARING_HZ
from coach.session.events import DeviceBack, DeviceKind, DeviceLost
from coach.sound.pcm import Pcm, in_steps, noise_floor
from coach.threads import WatchedThread

WAITING_S = 2 * BLOCK_S  # before the speaker, beside what PortAudio holds
_LEAVING_S = 2.0
_DEAD_S = 1.5  # without a callback: the device is gone; a busy machine has been seen to starve it for one
_APART_FRAMES = HEARING_HZ // 4  # how far heard and played may drift apart before they are put together again
_RETRY_S = (1.0, 2.0, 4.0, 8.0)
_OTHERS_AFTER = 2  # tries: then any device will do, for the named one has been taken away
_ANEW_AFTER = (3, 5)  # tries for the microphone alone: then the speaker is let go too, so that PortAudio looks again


class SoundDevices:
    """The machine's own speaker and microphone."""

    def __init__(self, speaker: str | None = None, microphone: str | None = None) -> None:
        """Open both. Raises MachineError without a speaker; a microphone may be missing, unless it was named."""
        self._names = speaker, microphone
        self._changes: deque[DeviceChange] = deque()
        self._speaker: Speaker | None = Speaker(speaker)
        self._microphone = self._listen(tries=0)
        self._before_s = 0.0
        self._late_before_s = 0.0
        self._played: Pcm = np.zeros(0, np.int16)
        self._heard: Pcm = np.zeros(0, np.int16)
        self._paired: Microphone | None = None
        """The microphone whose first frame was put beside what was played then: no echo comes before its sound."""
        self._noise = np.random.default_rng(1)
        self._seen: dict[DeviceKind, tuple[int, float]] = {}
        self._recovering: WatchedThread | None = None
        self._anew = threading.Event()
        """The speaker is to be let go; the loop does it, and hands it over."""
        self._let_go: Queue[Speaker] = Queue()
        self._closed = threading.Event()

    @property
    def has_microphone(self) -> bool:
        """Tell whether there is a microphone now."""
        return self._microphone is not None

    @property
    def clock_s(self) -> float:
        """Return the frames that left the speaker / rate."""
        speaker = self._speaker
        return self._before_s + (speaker.frames / speaker.rate_hz if speaker else 0.0)

    @property
    def late_s(self) -> float:
        """Return the silence that was put in because no block was waiting."""
        speaker = self._speaker
        return self._late_before_s + (speaker.late / speaker.rate_hz if speaker else 0.0)

    @property
    def latency_s(self) -> float:
        """Return how long after it counts as played a sound is heard, as the sound system says."""
        speaker = self._speaker
        return speaker.latency_s if speaker else 0.0

    def exchange(self, block: Pcm) -> tuple[Pcm, Pcm]:
        """Play a block as soon as there is room; return whole 20 ms blocks of what was heard and played meanwhile."""
        speaker = self._speaker
        if speaker is None:
            wait(BLOCK_S)
            self._before_s += BLOCK_S
            return self._pair(np.zeros(HEARING_FRAMES, np.int16))
        if self._anew.is_set():
            self._let_speaker_go(speaker)
            return self._pair(np.zeros(HEARING_FRAMES, np.int16))
        speaker.play(block)
        while speaker.waiting_s > WAITING_S and not self._dead(DeviceKind.SPEAKER, speaker):
            wait(BLOCK_S / 4)
        played = speaker.played()
        if self._dead(DeviceKind.SPEAKER, speaker):
            self._lose_speaker(speaker)
        elif self._microphone and self._dead(DeviceKind.MICROPHONE, self._microphone):
            self._lose_microphone(self._microphone)
        return self._pair(played)

    def hush(self) -> float:
        """Fade out what waits to be played."""
        speaker = self._speaker
        return speaker.hush() if speaker else 0.0

    def changes(self) -> tuple[DeviceChange, ...]:
        """Return what was lost or came back since the last call."""
        changes = []
        while self._changes:
            changes.append(self._changes.popleft())
        return tuple(changes)

    def close(self) -> None:
        """Fall silent and let go; a sound server that hangs is not waited for."""
        self._closed.set()
        closing = threading.Thread(target=_close, args=(self._speaker, self._microphone), daemon=True)
        closing.start()
        for thread in (closing, self._recovering):
            if thread:
                thread.join(timeout=_LEAVING_S)
                if thread.is_alive():
                    leave_portaudio()

    def _pair(self, played: Pcm) -> tuple[Pcm, Pcm]:
        """Return equally many frames of heard and played, in whole blocks; make up for what one of them lacks."""
        self._played = np.concatenate((self._played, played))
        microphone = self._microphone
        heard = microphone.heard() if microphone else np.zeros(0, np.int16)
        if microphone is not self._paired:
            self._paired = microphone
            heard = heard[max(0, len(heard) - len(self._played)) :]
            self._heard = self._floor(len(self._played) - len(heard))
        self._heard = np.concatenate((self._heard, heard))
        ahead = len(self._played) - len(self._heard)
        if ahead > _APART_FRAMES:  # the microphone gives nothing: the noise floor in its place
            self._heard = np.concatenate((self._heard, self._floor(ahead)))
        elif -ahead > _APART_FRAMES:
            self._heard = self._heard[-ahead:]
        count = min(len(self._played), len(self._heard)) // HEARING_FRAMES * HEARING_FRAMES
        mic, self._heard = self._heard[:count], self._heard[count:]
        echo, self._played = self._played[:count], self._played[count:]
        return mic, echo

    def _floor(self, frames: int) -> Pcm:
        return in_steps(noise_floor(frames, self._noise))

    def _dead(self, what: DeviceKind, device: Speaker | Microphone) -> bool:
        frames, since = self._seen.get(what, (-1, 0.0))
        now = time.monotonic()
        if device.frames != frames:
            self._seen[what] = device.frames, now
            return False
        return now - since > _DEAD_S or not device.active

    def _let_speaker_go(self, speaker: Speaker) -> None:
        self._anew.clear()
        self._before_s, self._late_before_s = self.clock_s, self.late_s
        self._speaker = None
        self._changes.append(DeviceLost(DeviceKind.SPEAKER))
        self._let_go.put(speaker)

    def _lose_speaker(self, speaker: Speaker) -> None:
        self._before_s, self._late_before_s = self.clock_s, self.late_s
        microphone, self._speaker, self._microphone = self._microphone, None, None
        self._changes.append(DeviceLost(DeviceKind.SPEAKER))
        self._recover(speaker, microphone)

    def _lose_microphone(self, microphone: Microphone) -> None:
        self._microphone = None
        self._changes.append(DeviceLost(DeviceKind.MICROPHONE))
        self._recover(None, microphone)

    def _recover(self, speaker: Speaker | None, microphone: Microphone | None) -> None:
        if self._recovering and self._recovering.is_alive():
            return
        self._seen.clear()
        self._recovering = WatchedThread("devices", partial(self._reopen, speaker, microphone))

    def _reopen(self, speaker: Speaker | None, microphone: Microphone | None) -> None:
        """Close what died and open again until it works; in a thread of its own, because closing can block."""
        _close(speaker, microphone)
        tries = 0
        while not self._closed.wait(_RETRY_S[min(tries, len(_RETRY_S) - 1)]):
            tries += 1
            if microphone and self._speaker and tries in _ANEW_AFTER:
                self._anew.set()
                with contextlib.suppress(Empty):
                    self._let_go.get(timeout=_DEAD_S).close()
            if self._speaker is None and not self._speak(tries):
                continue
            self._microphone = self._listen(tries)
            if self._microphone:
                self._changes.append(DeviceBack(DeviceKind.MICROPHONE))
                return

    def _speak(self, tries: int) -> bool:
        restart_portaudio()
        try:
            self._speaker = Speaker(self._names[0] if tries <= _OTHERS_AFTER else None)
        except CoachError:
            return False
        self._changes.append(DeviceBack(DeviceKind.SPEAKER))
        return True

    def _listen(self, tries: int) -> Microphone | None:
        try:
            named = self._names[1] if tries <= _OTHERS_AFTER else None
            return Microphone(microphone_beside_headset() if named is None else named)
        except CoachError:
            if tries == 0 and self._names[1] is not None:
                raise
            return None


def _close(*devices: Speaker | Microphone | None) -> None:
    for device in devices:
        if device:
            device.close()
