"""The policy's thresholds for Vosk: the lowest word confidence, 0 to 1. `scripts/bench hearing` measures them.

They are no probabilities: wrong words reach 1.0 too, so they only weed out. Vosk gives no margin.
"""

from coach.hearing.ports.thresholds import ANY, ByLength, Threshold, Thresholds

ORDINARY = Threshold(score=0.8, margin=ANY, over_coach=0.95)
SAFETY = Threshold(score=0.6, margin=ANY, over_coach=0.6)
PARTIAL = Threshold(score=0.0, margin=ANY, over_coach=0.0)

VOSK = Thresholds(
    ordinary=ByLength(ORDINARY, ORDINARY),
    safety_final=ByLength(SAFETY, SAFETY),
    safety_partial=ByLength(PARTIAL, PARTIAL),
    number=ByLength(ORDINARY, ORDINARY),
    denied_score=0.0,
    brief_confidence=0.0,
    brief_over_coach=0.0,
    echo_confidence=0.0,
    near_miss=0.2,
)
