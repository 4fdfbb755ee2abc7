"""recase: how well capitals come back. Mixed-case news is put into capitals, and into small letters, and re-cased.

A word is right where all its letters are. Sentences whose own case says nothing (headlines in title case, lines in
capitals, scraps of a page) are re-cased with the rest but not scored. Words that begin a sentence count in
`word_accuracy` alone. A name is a word with any capital; an acronym one of two letters or more, all of them capitals.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from bench.core import SHARED, Bench, BenchError, Request, Result, load_lines, percent, shorten
from dateline.extract.recase import recased, says_nothing
from dateline.extract.truecase import Truecaser, load_table
from dateline.extract.truecase_tokens import WORD, tokens_of

WIKIEVENTS, GVC = (SHARED / "bench" / name / "dev.jsonl.gz" for name in ("wikievents", "gvc"))
SHOWN = 400                       # kinds of error


@dataclass
class Score:
    """Counts over the words that are scored."""

    words: int = 0
    right: int = 0
    inner: int = 0                # not the first of a sentence
    inner_right: int = 0
    names: int = 0
    given: int = 0
    both: int = 0
    acronyms: int = 0
    acronyms_right: int = 0
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, gold: str, found: str, first: bool) -> None:
        self.words += 1
        self.right += gold == found
        if gold != found:
            self.wrong[gold, found] += 1
        if first:
            return
        name, given = gold != gold.lower(), found != found.lower()
        self.inner += 1
        self.inner_right += gold == found
        self.names += name
        self.given += given
        self.both += name and given
        if len(gold) > 1 and gold.isupper():
            self.acronyms += 1
            self.acronyms_right += gold == found

    def figures(self, prefix: str = "") -> dict[str, float]:
        return {
            f"{prefix}word_accuracy": percent(self.right, self.words),
            f"{prefix}accuracy_not_first": percent(self.inner_right, self.inner),
            f"{prefix}names_recall": percent(self.both, self.names),
            f"{prefix}names_precision": percent(self.both, self.given),
            f"{prefix}upper_accuracy": percent(self.acronyms_right, self.acronyms),
        }


def score(texts: Iterable[str], found: Iterable[str]) -> Score:
    """How the words of `found` are written, against those of `texts`; character for character the same but for case."""
    total = Score()
    for gold, given in zip(texts, found, strict=True):
        written = WORD.findall(gold)
        ours = [given[m.start():m.end()] for m in WORD.finditer(gold)]
        firsts = [i for i, start in enumerate(tokens_of(gold).starts) if start]
        for a, b in pairwise([*firsts, len(written)]):
            if not says_nothing(written[a:b]):
                for i in range(a, b):
                    total.add(written[i], ours[i], i == a)
    return total


def run(request: Request) -> Result:
    texts = list(_texts(request))
    model = cache(truecaser)
    capitals, small = ([recased(in_one_case(t, upper), model) for t in texts] for upper in (True, False))
    upper, lower = score(texts, capitals), score(texts, small)
    return Result(upper.words, {**upper.figures(), **lower.figures("lower.")}, {}, _errors(upper))


def truecaser() -> Truecaser:
    """The packaged one, with the packaged lists."""
    from dateline.extract.register import load_register
    from dateline.extract.truecase_words import knowledge_of
    from dateline.where.gazetteer import load_gazetteer

    return Truecaser(load_table(), knowledge_of(load_register(), load_gazetteer()))


def in_one_case(text: str, upper: bool) -> str:
    """`text` in capitals or in small letters, each character in its place."""
    changed = [(c.upper() if upper else c.lower(), c) for c in text]
    return "".join(new if len(new) == 1 else old for new, old in changed)


def _texts(request: Request) -> Iterator[str]:
    for path in (WIKIEVENTS, GVC) if request.data == WIKIEVENTS else (request.data,):
        for row in load_lines(path)[: request.limit]:
            if not isinstance(row.get("text"), str):
                raise BenchError(f"{path}: a line without a text in mixed case")
            yield row["text"]


def _errors(of: Score) -> Sequence[str]:
    kinds = {True: "missed", False: "spurious"}
    lines = [f"{kinds[gold > found] if gold.lower() == gold or found.lower() == found else 'spelling':8} {n:4} "
             f"{shorten(gold, 30)} as {shorten(found, 30)}" for (gold, found), n in of.wrong.most_common(SHOWN)]
    return tuple(sorted(lines, key=lambda line: line.split()[0]))


BENCHES = {"recase": Bench("recase", WIKIEVENTS, "words", run)}
