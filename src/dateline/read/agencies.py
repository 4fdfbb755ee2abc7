"""Which words name a news agency, and the agency that a report credits at its end or in its byline."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

_LONGEST_NAME = 60
_ENDINGS = frozenset({"END", "ENDS", "MORE"})   # wires close a dispatch with them
_LONGEST_CREDIT = 120            # characters of a line that credits an agency
# "(ANI)", "[Reuters]" behind the last sentence; the sentence's end keeps "the Movement (TTP)" from being one
_BRACKETED = re.compile(r"(?:^|[.!?…]['\"”’)]?|['\"”’])\s*[(\[]([^()\[\]\n]{2,80})[)\]]\.?$")
_DASHED = re.compile(r"(?:^|[.!?…]['\"”’)]?)\s*(?:--|[-—–―/])\s*([^\W\d_][\w/. '’&-]{1,60})$")
_BYLINE = re.compile(r"(?:(?:by|from|source|credit|courtesy|via)\b\s*:?\s*|©\s*(?:\d{4}\s+)?|"
                     r"copyright\s+(?:\d{4}\s+)?)(.{2,60})$",
                     re.IGNORECASE)
_REPORTED = re.compile(r"(.{2,40}?)\s+(?:reports?|reported)\.?$", re.IGNORECASE)
_AFTER_AS = re.compile(r"(?:inputs?|reporting|contributions?|information|report|material|additional reporting)\s+"
                       r"(?:from|by)\s+(?:the\s+)?(.{2,60})$", re.IGNORECASE)


@cache
def _register() -> dict[str, list[str]]:
    with files("dateline.data").joinpath("agencies.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _known() -> frozenset[str]:
    register = _register()
    return frozenset(_key(name) for name in register["wires"] + register["broadcasters_and_papers"])


def _key(name: str) -> str:
    """`name` for comparing: without case, but that a short acronym keeps it ("PA" is a wire, "Pa." a state)."""
    plain = re.sub(r"[^\w]+", " ", name).strip()
    return plain if len(plain) <= 4 and plain.isupper() else plain.casefold()


@cache
def _full_names() -> re.Pattern[str]:
    """Names of two words or more, with a hyphen or a space between; not of the place that an outlet is called by."""
    register = _register()
    names = {name for name in register["wires"] + register["broadcasters_and_papers"] if re.search(r"\w[ -]\w", name)}
    forms = (re.sub(r"[ -]", "[ -]", re.escape(name).replace("\\", "")) for name in sorted(names, key=len, reverse=True))
    places = "camp|complex|desert|district|island|province|region|square|state|street"
    return re.compile(rf"\b(?:{'|'.join(forms)})\b(?!\s(?:{places})\b)")


def agencies_named(text: str) -> list[tuple[int, int]]:
    """Where `text` names an agency, a station or a paper by a name of two words or more: "Al-Jazeera", "Voice of America"."""
    return [found.span() for found in _full_names().finditer(text)]


def is_known_agency(name: str) -> bool:
    """Whether `name` is in the list of agencies, or is made of such ("CBS/AP", "AFP and Reuters")."""
    if not name or len(name) > _LONGEST_NAME:
        return False
    key = _key(name)
    if key in _known() or key.removeprefix("the ") in _known():
        return True
    parts = [_key(part) for part in re.split(r"/|&|,|\band\b", name)]
    return len(parts) > 1 and all(part in _known() for part in parts)


def could_be_agency(name: str) -> bool:
    """Whether `name`, found in brackets behind a dateline's place and day, has the form of an agency's name.

    A call sign, a wire, a station or a paper: "WBTV", "RADIO VENCEREMOS", "Garowe Online", "CBS 8/CNS".
    Not "File photo", "pop. 3,000", "Photo: Maker".
    """
    name = name.strip()
    if not 1 < len(name) <= _LONGEST_NAME or re.search(r"[:;©]|\bphoto\b|\bfile\b|\bpop\b", name, re.IGNORECASE):
        return False
    if is_known_agency(name):
        return True
    words = re.findall(r"[^\W\d_][\w.'’]*", name)
    small = {"de", "del", "la", "el", "da", "do", "of", "the", "and", "for", "y", "al"}
    return 0 < len(words) <= 7 and all(word[0].isupper() or word in small or "." in word for word in words)


def has_agency_word(name: str) -> bool:
    """Whether a word of `name` says that it is an agency, a station or a paper ("Verity News", "Radio Arden")."""
    return any(word in _register()["kind_words"] for word in _key(name).split())


def trailing_credit(text: str) -> tuple[int, str] | None:
    """The credit behind the last sentence of `text`: where it starts (its bracket or dash), and the agency it names.

    "... just arrived. (ANI)", "... he said. -- AFP", "(With inputs from PTI)". None where the text ends without one.
    """
    end = len(text.rstrip())
    head = max(0, end - _LONGEST_CREDIT)
    line = text[max(head, text.rfind("\n", head, end) + 1):end]
    at_line_start = end - len(line)
    bracketed = _BRACKETED.search(line)
    if bracketed:
        agency = _agency_in(bracketed.group(1), short_form=True)
        if agency:
            return at_line_start + _opening(line, bracketed.start(), bracketed.start(1)), agency
    dashed = _DASHED.search(line)
    if dashed and is_known_agency(dashed.group(1).strip()):
        return at_line_start + _opening(line, dashed.start(), dashed.start(1)), dashed.group(1).strip()
    return None


def _opening(line: str, start: int, name_start: int) -> int:
    """Where the bracket or dash stands between the sentence's end and the name."""
    opening = re.search(r"[(\[]|--|[-—–―/]", line[start:name_start])
    return start + (opening.start() if opening else 0)


def _agency_in(words: str, *, short_form: bool = False) -> str | None:
    """The agency that the words of a credit name: "ANI", "with inputs from PTI". short_form: take an unlisted
    acronym.
    """
    words = words.strip(" .")
    if is_known_agency(words):
        return words
    given = _AFTER_AS.search(words)
    if given and is_known_agency(given.group(1).strip(" .")):
        return given.group(1).strip(" .")
    named = re.fullmatch(r"[A-Z]{2,5}", words) or (has_agency_word(words) and could_be_agency(words))
    return words if short_form and named and words not in _ENDINGS else None


def credit_line_agency(line: str) -> str | None:
    """The agency that a line of its own credits: "Reuters", "By AFP", "Source: Xinhua", "AFP reported". None: no
    credit.
    """
    line = line.strip(" \t|·•*-—–()[]")
    if not 1 < len(line) <= _LONGEST_CREDIT:
        return None
    if is_known_agency(line):
        return line
    for form in (_BYLINE, _REPORTED, _AFTER_AS):
        found = form.match(line) if form is not _AFTER_AS else form.search(line)
        if found and is_known_agency(found.group(1).strip(" .")):
            return found.group(1).strip(" .")
    # "Jane Doe, Reuters" and "Jane Doe | AP": a byline with the agency behind it
    name, _, last = re.sub(r"\s+[|/—–-]\s+|,\s*", "\n", line).rpartition("\n")
    if name and len(line.split()) <= 8 and last and is_known_agency(last.strip(" .")) and len(last.strip()) > 1:
        return last.strip(" .")
    return None
