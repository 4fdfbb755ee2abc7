"""Characters to tokens, and how near two tokens stand in the parse."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from dateline.records import Report

Token = Any


class TokenIndex:
    """Look-up tables over one parsed report."""

    def __init__(self, doc: Any) -> None:
        self.doc = doc
        self.starts = [t.idx for t in doc]
        self.sentence_of = [0] * len(doc)
        for number, sentence in enumerate(doc.sents):
            for index in range(sentence.start, sentence.end):
                self.sentence_of[index] = number

    def at(self, char: int) -> int:
        """Index of the token at a character."""
        return max(bisect_right(self.starts, char) - 1, 0)

    def root_of(self, start: int, end: int) -> Token:
        """The token of [start, end), in characters, whose head stands outside; of several the last that is no mere modifier.

        In "on the night of 1-2 May drones hit" the parser takes "May" for a kind of drone, and "night" is the head.
        """
        first, last = self.at(start), self.at(max(end - 1, start))
        tokens = [self.doc[index] for index in range(last, first - 1, -1)]
        outside = [t for t in tokens if not first <= t.head.i <= last or t.head.i == t.i] or tokens[:1]
        return next((t for t in outside if t.dep_ not in {"compound", "nmod", "nummod"}), outside[0])

    def path_up(self, token: Token) -> dict[int, int]:
        """Steps from the token to each of its ancestors, itself included."""
        return {token.i: 0, **{a.i: n for n, a in enumerate(token.ancestors, 1)}}

    def distance(self, path: dict[int, int], token: Token) -> int:
        """Steps in the parse between the token that `path` was made for and another of its sentence."""
        for steps, node in enumerate((token, *token.ancestors)):
            if node.i in path:
                return steps + path[node.i]
        return 999


def dateline_end(report: Report) -> int:
    """Where the report's own words begin: a dateline says where it was filed, and places and dates nothing else."""
    return max((e.end for e in report.dateline.evidence), default=0) if report.dateline is not None else 0
