"""Moonshine's tokenizer, against the file in the wheel."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.errors import MachineError
from coach.hearing.recognition.models.moonshine import model_folder
from coach.hearing.recognition.models.tokenizer import FIRST_PIECE, Tokenizer
from coach.hearing.recognition.scoring.spellings import phrase_spellings
from coach.hearing.vocabulary.phrase_table import load_table


@cache
def tokenizer() -> Tokenizer:
    return Tokenizer(model_folder() / "tokenizer.bin")


def test_common_words_with_their_mark_are_two_tokens() -> None:
    assert len(tokenizer().encode("Stop.")) == 2
    assert len(tokenizer().encode("Yes.")) == 2


def test_marks_are_pieces_not_raw_bytes() -> None:
    stop, mark = tokenizer().encode("Stop.")
    assert min(stop, mark) >= FIRST_PIECE


def test_a_space_belongs_to_the_word_behind_it() -> None:
    one, two = tokenizer().encode("next"), tokenizer().encode("go next")
    assert two[-len(one) :] == one


@given(st.text("abcdefghijklmnopqrstuvwxyz'.,!? ABCXYZ019", min_size=1, max_size=40))
def test_what_is_encoded_decodes_to_the_same_text(text: str) -> None:
    plain = " ".join(text.split())
    assert tokenizer().decode(tokenizer().encode(plain)) == plain


def test_every_phrase_of_the_table_can_be_written() -> None:
    for phrase in load_table().phrases():
        for spelling in phrase_spellings(phrase):
            assert tokenizer().decode(tokenizer().encode(spelling)) == spelling


def test_a_letter_without_a_token_is_named() -> None:
    with pytest.raises(ValueError, match="no token"):
        tokenizer().encode("stop \U0001f6d1")


def test_a_missing_or_cut_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="reinstall moonshine-voice"):
        Tokenizer(tmp_path / "tokenizer.bin")
    (tmp_path / "cut.bin").write_bytes(b"\xff")
    with pytest.raises(MachineError, match="reinstall moonshine-voice"):
        Tokenizer(tmp_path / "cut.bin")
