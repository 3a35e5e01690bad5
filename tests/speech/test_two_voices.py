"""The voice one likes, and the one that stands in for it: who says what, and what is told."""

from collections.abc import Sequence

import numpy as np
import pytest

from coach.errors import MachineError
from coach.sound.clip import Clip
from coach.speech.clips import Clips
from coach.speech.natural_voice import UnspeakableError
from coach.speech.two_voices import TwoVoices
from tests.support.fakes import ToneVoice

UNSPEAKABLE = "…"


class SlowToLoad(ToneVoice):
    """A natural voice of tones: it loads when told to, can't say one text, and breaks when told to."""

    def __init__(self) -> None:
        super().__init__("natural")
        self.is_loaded = False
        self.is_broken = self.never = False
        self.waited: list[float] = []

    def loaded(self, timeout_s: float) -> bool:
        self.waited.append(timeout_s)
        if self.is_broken:
            raise MachineError("it does not work")
        if timeout_s >= 10 and not self.never:
            self.is_loaded = True
        return self.is_loaded

    def render(self, texts: Sequence[str]) -> list[Clip]:
        if self.is_broken:
            raise MachineError("it does not work")
        if UNSPEAKABLE in texts:
            raise UnspeakableError("could not say it")
        return super().render(texts)


class Both:
    """The two voices, what they said and what was told."""

    def __init__(self, *, patient: bool = False) -> None:
        self.natural, self.other, self.told = SlowToLoad(), ToneVoice("other"), list[str]()
        self.clips = TwoVoices(
            self.natural,  # type: ignore[arg-type]  # a voice that can be told when it is loaded
            Clips(self.natural),
            Clips(self.other),
            self.told.append,
            patient=patient,
        )

    def who(self, text: str) -> str:
        """Return who says a text."""
        samples = self.clips.clip(text).samples
        named = {voice.name: ToneVoice(voice.name).render([text])[0].samples for voice in (self.natural, self.other)}
        return next(name for name, own in named.items() if np.array_equal(own, samples))


def test_a_loaded_voice_says_everything() -> None:
    both = Both()
    both.natural.is_loaded = True
    both.clips.prepare(["One.", "Two."])
    assert [both.who(text) for text in ("One.", "Two.", "Three.")] == ["natural"] * 3
    assert (both.other.spoken, both.told) == ([], [])


def test_the_first_words_do_not_wait_and_what_follows_does() -> None:
    both = Both()
    both.clips.prepare(["Welcome."])
    assert both.who("Welcome.") == "other"
    both.clips.prepare(["Stand tall."])
    assert both.who("Stand tall.") == "natural"
    assert both.natural.waited[0] == 0.0
    assert both.natural.waited[1] > 10
    assert both.told == []


def test_who_said_a_text_once_says_it_again() -> None:
    both = Both()
    both.clips.prepare(["Welcome."])
    both.natural.is_loaded = True
    both.clips.prepare(["Welcome."])
    assert both.clips.measure("Welcome.") == both.clips.clip("Welcome.").length_s
    assert both.who("Welcome.") == "other"


def test_what_the_other_stood_in_for_is_made_for_the_next_session() -> None:
    both = Both()
    both.clips.prepare(["Welcome.", "Five exercises.", "Say ready."])
    both.clips.prepare(["Stand tall."])
    both.clips.prepare(["Breathe."])
    assert both.natural.spoken == ["Stand tall.", "Welcome.", "Five exercises.", "Breathe.", "Say ready."]


def test_a_voice_that_never_loads_is_given_up() -> None:
    both = Both()
    both.natural.never = True
    both.clips.prepare(["Welcome."])
    both.clips.prepare(["Stand tall."])
    assert both.who("Stand tall.") == "other"
    assert both.told == ["the natural voice takes too long to load; carrying on with the voice other."]


def test_with_patience_nobody_stands_in() -> None:
    both = Both(patient=True)
    both.clips.prepare(["Welcome."])
    assert both.who("Welcome.") == "natural"


def test_a_text_it_can_not_say_is_the_others_and_told_once() -> None:
    both = Both(patient=True)
    for _ in range(2):
        both.clips.prepare(["One.", UNSPEAKABLE, "Two."])
        assert [both.who(text) for text in ("One.", UNSPEAKABLE, "Two.")] == ["natural", "other", "natural"]
    assert both.told == ["could not say it; the voice other says it instead."]


@pytest.mark.parametrize("breaks", ["at first", "later"])
def test_a_broken_voice_is_told_once_and_the_other_goes_on(breaks: str) -> None:
    both = Both(patient=True)
    if breaks == "later":
        both.clips.prepare(["Welcome."])
    both.natural.is_broken = True
    both.clips.prepare(["One.", "Two."])
    both.clips.prepare(["Three."])
    assert [both.who(text) for text in ("One.", "Two.", "Three.", "Four.")] == ["other"] * 4
    assert both.told == ["it does not work; carrying on with the voice other."]
    assert both.clips.voice.name == "other"


def test_what_was_made_before_it_broke_is_still_its_own() -> None:
    both = Both(patient=True)
    both.clips.prepare(["Welcome."])
    both.natural.is_broken = True
    both.clips.prepare(["Welcome.", "One."])
    assert (both.who("Welcome."), both.who("One.")) == ("natural", "other")


def test_closing_ends_both() -> None:
    both = Both()
    both.clips.close()
    assert both.natural.closed
    assert both.other.closed
