"""Which words of English news are written small, with a capital, or in capitals: a table of counts and a small linear model.

The table (data/truecase.tsv.gz) is made by `python -m training.truecase`; it holds words with how often each is written
how, and the model's weights, and no text. It is read when the first report in one case comes.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from dateline.extract.truecase_certain import (
    AGE,
    BEFORE_NOUNS,
    CAPITAL,
    LINKS,
    LOWER,
    NO_FAMILIES,
    TITLES,
    UPPER,
    dates,
    spanish_names,
    spelled_out,
)
from dateline.extract.truecase_tokens import GAP, Tokens, after, before, is_stop
from dateline.extract.truecase_words import Knowledge

LINK, START = 3, 4                # cases of their own for a small word inside a name, and for the first word of a sentence
NAMING = frozenset({CAPITAL, UPPER, LINK})
WORDS_TOO = "bcdnvis1"            # classes of words that English uses small as well
NEW_NAMES = "xN"                  # classes of words that are new and no English
RARE = 8                          # seen less often, a word is judged by its letters and by the lists too
SURE = 50.0                       # added to what other words of the same text prove; far beyond any sum of weights
HUNDREDTHS = 100                  # weights are written as whole hundredths
BEAM = 15.0                       # a case that falls so far behind another does not come back
KEPT = 50_000                     # words, and as many gaps, that are kept for the next report

Counts = tuple[int, int, int]     # small, with a capital, in capitals
Scores = tuple[float, float, float]
NOTHING: Scores = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Table:
    """What was learnt. Words are folded. spellings: words with capitals inside; weights: by feature, for each of three cases;
    pairs: "first second" -> weights for the first word and for the second."""

    counts: Mapping[str, Counts]
    spellings: Mapping[str, str]
    weights: Mapping[str, Scores]
    pairs: Mapping[str, tuple[Scores, Scores]]


@cache
def load_table() -> Table:
    """The packaged table."""
    return read_table((resources.files("dateline") / "data" / "truecase.tsv.gz").read_bytes())


def read_table(packed: bytes) -> Table:
    """A table in the form in which training/truecase.py writes it."""
    counts: dict[str, Counts] = {}
    spellings: dict[str, str] = {}
    weights: dict[str, Scores] = {}
    pairs: dict[str, tuple[Scores, Scores]] = {}
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        kind, key, *values = line.split("\t")
        if kind == "spelling":
            spellings[key] = values[0]
            continue
        a, b, c, *more = map(int, values)
        if kind == "word":
            counts[key] = a, b, c
        elif kind == "weight":
            weights[key] = _scores(a, b, c)
        else:
            pairs[key] = _scores(a, b, c), _scores(*more)
    return Table(counts, spellings, weights, pairs)


def _scores(a: int, b: int, c: int) -> Scores:
    return a / HUNDREDTHS, b / HUNDREDTHS, c / HUNDREDTHS


# What the model looks at. Features are short strings; those of one word alone are the costly ones and are kept by word.

def class_of(word: str, counts: Counts, knowledge: Knowledge) -> str:
    """One letter for how the word is mostly written, or, where it is new, for what it looks like."""
    total = sum(counts)
    if len(word) == 1:
        return "1"
    if total:
        small, _, upper = counts
        if upper * 2 > total:
            return "U"
        if small >= 0.95 * total:
            return "a" if total >= RARE else "b"
        return "c" if small * 2 > total else "d" if small > 0.05 * total else "A" if total >= RARE else "B"
    if knowledge.is_name(word):
        return "N"
    return {"-": "x", "n": "n"}.get(knowledge.english(word), "v")


def word_features(word: str, counts: Counts, knowledge: Knowledge) -> list[str]:
    """The features of a word by itself."""
    total = sum(counts)
    seen = "0" if not total else "1" if total == 1 else "4" if total < 5 else "7" if total < RARE else "9"
    share = f"{round(4 * counts[0] / total)}{round(4 * counts[2] / total)}" if total else ""
    known = knowledge.english(word) + knowledge.places(word) + knowledge.groups(word) + knowledge.persons(word)
    features = ["b" + seen + share, "w" + word]
    if total >= RARE:
        return [*features, f"k{seen}{share}{knowledge.places(word)}{knowledge.groups(word)}"]
    vowels = "0" if len(word) > 1 and not any(c in "aeiouy" for c in word) else "1"
    return [*features, "q" + seen + share + known, "e" + seen + knowledge.english(word),
            "g" + seen + knowledge.places(word), "r" + seen + knowledge.groups(word), "n" + seen + knowledge.persons(word),
            f"l{seen}{min(len(word), 10)}{vowels}", "x" + word[-2:], "x" + word[-3:], "x" + word[-4:],
            "p" + word[:2], "p" + word[:3]]


def near_features(p: str, c: str, n: str) -> list[str]:
    """The features of the classes of a word and its two neighbours; "" where there is none."""
    return [f"P{p}{c}", f"N{c}{n}", f"T{p}{c}{n}"]


def gap_features(left: str, right: str, c: str, abbreviation: str) -> list[str]:
    """The features of what stands around a word of class `c`. abbreviation: the word before, where a full stop follows it."""
    features = ["L" + left, "R" + right, f"L{left}{c}", f"R{right}{c}"]
    if abbreviation:
        features += [f"D{abbreviation}.", f"D{abbreviation}.{c}"]
    return [*features, f"B{left}{right}", f"B{left}{right}{c}"] if left[-1:] in "([q9-" or right[:1] in "-." else features


@dataclass(slots=True)
class Known:
    """What the model has worked out of one word."""

    kind: str                     # its class
    own: Scores
    plain: Scores                 # the same with a space before and behind
    to_right: Scores              # what it says of the word after it
    to_left: Scores               # and of the word before it
    links: bool
    moves: tuple[tuple[float, ...], ...]    # by the case before, what each case of this word adds
    rare: bool
    names: bool                   # a first name, a title, or new and no English: a family name may follow


@dataclass
class Truecaser:
    """The model with what it has worked out so far, word by word, which is kept for the next report."""

    table: Table
    knowledge: Knowledge
    _words: dict[str, Known] = field(default_factory=dict, repr=False)
    _near: dict[tuple[str, str, str], Scores] = field(default_factory=dict, repr=False)
    _gaps: dict[tuple[str, str, str, str], Scores] = field(default_factory=dict, repr=False)
    _moves: dict[str, tuple[tuple[float, ...], ...]] = field(default_factory=dict, repr=False)

    def cases(self, tokens: Tokens, proven: Mapping[str, int]) -> list[int]:
        """LOWER, CAPITAL or UPPER for every word. proven: how words are written elsewhere in the same text."""
        if not tokens.words:
            return []
        known = [self._words.get(word) or self._learn(word) for word in tokens.words]
        scores = self._scores(tokens, known)
        _together(tokens.words, known, scores)
        certain = dates(tokens) | spanish_names(tokens, [k.kind for k in known]) | spelled_out(tokens)
        certain |= self.knowledge.in_full(tokens.words)
        for i, word in enumerate(tokens.words) if proven else ():
            if word in proven:
                certain.setdefault(i, proven[word])
        for i, case in certain.items():
            scores[i][case] += SURE
        return with_family_names(tokens, known, _agreed(tokens, known, best_cases(tokens.starts, known, scores)))

    def spelling(self, word: str, case: int) -> str | None:
        """How a word with capitals inside is written; None: as its case says."""
        known = self.table.spellings.get(word)
        if known is None and case == CAPITAL and word.startswith("mc") and len(word) > 4:
            return "Mc" + word[2:].capitalize()
        if known is None and case == UPPER and word[-1] == "s" and word not in self.table.counts and len(word) > 3:
            stem = self.table.counts.get(word[:-1])
            if stem is not None and stem[2] * 2 > sum(stem):
                return word[:-1].upper() + "s"
        return known

    def _scores(self, tokens: Tokens, known: Sequence[Known]) -> list[list[float]]:
        """What speaks for each case of each word, the cases of its neighbours apart."""
        gaps, pairs, near = tokens.gaps, self.table.pairs, self._near
        kinds = ["", *(k.kind for k in known), ""]
        result: list[list[float]] = []
        last: Known | None = None
        last_word = ""
        for i, (word, it) in enumerate(zip(tokens.words, known, strict=True)):
            key = (kinds[i], it.kind, kinds[i + 2])
            around = near.get(key) or self._learn_near(key)
            if gaps[i] == " " == gaps[i + 1]:
                a, b, c = it.plain
            else:
                gap = (gaps[i][-GAP:], gaps[i + 1][:GAP], it.kind, last_word if is_stop(gaps[i]) else "")
                a, b, c = it.own
                x, y, z = self._gaps.get(gap) or self._learn_gap(gap)
                a, b, c = a + x, b + y, c + z
            a, b, c = a + around[0], b + around[1], c + around[2]
            if last is not None:
                x, y, z = last.to_right
                a, b, c = a + x, b + y, c + z
                before_it = result[-1]
                x, y, z = it.to_left
                before_it[0] += x
                before_it[1] += y
                before_it[2] += z
                both = pairs.get(f"{last_word} {word}")
                if both is not None:
                    first, (x, y, z) = both
                    a, b, c = a + x, b + y, c + z
                    for k in range(3):
                        before_it[k] += first[k]
            result.append([a, b, c])
            last, last_word = it, word
        return result

    def _learn(self, word: str) -> Known:
        counts = self.table.counts.get(word, (0, 0, 0))
        kind = class_of(word, counts, self.knowledge)
        own = self._sum(word_features(word, counts, self.knowledge))
        x, y, z = self._learn_gap((" ", " ", kind, ""))
        known = Known(kind, own, (own[0] + x, own[1] + y, own[2] + z), self.table.weights.get("<" + word, NOTHING),
                      self.table.weights.get(">" + word, NOTHING), word in LINKS, self._moves_of(word, kind),
                      len(word) > 2 and sum(counts) < RARE,
                      self.knowledge.persons(word) == "f" or word in TITLES or kind in NEW_NAMES)
        if len(self._words) < KEPT:
            self._words[word] = known
        return known

    def _learn_near(self, key: tuple[str, str, str]) -> Scores:
        return self._near.setdefault(key, self._sum(near_features(*key)))

    def _learn_gap(self, gap: tuple[str, str, str, str]) -> Scores:
        found = self._sum(gap_features(before(gap[0]), after(gap[1]), *gap[2:]))
        if len(self._gaps) < KEPT:
            self._gaps[gap] = found
        return found

    def _moves_of(self, word: str, kind: str) -> tuple[tuple[float, ...], ...]:
        link = word if word in LINKS else ""
        key = f"{link} {kind}"
        if key not in self._moves:
            self._moves[key] = tuple(tuple(self._move(p, s, kind, link) for s in range(5)) for p in range(5))
        return self._moves[key]

    def _move(self, previous: int, state: int, c: str, link: str) -> float:
        return sum(self.table.weights.get(f, NOTHING)[0] for f in move_features(previous, state, c, link))

    def _sum(self, features: Sequence[str]) -> Scores:
        weights = self.table.weights
        found = [weights[f] for f in features if f in weights]
        return (sum(f[0] for f in found), sum(f[1] for f in found), sum(f[2] for f in found))


def move_features(previous: int, state: int, c: str, link: str) -> list[str]:
    """The features of going from one case to the next; their weight is the first of three."""
    features = [f"M{previous}{state}", f"M{previous}{state}{c}"]
    return [*features, f"M{previous}{state} {link}"] if link else features


def _together(words: Sequence[str], known: Sequence[Known], scores: list[list[float]]) -> None:
    """Let the places of a rare word in one text speak for each other."""
    places: dict[str, list[int]] = {}
    for i, it in enumerate(known):
        if it.rare:
            places.setdefault(words[i], []).append(i)
    for found in places.values():
        if len(found) > 1:
            mean = [sum(scores[i][k] for i in found) / len(found) for k in range(3)]
            for i in found:
                scores[i] = [(score + shared) / 2 for score, shared in zip(scores[i], mean, strict=True)]


def _agreed(tokens: Tokens, known: Sequence[Known], cases: list[int]) -> list[int]:
    """`cases`, where a word that is new and no English is written like a name everywhere if it is anywhere."""
    found: dict[str, list[int]] = {}
    for word, it, start, case in zip(tokens.words, known, tokens.starts, cases, strict=True):
        if it.kind in NEW_NAMES and not start and case != LOWER:
            found.setdefault(word, []).append(case)
    if not found:
        return cases
    one = {word: UPPER if 2 * seen.count(UPPER) >= len(seen) else CAPITAL for word, seen in found.items()}
    return [one.get(word, case) for word, case in zip(tokens.words, cases, strict=True)]


def with_family_names(tokens: Tokens, known: Sequence[Known], cases: list[int]) -> list[int]:
    """`cases`, where a family name that is a word too ("Tam Weaver, 31") is no word where it stands alone ("Weaver said")."""
    words, gaps = tokens.words, tokens.gaps
    families = set()
    for i, (it, word, case) in enumerate(zip(known, words, cases, strict=True)):
        if (it.kind in WORDS_TOO and len(word) > 2 and word not in NO_FAMILIES and i and cases[i - 1] == CAPITAL
                and known[i - 1].kind != "a" and gaps[i] in (" ", "\n", ". ")):
            age = AGE.match(gaps[i + 1]) is not None
            if (case == CAPITAL and (age or known[i - 1].names)) or (age and known[i - 1].names):
                families.add(word)
    if not families:
        return cases
    return [CAPITAL if case == LOWER and word in families and gaps[i][-1:] != "-" and words[i - 1] not in BEFORE_NOUNS else case
            for i, (word, case) in enumerate(zip(words, cases, strict=True))]


def best_cases(starts: Sequence[bool], known: Sequence[Known], scores: Sequence[Sequence[float]]) -> list[int]:
    """The likeliest cases of all words together (Viterbi; what falls far behind is dropped on the way)."""
    states: dict[int, float] = {LOWER: 0.0}
    back: list[dict[int, int]] = []
    for start, it, (low, capital, upper) in zip(starts, known, scores, strict=True):
        came: dict[int, int] = {}
        reached: dict[int, float] = {}
        if start:
            likeliest = max(states, key=states.__getitem__)
            reached = {START: states[likeliest] + max(low, capital), UPPER: states[likeliest] + upper}
            came = {START: likeliest, UPPER: likeliest}
        else:
            moves, links = it.moves, it.links
            least = max(low, capital, upper) - BEAM
            for state, score in ((LOWER, low), (CAPITAL, capital), (UPPER, upper)):
                if score < least:
                    continue
                for previous, so_far in states.items():
                    at = LINK if links and state == LOWER and previous in NAMING else state
                    value = so_far + score + moves[previous][at]
                    if at not in reached or value > reached[at]:
                        reached[at] = value
                        came[at] = previous
        back.append(came)
        if len(reached) > 1:
            least = max(reached.values()) - BEAM
            reached = {state: value for state, value in reached.items() if value >= least}
        states = reached
    state = max(states, key=states.__getitem__)
    path = []
    for came in reversed(back):
        path.append(LOWER if state == LINK else CAPITAL if state == START else state)
        state = came[state]
    return path[::-1]
