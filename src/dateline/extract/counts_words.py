"""The words around a number and what they do to its bounds. The tables are the method: they can be read aloud."""

from __future__ import annotations

from dateline.numbers import DASHES, word_set

# before a number; "below" is less than the number itself, "about" yields to any firmer one it stands with
PREFIXES: dict[str, tuple[str, ...]] = {
    "at_least": (
        "at least", "at the very least", "at the least", "a minimum of", "minimum of", "no fewer than",
        "not fewer than", "no less than", "not less than", "as few as", "as low as",
    ),
    "more_than": (
        "upwards of", "upward of", "in excess of", "more than", "greater than", "over", "well over",
        "just over", "slightly over", "a little over", "well above", "just above", "exceeded", "exceeds",
        "exceeding", "topped", "surpassed",
    ),
    "nearly": (
        "nearly", "almost", "close to", "just under", "just below", "just short of", "approaching",
        "not quite",
    ),
    "up_to": (
        "up to", "as many as", "as high as", "no more than", "not more than", "at most", "at the most",
        "a maximum of", "maximum of",
    ),
    "below": (
        "fewer than", "less than",
    ),
    "about": (
        "about", "some", "around", "roughly", "approximately", "approx", "approx .", "circa",
        "an estimated", "estimated", "in the region of", "in the order of", "~",
    ),
}

# after it
SUFFIXES: dict[str, tuple[str, ...]] = {
    "at_least": (
        "or more", "or above", "+", "- plus", "plus", "at least",
    ),
    "about": (
        "or so", "or thereabouts", "more or less", "odd", "- odd",
    ),
    "up_to": (
        "or fewer", "or less", "at most",
    ),
}

FILLERS = (
    "a further", "a total of", "an additional", "another", "further", "additional", "a reported", "the reported",
    "yet another", "perhaps", "possibly",
)
RANGE_WORDS = frozenset(("to", "or", *DASHES))
RANGE_VERBS = word_set(
    "ranging ranged range ranges vary varying varied varies anywhere somewhere estimates estimated"
)

# "took over 12 villages", "a dispute over two islands", "talked about three men": the word is no modifier there
NOT_OVER_AFTER = word_set(
    "took take taken taking takes handed hand handing turned dispute disputes row rows war talks control flew "
    "flying fly ran run spread fight fighting conflict tensions anger outrage concern concerns protest protests "
    "charges charged convicted deal battle clashes won presided passed watched"
)
NOT_ABOUT_AFTER = word_set(
    "talk talked talking know knew known hear heard information report reports concern concerns worried asked "
    "questions question story stories details learn learned learnt speak spoke spoken think concerned warned "
    "warning complained"
)
CLOSE_TO_AT_LEAST = 10            # "close to two schools" tells a place; "close to 40" a number

VAGUE = word_set("several many numerous countless multiple")
CROWDS = word_set("dozens scores hundreds thousands millions")
CROWD_UNITS = word_set("dozen dozens hundred hundreds thousand thousands million millions")
PRONOUNS_COUNTED = word_set("them whom those us")
THE_COUNTED = word_set("dead victims wounded injured casualties killed fatalities deaths")
SIZES = word_set(
    "large small great huge unknown unspecified undetermined unconfirmed untold growing significant considerable "
    "substantial limited similar vast sizable sizeable"
)
NOT_SCORES_AFTER = word_set("he she it who test credit settle settled settling settles the their old his her")
NOT_MANY_AFTER = word_set("how so too as that not")
# "no reports of casualties" is not knowing, where "no casualties" is zero
NOT_NO_BEFORE = word_set(
    "longer doubt matter more less fewer later sooner means way idea comment other such time sign signs evidence "
    "claim claims group groups immediate information word indication indications reports report choice reason "
    "need one details official independent further confirmation plans intention"
)
NO_PEOPLE = word_set(
    "people one casualty death injury men women children police troops personnel staff loss fatality civilian "
    "person soldier"
)
