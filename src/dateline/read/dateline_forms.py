"""Whether the pieces found at the head of a report are enough to be a dateline: the table `FORMS`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.read.agencies import has_agency_word, is_known_agency
from dateline.read.dateline_parts import STRONG_MARK, in_normal_case, is_known_city, is_known_country, words

_READ_ON = 3_000                 # characters of the report that are searched for the place's name again


@dataclass
class Found:
    """The pieces read from one start, while it is being read."""

    text: str
    start: int
    all_capitals: bool            # the report itself is in capitals: capitals say nothing
    behind_prose: bool = False    # a paragraph of prose stands above
    led_by_day: bool = False      # the day stands before the place
    end: int = 0                  # behind the last piece, before the mark
    place: str | None = None      # as printed
    place_capitals: bool = False
    no_place: bool = False        # "NO CITY", "CLANDESTINE"
    regions: tuple[str, ...] = ()
    date: str | None = None
    dated: bool = False           # a date was printed, be it "NO DATE"
    agency: str | None = None
    bracketed: bool = False       # the agency stood in brackets
    mark: str = ""
    body: int = 0

    @property
    def placed(self) -> bool:
        return self.place is not None or self.no_place

    @property
    def strong_mark(self) -> bool:
        return bool(STRONG_MARK.match(self.mark))

    @property
    def dashed(self) -> bool:
        return bool(self.mark) and self.mark != ":"

    @property
    def stands_out(self) -> bool:
        """A place set in capitals in a report that is not."""
        return self.place_capitals and not self.all_capitals and len(re.sub(r"\W", "", self.place or "")) > 2

    @property
    def is_label(self) -> bool:
        said = re.findall(r"[^\W\d_]+", (self.place or "").casefold())
        return bool(said) and (said[0] in words().labels or said[-1] in words().labels)

    @property
    def known_place(self) -> bool:
        if self.place_capitals and len(self.place or "") < 3:
            return False                                 # "UN:", "US -"
        return (self.place is not None and is_known_city(self.place)) or any(is_wide(region) for region in self.regions)



def is_wide(name: str) -> bool:
    """Whether `name` can only qualify a place: a country, a state, a state's abbreviation ("Ind.", "N.Y.", "TX")."""
    return is_known_country(name) or is_known_country(re.sub(r"^the ", "", name, flags=re.IGNORECASE)) or bool(
        re.fullmatch(r"(?:[A-Z]\.\s?)+(?:[A-Z][a-z]\.)?|[A-Z][a-z]{1,4}\.|[A-Z]{2}", name))


def _body_is_prose(found: Found, at_least: int = 5) -> bool:
    """Whether at least `at_least` words follow in the paragraph, and begin as a sentence does."""
    line = found.text[found.body:found.body + 600].split("\n", 1)[0]
    first = line[:1]
    return (first.isupper() or first.isdigit() or first in "\"“”'‘’«([$€£¡¿`") and len(line.split()) >= at_least


def _ends_as_sentence(found: Found) -> bool:
    """Whether the paragraph ends in a full stop: a headline does not."""
    line = found.text[found.body:found.body + 4_000].split("\n", 1)[0].rstrip()
    return bool(re.search(r"[.!?…][\"'”’)\]]*$|[.!?]\s", line)) and len(line.split()) >= 8


def _has_other_labels(found: Found) -> bool:
    """Whether other lines open with a word and a colon too: a transcript, an interview, the fields of a form."""
    return bool(re.search(r"(?:\n|\A)[^\S\n]*[A-Z][A-Z.' ]{1,30}:", found.text[found.body:found.body + 4_000]))


def _is_a_word(found: Found) -> bool:
    """Whether the place's words stand further on in lower case ("POLICE - ... police said") or again in capitals (an
    acronym).
    """
    body, name = found.text[found.body:found.body + _READ_ON], re.escape(found.place or "")
    return bool(re.search(rf"\b(?:{name}|{name.lower()})\b", body))


def _named_again(found: Found) -> bool:
    """Whether the text further on names the place in normal case, as reports do with the town they are about."""
    name = in_normal_case(found.place or "", capitals=True)
    return len(name) > 3 and bool(re.search(rf"\b{re.escape(name)}\b", found.text[found.body:found.body + _READ_ON]))


def _told_as_place(found: Found) -> bool:
    """Whether the text further on says "in Arden", "near Arden"."""
    name = re.escape(in_normal_case(found.place or "", capitals=True))
    body = found.text[found.body:found.body + _READ_ON]
    return bool(re.search(rf"\b(?:in|at|near|from|to|around|outside)\s+{name}\b", body))


Check = Callable[[Found], bool]

# Each form of dateline, from the surest to the least sure: (its name, what must have been read).
FORMS: tuple[tuple[str, Check], ...] = (
    ("place, day and agency", lambda f: f.placed and f.dated and f.bracketed and (not f.led_by_day or bool(f.mark))),
    ("no place or no day told in so many words", lambda f: (f.no_place or f.placed) and f.dated and f.dashed),
    ("place, day and colon", lambda f: f.placed and f.dated and f.mark == ":" and bool(f.date) and _body_is_prose(f)),
    ("place and day on a line of their own",
     lambda f: f.placed and bool(f.date) and not f.mark and "\n" in f.text[f.end:f.body]
     and (f.stands_out or f.known_place)),
    ("place, agency and mark",
     lambda f: f.placed and f.bracketed and bool(f.mark) and (f.stands_out or _body_is_prose(f, 3))),
    ("known place and a listed agency",
     lambda f: f.bracketed and f.known_place and is_known_agency(f.agency or "") and _body_is_prose(f)),
    ("agency before the place",
     lambda f: f.agency is not None and not f.bracketed and f.placed and (f.dashed or f.dated)),
    ("listed agency alone",
     lambda f: f.bracketed and not f.placed and _body_is_prose(f) and is_known_agency(f.agency or "")),
    ("agency alone", lambda f: f.bracketed and not f.placed and bool(f.mark) and _body_is_prose(f)
     and (has_agency_word(f.agency or "") or (f.agency or "").isupper())),
    ("day and agency", lambda f: not f.placed and f.dated and f.agency is not None and bool(f.mark)),
    ("full day and a dash", lambda f: not f.placed and f.strong_mark and len(f.date or "") == 10 and _body_is_prose(f)),
    ("place in capitals and a dash",
     lambda f: f.stands_out and f.dashed and _body_is_prose(f) and (f.known_place or not _is_a_word(f))),
    ("place in capitals and a colon",
     lambda f: f.stands_out and f.mark == ":" and not f.behind_prose and _body_is_prose(f) and _ends_as_sentence(f)
     and not _has_other_labels(f)
     and (f.known_place or _told_as_place(f))),
    ("known place and a dash", lambda f: f.known_place and f.dashed and _body_is_prose(f) and _ends_as_sentence(f)),
    ("known city and a colon",
     lambda f: f.place is not None and is_known_city(f.place) and not is_known_country(f.place) and f.known_place
     and f.mark == ":" and not f.behind_prose and _body_is_prose(f, 12) and _ends_as_sentence(f)
     and not _has_other_labels(f)),
)


def enough(found: Found, behind_title: bool) -> bool:
    if found.is_label and not (found.dated and found.bracketed):
        return False
    if behind_title:
        # "the rise of ARDEN - which": behind a title it stands in capitals, and more than a dash says it is one
        behind_sentence = bool(re.search(r"[.!?]\s*$", found.text[max(0, found.start - 5):found.start]))
        sure = found.bracketed or bool(found.date) or (
            (found.strong_mark or behind_sentence) and (found.known_place or _named_again(found)))
        if not (found.stands_out and found.mark and found.mark != ":" and sure and _body_is_prose(found)):
            return False
    return any(holds(found) for _, holds in FORMS)
