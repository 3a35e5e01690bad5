"""The real speaker and microphone in step: pacing, pairing played with recorded frames, recovery after a loss."""

import contextlib
import threading
import time
from collections import deque
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
        self._ever_heard = self._microphone is not None
        """There was a microphone once: one that is gone is looked for."""
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
        self._let_go: Queue[tuple[Speaker | None, Microphone | None]] = Queue()
        self._handing_over = threading.Lock()
        """Held while devices are let go or kept: PortAudio may look again only when every one of them is closed."""
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
        self._recover()
        speaker = self._speaker
        if speaker is None:
            wait(BLOCK_S)
            self._before_s += BLOCK_S
            return self._pair(np.zeros(HEARING_FRAMES, np.int16))
        if self._anew.is_set():
            self._lose_speaker()
            return self._pair(np.zeros(HEARING_FRAMES, np.int16))
        speaker.play(block)
        while speaker.waiting_s > WAITING_S and not self._dead(DeviceKind.SPEAKER, speaker):
            wait(BLOCK_S / 4)
        played = speaker.played()
        if self._dead(DeviceKind.SPEAKER, speaker):
            self._lose_speaker()
        elif self._microphone and self._dead(DeviceKind.MICROPHONE, self._microphone):
            self._lose_microphone()
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
        closing = threading.Thread(target=self._close_all, daemon=True)
        closing.start()
        for thread in (closing, self._recovering):
            if thread:
                thread.join(timeout=_LEAVING_S)
                if thread.is_alive():
                    leave_portaudio()

    def _close_all(self) -> None:
        _close(self._speaker, self._microphone)
        self._close_let_go()

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

    def _lose_speaker(self) -> None:
        self._anew.clear()
        self._before_s, self._late_before_s = self.clock_s, self.late_s
        self._changes.append(DeviceLost(DeviceKind.SPEAKER))
        with self._handing_over:
            lost = self._speaker, self._microphone
            self._speaker = self._microphone = None
            self._let_go.put(lost)
        self._seen.clear()

    def _lose_microphone(self) -> None:
        self._changes.append(DeviceLost(DeviceKind.MICROPHONE))
        lost, self._microphone = self._microphone, None
        self._let_go.put((None, lost))
        self._seen.clear()

    def _recover(self) -> None:
        """See to it that whatever is gone is looked for, also what was lost while the last search came to its end."""
        complete = self._speaker and (self._microphone or not self._ever_heard)
        if not complete and not (self._recovering and self._recovering.is_alive()):
            self._recovering = WatchedThread("devices", self._reopen)

    def _reopen(self) -> None:
        """Close what died and open again until it works; in a thread of its own, because closing can block."""
        self._close_let_go()
        tries = 0
        while not self._closed.wait(_RETRY_S[min(tries, len(_RETRY_S) - 1)]):
            tries += 1
            if self._ever_heard and self._speaker and tries in _ANEW_AFTER:
                self._ask_for_speaker()
            if self._speaker_is_gone() and not self._speak(tries):
                continue
            microphone = self._listen(tries)
            if microphone and self._keep(microphone):
                return

    def _ask_for_speaker(self) -> None:
        """Have the loop let the speaker go, and close it; a loop that is too busy keeps it."""
        self._anew.set()
        with contextlib.suppress(Empty):
            _close(*self._let_go.get(timeout=_DEAD_S))
        self._anew.clear()

    def _speaker_is_gone(self) -> bool:
        with self._handing_over:
            return self._speaker is None

    def _keep(self, microphone: Microphone) -> bool:
        """Hear with it from now on, unless the speaker was lost while it was opened: then all is opened anew."""
        with self._handing_over:
            kept = self._speaker is not None
            if kept:
                self._changes.append(DeviceBack(DeviceKind.MICROPHONE))
                self._microphone, self._ever_heard = microphone, True
        if not kept:
            microphone.close()
        return kept

    def _close_let_go(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                _close(*self._let_go.get_nowait())

    def _speak(self, tries: int) -> bool:
        self._close_let_go()
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
