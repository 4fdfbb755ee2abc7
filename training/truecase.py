"""Makes src/dateline/data/truecase.tsv.gz, the table by which reports in one case get their capitals back.

    python -m training.truecase              # from the train parts in ../shared/bench; some minutes, always the same result

Learns from mixed-case news (WikiEvents, GVC and ECB+, train parts): how often each word is written how, away from
sentence starts and headlines, and an averaged perceptron over the features of dateline.extract.truecase. Each text is
judged with the counts of the other texts alone, so that the model learns what to do with words that are new to it.
Only words that stand in the texts of two incidents or more are kept: no victim's name of one report ships, and no text.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.extract.recase import case_of, says_nothing
from dateline.extract.register import load_register
from dateline.extract.truecase import (
    HUNDREDTHS,
    LINK,
    NAMING,
    START,
    Counts,
    class_of,
    gap_features,
    move_features,
    near_features,
    word_features,
)
from dateline.extract.truecase_certain import CAPITAL, LINKS, LOWER, UPPER
from dateline.extract.truecase_tokens import GAP, WORD, Tokens, after, before, is_stop, tokens_of
from dateline.extract.truecase_words import Knowledge, knowledge_of
from dateline.where.gazetteer import load_gazetteer

BENCH = Path("../shared/bench")
OUT = Path("src/dateline/data/truecase.tsv.gz")
EPOCHS = 12
SEED = 7
IN_GROUPS = 2                     # incidents in whose texts a word must stand
PAIR_IN_GROUPS = 3
SEEN = 3                          # times a feature must fire
WIDTH = 40                        # features a word at most


@dataclass(frozen=True, slots=True)
class Text:
    """One text with the case that each word has. cases: None where the case says nothing (headlines)."""

    group: str                    # texts on one incident share it
    tokens: Tokens
    written: tuple[str, ...]      # the words as they are
    cases: tuple[int | None, ...]


def texts() -> Iterator[tuple[str, str]]:
    """(incident, text) of the train parts."""
    for row in _rows("wikievents"):
        yield "w" + row["id"], joined(row["tokens"])
    for row in _rows("gvc"):
        yield "g" + row["incident_id"], row["text"]
    for row in _rows("ecbplus"):
        spans = row["sentences"]
        yield "e" + row["subtopic"], "\n\n".join(joined(row["tokens"][a:b]) for a, b in spans)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(BENCH / name / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def joined(tokens: Sequence[str]) -> str:
    """Tokens as running text, near enough: signs to the word that they belong to."""
    text: list[str] = []
    glue, quoted = True, False
    for token in tokens:
        closing = token in {",", ".", ";", ":", "!", "?", ")", "]", "%", "'", "’", "”", "-", "/"} or token.startswith(("'", "’"))
        if token == '"':
            closing, quoted = quoted, not quoted
        letters = len(text) > 1 and text[-1] == "." and all(len(t) == 1 and t.isupper() for t in (token, text[-2].strip()))
        text.append(token if glue or closing or letters else " " + token)
        glue = token in {"(", "[", "$", "“", "-", "/", "'", "’"} or (token == '"' and quoted)
    return "".join(text)


def read(group: str, text: str) -> Text:
    tokens = tokens_of(text)
    written = WORD.findall(text)
    cases: list[int | None] = [case_of(word) for word in written]
    firsts = [i for i, start in enumerate(tokens.starts) if start]
    for a, b in zip(firsts, [*firsts[1:], len(written)], strict=True):
        if says_nothing(written[a:b]):
            cases[a:b] = [None] * (b - a)
    return Text(group, tokens, tuple(written), tuple(cases))


@dataclass(frozen=True, slots=True)
class Written:
    """How often each word is written in which case: in all, and by incident; and its spellings with capitals inside."""

    total: dict[str, Counter[int]]
    by_group: dict[str, dict[str, Counter[int]]]
    spellings: dict[str, Counter[str]]


def count(read_texts: Iterable[Text]) -> Written:
    written = Written(defaultdict(Counter), defaultdict(lambda: defaultdict(Counter)), defaultdict(Counter))
    for text in read_texts:
        for word, spelling, case, start in zip(text.tokens.words, text.written, text.cases, text.tokens.starts, strict=True):
            if case is None or (start and case != UPPER):
                continue
            written.total[word][case] += 1
            written.by_group[text.group][word][case] += 1
            written.spellings[word][spelling] += 1
    return written


def counts_of(counter: Counter[int]) -> Counts:
    return counter[LOWER], counter[CAPITAL], counter[UPPER]


class Features:
    """Numbers for features, kept where they fire often enough in the texts of enough incidents."""

    def __init__(self, knowledge: Knowledge, read_texts: Sequence[Text]) -> None:
        self.knowledge = knowledge
        written = count(read_texts)
        self.total, self.by_group, self.spellings = written.total, written.by_group, written.spellings
        groups: dict[str, set[str]] = defaultdict(set)
        for text in read_texts:
            for word in text.tokens.words:
                groups[word].add(text.group)
        self.known = {w for w, g in groups.items() if len(g) >= IN_GROUPS}
        self._pairs = self._common_pairs(read_texts)
        self.numbers: dict[str, int] = {}
        self._of_word = cache(self._word)

    def _common_pairs(self, read_texts: Sequence[Text]) -> set[tuple[str, str]]:
        groups: dict[tuple[str, str], set[str]] = defaultdict(set)
        for text in read_texts:
            for pair in zip(text.tokens.words, text.tokens.words[1:], strict=False):
                groups[pair].add(text.group)
        return {pair for pair, g in groups.items() if len(g) >= PAIR_IN_GROUPS}

    def counts(self, word: str, without: str | None) -> Counts:
        """Of the word in the texts of all incidents but one."""
        if word not in self.known:
            return 0, 0, 0
        a, b, c = counts_of(self.total[word]) if word in self.total else (0, 0, 0)
        if without is None:
            return a, b, c
        x, y, z = counts_of(self.by_group[without][word])
        return a - x, b - y, c - z

    def _word(self, word: str, group: str) -> tuple[list[str], str]:
        counts = self.counts(word, group)
        features = word_features(word, counts, self.knowledge)
        return [f for f in features if f[0] != "w" or word in self.known], class_of(word, counts, self.knowledge)

    def of(self, text: Text) -> list[list[str]]:
        """The features of every word of a text."""
        words, gaps = text.tokens.words, text.tokens.gaps
        infos = [self._of_word(w, text.group) for w in words]
        result = []
        for i, (own, c) in enumerate(infos):
            p = infos[i - 1][1] if i else ""
            n = infos[i + 1][1] if i + 1 < len(infos) else ""
            short = words[i - 1] if i and is_stop(gaps[i]) and words[i - 1] in self.known else ""
            found = [*own, *near_features(p, c, n), *gap_features(before(gaps[i][-GAP:]), after(gaps[i + 1][:GAP]), c, short)]
            if i:
                found += ["<" + words[i - 1]] if words[i - 1] in self.known else []
                found += [f"{words[i - 1]} {words[i]}"] if words[i - 1:i + 1] in self._pairs else []
            if i + 1 < len(words):
                found += [">" + words[i + 1]] if words[i + 1] in self.known else []
                found += [f"{words[i]}/{words[i + 1]}"] if words[i:i + 2] in self._pairs else []
            result.append(found)
        return result


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence: feature numbers by word (0 for none), the case of its words, and the numbers of the moves between cases."""

    features: Any                 # words x WIDTH
    cases: tuple[int, ...]
    links: tuple[bool, ...]
    moves: tuple[tuple[tuple[tuple[int, ...], ...], ...], ...]


def examples(features: Features, read_texts: Sequence[Text]) -> list[Example]:
    fired: Counter[str] = Counter()
    for text in read_texts:
        for found in features.of(text):
            fired.update(found)
    features.numbers = {f: i for i, f in enumerate(sorted(f for f, n in fired.items() if n >= SEEN), 1)}
    numbers = features.numbers

    @cache
    def moves(c: str, link: str) -> tuple[tuple[tuple[int, ...], ...], ...]:
        return tuple(tuple(tuple(numbers.setdefault(f, len(numbers) + 1) for f in move_features(p, s, c, link))
                           for s in range(5)) for p in range(5))

    result = []
    for text in read_texts:
        found = features.of(text)
        firsts = [i for i, start in enumerate(text.tokens.starts) if start]
        for a, b in zip(firsts, [*firsts[1:], len(found)], strict=True):
            cases = [c for c in text.cases[a:b] if c is not None]
            if len(cases) < b - a:
                continue
            table = np.zeros((b - a, WIDTH), dtype=np.int32)
            for row, names in enumerate(found[a:b]):
                ids = [numbers[f] for f in names if f in numbers][:WIDTH]
                table[row, :len(ids)] = ids
            words = text.tokens.words[a:b]
            links = tuple(w in LINKS for w in words)
            kinds = [class_of(w, features.counts(w, text.group), features.knowledge) for w in words]
            result.append(Example(table, states_of(cases, links), links,
                                  tuple(moves(k, w if w in LINKS else "") for k, w in zip(kinds, words, strict=True))))
    return result


def states_of(cases: Sequence[int], links: Sequence[bool]) -> tuple[int, ...]:
    """Cases as the model tells them: the first word of a sentence, and small words inside a name, apart."""
    states: list[int] = []
    for i, (case, link) in enumerate(zip(cases, links, strict=True)):
        if i == 0:
            states.append(UPPER if case == UPPER else START)
        else:
            states.append(LINK if link and case == LOWER and states[-1] in NAMING else case)
    return tuple(states)


def best(scores: Any, moved: Any, example: Example) -> list[int]:
    """The likeliest states of a sentence by the weights so far (Viterbi); as Truecaser does it."""
    low, capital, upper = scores[0]
    states = {START: max(low, capital), UPPER: upper}
    back: list[dict[int, int]] = []
    for i in range(1, len(scores)):
        reached: dict[int, float] = {}
        came: dict[int, int] = {}
        for state, score in enumerate(scores[i]):
            for previous, so_far in states.items():
                at = LINK if example.links[i] and state == LOWER and previous in NAMING else state
                value = so_far + score + sum(moved[f] for f in example.moves[i][previous][at])
                if at not in reached or value > reached[at]:
                    reached[at], came[at] = value, previous
        back.append(came)
        states = reached
    state = max(states, key=states.__getitem__)
    path = [state]
    for came in reversed(back):
        state = came[state]
        path.append(state)
    return path[::-1]


def train(data: Sequence[Example], size: int, epochs: int, seed: int) -> Any:
    """Averaged weights: features x three cases; of a move the first alone counts."""
    weights, sums = np.zeros((size + 1, 3)), np.zeros((size + 1, 3))
    order, steps, wrong = list(range(len(data))), 0, 0
    chance = random.Random(seed)
    for epoch in range(epochs):
        chance.shuffle(order)
        for number in order:
            example = data[number]
            steps += 1
            scores = weights[example.features].sum(axis=1).tolist()
            moved = weights[:, 0]
            found = best(scores, moved, example)
            if found != list(example.cases):
                wrong += _correct(weights, sums, steps, example, found, scores[0])
        print(f"epoch {epoch + 1}: {wrong} words wrong", flush=True)
        wrong = 0
    return weights - sums / steps


def _correct(weights: Any, sums: Any, steps: int, example: Example, found: Sequence[int], first: Sequence[float]) -> int:
    wrong = 0
    column = {LOWER: LOWER, LINK: LOWER, CAPITAL: CAPITAL, UPPER: UPPER, START: LOWER if first[0] >= first[1] else CAPITAL}
    for i, (right, given) in enumerate(zip(example.cases, found, strict=True)):
        if right != given:
            wrong += 1
            if column[right] != column[given]:
                ids = example.features[i][example.features[i] > 0]
                for case, amount in ((column[right], 1.0), (column[given], -1.0)):
                    weights[ids, case] += amount
                    sums[ids, case] += amount * steps
        if i and (right, example.cases[i - 1]) != (given, found[i - 1]):
            for path, amount in ((example.cases, 1.0), (found, -1.0)):
                for f in example.moves[i][path[i - 1]][path[i]]:
                    weights[f, 0] += amount
                    sums[f, 0] += amount * steps
    return wrong


def is_pair(feature: str) -> bool:
    """ "first second" (for the second word) or "first/second" (for the first); features of one word begin otherwise."""
    return (" " in feature or "/" in feature) and not (feature[0].isupper() or feature[0] in "<>")


def write(path: Path, features: Features, weights: Any) -> None:
    """The table, sorted, and packed without a date, so that the same training gives the same file."""
    lines = []
    for word in sorted(features.known & features.total.keys()):
        a, b, c = counts_of(features.total[word])
        lines.append(f"word\t{word}\t{a}\t{b}\t{c}")
        spelling, times = features.spellings[word].most_common(1)[0]
        if spelling not in (spelling.lower(), spelling.capitalize(), spelling.upper()) and times * 2 > a + b + c:
            lines.append(f"spelling\t{word}\t{spelling}")
    scale = HUNDREDTHS / max(1.0, np.abs(weights).max() / 20)
    values = {f: [round(float(v) * scale) for v in weights[number]] for f, number in features.numbers.items()}
    for feature, value in sorted(values.items()):
        if any(value) and not is_pair(feature):
            lines.append("\t".join(["weight", feature, *map(str, value)]))
    for pair in sorted({f.replace("/", " ") for f in values if is_pair(f)}):
        both = values.get(pair.replace(" ", "/"), [0, 0, 0]) + values.get(pair, [0, 0, 0])
        if any(both):
            lines.append("\t".join(["pair", pair, *map(str, both)]))
    path.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--hold-out", type=int, default=0, metavar="N", help="leave out every Nth incident, to choose by")
    given = parser.parse_args()
    read_texts = [read(group, text) for group, text in texts()]
    if given.hold_out:
        left_out = set(sorted({t.group for t in read_texts})[:: given.hold_out])
        read_texts = [t for t in read_texts if t.group not in left_out]
    features = Features(knowledge_of(load_register(), load_gazetteer()), read_texts)
    data = examples(features, read_texts)
    print(f"{len(read_texts)} texts, {len(data)} sentences, {len(features.known)} words, {len(features.numbers)} features",
          flush=True)
    weights = train(data, len(features.numbers), given.epochs, SEED)
    write(given.out, features, weights)
    print(f"{given.out}: {given.out.stat().st_size / 1000:.0f} KB")


if __name__ == "__main__":
    main()
