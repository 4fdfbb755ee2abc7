"""Numbers of people and things as written, each with its bounds and modifier (the table in docs/record.md)."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.extract import counts_excluded as excluded
from dateline.extract import counts_words as words
from dateline.extract.document import Count, Document
from dateline.numbers import (
    DASHES,
    HYPHENS,
    MULTIPLES,
    TENS,
    UNITS,
    Number,
    Token,
    lower_at,
    read_number,
    tokens_of,
)
from dateline.records.account import Modifier

_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _kind, _phrases in words.PREFIXES.items():
    for _phrase in _phrases:
        _BY_FIRST.setdefault(_phrase.split()[0], []).append((tuple(_phrase.split()), _kind))
for _entries in _BY_FIRST.values():
    _entries.sort(key=lambda entry: -len(entry[0]))
_SUFFIXES = sorted(((tuple(phrase.split()), kind) for kind, phrases in words.SUFFIXES.items() for phrase in phrases),
                   key=lambda entry: -len(entry[0]))
_MISREAD: dict[tuple[str, ...], frozenset[str]] = {
    ("over",): words.NOT_OVER_AFTER, ("about",): words.NOT_ABOUT_AFTER}
_FILLERS = sorted((tuple(phrase.split()) for phrase in words.FILLERS), key=len, reverse=True)

_STARTS = frozenset((                 # a token that is none of these begins no count
    *_BY_FIRST, *UNITS, *TENS, *MULTIPLES, *words.VAGUE, *words.CROWDS, *words.SIZES, "hundred", "dozen", "a", "an",
    "half", "tens", "between", "from", "most", "some", "majority", "no", "nobody", "none",
))


@dataclass(frozen=True, slots=True)
class _Bounds:
    low: int | None
    high: int | None
    value: int | None
    modifier: Modifier


@dataclass(frozen=True, slots=True)
class _Read:
    """A count in tokens[first:end]; counted False: read past it, it counts nobody."""

    first: int
    end: int
    bounds: _Bounds
    counted: bool
    age: bool = False


WORD = _Bounds(None, None, None, "word")
NOBODY = _Bounds(0, 0, 0, "exact")


def find_counts(document: Document) -> None:
    """Add the counts of the report's text to `document.counts`."""
    document.counts.extend(read_counts(document.report.text))


def read_counts(text: str, offset: int = 0) -> list[Count]:
    """The counts in `text`, sorted and apart. `offset` is added to their ends: where `text` begins in its report.

    Numbers that count nobody (dates, ages, money, measures, names) are left out. Never raises; linear in `text`.
    """
    tokens = tokens_of(text)
    spans = excluded.excluded_spans(text)
    counts: list[Count] = []
    index, last_age_end = 0, -1
    while index < len(tokens):
        may_begin = tokens[index].kind == "digits" or tokens[index].lower in _STARTS
        read = _read_at(text, tokens, index, spans) if may_begin else None
        if read is None:
            index += 1
            continue
        listed = 0 <= last_age_end < read.first and excluded.continues_a_list_of_ages(tokens, last_age_end, read.first)
        if read.age or listed:
            last_age_end = read.end
        elif read.counted:
            start, end, bounds = tokens[read.first].start, tokens[read.end - 1].end, read.bounds
            counts.append(Count(start + offset, end + offset, text[start:end], bounds.low, bounds.high, bounds.value,
                                bounds.modifier))
        index = read.end
    return counts


def _read_at(text: str, tokens: list[Token], first: int, spans: list[tuple[int, int]]) -> _Read | None:
    if excluded.covers(spans, tokens[first].start):
        return None
    kind, index = _prefix(tokens, first)
    index = _skip_fillers(tokens, index) if kind else index
    if index >= len(tokens) or excluded.covers(spans, tokens[index].start):
        return None
    if tokens[index].lower == "between" or (tokens[index].lower == "from" and _tells_a_range(tokens, index)):
        spread = _between(text, tokens, index, first)
        if spread is not None:
            return spread
    number = read_number(tokens, index)
    if number is not None and not _is_glued(text, tokens, index, number):
        return _numbered(text, tokens, first, index, number, kind)
    if number is not None:
        return _Read(first, number.end, WORD, counted=False)
    end = _vague(tokens, index)
    if end is not None:
        return _Read(first, end, WORD, counted=not excluded.is_measure(tokens, end))
    end = _nobody(tokens, index) if kind is None else None
    return None if end is None else _Read(first, end, NOBODY, counted=True)


def _is_glued(text: str, tokens: list[Token], index: int, number: Number) -> bool:
    return excluded.is_part_of_a_name(text, tokens, index, number.end)


def _numbered(text: str, tokens: list[Token], first: int, index: int, number: Number, kind: str | None) -> _Read:
    """The count whose number stands at tokens[index] and whose modifier, if any, begins at tokens[first]."""
    upper = _range_end(text, tokens, index, number)
    end = upper.end if upper else number.end
    value = upper.value if upper else number.value
    if excluded.is_age(tokens, index, end, value):
        return _Read(first, end, WORD, counted=False, age=True)
    if not _counts_somebody(tokens, first, index, end, value, kind):
        return _Read(first, end, WORD, counted=False)
    if upper:
        return _Read(first, end, _Bounds(_scaled(number, upper), upper.value, None, "range"), counted=True)
    if kind == "nearly" and lower_at(tokens, first) == "close" and number.value < words.CLOSE_TO_AT_LEAST:
        kind, first = None, index
    suffix, end = _suffix(tokens, end) if kind is None else (None, end)
    loose: str = "about" if number.loose else "exact"
    return _Read(first, end, _bounds(number.value, kind or suffix or loose), counted=True)


def _counts_somebody(tokens: list[Token], first: int, index: int, end: int, value: int, kind: str | None) -> bool:
    if excluded.is_measure(tokens, end) or excluded.is_year(tokens, index, end, value, kind is not None):
        return False
    if 1900 <= value <= 2099 and kind and excluded.follows_a_time_preposition(tokens, first):
        return False
    return not (end - index == 1 and tokens[index].lower == "one" and excluded.is_pronoun_one(tokens, index)
                and not (kind and lower_at(tokens, index + 1) not in {"of", "another"}))


def _bounds(value: int, kind: str) -> _Bounds:
    if kind == "at_least":
        return _Bounds(value, None, value, "at_least")
    if kind == "more_than":
        return _Bounds(value + 1, None, value, "more_than")
    if kind == "nearly":
        return _Bounds(None, value, value, "nearly")
    if kind == "up_to":
        return _Bounds(None, value, value, "up_to")
    if kind == "below":
        return _Bounds(None, max(value - 1, 0), value, "up_to")
    return _Bounds(value, value, value, "about" if kind == "about" else "exact")


def _prefix(tokens: list[Token], first: int) -> tuple[str | None, int]:
    """The kind of the modifier that begins at tokens[first], and the index after it; of several the firmest rules."""
    kind, index = None, first
    for _ in range(3):
        found = _one_prefix(tokens, index)
        if found is None:
            break
        kind = found[0] if kind in {None, "about"} else kind
        index = _skip_fillers(tokens, found[1])
    return kind, index


def _one_prefix(tokens: list[Token], first: int) -> tuple[str, int] | None:
    before = lower_at(tokens, first - 1)
    for phrase, kind in _BY_FIRST.get(lower_at(tokens, first), ()):
        if all(lower_at(tokens, first + step) == word for step, word in enumerate(phrase)):
            misread = _MISREAD.get(phrase, frozenset())
            return None if before in misread else (kind, first + len(phrase))
    return None


def _skip_fillers(tokens: list[Token], index: int) -> int:
    for phrase in _FILLERS:
        if all(lower_at(tokens, index + step) == word for step, word in enumerate(phrase)):
            return index + len(phrase)
    return index


def _suffix(tokens: list[Token], end: int) -> tuple[str | None, int]:
    for phrase, kind in _SUFFIXES:
        if all(lower_at(tokens, end + step) == word for step, word in enumerate(phrase)):
            after = end + len(phrase)
            # "killed 12 and more than 30", "12 at least 30", "12 or more than": the words belong to the next number
            if after < len(tokens) and (lower_at(tokens, after) == "than" or tokens[after].kind == "digits"):
                continue
            return kind, after
    return None, end


def _range_end(text: str, tokens: list[Token], index: int, number: Number) -> Number | None:
    """The upper number of "15 to 20", "15-20", "two or three"; None where two numbers stand apart ("from 15 to 20")."""
    joint = lower_at(tokens, number.end)
    if joint not in words.RANGE_WORDS or number.end + 1 >= len(tokens):
        return None
    if joint == "to" and lower_at(tokens, index - 1) == "from" and not _tells_a_range(tokens, index - 1):
        return None
    upper = read_number(tokens, number.end + 1)
    if upper is None or _scaled(number, upper) >= upper.value or (upper.loose != number.loose and joint in DASHES):
        return None
    stop = tokens[upper.end - 1].end
    return None if text[stop: stop + 1].isalnum() else upper


def _scaled(lower: Number, upper: Number) -> int:
    """The lower end of "two to three hundred" is 200, of "50 to one hundred" 50."""
    if lower.multiple == 1 and upper.multiple > 1 and lower.value < upper.lead:
        return lower.value * upper.multiple
    return lower.value


def _tells_a_range(tokens: list[Token], from_index: int) -> bool:
    """Whether "from" there begins a range ("ranging from 15 to 20") and not a rise ("rose from 15 to 20")."""
    return any(lower_at(tokens, from_index - step) in words.RANGE_VERBS for step in (1, 2))


def _between(text: str, tokens: list[Token], index: int, first: int) -> _Read | None:
    if index + 1 >= len(tokens):
        return None
    lower = read_number(tokens, index + 1)
    if lower is None or lower_at(tokens, lower.end) not in {"and", "to"} or lower.end + 1 >= len(tokens):
        return None
    upper = read_number(tokens, lower.end + 1)
    if upper is None or _scaled(lower, upper) >= upper.value or _is_glued(text, tokens, lower.end + 1, upper):
        return None
    age = excluded.is_age(tokens, index + 1, upper.end, upper.value)
    years = excluded.is_year(tokens, index + 1, index + 2, lower.value, False)
    counted = not age and not years and not excluded.is_measure(tokens, upper.end)
    return _Read(first, upper.end, _Bounds(_scaled(lower, upper), upper.value, None, "range"), counted, age)


def _vague(tokens: list[Token], index: int) -> int | None:
    """The index after words that give no number ("dozens", "a number of", "most of them") at tokens[index], or None."""
    word, following, third = (lower_at(tokens, index + step) for step in range(3))
    before = lower_at(tokens, index - 1)
    no_count_of_many = word == "many" and (before in words.NOT_MANY_AFTER or following in {"a", "an", "times"})
    if word in words.VAGUE and following not in HYPHENS and not no_count_of_many:
        return index + (2 if following in words.CROWD_UNITS else 1)
    if word == "a" and following == "few":
        return index + (3 if third in words.CROWD_UNITS else 2)
    if word == "tens" and following == "of" and third:
        return _through_crowds(tokens, index)
    if word in words.CROWDS and not (word == "scores" and before in words.NOT_SCORES_AFTER):
        return _through_crowds(tokens, index)
    if word in {"a", "an"}:
        size = 1 if following in words.SIZES else 0
        if lower_at(tokens, index + size + 1) in {"number", "handful"} and lower_at(tokens, index + size + 2) == "of":
            return index + size + 3
    if word in words.SIZES and (following, third) == ("numbers", "of"):
        return index + 3
    if word in {"most", "some", "majority"} and following == "of":
        if third in words.PRONOUNS_COUNTED:
            return index + 3
        if third == "the" and lower_at(tokens, index + 3) in words.THE_COUNTED:
            return index + 4
    return None


def _through_crowds(tokens: list[Token], index: int) -> int:
    """The index after "hundreds", "tens of thousands", "tens of" (which says nothing alone)."""
    end = index + 1
    while lower_at(tokens, end) == "of" and lower_at(tokens, end + 1) in words.CROWDS:
        end += 2
    return end + 1 if tokens[end - 1].lower == "tens" else end


def _nobody(tokens: list[Token], index: int) -> int | None:
    """The index after "nobody", "no one", "none", or "no" before people; None where nothing is counted as zero."""
    word, following = lower_at(tokens, index), lower_at(tokens, index + 1)
    if word == "nobody":
        return index + 1
    if word == "none":
        return None if following in {"other", "the", "too"} else index + 1
    if word != "no":
        return None
    if following == "one":
        return None if lower_at(tokens, index + 2) in {"group", "side", "else's", "faction", "party"} else index + 2
    if following in HYPHENS and lower_at(tokens, index + 2) == "one":
        return index + 3
    for step in range(1, 5):
        word = lower_at(tokens, index + step)
        if not word or not word.isalpha() or word in words.NOT_NO_BEFORE:
            return None
        if word in words.NO_PEOPLE or (word.endswith("s") and not word.endswith(("ss", "ous", "us", "is"))):
            return index + 1
    return None
