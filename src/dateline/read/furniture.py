"""Page furniture: what a page prints around an article. `strip_furniture` cuts it off and keeps what it tells.

The order in which a text is read:
1. Each line is told apart: furniture by its form (`data/furniture.toml`), prose by being sentences, a pitch by speaking
   to "you" about signing up, or a short line that is neither.
2. At the head, above the first prose or dateline: the page's date, slugs, title and byline are taken out and kept
   apart; menus and share bars are cut. A line that is none of these stays.
3. At the foot, below the last prose: once a line of furniture has come, all of it is cut. A heading like "Related
   stories" also takes the teasers under it, one title and one sentence each.
4. In between, only lines that are furniture in full are cut. A sentence of the article is never cut for standing near.
5. A credit behind the last sentence, "(ANI)", gives the agency.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from dateline.read.agencies import credit_line_agency, trailing_credit
from dateline.read.dateline import read_dateline
from dateline.read.dateline_parts import read_day
from dateline.records import PageDate

_LONGEST_FURNITURE = 400         # characters of a line that the patterns look at; longer lines are prose or a pitch
_PROSE_WORDS = 8                 # a line of so many words that ends as a sentence is prose
_TITLE_WORDS = (3, 30)
_WRAP_WIDTH = (45, 100)          # characters of the lines of a text that wires wrap
_HEAD_LINES = 40                 # a menu can be long

Kind = Literal["furniture", "head", "comments", "pitch", "prose", "short"]

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?:\s*[(\[][^()\[\]]{2,60}[)\]])?\s*$")
_MARKS_AROUND = " \t|·•*»>«<-–—:›‹▶►#\u200b\ufeff"
_DATE_LINE_LEAD = re.compile(
    r"(?:published(?: on| at)?|posted(?: on| at)?|updated(?: on| at)?|last (?:updated|modified)(?: on| at)?|"
    r"date(?: of publication)?|"
    r"created|"
    r"first published)?\s*:?\s*(?:on\s+)?(?:\d\d?:\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[A-Z]{2,4})?,?\s*)?", re.IGNORECASE)
_DATE_LINE_REST = re.compile(
    r"\s*(?:[,|@·•–—-]|at\b)?\s*(?:\d{4})?\s*(?:\d\d?[:.]\d\d(?::\d\d)?)?\s*(?:[ap]\.?m\.?)?\s*\(?(?:GMT|UTC|"
    r"[A-Z]{2,4})?(?:\s?[+-]\d\d?:?\d*)?\)?"
    r"(?:\s*hrs?)?\s*[|.]?$", re.IGNORECASE)
_BYLINE = re.compile(r"(?:by|reporting by|written by|story by|"
                     r"from)\s*:?\s+[^\W\d_][\w.'’-]*(?:[\s,&|/]+[^\W\d_][\w.'’-]*){0,11}[\s,&|/]*$", re.IGNORECASE)
# A wire's own marks: slugs ("BC-ML--Arden", "Arden-Blast, 3rd Ld-Writethru"), ledes, corrections, editors' notes.
_LEAD_MARK = re.compile(
    r"(?:eds?|editor.?s?)\s*(?:note)?\s*:.*|(?-i:[A-Z]{1,4}\d{3,4}\b|(?:BC|AM|PM|AP)-)\S*.*|.*\b\d*(?:st|nd|rd|"
    r"th)\s+(?:ld|lede?|lead|write-?thru)\b.*|"
    r".*\bwrite-?thru\b.*|(?:corrects?|corrected|correction|clarif(?:ies|ication)|updates?|updated|retract(?:s|ed|"
    r"ion)|kill|withdraw[sn]?|"
    r"recasts?|adds?|refiles?|advisory|wrapup|urgent|alert|newsalert|bulletin)\b\s*(?:\d+)?\s*(?:[:(-].*)?$|"
    r"\((?:corrects?|adds?|updates?|recasts?|refiles?|clarifies|removes?|fixes)\b.*\)", re.IGNORECASE)
# A caption, a full sentence, a name with its age: no headline.
_NO_HEADLINE = re.compile(r"[.,;:]$|(?-i:[a-z][.!?]['\"”’]?\s+[A-Z])|\bphotos?\b|©|, \d\d?$|"
                          r"^[(\[]|[)\]/]$", re.IGNORECASE)
_HEAD_CHARS = 2000                # in which a wire's marks stand
_MARK_BEFORE_DATELINE = re.compile(
    r"^[ \t]{0,8}(?:CORRECT(?:S|ED|ION)|UPDATED?|UPDATES|REFILES?|RECASTS?|RETRACT(?:S|ED|ION)|CLARIFIES|WITHDRAWS|WITHDRAWN|"
    r"URGENT|KILL)\s{0,3}\d{0,2}\s{0,3}[-:\u2013\u2014/]{1,2}\s{0,3}", re.MULTILINE)
_SECOND_PERSON = re.compile(r"\b(?:[Yy]ou|[Yy]ours?|[Yy]ou['’]ll|[Ww]e['’]ll|us|[Oo]ur|it['’]s on)\b")
# Of words in small letters, which takes a third of the time of asking for either.
_REPORTED = re.compile(r"\b(?:said|told|killed|wounded|injured|according to|reported|police|soldiers|attack\w*|"
                       r"fighters|government|officials?|"
                       r"was|were|had)\b")
_WORD = re.compile(r"\w")
_LINE_END = re.compile(r"\s*\n\s*")
_QUOTED = re.compile(r"[\"“”].{12,}[\"“”]")
_GLUED_SENTENCE = re.compile(r"[a-z][.!?][a-z]")          # "drinks.and": typed by no desk


@dataclass(frozen=True, slots=True)
class Stripped:
    """An article without the page around it, and what the page told."""

    text: str
    page_date: PageDate | None
    agency: str | None            # credited behind the last sentence or on a line of its own
    lead_marks: tuple[str, ...]   # slugs, "2nd LEDE", "CORRECTS ..." as printed
    title: str | None             # taken out of the text
    byline: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    words: str                    # without white space and marks at its ends
    kind: Kind


@dataclass(frozen=True, slots=True)
class _Patterns:
    lines: re.Pattern[str]
    tail_heads: re.Pattern[str]
    comment_heads: re.Pattern[str]
    pitch: re.Pattern[str]            # as _REPORTED
    pitch_besides: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    with files("dateline.data").joinpath("furniture.toml").open("rb") as file:
        lists = tomllib.load(file)
    return _Patterns(
        lines=_any_of(lists["lines"]), tail_heads=_any_of(lists["tail_heads"]),
        comment_heads=_any_of(lists["comment_heads"]),
        pitch=re.compile(r"\b(?:" + "|".join(lists["pitch"]) + r")\b"),
        pitch_besides=re.compile(r"\b(?:" + "|".join(lists["pitch_besides"]) + r")\b"),
    )


def _any_of(forms: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{form})" for form in forms), re.IGNORECASE)


def strip_furniture(text: str) -> Stripped:
    """`text` without the furniture of its page. What cannot be told from the article stays in."""
    text = _marks_on_their_own_lines(text)
    lines = _lines(text)
    dateline = read_dateline(text)
    dateline_at = dateline.start if dateline else None
    head_end, found = _read_head(text, lines, dateline_at)
    body = _without_foot(lines[head_end:], dateline_at)
    plain, agency = _joined(text, found.kept + body), found.stripped.agency
    plain = _without_pitch_behind(plain)
    credit = trailing_credit(plain)
    if credit:
        plain, agency = plain[:credit[0]].rstrip(), credit[1]
    return replace(found.stripped, text=plain, agency=agency)


def _marks_on_their_own_lines(text: str) -> str:
    """ "CORRECTED - ARDEN, Jan 27 (HWK) - ...": the wire's mark and the dateline are two things on one line"""
    head = text[:_HEAD_CHARS]
    for found in _MARK_BEFORE_DATELINE.finditer(head):
        rest = read_dateline(text[found.end():found.end() + _HEAD_CHARS])
        if rest is not None and rest.start == 0:
            return f"{text[:found.end()].rstrip()}\n{text[found.end():]}"
    return text


def credited_agency(text: str) -> str | None:
    """The agency that `text` credits in its dateline, behind its last sentence, or on a line of its own at head or
    foot.
    """
    dateline = read_dateline(text)
    if dateline and dateline.agency:
        return dateline.agency
    credit = trailing_credit(text)
    if credit:
        return credit[1]
    lines = text[:3_000].split("\n")[:12] + text[-600:].split("\n")[-3:]
    return next((agency for agency in map(credit_line_agency, lines) if agency), None)


# --- telling lines apart ----------------------------------------------------------------------------------------------

def _lines(text: str) -> list[_Line]:
    """The lines of `text` that are not empty; of a text that is wrapped at a width, its paragraphs."""
    found = []
    unit = r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*" if _is_wrapped(text) else r"[^\n]+"
    for match in re.finditer(unit, text):
        printed = match.group()
        words = (_LINE_END.sub(" ", printed) if "\n" in printed else printed).strip(_MARKS_AROUND)
        if printed.strip():
            found.append(_Line(match.start(), match.end(), words, _kind_of(words)))
    return found


def _is_wrapped(text: str) -> bool:
    """Whether line ends stand inside paragraphs: most lines that another follows at once are of one width."""
    followed = [line for line, next_line in pairwise(text[:20_000].split("\n")) if line.strip() and next_line.strip()]
    filled = sum(_WRAP_WIDTH[0] <= len(line) <= _WRAP_WIDTH[1] for line in followed)
    return len(followed) >= 3 and filled >= 0.8 * len(followed)


def _kind_of(words: str) -> Kind:
    """What a line is by itself. The surest first: a form of furniture, a pitch, prose; otherwise a short line."""
    if not _WORD.search(words):
        return "furniture"
    patterns = _patterns()
    if len(words) <= _LONGEST_FURNITURE and not _is_report_sentence(words):
        if patterns.comment_heads.fullmatch(words):
            return "comments"
        if patterns.tail_heads.fullmatch(words):
            return "head"
        if patterns.lines.fullmatch(words):
            return "furniture"
    if _is_pitch(words):
        return "pitch"
    if _ends_as_sentence(words) and len(words[:400].split()) >= _PROSE_WORDS:
        return "prose"
    return "prose" if len(words) > 250 else "short"


def _is_report_sentence(words: str) -> bool:
    """Whether a line that a pattern could take for furniture tells news: a whole sentence of some length, in the
    past.
    """
    return (_ends_as_sentence(words) and len(words.split()) > 12 and bool(_REPORTED.search(words.lower()))
            and not _SECOND_PERSON.search(words))


def _is_pitch(words: str) -> bool:
    """Whether a line speaks to the reader about the page's own offers. Quoted speech and reported deeds speak against
    it.
    """
    sample = words[:1_000]
    small = sample.lower()
    asks = len({hit.group() for hit in _patterns().pitch.finditer(small)})
    if not asks or _QUOTED.search(sample) or len(_REPORTED.findall(small)) > 1:
        return False
    besides = len({hit.group() for hit in _patterns().pitch_besides.finditer(small)})
    odd = bool(_GLUED_SENTENCE.search(sample)) + (sample[:1].islower()) + ("!" in sample)
    to_reader = bool(_SECOND_PERSON.search(sample))
    return asks + besides + odd + to_reader >= 3


def _ends_as_sentence(words: str) -> bool:
    return bool(_SENTENCE_END.search(words[-120:]))


def _holds(line: _Line, dateline_at: int | None) -> bool:
    return dateline_at is not None and line.start <= dateline_at < line.end


# --- the head ---------------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class _Head:
    stripped: Stripped            # its text is not filled in yet
    kept: tuple[_Line, ...]       # lines of the head that stay in the text


def _read_head(text: str, lines: list[_Line], dateline_at: int | None) -> tuple[int, _Head]:
    """How many of `lines` stand above the article, what they tell, and which of them stay."""
    stripped = Stripped("", None, None, (), None, None)
    kept: list[_Line] = []
    at = 0
    for line in lines[:_HEAD_LINES]:
        if _holds(line, dateline_at):
            break
        day = page_date_in(line.words)
        if day:
            stripped = replace(stripped, page_date=stripped.page_date or day)
        elif _is_lead_mark(line):
            headline = _is_title(text, line, dateline_at) and re.match(r"\w+\s*\d*\s*[-:–—]", line.words)
            stripped = replace(stripped, lead_marks=(*stripped.lead_marks, line.words),
                               title=stripped.title or (line.words if headline and not _is_note(line.words) else None))
        elif line.kind == "prose":
            break
        elif line.kind in ("furniture", "pitch", "head", "comments"):
            pass
        elif _is_byline(line.words):
            stripped = replace(stripped, byline=stripped.byline or line.words,
                               agency=stripped.agency or credit_line_agency(line.words))
        elif stripped.title is None and _is_title(text, line, dateline_at):
            stripped = replace(stripped, title=line.words)
        else:
            kept.append(line)
        at += 1
    return at, _Head(stripped, tuple(kept))


def _is_lead_mark(line: _Line) -> bool:
    """Whether a wire's slug, lede or note to editors stands in the line; prose only where it opens as a note does."""
    return (len(line.words) <= 300 and bool(_LEAD_MARK.fullmatch(line.words))
            and (line.kind != "prose" or _is_note(line.words)))


def _is_note(words: str) -> bool:
    return bool(re.match(r"(?:eds?\b|editor|\(|correct|clarif|retract|advisory|withdraw)", words, re.IGNORECASE))


def page_date_in(words: str) -> PageDate | None:
    """The day of a line that prints a full date and nothing else: "Wed, 07 Dec 2022", "Published: 3 March 2015, 10:02
    GMT".
    """
    if len(words) > 100:
        return None
    words = " ".join(words.split())           # the forms would try each way to share out a row of spaces
    lead = _DATE_LINE_LEAD.match(words)
    day = read_day(words, lead.end() if lead else 0)
    if day is None or day.date is None or len(day.date) != 10 or not _DATE_LINE_REST.fullmatch(words, day.end):
        return None
    try:
        return PageDate(date.fromisoformat(day.date), words)
    except ValueError:
        return None


def _is_byline(words: str) -> bool:
    return len(words) <= 120 and (credit_line_agency(words) is not None or bool(_BYLINE.match(words)))


def _is_title(text: str, line: _Line, dateline_at: int | None) -> bool:
    """A headline: short, no full stop, and an empty line or the dateline right behind it."""
    count = len(line.words.split())
    if not _TITLE_WORDS[0] <= count <= _TITLE_WORDS[1] or _NO_HEADLINE.search(line.words):
        return False
    behind = re.compile(r"\n[^\S\n]*\n").match(text, line.end) is not None
    before_dateline = dateline_at is not None and not text[line.end:dateline_at].strip(" \t\n\"“")
    return behind or before_dateline


# --- the foot ---------------------------------------------------------------------------------------------------------

def _without_foot(lines: list[_Line], dateline_at: int | None) -> tuple[_Line, ...]:
    """The lines that stay: all but furniture in the middle, and all but the foot below the last prose."""
    end = len(lines)
    for at, line in enumerate(lines):
        if at and line.kind == "comments" and any(earlier.kind == "prose" for earlier in lines[:at]):
            end = at
            break
        if at and line.kind == "head" and _only_teasers(lines[at + 1:]) and any(e.kind == "prose" for e in lines[:at]):
            end = at
            break
    lines = _as_pitches(lines[:end])
    prose = [at for at, line in enumerate(lines) if line.kind == "prose" or _holds(line, dateline_at)]
    last = prose[-1] if prose else -1
    foot_opened = next((at for at in range(last + 1, end) if lines[at].kind not in ("short", "prose")), end)
    if prose and foot_opened == end and _is_link_list(lines[last + 1:end]):
        foot_opened = last + 1
    kept = lines[:foot_opened if prose else end]
    return tuple(line for line in kept if line.kind in ("prose", "short") or _holds(line, dateline_at))


def _as_pitches(lines: list[_Line]) -> list[_Line]:
    """`lines` with those sentences made a pitch that speak to "you", tell nothing, and stand under furniture."""
    read: list[_Line] = []
    for line in lines:
        under = bool(read) and read[-1].kind in ("furniture", "head", "pitch")
        tells_nothing = _SECOND_PERSON.search(line.words) and not _REPORTED.search(line.words.lower())
        if under and line.kind == "prose" and tells_nothing and len(line.words) <= _LONGEST_FURNITURE:
            line = replace(line, kind="pitch")
        read.append(line)
    return read


def _is_link_list(lines: list[_Line]) -> bool:
    """Three lines or more in a row that look like the titles of other stories."""
    return len(lines) >= 3 and all(
        5 <= len(line.words.split()) <= 20 and not _ends_as_sentence(line.words) and not _NO_HEADLINE.search(line.words)
        for line in lines)


def _only_teasers(lines: list[_Line]) -> bool:
    """Whether below a heading like "Related stories" no article goes on: each paragraph of prose has a title right
    above it.
    """
    prose = [at for at, line in enumerate(lines) if line.kind == "prose"]
    return all(at > 0 and lines[at - 1].kind == "short" and len(lines[at].words) < 400 for at in prose)


def _without_pitch_behind(text: str) -> str:
    """`text` without a pitch that runs on behind the last sentence in the same paragraph: "... he said. Subscribe to
    ...".
    """
    for _ in range(4):
        start = text.rfind("\n") + 1
        last = text[max(start, len(text) - 1_500):]
        breaks = [hit.end() for hit in re.finditer(r"[.!?)][\"'”’)]?\s+(?=[A-Z(\[])", last)]
        sentence = last[breaks[-1]:].strip() if breaks else ""
        if not sentence or len(sentence) > _LONGEST_FURNITURE or _is_report_sentence(sentence):
            break
        forms = _patterns()
        if not (forms.lines.fullmatch(sentence) or forms.tail_heads.fullmatch(sentence) or _is_pitch(sentence)):
            break
        text = text[:len(text) - len(last) + breaks[-1]].rstrip()
    return text


def _joined(text: str, lines: tuple[_Line, ...]) -> str:
    """The kept lines with the breaks that stood between them: an empty line where one stood, or a line was cut."""
    pieces: list[str] = []
    for at, line in enumerate(lines):
        if at:
            between = text[lines[at - 1].end:line.start]
            pieces.append("\n" if between.count("\n") == 1 and not between.strip() else "\n\n")
        pieces.append(text[line.start:line.end].rstrip() if at else text[line.start:line.end].strip())
    return "".join(pieces)
