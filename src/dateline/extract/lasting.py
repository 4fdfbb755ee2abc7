"""How long it lasted: "a two-day battle that began on Sunday", "clashes continued for a third day", "fighting since Tuesday".

Kept apart from doubt about the day on which it began. Read from the sentences that tell it and the times in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.extract.document import TimeMention

LONGEST_DAYS = 400                # a count of days beyond it is a war, no incident
NUMBERS = {word: number for number, word in enumerate(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}
ORDINALS = {word: number for number, word in enumerate(
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1)}
_NUMBER = r"(?P<number>\d{1,3}|" + "|".join(NUMBERS) + ")"
_FIGHT = (r"(?:fighting|fight|clash(?:es)?|battles?|siege|blockade|offensive|assault|attacks?|shelling|bombardment|bombing|"
          r"gun ?battle|shootout|firefight|standoff|stand-off|hostilities|hostage[- ]taking|hostage crisis|unrest|riots?|rioting|"
          r"violence|air ?strikes?|raids?|operation|incursion|campaign|rampage|killings|massacre|occupation)")
_SPAN = re.compile(
    rf"\b(?:lasted|lasting|raged|raging|dragged on|went on|continued|fought|fighting|held out)\s(?:for\s)?"
    rf"(?:about\s|around\s|nearly\s|almost\s|more than\s|over\s|at least\s|some\s)?{_NUMBER}[\s-](?P<unit>days?|weeks?)\b|"
    rf"\b{_NUMBER.replace('number', 'number_of')}[\s-](?P<unit_of>day|week)s?(?:-long)?\s(?:of\s)?"
    rf"(?:\w{{2,14}}\s){{0,2}}{_FIGHT}\b", re.IGNORECASE)
_NTH_DAY = re.compile(
    rf"\b(?:for|on|into|entered|in|entering)\s(?:a|the|its|their)\s(?P<nth>{'|'.join(ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s"
    rf"(?:straight\s|consecutive\s|successive\s|running\s|full\s)?day\b", re.IGNORECASE)
_BEGAN = re.compile(r"\b(?:began|begun|begins|beginning|started|starting|erupted|broke out|flared(?: up)?|launched)\b"
                    r"[^.;:!?]{0,25}$", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:ended|ending|until|till|ceased|died down|was over|were over|through)\b[^.;:!?]{0,20}$",
                    re.IGNORECASE)
_SINCE = re.compile(r"\bsince\s(?:early\s|late\s|last\s|the\s)?$", re.IGNORECASE)
_GOES_ON = re.compile(
    rf"\b{_FIGHT}\b[^.;:!?]{{0,50}}\b(?:continues?|rages?|"
    rf"(?:is|are|was|were)\s(?:still\s)?(?:ongoing|under ?way|continuing|raging|going on|in progress)|"
    rf"(?:has|have)\s(?:been\s)?(?:continued|continuing|raged|raging|going on|under ?way))\b|"
    rf"\bongoing\s(?:\w{{2,14}}\s)?{_FIGHT}\b|\bstill\s(?:fighting|raging|battling|under ?way|ongoing|going on)\b", re.IGNORECASE)
_HAS_BEEN = re.compile(rf"\b{_FIGHT}\b[^.;:!?]{{0,60}}\b(?:has|have)\b|\b(?:has|have)\sbeen\s\w{{3,14}}ing\b", re.IGNORECASE)
_LOOK_BACK = 60                   # characters before a time in which the word stands that says what it is of


@dataclass(frozen=True, slots=True)
class Lasted:
    """start: its first day; end: its last; each None where not told. began: the time that tells the first day."""

    start: date | None = None
    end: date | None = None
    ongoing: bool = False
    began: TimeMention | None = None

    @property
    def is_told(self) -> bool:
        return self.start is not None or self.end is not None or self.ongoing


def lasted(text: str, sentences: Iterable[tuple[int, int]], times: Sequence[TimeMention], told: TimeMention | None,
           written: date | None) -> Lasted:
    """How long it lasted by the words of `sentences`, which are spans of `text`.

    times: those of the report. told: the time that says when it was; written: the day of writing, beyond which nothing lasted.
    """
    spans = list(sentences)
    words = [text[start:end] for start, end in spans]
    inside = [t for t in times if any(start <= t.start < end for start, end in spans) and t.type in {"DATE", "TIME"}]
    began = next((t for t in inside if _day(t) and _BEGAN.search(_before(text, t))), None)
    since = next((t for t in inside if _day(t) and _is_since(text, t)), None)
    ended = next((t for t in inside if _day(t) and _ENDED.search(_before(text, t))), None)
    goes_on = any(_GOES_ON.search(sentence) for sentence in words)
    if since is not None and not any(_HAS_BEEN.search(sentence) for sentence in words):
        since = None              # "the first attack since Tuesday" tells no duration
    first = began or since
    days = _days_told(words)
    nth = next((number for sentence in words if (number := _nth(sentence))), None)
    start, end = _ends(told, first, ended, days, nth, written)
    ongoing = (goes_on or since is not None or (nth is not None and ended is None)) and ended is None
    if start is not None and end is not None and (end <= start or (end - start).days > LONGEST_DAYS):
        return Lasted(ongoing=ongoing)
    return Lasted(start, None if ongoing else end, ongoing, first)


def _ends(told: TimeMention | None, first: TimeMention | None, ended: TimeMention | None, days: int | None, nth: int | None,
          written: date | None) -> tuple[date | None, date | None]:
    start, end = _day(first), _day(ended)
    if told is not None and told.text.lower().startswith("from ") and told.earliest and told.latest:
        return told.earliest, told.latest
    if nth is not None and start is None:
        on = _day(told) or written
        return (_shifted(on, 1 - nth) if on else None), end
    if days is not None and days > 1:
        if start is not None and end is None:
            end = _shifted(start, days - 1)
        elif end is not None and start is None:
            start = _shifted(end, 1 - days)
        elif start is None and (on := _day(told)) is not None:
            ahead = _shifted(on, days - 1)
            fits = ahead is not None and (written is None or ahead <= written)
            start, end = (on, ahead) if fits else (_shifted(on, 1 - days), on)
    if written is not None and end is not None and end > written:
        end = None
    return start, end


def _is_since(text: str, time: TimeMention) -> bool:
    return time.text.lower().startswith("since ") or bool(_SINCE.search(_before(text, time)))


def _days_told(sentences: Iterable[str]) -> int | None:
    for sentence in sentences:
        if found := _SPAN.search(sentence):
            said, unit = (found["number"] or found["number_of"]).lower(), (found["unit"] or found["unit_of"]).lower()
            number = NUMBERS.get(said) or int(said)
            days = number * 7 if unit.startswith("week") else number
            return days if days <= LONGEST_DAYS else None
    return None


def _nth(sentence: str) -> int | None:
    found = _NTH_DAY.search(sentence)
    if found is None:
        return None
    said = found["nth"].lower()
    number = ORDINALS.get(said) or int(re.sub(r"\D", "", said))
    return number if number > 1 else None


def _day(time: TimeMention | None) -> date | None:
    """The one day that a time tells."""
    if time is None:
        return None
    return time.best or (time.earliest if time.earliest is not None and time.earliest == time.latest else None)


def _before(text: str, time: TimeMention) -> str:
    return text[max(time.start - _LOOK_BACK, 0):time.start]


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
