"""The dateline: the place, day and agency printed at the head of a report, where it was filed.

`read_dateline` looks at the starts of the first lines, since a slug, a title, a byline or the page's own date may stand
above it, and behind a title that runs on in the same line. At each it reads pieces in the order that datelines put them

    [agency or day,] PLACE [, region | (region) | [region]] [, day] [(agency)] mark body

and asks the table `FORMS` (dateline_forms.py) whether what was found is enough: a place with a day and an agency needs
no mark, a place in capitals needs a dash, a place in lower case must also be known or carry its country. A headline or
a speaker's label has a colon too, so a colon needs most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dateline.letters import letters_of
from dateline.read.agencies import could_be_agency, has_agency_word, is_known_agency
from dateline.read.dateline_forms import Found, enough, is_wide
from dateline.read.dateline_parts import (
    MARK,
    in_capitals,
    in_normal_case,
    is_known_city,
    is_known_country,
    month_number,
    read_day,
    weekday_number,
    words,
)

_HEAD_CHARS = 6_000              # how far into a report a dateline is looked for
_HEAD_LINES = 14                 # titles, bylines, share bars and photo credits above it are lines too
_LONG_LINES = 3                  # after so many paragraphs of prose the report is under way
_LONG_LINE_WORDS = 30
_LONGEST = 200                   # characters of one dateline
_PLACE_WORDS = 7
_INLINE_CHARS = 300              # how far into a line a title can run on into the dateline

_CAPITALS_BEHIND_TITLE = re.compile(r"[a-z0-9.!?\"”'’)|:]\s+(?=[A-Z][A-Z'’.-]{2})")
_GAP = re.compile(r"[^\S\n]*")
_GAP_OVER_LINE = re.compile(r"[^\S\n]*(?:\r?\n[^\S\n]*)?")
_WORD = re.compile(r"[^\W\d_](?:[\w'’`.]|-(?=\w)|/(?=[^\W\d_])|\s/\s(?=[A-Z]))*")
_BRACKET = re.compile(r"([(\[])\s{0,5}([^()\[\]]{1,70}(?:\[[^()\[\]]{1,20}\])?)\s{0,5}[)\]]")
_SLASHED = re.compile(r"/([A-Z][\w .-]{2,40})/")
_ABBREVIATED = re.compile(r"(?:\w{1,3}\.)+\w?\.?|\w{1,5}\.")


@dataclass(frozen=True, slots=True)
class ParsedDateline:
    """A dateline as read. `text` is the report's [start, end): place, day and agency, without the mark behind them."""

    text: str
    place: str | None             # in normal case, without its qualifiers: "Washington DC", "Beirut/Damascus"
    region: str | None            # the qualifier: "US" of "Washington DC [US]", "Afghanistan" of "GARDEZ, Afghanistan"
    date: str | None              # as far as it says: "1990-01-03", "--08-30", "---03" a day alone, "1990-01"
    agency: str | None            # as printed: "ANI", "Reuters", "RADIO VENCEREMOS"
    start: int
    end: int
    body: int                     # where the report's own words begin, behind the mark


def read_dateline(text: str) -> ParsedDateline | None:
    """The dateline at the head of `text`, or None where none can be told from ordinary words. Offsets count into
    `text`.
    """
    return _read_head(text[:_HEAD_CHARS + _LONGEST])


@lru_cache(maxsize=8)             # an article is asked for its dateline before its furniture is off, and after
def _read_head(head: str) -> ParsedDateline | None:
    for start in _starts(head):
        found = _read_pieces(head, start.at)
        if found is None:
            continue
        found.behind_prose = start.behind_prose
        if enough(found, start.behind_title):
            parsed = _as_dateline(found)
            if not _is_name_and_age(parsed):
                return parsed
    return None


def _is_name_and_age(parsed: ParsedDateline) -> bool:
    """ "Orla Venn, 18 (Prosecutor's Office)": a caption. A day without its month stands only beside an agency we know."""
    bare_day = parsed.date is not None and parsed.date.startswith("---")
    return bare_day and not (parsed.agency is not None and is_known_agency(parsed.agency))


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a dateline could begin, and what stands before it."""

    at: int
    behind_title: bool            # in the same line
    behind_prose: bool            # in lines above


def _starts(head: str) -> Iterator[_Start]:
    """The starts of the first lines, then words in capitals behind a title in the first of them."""
    inline: list[_Start] = []
    lines = long_lines = 0
    for line in re.finditer(r"[^\n]+", head[:_HEAD_CHARS]):
        count = len(line.group().split())
        if not count:
            continue
        lines += 1
        if lines > _HEAD_LINES or long_lines >= _LONG_LINES:
            break
        skipped = re.match(r"[\s•*|»>×\"“'﻿​–—-]*", line.group())
        yield _Start(line.start() + (skipped.end() if skipped else 0), False, long_lines > 0)
        if lines <= 3:
            inline += [_Start(line.start() + hit.end(), True, False) for hit in _CAPITALS_BEHIND_TITLE.finditer(
                line.group()[:_INLINE_CHARS])]
        long_lines += count >= _LONG_LINE_WORDS
    yield from inline


# --- reading pieces ---------------------------------------------------------------------------------------------------

def _read_pieces(text: str, start: int) -> Found | None:
    """The pieces from `start` up to the mark, or None where they do not follow each other as in a dateline."""
    letters = letters_of(text[start:start + 400])
    capitals = letters.all > 40 and letters.upper > 0.9 * letters.all
    found = Found(text, start, all_capitals=capitals, end=start)
    at = _read_lead(found, start)
    at = _read_place(found, at)
    if at == start and text[at:at + 1] not in ("(", "["):
        return None
    while at - start < _LONGEST:
        following = _read_next(found, at)
        if following is None:
            break
        at = following
    return _read_mark(found, at)


def _read_lead(found: Found, at: int) -> int:
    """An agency or a day before the place: "AFP, Kabul", "3 March 2015, Kabul", "(Reuters) -"."""
    text = found.text
    agency = re.compile(r"([A-Z][\w./ -]{1,30}?)\s?,\s").match(text, at)
    if agency and is_known_agency(agency.group(1)):
        found.agency, found.end = agency.group(1), agency.end(1)
        at = agency.end()
    day = read_day(text, at)
    if day:
        found.date, found.dated, found.end = day.date, True, day.end
        at = day.end
        between = re.compile(r"\s?(?:,|\||[—–-]+)?\s?(?=[^\W\d_(])").match(text, at)
        place_at = between.end() if between else at
        probe = Found(text, place_at, found.all_capitals)
        after = _read_place(probe, place_at)
        gap = _GAP.match(text, after)
        after_gap = gap.end() if gap else after
        if probe.place and (MARK.match(text, after_gap) or text[after_gap:after_gap + 1] in ("(", ",")):
            found.led_by_day = True
            return place_at
    return at


def _read_place(found: Found, at: int) -> int:
    """The place's words at `at`; returns where they end, or `at` where there are none."""
    name = _words_of_place(found.text, at)
    if name is None:
        return at
    end, capitals = name
    printed = found.text[at:end]
    if printed.casefold() in words().no_place:
        found.no_place = True
    elif month_number(printed) or (weekday_number(printed) is not None and len(printed.split()) == 1):
        return at
    else:
        found.place, found.place_capitals = printed, capitals
    found.end = end
    return end


def _words_of_place(text: str, at: int) -> tuple[int, bool] | None:
    """Where the capitalised words from `at` end, and whether they are all in capitals. They stay in one line."""
    end, capitals = at, None
    for _ in range(_PLACE_WORDS):
        gap = _GAP.match(text, end)
        begin = gap.end() if gap and end > at else end
        word = _WORD.match(text, begin)
        if not word or word.end() - at > 70 or (end > at and read_day(text, begin)):
            break
        printed = word.group()
        if capitals is None:
            if not printed[0].isupper():
                return None
            capitals = in_capitals(printed)
        if capitals and not in_capitals(printed) and printed not in ("and", "of", "the", "de"):
            if end - at > 3 or not printed[0].isupper():
                break
            capitals = False                             # "DR Congo": the first word is an acronym
        if not capitals and end > at and len(printed) > 3 and in_capitals(printed):
            break
        if not printed[0].isupper() and printed not in words().small:
            break
        if printed.endswith(".") and not _ABBREVIATED.fullmatch(printed):
            return word.end() - 1, bool(capitals)
        end = word.end()
    while end > at and text[at:end].rsplit(None, 1)[-1] in ("and", "of", "the", "in", "on"):
        end = at + len(text[at:end].rsplit(None, 1)[0]) if " " in text[at:end] else at
    return (end, bool(capitals)) if end > at else None


def _read_next(found: Found, at: int) -> int | None:
    """One piece behind the place: a bracket, ", region", ", day", a day without a comma. None: no piece follows."""
    text = found.text
    comma = re.compile(r"[^\S\n]?,").match(text, at)
    gap = (_GAP_OVER_LINE if comma else _GAP).match(text, comma.end() if comma else at)
    begin = gap.end() if gap else at
    bracket = _BRACKET.match(text, begin)
    if bracket and bracket.group().count("\n") <= 1:
        return bracket.end() if _take_bracket(found, bracket) else None
    slashed = _SLASHED.match(text, begin)
    if slashed and found.agency is None:
        found.agency, found.bracketed, found.end = slashed.group(1), True, slashed.end()
        return slashed.end()
    day = None if found.dated and found.date else read_day(text, begin)
    if day:
        found.date, found.dated, found.end = day.date or found.date, True, day.end
        return day.end
    alone = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?=\s?[(\[])").match(text, begin) if comma else None
    if alone and not found.dated:                        # "ARDEN, 27 (Agency) -": the day alone
        found.date, found.dated, found.end = f"---{int(alone.group()):02d}", True, alone.end()
        return alone.end()
    joined = re.compile(r"[^\S\n]+(?:and|AND|y|et)[^\S\n]+(?=[A-Z])").match(text, at)
    second = _words_of_place(text, joined.end()) if joined and found.regions else None
    if second:                                           # "ARDEN, Verity and HARTLE, Verity": the first stands for both
        found.end = second[0]
        return second[0]
    region = _words_of_place(text, begin) if comma and not found.agency else None
    if region and found.placed and len(found.regions) < 3:
        name = text[begin:region[0]]
        if is_known_agency(name):
            found.agency = name
        else:
            found.regions += (name,)
        found.end = region[0]
        return region[0]
    return None


def _take_bracket(found: Found, bracket: re.Match[str]) -> bool:
    """Put what stands in brackets where it belongs: a region, a day or the agency. False: it is none of them."""
    inside = re.sub(r"\s+", " ", bracket.group(2)).strip()
    if _spells_out(found.place, inside):
        return False
    day = read_day(inside, 0)
    if day and day.end == len(inside):
        found.date, found.dated = day.date or found.date, True
    elif found.placed and not found.dated and not found.agency and _is_region(found, bracket, inside):
        found.regions += (inside,)
    elif not found.placed and not found.agency and not found.dated and _is_place_in_brackets(inside):
        found.place, found.place_capitals = inside, in_capitals(inside)
    elif found.agency is None and could_be_agency(inside):
        found.agency, found.bracketed = inside, True
    else:
        return False
    found.end = bracket.end()
    return True


def _is_region(found: Found, bracket: re.Match[str], inside: str) -> bool:
    """Whether a bracket right behind the place qualifies it: "[US]", "(COLOMBIA), 3 JAN". Otherwise it is the
    agency.
    """
    if is_known_agency(inside) and not is_known_country(inside):
        return False
    more = re.compile(r"\s?(?:,|[(\[])").match(found.text, bracket.end())
    return bool(more) or (is_wide(inside) and not has_agency_word(inside))


def _is_place_in_brackets(inside: str) -> bool:
    return in_capitals(inside) and not is_known_agency(inside) and not has_agency_word(inside) and (
        is_known_city(inside) or (len(inside) > 6 and inside.isalpha()))


def _spells_out(place: str | None, acronym: str) -> bool:
    """Whether `acronym` is made of the initials of `place`: "Verity People's Front (VPF) - ..." is no dateline."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", place or "") if word[0].isupper())
    return len(acronym) > 1 and initials.endswith(acronym.upper())


def _read_mark(found: Found, at: int) -> Found:
    if found.bracketed and found.text[at:at + 2] in (".-", ".—", ".–"):
        at += 1                                          # "(EFE).-"
    gap = _GAP_OVER_LINE.match(found.text, at)
    mark = MARK.match(found.text, gap.end() if gap else at)
    found.body = at
    single = mark is not None and mark.group() == "-"
    hyphen = single and not found.bracketed and mark is not None and mark.start() == at   # "two-": no space before it
    if mark and not hyphen:
        found.mark, found.body = mark.group(), mark.end()
    rest = re.compile(r"\s*").match(found.text, found.body)
    found.body = rest.end() if rest else found.body
    return found


def _as_dateline(found: Found) -> ParsedDateline:
    place = in_normal_case(found.place, capitals=found.place_capitals) if found.place else None
    regions = [in_normal_case(region, capitals=in_capitals(region)) for region in found.regions]
    return ParsedDateline(
        text=found.text[found.start:found.end], place=place, region=", ".join(regions) or None, date=found.date,
        agency=re.sub(r"\s+", " ", found.agency).strip() if found.agency else None,
        start=found.start, end=found.end, body=min(found.body, len(found.text)),
    )
