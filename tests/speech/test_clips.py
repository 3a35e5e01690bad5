"""Clips: each sentence is spoken once, then comes from memory or the cache."""

import threading
from pathlib import Path

import numpy as np
import pytest

from coach.speech import clips as clips_module
from coach.speech.cache import ClipCache
from coach.speech.clips import Clips
from coach.speech.system_voice import SystemVoice
from coach.speech.voice import estimate
from tests.support.fakes import ToneVoice

TEXTS = [f"Sentence number {n}." for n in range(20)]


def test_a_sentence_is_spoken_once(tmp_path: Path) -> None:
    voice = ToneVoice()
    clips = Clips(voice, ClipCache(tmp_path))
    clips.prepare([*TEXTS, *TEXTS])
    for text in TEXTS:
        clips.measure(text)
        clips.clip(text)
    assert voice.spoken == TEXTS


def test_a_warm_cache_needs_no_voice(tmp_path: Path) -> None:
    Clips(ToneVoice(), ClipCache(tmp_path)).prepare(TEXTS)
    silent = ToneVoice()
    clips = Clips(silent, ClipCache(tmp_path))
    clips.prepare(TEXTS)
    assert all(clips.ready(text) for text in TEXTS)
    assert all(clips.clip(text).length_s == clips.measure(text) for text in TEXTS)
    assert silent.spoken == []


def test_a_warm_cache_starts_no_worker(tmp_path: Path) -> None:
    first = SystemVoice()
    Clips(first, ClipCache(tmp_path)).prepare(["One."])
    first.close()
    second = SystemVoice()
    assert Clips(second, ClipCache(tmp_path)).clip("One.").frames
    assert second._worker is None


def test_new_and_cached_clips_are_the_same_samples(tmp_path: Path) -> None:
    voice = SystemVoice()
    new = Clips(voice, ClipCache(tmp_path)).clip("Breathe out, and pull.")
    voice.close()
    cached = Clips(ToneVoice(), ClipCache(tmp_path))
    cached._voice = voice
    assert np.array_equal(cached.clip("Breathe out, and pull.").samples, new.samples)
    assert voice._worker is None


def test_another_voice_has_its_own_clips(tmp_path: Path) -> None:
    cache = ClipCache(tmp_path)
    low, high = Clips(ToneVoice("low"), cache), Clips(ToneVoice("high"), cache)
    assert not np.array_equal(low.clip("One.").samples, high.clip("One.").samples)


def test_without_a_cache_every_clip_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips_module, "IN_MEMORY_FRAMES", 10)
    voice = ToneVoice()
    clips = Clips(voice)
    clips.prepare(TEXTS)
    for text in TEXTS:
        assert clips.measure(text) == pytest.approx(estimate(text), abs=1e-4)
        assert clips.clip(text).frames
    assert voice.spoken == TEXTS


def test_memory_holds_a_bounded_part_of_what_is_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips_module, "IN_MEMORY_FRAMES", 200_000)
    clips = Clips(ToneVoice(), ClipCache(tmp_path))
    clips.prepare(TEXTS)
    assert sum(clip.frames for clip in clips._recent.values()) <= 200_000
    assert not clips._kept


def test_a_full_disk_costs_nothing_but_speed(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    voice = ToneVoice()
    clips = Clips(voice, ClipCache(tmp_path / "file"))
    clips.prepare(TEXTS)
    assert clips.clip(TEXTS[0]).frames
    assert voice.spoken == TEXTS


def test_progress_goes_up_to_all_of_the_missing(tmp_path: Path) -> None:
    clips = Clips(ToneVoice(), ClipCache(tmp_path))
    clips.prepare(TEXTS[:5])
    seen: list[tuple[int, int]] = []
    clips.prepare(TEXTS, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 15), (8, 15), (15, 15)]
    seen.clear()
    clips.prepare(TEXTS, lambda done, total: seen.append((done, total)))
    assert seen == []


def test_two_threads_speak_a_sentence_once(tmp_path: Path) -> None:
    voice = ToneVoice()
    clips = Clips(voice, ClipCache(tmp_path))
    threads = [threading.Thread(target=clips.prepare, args=(TEXTS,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(voice.spoken) == sorted(TEXTS)


def test_what_is_forgotten_comes_back_from_the_disk_unspoken(tmp_path: Path) -> None:
    voice = ToneVoice()
    clips = Clips(voice, ClipCache(tmp_path))
    before = clips.clip("One.")
    clips.forget()
    assert np.array_equal(clips.clip("One.").samples, before.samples)
    assert voice.spoken == ["One."]
