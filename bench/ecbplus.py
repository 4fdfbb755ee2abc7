"""ecbplus: which event mentions of many documents are of one event, the mentions given; and which documents tell one incident.

dateline has no model of event mentions, so what is measured is what its likeness of words (reconcile/likeness.py) is worth here:
documents are grouped by the cosine of their rare words, and mentions corefer when their documents are of one group and the
lemmas of their heads agree. Nothing is trained; the one threshold is chosen on train (`python -m bench.ecbplus` prints the
choice). Scored as the set's README says: ACTION and NEG mentions of checked sentences, those without a chain alone, all
documents as one.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-untyped]
from scipy.spatial.distance import squareform  # type: ignore[import-untyped]

from bench.core import SHARED, Bench, Figures, Request, Result, load_lines
from bench.scores import coreference_scores, grouping_scores
from dateline.reconcile.likeness import likeness, profile

DATA = SHARED / "bench/ecbplus"
LIKE_ENOUGH = 0.15                # mean cosine of two groups of documents that are joined: the best CoNLL F1 on train
TRIED = (0.03, 0.05, 0.08, 0.1, 0.12, 0.15, 0.18, 0.2, 0.25, 0.3)
PUBLISHED: dict[str, Figures] = {"Yao et al. 2025 (test, trained)": {"conll_f1": 88.4},
                                 "Held, Iter and Jurafsky 2021 (test, trained)": {"conll_f1": 85.7}}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mention:
    """document: its place in the file; lemma: of the head; chain: the name of the gold group, its own where it is alone."""

    document: int
    lemma: str
    chain: str
    text: str


def scored_mentions(rows: Sequence[Row]) -> list[Mention]:
    """The event mentions that count, in the order of the file."""
    return [mention for place, row in enumerate(rows) for mention in _mentions_of(place, row)]


def _mentions_of(place: int, row: Row) -> list[Mention]:
    counted = [one for one in row["mentions"]
               if one["type"].startswith(("ACTION", "NEG")) and one["sentence"] in row["checked_sentences"]]
    if not counted:
        return []
    doc = _parsed(row)
    return [Mention(place, head_lemma(doc, one["tokens"]), one.get("cluster") or f"{row['id']}:{one['m_id']}", one["text"])
            for one in counted]


def _parsed(row: Row) -> Any:
    """The document as spaCy reads it, at the tokens and sentences of the data."""
    from spacy.tokens import Doc

    from dateline.extract.nlp import pipeline

    starts = {start for start, _ in row["sentences"]}
    doc = Doc(pipeline().vocab, words=row["tokens"], sent_starts=[place in starts for place in range(len(row["tokens"]))])
    return pipeline()(doc)


def head_lemma(doc: Any, tokens: Sequence[int]) -> str:
    """The lemma of the first of `tokens` that hangs on none of the others: "checked" of "checked into"."""
    own = set(tokens)
    hangs_on = ((doc[place], doc[place].head.i) for place in sorted(own))
    heads = [token for token, on in hangs_on if on == token.i or on not in own]       # a tree has one at least
    return str(heads[0].lemma_).lower()


def alike(rows: Sequence[Row]) -> np.ndarray:
    """The likeness of each two documents, 0-1. A first sentence that is the page's address is left out."""
    profiles = [profile(_text(row)) for row in rows]
    table = np.zeros((len(rows), len(rows)))
    for a, first in enumerate(profiles):
        for b in range(a):
            table[a, b] = table[b, a] = likeness(first, profiles[b])
    return table


def _text(row: Row) -> str:
    start, end = row["sentences"][0]
    first = row["tokens"][start:end]
    return " ".join(row["tokens"][end if any("http" in word.lower() for word in first) else start:])


def document_groups(likenesses: np.ndarray, least: float) -> list[int]:
    """A group for each document: average link, while the mean likeness is at least `least`."""
    if len(likenesses) < 2:
        return [0] * len(likenesses)
    distances = 1.0 - likenesses
    np.fill_diagonal(distances, 0.0)
    return [int(group) for group in fcluster(linkage(squareform(distances), "average"), 1.0 - least, "distance")]


def groups_of_mentions(mentions: Sequence[Mention], documents: Sequence[Hashable]) -> list[Hashable]:
    """For each mention the group of its document with the lemma of its head."""
    return [(documents[one.document], one.lemma) for one in mentions]


def run(request: Request) -> Result:
    rows = load_lines(request.data)[: request.limit]
    mentions = scored_mentions(rows)
    groups = document_groups(alike(rows), LIKE_ENOUGH)
    subtopics = [row["subtopic"] for row in rows]
    beside = {"same lemma (this data)": _figures(mentions, [0] * len(rows)),
              "same lemma in the gold subtopic (this data)": _figures(mentions, subtopics), **PUBLISHED}
    of_documents = grouping_scores(groups, subtopics)
    figures = {**_figures(mentions, groups), "documents_b3_f1": of_documents.b3_f1,
               "documents_pairwise_f1": of_documents.pairwise_f1}
    return Result(len(mentions), figures, beside, _errors(mentions, groups))


def _figures(mentions: Sequence[Mention], documents: Sequence[Hashable]) -> dict[str, float]:
    scores = coreference_scores(groups_of_mentions(mentions, documents), [one.chain for one in mentions])
    return {name: getattr(scores, name) for name in ("muc_f1", "b3_f1", "ceafe_f1", "conll_f1")}


def _errors(mentions: Sequence[Mention], documents: Sequence[Hashable]) -> tuple[str, ...]:
    """The gold chains that are in several parts, the worst first."""
    parts: dict[str, set[Hashable]] = {}
    words: dict[str, set[str]] = {}
    for one, group in zip(mentions, groups_of_mentions(mentions, documents), strict=True):
        parts.setdefault(one.chain, set()).add(group)
        words.setdefault(one.chain, set()).add(one.text)
    split = sorted(((len(groups), chain) for chain, groups in parts.items() if len(groups) > 1), reverse=True)
    return tuple(f"split {chain}: {count} parts of {', '.join(sorted(words[chain])[:8])}" for count, chain in split)


def choose() -> int:
    """Print what each threshold gives on train."""
    rows = load_lines(DATA / "train.jsonl.gz")
    mentions, table = scored_mentions(rows), alike(rows)
    for least in TRIED:
        groups = document_groups(table, least)
        print(least, _figures(mentions, groups)["conll_f1"], grouping_scores(groups, [row["subtopic"] for row in rows]).b3_f1)
    return 0


BENCHES = {"ecbplus": Bench("ecbplus", DATA / "dev.jsonl.gz", "event mentions", run)}

if __name__ == "__main__":
    sys.exit(choose())
