"""Before the parse: which reports may tell violence. The others are read only if they name an armed group (`groups.py`).

Whether a report tells violence is asked in three stages. A report without a word of violence (`gate_words.py`) tells none. Of the
sentences that hold one, each is judged by the sum of what its features speak for. What reaches zero is read by a small model
(`gate_judge.py`), and where the two judgements together reach zero too, the report is let through. What a feature speaks for is
learned (`python -m training.gate`; data/gate.tsv.gz: a feature and its log-odds a line), and zero is set so that few reports are
missed rather than few are read for nothing.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.extract.gate_judge import judge_sentence
from dateline.extract.gate_words import features, sentences, tells_of, topics

# A headline or a flash is read for next to nothing, and has few words that speak for what it tells.
SHORT, LEAST_SHORT = 30, -0.45   # words; log-odds, for each of the two looks
MOST = 4                          # sentences of a report that the model reads, some 2 ms each
START = ""                        # in the file the name of what every sentence has


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature of a sentence speaks for, in log-odds: above 0 violence, below 0 none. start: before any is asked."""

    start: float
    of: Mapping[str, float]

    def judge(self, found: Iterable[str]) -> float:
        """The sum for one sentence with these features; those that are not known say nothing."""
        of = self.of
        return self.start + sum(of[one] for one in found if one in of)


def may_tell_violence(text: str) -> bool:
    """Whether a sentence of the text seems to tell an incident of violence."""
    told = sentences(text)
    marked = [one.words for one in told if tells_of(one.words)]
    if not marked:
        return False
    weights, topic = load_weights(), topics(told)
    least = LEAST_SHORT if sum(len(one.words) for one in told) <= SHORT else 0.0
    judged = sorted(((weights.judge(features(words, topic)), words) for words in marked), reverse=True)
    # the likeliest first: a report that tells violence is mostly known by its first or second
    return any(by_words + judge_sentence(words) >= 2 * least for by_words, words in judged[:MOST] if by_words >= least)


@cache
def load_weights() -> Weights:
    """The packaged weights, read once a process."""
    packed = (resources.files("dateline") / "data" / "gate.tsv.gz").read_bytes()
    lines = (line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines())
    of = {feature: float(weight) for feature, weight in lines}
    return Weights(of.pop(START), of)
