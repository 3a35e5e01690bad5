"""The System Usability Scale: ten statements, their score, and the scores that others published.

Statements and scoring are John Brooke's. He gave the scale free for use, asking only that its source is acknowledged:

    Brooke, J. (1996). SUS: A "quick and dirty" usability scale. In P. W. Jordan, B. Thomas, B. A. Weerdmeester and
    A. L. McClelland (eds.), Usability Evaluation in Industry, pp. 189-194. London: Taylor and Francis.
    Copyright Digital Equipment Corporation, 1986.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coach.timeline.phrases import phrases

ACKNOWLEDGEMENT = (
    "System Usability Scale: J. Brooke, 'SUS: a quick and dirty usability scale', in Usability Evaluation in Industry, "
    "Taylor and Francis, London 1996, pp. 189-194. Copyright Digital Equipment Corporation, 1986."
)

STATEMENTS = phrases("usability.statements")
"""Odd ones speak for it, even ones against it. Answered from 1, strongly disagree, to 5, strongly agree."""

LEAST, MOST = 1, 5
_POINTS = 2.5  # a raw sum of 0 to 40 becomes 0 to 100


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A mean score that was published."""

    id: str
    """As `coach sources` lists it."""
    of: str
    mean: float
    source: str


BENCHMARKS = (
    Benchmark(
        "usability.osteoporosis",
        "a voice device at home, 24 weeks, women with osteoporosis",
        77.8,
        "ANZBMS annual meeting 2023, abstract 97647",
    ),
    Benchmark(
        "usability.alone",
        "a voice device at home, 12 weeks, adults who live alone",
        75.0,
        "Jansons 2022, J Nutr Health Aging 26:96-102",
    ),
    Benchmark("usability.apps", "apps for physical activity", 83.3, "Hyzy 2022, JMIR mHealth uHealth 10:e37290"),
)


def score(answers: Sequence[int]) -> float:
    """Return the score, 0 to 100, of ten answers from 1 to 5. ValueError: other answers, or not ten."""
    if len(answers) != len(STATEMENTS) or not all(LEAST <= answer <= MOST for answer in answers):
        raise ValueError(f"{list(answers)} are not ten answers from {LEAST} to {MOST}")
    speaks_for = sum(answer - LEAST for answer in answers[::2])
    speaks_against = sum(MOST - answer for answer in answers[1::2])
    return (speaks_for + speaks_against) * _POINTS
