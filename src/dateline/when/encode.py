"""A text as the words that tell times: a string with one character for each token, on which forms are matched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dateline.numbers import Token, read_number, tokens_of
from dateline.when.vocabulary import BREAK, CASED, END, MARKS, NUMBER_WORDS, OF_KIND, OF_SMALL, OF_WORD, OTHER, telling

_TOKEN = re.compile(
    r"(?P<iso>(?<![\w/-])[12][0-9]{3}(?P<isosep>[-/])[01][0-9](?P=isosep)[0-3][0-9]"
    r"(?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?Z?)?(?![\w/-]))"
    r"|(?P<slashed>(?<![\w./-])[0-3]?[0-9](?P<sep>[-/.])[0-3]?[0-9](?P=sep)(?:[12][0-9]{3}|[0-9]{2})(?![\w/-]))"
    r"|(?P<clock>(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))"
    r"|(?P<clock12>(?:1[0-2]|0?[1-9])\.[0-5][0-9](?=\s?[AaPp]\.?\s?[Mm]))"
    r"|(?P<nth>[0-3]?[0-9](?:st|nd|rd|th|ST|ND|RD|TH)\b)"
    r"|(?P<decade>(?:[12][0-9][0-9]0['\u2019]?|['\u2019\u2018`][0-9]0)[sS]\b)"
    r"|(?P<shortyear>['\u2019\u2018`][0-9]{2}(?![\w-]))"
    r"|(?P<military>(?:[01][0-9]|2[0-4])[0-5][0-9](?:Z|z|h|hrs)\b)"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3}){1,5}(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<half>[AaPp]\.\s?[Mm]\.|[AaPp]\.[Mm]\b)"
    r"|(?P<bc>B\.\s?C\.(?:\s?E\.)?|B\.C\b)"
    r"|(?P<clitic>['\u2019][sS]\b)"
    r"|(?P<oclock>[oO]['\u2019][cC]lock\b)"
    r"|(?P<word>[^\W\d_]+)(?P<tail>[\d_]\w*)?"
    r"|(?P<break>\n[ \t\r]*\n\s*)"
    r"|(?P<mark>[^\s])"
)
_GLUED = re.compile(r"(?!(?:[ap]\.?m|h|hrs?|hours|gmt|utc|z)\b)[^\W\d_]", re.IGNORECASE)      # "1300th", "10km"
_FRACTION = re.compile(r"[\s-]?[1-9]/[1-9][0-9]?(?![\w/])|[\u00bc\u00bd\u00be]")
_SPELLED = re.compile(r"[^\W\d_]+(?:(?:\s?-\s?|\s{1,3}and\s{1,3}|\s{1,3})(?:" + "|".join(sorted(NUMBER_WORDS)) + r")\b){0,8}",
                      re.IGNORECASE)
_STRETCH = re.compile(f"[^{OTHER}{END}]+{OTHER}?")
_CURRENCIES = frozenset("$\u20ac\u00a3\u00a5")


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of a text that can tell a time: token i is text[starts[i]:ends[i]] and codes[i].

    Neighbours that no form knows are one token, and stretches in which nothing tells a time are left out.
    """

    text: str
    codes: str
    starts: list[int]
    ends: list[int]
    numbers: dict[int, int]       # where a token starts -> the number that it spells


def encode(text: str) -> Encoded:
    starts: list[int] = []
    ends: list[int] = []
    codes: list[str] = []
    numbers: dict[int, int] = {}
    read_to = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < read_to:                              # within a number in several words
            continue
        kind = match.lastgroup or ""
        if kind == "word":
            lower = match.group().lower()
            if lower in NUMBER_WORDS:
                code, end = _spelled(text, start, numbers)
                read_to = end
            elif lower in CASED and (not match.group().istitle() or not codes or codes[-1] in ".\n"):
                code = OF_SMALL[lower]
            else:
                code = OF_WORD.get(lower, OTHER)
        elif kind == "number":
            fraction = _FRACTION.match(text, end)
            code = OTHER if _GLUED.match(text, end) else OF_KIND["fraction" if fraction else _kind_of_number(match.group())]
            end = read_to = fraction.end() if fraction else end
        else:
            code = _code_of(kind, match.group())
        if code == OTHER and codes and codes[-1] == OTHER:
            continue
        starts.append(start)
        ends.append(end)
        codes.append(code)
    return _telling(Encoded(text, "".join(codes) + END, starts, ends, numbers))


def _telling(encoded: Encoded) -> Encoded:
    """`encoded` without the stretches in which no word tells a time."""
    tells = _tells()
    starts: list[int] = []
    ends: list[int] = []
    codes: list[str] = []
    for stretch in _STRETCH.finditer(encoded.codes):
        first, last = stretch.span()
        if tells.search(encoded.codes, first, last):
            codes.append(encoded.codes[first:last])
            starts += encoded.starts[first:last]
            ends += encoded.ends[first:last]
    return Encoded(encoded.text, "".join(codes) + END, starts, ends, encoded.numbers)


@cache
def _tells() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(telling())}]")


def _code_of(kind: str, said: str) -> str:
    if kind == "mark":
        return OF_KIND["money"] if said in _CURRENCIES else MARKS.get(said, OTHER)
    if kind == "half":
        return OF_WORD["am" if said[0] in "aA" else "pm"]
    if kind == "bc":
        return OF_WORD["bc"]
    return {"break": BREAK, "tail": OTHER}.get(kind) or OF_KIND[kind]


def _spelled(text: str, start: int, numbers: dict[int, int]) -> tuple[str, int]:
    """The character and end of a number in words that begins at `start`: "twenty-four", "nineteen ninety-six"."""
    run = _SPELLED.match(text, start)
    tokens = tokens_of(run.group()) if run else []
    value, end = _number_at(tokens, 0)
    if 11 <= value <= 20 and end < len(tokens):
        rest, rest_end = _number_at(tokens, end)
        if 10 <= rest <= 99:
            numbers[start] = value * 100 + rest
            return OF_KIND["spelled_year"], start + tokens[rest_end - 1].end
    numbers[start] = value
    return OF_KIND["spelled"], start + tokens[end - 1].end


def _number_at(tokens: list[Token], first: int) -> tuple[int, int]:
    """A number in words and the index after it; 0 for what is none by itself ("billion" after digits)."""
    number = read_number(tokens, first) if first < len(tokens) else None
    return (number.value, number.end) if number is not None else (0, first + 1)


def _kind_of_number(said: str) -> str:
    if not said.isdigit() or len(said) > 4:
        return "decimal" if "." in said else "long"
    value = int(said)
    if len(said) == 1:
        return "digit" if value else "long"
    if len(said) == 2:
        return "two_zero" if said[0] == "0" else "hour2" if value <= 24 else "day2" if value <= 31 else "two"
    if len(said) == 3:
        return "three"
    is_clock = value // 100 <= 24 and value % 100 < 60
    if 1000 <= value <= 2199:
        return "year_clock" if is_clock else "year"
    return "clock4" if is_clock else "long"
