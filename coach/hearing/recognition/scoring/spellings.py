"""List the spellings in which a model may write a phrase: capitals, punctuation, homophones, digits."""

from coach.hearing.vocabulary.normal import normal
from coach.hearing.vocabulary.numbers import NUMBER_WORDS
from coach.hearing.vocabulary.phrase_table import Phrase

MARKS = ("", ".", "!", ",", "?", "...")
FEW_MARKS = ("", ".", "?")
TAKES_COMMA = frozenset(
    {"yes", "no", "please", "next", "stop", "pause", "okay", "ow", "ouch"}
)  # as the first word: "Yes, it is."
HOMOPHONES = {"one": ("won",), "two": ("to", "too"), "four": ("for",), "eight": ("ate",)}
DIGITS = frozenset(map(str, range(len(NUMBER_WORDS))))
EMERGENCY_CALL = "nine one one"
CRY, WRITTEN_CRY = "ow ", "oh "  # the models write the one for the other before more words


def spellings(text: str) -> set[str]:
    """Return every likely spelling of a text.

    >>> sorted(spellings("stop"))
    ['Stop', 'Stop!', 'Stop,', 'Stop.', 'Stop...', 'Stop?']
    """
    words = capitalizations(text)[-1].split()
    sequences = [(*words[:-1], last) for last in (words[-1], *HOMOPHONES.get(words[-1], ()))]
    plain = {" ".join(sequence) for sequence in sequences}
    plain |= {each.replace(" please", ", please") for each in plain}
    plain |= {each.replace(" ", ", ", 1) for each in plain if words[0] in TAKES_COMMA and ", " not in each}
    return {each[:1].upper() + each[1:] + mark for each in plain for mark in MARKS}


def few_spellings(text: str) -> set[str]:
    """Return the likeliest spellings: enough for a rival."""
    return {text[:1].upper() + text[1:] + mark for mark in FEW_MARKS}


def capitalizations(text: str) -> tuple[str, ...]:
    """Return a text as at the start of a sentence and as within one.

    >>> capitalizations("i'm ready")
    ("I'm ready",)
    """
    plain = " ".join("I" + word[1:] if word == "i" or word.startswith("i'") else word for word in text.split())
    return tuple(dict.fromkeys((plain[:1].upper() + plain[1:], plain)))


def in_words(text: str) -> str:
    """Return a transcript in its normal form, its digits as words.

    >>> in_words("About 7.")
    'about seven'
    """
    return " ".join(NUMBER_WORDS[int(each)] if each in DIGITS else each for each in normal(text).split())


def phrase_spellings(phrase: Phrase) -> set[str]:
    """Return every likely spelling of a phrase; numbers in digits too."""
    return {each for text in _written(phrase) for each in spellings(text)}


def name_spelling(phrase: Phrase) -> str:
    """Return the likeliest spelling of a person's name, one of its `phrase_spellings`: models write a sentence."""
    return capitalizations(_with_capitals(phrase))[0] + "."


def rescoring_spellings(phrase: Phrase) -> tuple[str, ...]:
    """Return the one to three likeliest spellings, without punctuation, for rescoring; numbers in digits too."""
    plain, *others = _written(phrase)
    written = capitalizations(plain)[: 1 if " " in phrase.text else 2]
    return tuple(dict.fromkeys((*written, *(capitalizations(each)[0] for each in others))))


def _written(phrase: Phrase) -> tuple[str, ...]:
    """Return a phrase as it is said and, where models write it otherwise, as they do: digits, a cry as "oh"."""
    said = _with_capitals(phrase)
    other = said.replace(EMERGENCY_CALL, "911")
    if said.startswith(CRY):
        other = WRITTEN_CRY + said.removeprefix(CRY)
    if phrase.is_number:
        other = " ".join(str(NUMBER_WORDS.index(word)) if word in NUMBER_WORDS else word for word in said.split())
    return tuple(dict.fromkeys((said, other)))


def _with_capitals(phrase: Phrase) -> str:
    """Return a phrase's text, the name of a person at its end with capitals: no model writes it otherwise."""
    if phrase.choice is None or not phrase.names_person:
        return phrase.text
    words = phrase.text.split()
    lead = len(words) - len(phrase.choice.split())
    return " ".join((*words[:lead], *(word[:1].upper() + word[1:] for word in words[lead:])))
