"""The policy's thresholds for Moonshine: log-likelihood ratios, 0 where a phrase fits as well as the free transcript.

`scripts/bench hearing` measures all of them.
"""

from dataclasses import replace

from coach.hearing.ports.thresholds import ByLength, Threshold, Thresholds

# A phrase that leads all others was meant more often than its fit alone says; one word is confused more than several.
ONE_WEIGHT, SEVERAL_WEIGHT = 0.75, 0.5
NAME_SCORE, NAME_WEIGHT = -5.5, 1.25  # the worse it fits, the more it must lead all others
NAME_AGAIN_SCORE, NAME_AGAIN_MARGIN = -15.0, 2.0  # nearest by so much in two answers
NO_RIVAL = 0.0  # no other command fits better

ONE_WORD = Threshold(score=-3.0, margin=1.0, over_coach=-4.5, margin_weight=ONE_WEIGHT)
SEVERAL_WORDS = Threshold(score=-5.5, margin=0.5, over_coach=1.0, margin_weight=SEVERAL_WEIGHT)

# `scripts/bench hearing --scene paraphrases --voices tuning` measures how far down each length goes.
SENTENCE = Threshold(score=-2.0, margin=1.0, over_coach=1.0)
SAFETY_SENTENCE = Threshold(score=-5.0, margin=NO_RIVAL, over_coach=-1.0)

MOONSHINE = Thresholds(
    ordinary=ByLength(ONE_WORD, SEVERAL_WORDS),
    # A wrong "stop" costs a pause, a missed one costs more.
    safety_final=ByLength(
        Threshold(score=-5.0, margin=NO_RIVAL, over_coach=-6.0, margin_weight=ONE_WEIGHT),
        Threshold(score=-5.5, margin=NO_RIVAL, over_coach=-6.0, margin_weight=SEVERAL_WEIGHT),
    ),
    # A lead tells nothing here: only safety words are scored, so other talk has nothing else to be.
    safety_partial=ByLength(
        Threshold(score=-6.0, margin=NO_RIVAL, over_coach=-6.0),
        Threshold(score=-5.0, margin=NO_RIVAL, over_coach=-5.0),
    ),
    # "Seven out of ten" has nothing near it, so it leads by much over any talk that is as long: it must fit by itself.
    number=ByLength(
        Threshold(score=-6.5, margin=2.5, over_coach=-6.5, margin_weight=ONE_WEIGHT),
        Threshold(score=-4.0, margin=2.5, over_coach=-4.0),
    ),
    # One of two to four names was asked for, and no command is taken for one. `scripts/bench names` measures it.
    name=ByLength(
        replace(ONE_WORD, score=NAME_SCORE, margin_weight=NAME_WEIGHT),
        replace(SEVERAL_WORDS, score=NAME_SCORE, margin=1.0, margin_weight=NAME_WEIGHT),
    ),
    # Nearest in two answers in a row.
    name_again=Threshold(score=NAME_AGAIN_SCORE, margin=NAME_AGAIN_MARGIN, over_coach=0.0),
    # "Ready" is heard in a far "repeat", "help" and "no" in noise. Where a lead deceives it adds nothing.
    confusable={
        "ready": replace(ONE_WORD, margin=4.8, margin_weight=0.0),
        "help": replace(ONE_WORD, margin=4.8, margin_weight=0.0),
        "yes": replace(ONE_WORD, margin=2.5),
        "no": replace(ONE_WORD, margin=2.5),
        # Said without being taught, and short: many other words lie near.
        "okay": replace(ONE_WORD, score=-1.5, margin=6.0, margin_weight=0.0),
        "ow": replace(
            ONE_WORD, score=-3.0, over_coach=-3.0, margin=3.0, margin_weight=0.0
        ),  # "off"; asked about below it
        "start": replace(ONE_WORD, score=-1.5, margin=5.0, margin_weight=0.0),
        "quit": replace(ONE_WORD, score=-1.5, margin=5.0, margin_weight=0.0),
        "finished": replace(ONE_WORD, score=-2.0, margin=4.0, margin_weight=0.0),
        "let's go": replace(SEVERAL_WORDS, margin=5.0),
        "go on": replace(SEVERAL_WORDS, margin=4.0),
        "okay go": replace(SEVERAL_WORDS, margin=4.0),
        "i'm ready": replace(SEVERAL_WORDS, margin=4.0),
        "i'm done": replace(SEVERAL_WORDS, margin=4.0),
    },
    own_words=tuple(replace(SENTENCE, score=each) for each in (-2.0, -2.0, -3.0, -4.5, -6.0)),
    own_words_safety=tuple(replace(SAFETY_SENTENCE, score=each) for each in (-2.0, -5.0, -5.0, -6.0, -7.0)),
    denied_score=-5.0,
    clear_margin=5.0,
    brief_confidence=-6.5,
    brief_over_coach=-5.0,
    echo_confidence=-7.5,
    safety_margin_over_coach=1.0,
    near_miss=1.0,
)
