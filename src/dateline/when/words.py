"""A text as the words that tell times: each word, number and mark becomes one character, so that forms are short patterns.

`encode` gives the text's tokens and a string with a character for each. A word of the vocabulary has a character of its
own; numbers share one by what they can be (a day, an hour, a year); every other word is OTHER. `compile_form` turns a
form, written in words and names of classes ("early? on? WEEKDAY PART?"), into a regular expression over such strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from dateline.numbers import read_number, tokens_of

OTHER = "x"
END = "\x01"                      # after the last token: a form may ask what follows
BREAK = "\n"                      # a blank line

# A word may be in several classes. Those of CASED count only where they have a capital that no sentence's start gives.
CLASSES: dict[str, str] = {
    "WEEKDAY": "monday tuesday wednesday thursday friday saturday sunday",
    "WEEKDAYS": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    "WDABBR": "mon tue tues wed weds thu thur thurs fri sat sun",
    "FULLMONTH": "january february march april may june july august september october november december",
    "SUREMONTH": "january february april june july august september october november december",
    "ABBRMONTH": "jan feb mar apr jun jul aug sep sept oct nov dec",
    "SEASON": "spring summer autumn fall winter",
    "SEASONS": "springs summers autumns falls winters",
    "UNIT": "second minute hour day night week weekend fortnight month quarter year decade century",
    "UNITS": "seconds minutes hours days nights weeks weekends fortnights months quarters years decades centuries",
    "PART": "dawn daybreak sunrise morning noon midday lunchtime afternoon dusk sunset evening nightfall night midnight",
    "PARTS": "mornings afternoons evenings nights",
    "HALF": "am pm",
    "ZONE": "gmt utc est edt cst cdt mst mdt pst pdt cet cest bst eet eest msk ist pkt aft zulu",
    "ORD": ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
            "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"),
    "FEW": "several few many numerous couple some",
    "FULL": "more consecutive straight full long whole additional trading solid bloody extra short further other calendar",
    "ARTICLE": "the a an",
    "WHICH": "last next this past previous following coming same that current latest preceding",
    "APPROX": "about around approximately roughly nearly almost circa some",
    "BC": "bc bce",
    "NAMEDECADE": "twenties thirties forties fifties sixties seventies eighties nineties",
    "SMALL": "two three four five six seven eight nine ten eleven twelve",
}
CASED = frozenset(("may", "march", "mar", "mon", "wed", "sat", "sun", "sep", "dec", "jan", "mst", "ist", "aft"))
NUMBER_WORDS = frozenset((
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen").split())

_TOKEN = re.compile(
    r"(?P<iso>(?<![\w/-])[12][0-9]{3}(?P<isosep>[-/])[01][0-9](?P=isosep)[0-3][0-9](?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?Z?)?(?![\w/-]))"
    r"|(?P<slashed>(?<![\w./-])[0-3]?[0-9](?P<sep>[-/.])[0-3]?[0-9](?P=sep)(?:[12][0-9]{3}|[0-9]{2})(?![\w/-]))"
    r"|(?P<clock>(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:]))"
    r"|(?P<clock12>(?:1[0-2]|0?[1-9])\.[0-5][0-9](?=\s?[AaPp]\.?\s?[Mm]))"
    r"|(?P<nth>[0-3]?[0-9](?:st|nd|rd|th|ST|ND|RD|TH)\b)"
    r"|(?P<decade>(?:[12][0-9][0-9]0['\u2019]?|['\u2019\u2018`][0-9]0)[sS]\b)"
    r"|(?P<shortyear>['\u2019\u2018`][0-9]{2}(?![\w-]))"
    r"|(?P<military>(?:[01][0-9]|2[0-4])[0-5][0-9](?:Z|z|h|hrs)\b)"
    r"|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<half>[AaPp]\.\s?[Mm]\.|[AaPp]\.[Mm]\b)"
    r"|(?P<bc>B\.\s?C\.(?:\s?E\.)?|B\.C\b)"
    r"|(?P<clitic>['\u2019][sS]\b)"
    r"|(?P<oclock>[oO]['\u2019][cC]lock\b)"
    r"|(?P<word>[^\W\d_]+)(?P<tail>[\d_]\w*)?"
    r"|(?P<break>\n[ \t\r]*\n\s*)"
    r"|(?P<mark>[^\s])"
)
_FRACTION = re.compile(r"\s?[1-9]/[1-9][0-9]?(?![\w/])|[\u00bc\u00bd\u00be]")
_RUN = re.compile(r"[^\W\d_]+(?:(?:\s?-\s?|\s+and\s+|\s+)(?:" + "|".join(sorted(NUMBER_WORDS)) + r")\b){0,8}", re.IGNORECASE)
_chars = map(chr, count(0x100))

# Characters of what has no spelling of its own; the classes of numbers are unions of them.
_NUMBER_KINDS = ("digit hour2 day2 two two_zero three year year_clock clock4 long decimal spelled spelled_year fraction").split()
_KIND_CHARS = {kind: next(_chars) for kind in (
    *_NUMBER_KINDS, "iso", "slashed", "clock", "clock12", "nth", "decade", "shortyear", "military", "half", "bc", "clitic",
    "oclock", "money")}
_UNIONS = {
    "DAY": "digit hour2 day2 two_zero", "HOUR": "digit hour2 two_zero", "YY": "hour2 day2 two two_zero",
    "YEAR": "year year_clock spelled_year", "HHMM": "year_clock clock4", "THREE": "three two hour2 day2",
    "NUM": " ".join(_NUMBER_KINDS), "DIGITS": "digit hour2 day2 two three year year_clock long",
    "SPELLED": "spelled", "NTH": "nth", "ISO": "iso", "SLASHED": "slashed", "CLOCK": "clock clock12", "DECADE": "decade",
    "SHORTYEAR": "shortyear", "MILITARY": "military", "MONEY": "money", "CLITIC": "clitic", "OCLOCK": "oclock",
}
_MARKS = {mark: mark for mark in ".,;:()/\"%&"} | {"-": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u2014": "-",
                                                  "[": "(", "]": ")"}
_VOCABULARY: dict[str, str] = {}
for _word in " ".join(CLASSES.values()).split():
    _VOCABULARY.setdefault(_word, next(_chars))


@dataclass(frozen=True, slots=True)
class Encoded:
    """The tokens of a text that can matter: token i is text[starts[i]:ends[i]] and codes[i]. Stretches of others are one."""

    text: str
    codes: str
    starts: list[int]
    ends: list[int]
    numbers: dict[int, int]       # where a token starts -> the number it spells


def encode(text: str) -> Encoded:
    starts: list[int] = []
    ends: list[int] = []
    codes: list[str] = []
    numbers: dict[int, int] = {}
    one_case = text.isupper() or text.islower()
    after = 0                     # tokens within a spelled number are part of it
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < after:
            continue
        kind = match.lastgroup
        code = OTHER
        if kind == "word":
            word = match.group()
            lower = word.lower()
            if lower in NUMBER_WORDS:
                code, end = _spelled(text, start, numbers)
                after = end
            else:
                code = _VOCABULARY.get(lower, OTHER)
                if lower in CASED and (one_case or not word[0].isupper() or not codes or codes[-1] in ".\n"):
                    code = _SMALL[lower]
        elif kind == "number":
            code = _number_kind(match.group())
            fraction = _FRACTION.match(text, end)
            if fraction:
                code, end = _KIND_CHARS["fraction"], fraction.end()
                after = end
        elif kind == "mark":
            mark = match.group()
            code = _MARKS.get(mark) or (_KIND_CHARS["money"] if mark in "$\u20ac\u00a3\u00a5" else OTHER)
        elif kind == "break":
            code = BREAK
        elif kind == "tail":
            code = OTHER
        elif kind == "half" or kind == "bc":
            code = _VOCABULARY[match.group()[0].lower() + ("m" if kind == "half" else "c")]
        elif kind is not None:
            code = _KIND_CHARS[kind]
        if code == OTHER and codes and codes[-1] == OTHER:
            continue
        starts.append(start)
        ends.append(end)
        codes.append(code)
    return Encoded(text, "".join(codes) + END, starts, ends, numbers)


def _spelled(text: str, start: int, numbers: dict[int, int]) -> tuple[str, int]:
    """The character and end of a number in words that begins at `start`: "twenty-four", "nineteen ninety-six"."""
    run = _RUN.match(text, start)
    tokens = tokens_of(run.group()) if run else []
    number = read_number(tokens, 0) if tokens else None
    if number is None:
        end = tokens[0].end if tokens else 1
        numbers[start] = 100 if text[start:start + 1].lower() == "h" else 1
        return _KIND_CHARS["spelled"], start + end
    end = tokens[number.end - 1].end
    if 11 <= number.value <= 20 and number.end < len(tokens):
        rest = read_number(tokens, number.end)
        if rest is not None and 10 <= rest.value <= 99:
            numbers[start] = number.value * 100 + rest.value
            return _KIND_CHARS["spelled_year"], start + tokens[rest.end - 1].end
    numbers[start] = number.value
    return _KIND_CHARS["spelled"], start + end


def _number_kind(said: str) -> str:
    if not said.isdigit():
        return _KIND_CHARS["decimal" if "." in said else "long"]
    value, length = int(said) if len(said) < 6 else 0, len(said)
    kind = "long"
    if length == 1 and value:
        kind = "digit"
    elif length == 2:
        kind = "two_zero" if said[0] == "0" else "hour2" if value <= 24 else "day2" if value <= 31 else "two"
    elif length == 3:
        kind = "three"
    elif length == 4:
        clock = value // 100 <= 24 and value % 100 < 60
        kind = ("year_clock" if clock else "year") if 1000 <= value <= 2199 else "clock4" if clock else "long"
    return _KIND_CHARS[kind]


_SMALL = {word: next(_chars) for word in sorted(CASED)}      # the same words without their capital


def _class_characters(name: str) -> str:
    if name in _UNIONS:
        return "".join(_KIND_CHARS[kind] for kind in _UNIONS[name].split())
    words = CLASSES[name].split()
    return "".join(_VOCABULARY[word] for word in words)


_MACROS = {
    "MONTH": "(?:FULLMONTH|UNSUREMONTH|ABBRMONTH .?)", "WD": "(?:WEEKDAY|WDABBR .?)", "D": "(?:DAY|NTH|ORD)",
    "DASH": "-",
}
_PIECE = re.compile(r"(?P<open>\(\?P<\w+>|\(\?<?[:=!])|(?P<name>[A-Z][A-Z0-9]*)|(?P<word>[a-z]+)|(?P<any>_)"
                    r"|(?P<mark>[-.,;:/%&\"])|(?P<space>\s+)|(?P<syntax>[()|?*+])")


def compile_form(form: str) -> re.Pattern[str]:
    """A regular expression over the characters of `encode`. Words in small letters join the vocabulary.

    Raises ValueError for a form with what is no word, class, mark or one of ( ) | ? * +.
    """
    return re.compile("".join(_pieces(form)))


def _pieces(form: str) -> Iterator[str]:
    at = 0
    while at < len(form):
        piece = _PIECE.match(form, at)
        if piece is None:
            raise ValueError(f"no form: {form[at:at + 20]!r}")
        at, said = piece.end(), piece.group()
        kind = piece.lastgroup
        if kind == "name" and said in _MACROS:
            yield from _pieces(_MACROS[said])
        elif said == "END":
            yield END
        elif kind == "name" and said == "UNSUREMONTH":
            yield f"[{''.join(_SMALL[word] for word in ('may', 'march', 'mar', 'jan', 'dec', 'sep'))}]"
        elif kind == "name":
            yield f"[{re.escape(_class_characters(said))}]"
        elif kind == "word":
            if said in CASED:
                yield f"[{_VOCABULARY[said]}{_SMALL[said]}]"
            else:
                yield re.escape(_VOCABULARY.setdefault(said, next(_chars)))
        elif kind == "any":
            yield OTHER
        elif kind == "mark":
            yield re.escape(said)
        elif kind != "space":
            yield said
