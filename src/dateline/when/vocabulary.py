"""The words that tell times, by class, and the character that stands for each in the strings that forms are matched on."""

from __future__ import annotations

from itertools import count

OTHER = "x"                       # any word that no form knows
END = "\x01"                      # after the last token
BREAK = "\n"                      # a blank line

CLASSES: dict[str, str] = {       # a word may be in several
    "WEEKDAY": "monday tuesday wednesday thursday friday saturday sunday",
    "WEEKDAYS": "mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    "WDABBR": "mon tue tues wed weds thu thur thurs fri sat sun",
    "FULLMONTH": "january february march april may june july august september october november december",
    "SUREMONTH": "january february april june july august september october november december",
    "ABBRMONTH": "jan feb mar apr jun jul aug sep sept oct nov dec",
    "SEASON": "spring summer autumn fall winter",
    "UNIT": "second minute hour day night week weekend fortnight month quarter year decade century",
    "UNITS": "seconds minutes hours days nights weeks weekends fortnights months quarters years decades centuries",
    "PART": "dawn daybreak sunrise morning noon midday lunchtime afternoon dusk sunset evening nightfall night midnight",
    "PARTS": "mornings afternoons evenings nights",
    "HALF": "am pm",
    "ZONE": "gmt utc est edt cst cdt mst mdt pst pdt cet cest bst eet eest msk ist pkt aft zulu",
    "ORD": ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
            "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"),
    "FULL": "more consecutive straight full long whole additional trading solid bloody extra short further other calendar",
    "APPROX": "about around approximately roughly nearly almost circa some",
    "BC": "bc bce",
    "NAMEDECADE": "twenties thirties forties fifties sixties seventies eighties nineties",
}
# Names of days and months that are other words too: they are names where they have a capital that no sentence's start gives.
CASED = frozenset(("may", "march", "august", "mar", "mon", "wed", "sat", "sun", "sep", "dec", "jan", "mst", "ist", "aft"))
NUMBER_WORDS = frozenset(word for line in (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen",
    "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen",
) for word in line.split())

# What is no word of the vocabulary has a kind, and each kind a character. two: 32-99; two_zero: 00-09; clock4: "0930".
KINDS = ("digit", "hour2", "day2", "two", "two_zero", "three", "year", "year_clock", "clock4", "long", "decimal", "spelled",
         "spelled_year", "fraction", "iso", "slashed", "clock", "clock12", "nth", "decade", "shortyear", "military", "clitic",
         "oclock", "money")
_NUMBERS = KINDS[:KINDS.index("iso")]
UNIONS: dict[str, tuple[str, ...]] = {
    "DAY": ("digit", "hour2", "day2", "two_zero"), "HOUR": ("digit", "hour2", "two_zero"),
    "YY": ("hour2", "day2", "two", "two_zero"), "YEAR": ("year", "year_clock", "spelled_year"), "HHMM": ("year_clock", "clock4"),
    "NUM": _NUMBERS, "SPELLED": ("spelled",), "NTH": ("nth",), "ISO": ("iso",), "SLASHED": ("slashed",),
    "CLOCK": ("clock", "clock12"), "DECADE": ("decade",), "SHORTYEAR": ("shortyear",), "MILITARY": ("military",),
    "MONEY": ("money",), "CLITIC": ("clitic",), "OCLOCK": ("oclock",),
}
MARKS = {mark: mark for mark in ".,;:()/\"%&"} | dict.fromkeys("-\u2010\u2011\u2013\u2014", "-") | {"[": "(", "]": ")"}

# Words and kinds that are in forms and tell no time by themselves. A stretch of text with no other is not looked at.
TELL_NOTHING = frozenset(word for line in (
    "the a an of in on at to and or by from for until till through throughout before after since during that this these those as",
    "with but when it they he she his her their its than more less over under up no least most many some few several other each",
    "per about around approximately roughly nearly almost just only another additional further local people civilians men women",
    "dead killed wounded first second third fourth fifth sixth seventh eighth ninth tenth long full whole extra short so percent",
    "one last next same previous following early late end start close part times star post mail black good red",
) for word in line.split())
KINDS_TELL_NOTHING = frozenset(("digit", "hour2", "day2", "two", "two_zero", "three", "long", "decimal", "spelled", "fraction",
                                "money", "clitic"))

_characters = map(chr, count(0x100))
OF_KIND = {kind: next(_characters) for kind in KINDS}
OF_WORD: dict[str, str] = {}
OF_SMALL = {word: next(_characters) for word in sorted(CASED)}     # the same words without their capital


def character(word: str) -> str:
    """The character of a word; one that is new joins the vocabulary."""
    if word not in OF_WORD:
        OF_WORD[word] = next(_characters)
    return OF_WORD[word]


def characters(name: str) -> str:
    """The characters of a class: its words', or its kinds'. UNSUREMONTH, UNSUREABBR: months without their capital ("may")."""
    if name in {"UNSUREMONTH", "UNSUREABBR"}:
        words = ("may", "march", "august") if name == "UNSUREMONTH" else ("mar", "jan", "dec", "sep")
        return "".join(OF_SMALL[word] for word in words)
    if name in UNIONS:
        return "".join(OF_KIND[kind] for kind in UNIONS[name])
    return "".join(map(character, CLASSES[name].split()))


def telling() -> str:
    """The characters of words and kinds of which one at least is in every time expression."""
    words = (OF_WORD[word] for word in OF_WORD if word not in TELL_NOTHING)
    kinds = (OF_KIND[kind] for kind in KINDS if kind not in KINDS_TELL_NOTHING)
    return "".join((*words, *kinds, *OF_SMALL.values()))


for _name in CLASSES:
    characters(_name)
