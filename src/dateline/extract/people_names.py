"""Persons' names, ages and sexes, as far as the words show them."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from typing import Any

from dateline.extract.lexicon import Words
from dateline.where.place import one_list

Token = Any                       # spacy.tokens.Token
OLDEST = 110
NOT_A_NAME = {"jail", "county", "police", "department", "road", "rd", "street", "st", "ave", "avenue", "hospital", "university",
              "school", "church", "park", "news", "court", "office", "center", "centre", "force", "city", "highway", "drive",
              "sheriff", "district", "state", "photo", "facebook", "twitter", "video", "update", "agency", "bureau", "institute",
              "college", "hotel", "mosque", "boulevard", "blvd", "lane", "apartments", "club", "company", "inc", "ministry",
              "army", "navy", "am", "pm", "a.m.", "p.m.", "image", "advertisement", "caption", "related", "watch", "story",
              "report", "more", "service", "services", "memorial", "clinic", "rescue", "ambulance", "magazine"}
AFTER_AGE = {",", ".", ";", ")", "and", "of", "&"}
TITLES = {"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "officer", "sgt", "sgt.", "cpl.", "pfc.", "lt.", "deputy"}
SMALL = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
         "eleven": 11, "twelve": 12}


@cache
def person_words() -> dict[str, str]:
    """Common words of persons' names, in small letters without accents: "f" for a first name, "l" for a family's."""
    persons = one_list("person_names.toml")
    return {word: kind for kind, table in (("l", "family"), ("f", "first"))
            for line in persons[table].values() for word in line.split()}


def name_before(token: Token, taken: Set[int]) -> int | None:
    """Index of the first word of a person's name that ends at `token`; None: it ends none. taken: tokens of places, times, ..."""
    if token.pos_ != "PROPN" or not _is_name_word(token) or token.dep_ == "compound" or token.lower_ in NOT_A_NAME:
        return None
    doc, first = token.doc, int(token.i)
    while first > 0 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].dep_ == "compound" and _is_name_word(doc[first - 1]) \
            and doc[first - 1].lower_ not in TITLES and token.i - first < 4:
        first -= 1
    if any(doc[i].lower_ in NOT_A_NAME for i in range(first, token.i)):
        return None
    if token.i in taken and not (first < token.i and age_after(doc, token.i) is not None):
        return None                                             # "Hale" is a town, and "Jordan Hale, 18" is not
    return first


def _is_name_word(token: Token) -> bool:
    text = token.text
    return text[:1].isupper() and not text[2:].isupper() and not any(c.isdigit() or c in "/@#:_" for c in text)


def age_after(doc: Any, last: int) -> int | None:
    """The age that stands after a name: "Orla Venn, 17,", "Orla Venn (17)"."""
    if last + 2 < len(doc) and doc[last + 1].text in {",", "("}:
        age = _years(doc[last + 2].text)
        if age is not None and (last + 3 >= len(doc) or doc[last + 3].text in AFTER_AGE or doc[last + 3].pos_ in {"AUX", "VERB"}):
            return age
    return None


def age_in(words: Words, first: int, end: int) -> int | None:
    """The age in a phrase: "a 17-year-old boy", "the two-month-old" (0)."""
    for i in range(first, min(end, len(words.forms))):
        form = words.forms[i]
        if form in {"year", "years"} and i + 2 < len(words.forms) and "old" in (words.forms[i + 1], words.forms[i + 2]):
            return _years(words.forms[i - 1]) if words.forms[i - 1] not in {"-", "–"} else _years(words.forms[i - 2])
        if form in {"month", "months"} and i >= 2 and words.forms[i + 1:i + 3] == ["-", "old"]:
            return (_years(words.forms[i - 2]) or _years(words.forms[i - 1]) or 0) // 12
        if form in {"week", "day"} and words.forms[i + 1:i + 3] == ["-", "old"]:
            return 0
        if form.endswith("-year-old"):
            return _years(form.removesuffix("-year-old"))
    return None


def own_words(doc: Any, first: int, end: int) -> set[str]:
    """The lemmas of a person's phrase, less whose they are: of "his mother" the mother."""
    return {t.lemma_.lower() for t in doc[first:end] if t.tag_ != "PRP$" and t.dep_ != "poss"}


def _years(text: str) -> int | None:
    if text.isdecimal() and len(text) <= 3:
        return int(text) if 0 < int(text) <= OLDEST else None
    return SMALL.get(text.lower())
