"""Tell the coach's own words from hers, by when they sound and by their pronunciation.

Echo that comes through the canceller is understood like any voice. The coach knows what it says and when.
"""

from coach.hearing.policy.verdict import CoachWords, Context
from coach.hearing.ports.ears import Heard
from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.pronunciation import sound_of_word

OWN_BEFORE_S, OWN_AFTER_S = 0.2, 0.5
"""Around the coach's words: early by the clocks' disagreement, late by the room's and the loudspeaker's delay."""
JUST_SAID_S = 2.0
"""So long after the coach's words the same words may still be their echo."""


def coach_says(phrase: str, heard: Heard, context: Context, after_s: float = OWN_AFTER_S) -> bool:
    """Tell whether the coach says this phrase, or words of its sound, about when it was heard."""
    said = " ".join(text for text, _, _ in coach_words_at(heard, context, after_s))
    return _contains(said, phrase)


def coach_says_most(heard: Heard, context: Context) -> bool:
    """Tell whether half of the words or more are the coach's, about when they were heard."""
    said = {sound_of_word(word) for text, _, _ in coach_words_at(heard, context, JUST_SAID_S) for word in _words(text)}
    own = [sound_of_word(word) in said for word in _words(heard.text)]
    return 2 * sum(own) >= len(own) > 0 and any(own)


def over_coach(heard: Heard, context: Context) -> bool:
    """Tell whether it was said while the coach spoke, or its last words were still in the air."""
    return context.coach_speaking or bool(coach_words_at(heard, context, OWN_AFTER_S))


def coach_words_at(heard: Heard, context: Context, after_s: float) -> tuple[CoachWords, ...]:
    """Return the coach's words that sound while this was said, or up to `after_s` before."""
    return tuple(
        (text, start_t, end_t)
        for text, start_t, end_t in context.coach_words
        if heard.word_end_t >= start_t - OWN_BEFORE_S and heard.word_start_t <= end_t + after_s
    )


def _contains(said: str, phrase: str) -> bool:
    """Tell whether the words of a phrase stand in what was said, in their order, by sound."""
    words, wanted = ([sound_of_word(word) for word in _words(text)] for text in (said, phrase))
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _words(text: str) -> list[str]:
    return normal(text).split()
