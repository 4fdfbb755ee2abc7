"""Counts of people in words that keep their doubt, with who gives them: "at least 63 killed, the Public Health Ministry said"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from dateline.publish.brief.sentences_outlets import outlets_of, own_accounts
from dateline.publish.brief.sentences_speakers import Names, distinct, listed, said_by, short
from dateline.publish.names import BLANK
from dateline.publish.words import ANYBODY, COUNT_WORDS, small_first
from dateline.reconcile.ranks import ENEMY, weigh
from dateline.reconcile.words import word_set
from dateline.records import Figure, Incident, Joined, Toll
from dateline.records.account import Effect, Scope

MOST_TOTALS = 3                   # counts of the dead that one sentence tells, the last ones
MOST_CLAIMED = 2                  # and what a party says of its enemy's dead
MOST_PARTS = 3
LONGEST_WHO = 40
TOLD = frozenset({"stands", "superseded"})
_DIGITS: Final = re.compile(r"\d")
_NOBODY_IN_PARTICULAR: Final = word_set("bodies dead persons casualties deaths victims wounded attackers injured")
EFFECT_WORDS: Final[dict[str, str]] = {"casualties": "killed or injured"}
OPEN: Final = ("at least", "more than")


@dataclass(frozen=True, slots=True)
class Told:
    """One count, and everybody who gives it."""

    words: str                    # "at least 63", "nobody"
    who: str                      # "soldiers"; "": people
    speakers: tuple[str, ...]     # (): reports in their own voice
    outlets: tuple[str, ...]
    as_of: str                    # "by evening"; "" where no time is told
    numbers: frozenset[int]       # its bounds
    is_enemys: bool               # a party on its enemy's dead
    standing: bool
    order: tuple[date, int]
    day: date | None


def count_words(figure: Figure) -> str:
    """The count of `figure`: "at least 63", "more than 20", "nearly 200", "up to 30", "about 60", "15 to 20", "dozens", "nobody".

    It is made from the bounds, so that a corrected count is told as it was corrected: no end that is open is closed, nothing
    is rounded.
    """
    low, high, value, modifier = figure.low, figure.high, figure.value, figure.modifier
    if low is None and high is None:
        return small_first(short(figure.words, LONGEST_WHO)) if modifier == "word" and not _DIGITS.search(figure.words) else ""
    if high is None:
        if modifier == "more_than" and value is not None and low == value + 1:
            return f"more than {value:,}"
        return f"at least {low:,}"
    if low is None:
        return f"nearly {high:,}" if modifier == "nearly" else f"up to {high:,}"
    if low != high:
        return f"{low:,} to {high:,}"
    if modifier == "about":
        return f"about {low:,}"
    return f"{low:,}" if low else "nobody"


def span_of_toll(toll: Toll) -> str:
    """The bounds of a toll in a sentence: "95", "at least 63 (best 70)", "60 to 80 (best 77)", "up to 200", "no number".

    A low end of 0 beside a higher one is no count of nobody: it is what is left where no least is told.
    """
    low, best, high = toll.low, toll.best, toll.high
    if not low and high is None:
        return "no number" if best is None else f"no sure number (best {best:,})"
    if low is not None and low == high:
        return f"{low:,}"
    span = f"at least {low:,}" if high is None else f"{low:,} to {high:,}" if low else f"up to {high:,}"
    is_end = best is None or (best == low and high is None) or (best == high and not low)
    return span if is_end else f"{span} (best {best:,})"


def told_counts(incident: Incident, effect: Effect, names: Names, *, attackers: bool = False,
                scopes: Sequence[Scope] = ("incident",)) -> list[Told]:
    """The counts of one effect, each once with all who give it, by the time of which they are; those that stand come last.

    Copies give nothing of their own.
    What was struck, or is only told again, is left out.
    """
    found: dict[tuple[object, ...], list[tuple[Joined, Figure, bool, tuple[date, int]]]] = {}
    for joined in own_accounts(incident):
        for figure in joined.account.figures:
            if figure.effect != effect or figure.standing not in TOLD or figure.scope not in scopes or not count_words(figure):
                continue
            counted = weigh(figure, joined.account, None)
            if counted.attackers != attackers:
                continue
            moment = counted.moment
            order = (moment.day, -1 if moment.minute is None else moment.minute) if moment else (
                joined.report.written_latest or date.max, -1)
            key = (count_words(figure), who_words(figure), counted.rank == ENEMY)
            found.setdefault(key, []).append((joined, figure, counted.rank == ENEMY, order))
    told = [_told(some, names) for some in found.values()]
    return sorted(told, key=lambda one: (one.is_enemys, one.standing, one.order, min(one.numbers, default=-1)))


def _told(some: Sequence[tuple[Joined, Figure, bool, tuple[date, int]]], names: Names) -> Told:
    figure = some[0][1]
    speakers = distinct(name for _, one, _, _ in some for name in said_by(one, names))
    order = min(order for _, _, _, order in some)
    as_of = next((words for _, one, _, own in some if own == order and (words := time_words(one))), "")
    voices = [joined for joined, one, _, _ in some if speakers == () or said_by(one, names)]
    return Told(count_words(figure), who_words(figure), speakers, outlets_of(voices), as_of,
                frozenset(number for number in (figure.low, figure.high, figure.value) if number is not None),
                some[0][2], any(one.standing == "stands" for _, one, _, _ in some), order,
                order[0] if order[0] != date.max else None)


def time_words(figure: Figure) -> str:
    """The part of the day of which a count is: "by evening", "late in the evening", "by 16:00"; "" where no hour is told."""
    first, last = figure.as_of.earliest or "", figure.as_of.latest or ""
    if len(first) < 16 or len(last) < 16:
        return ""
    if first == last:
        return f"by {first[11:16]}"
    hour = int(first[11:13]) if first[11:13].isdigit() else 0
    return next(words for until, words in ((5, "by night"), (12, "by the morning"), (17, "by the afternoon"), (21, "by evening"),
                                           (25, "late in the evening")) if hour < until)


def who_words(figure: Figure) -> str:
    """Who was counted, where the report says more than "people": "soldiers"; without names, numbers and long descriptions."""
    who = short(figure.who, 200)
    words = who.split()
    while words and (words[0].casefold() in COUNT_WORDS or _DIGITS.search(words[0])):
        del words[0]
    who = " ".join(words)
    if who.casefold() in ANYBODY | _NOBODY_IN_PARTICULAR:
        return ""
    is_plain = who and BLANK not in who and len(who) <= LONGEST_WHO and not any(word[:1].isupper() for word in words[1:]) \
        and (len(words) > 1 or words[0].islower() or words[0].endswith("s"))       # "Syrians", and no surname
    return who if is_plain else "civilians" if figure.side == "civilians" else ""


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence and the outlets that it was read in; words "": nothing is told."""

    words: str
    outlets: tuple[str, ...] = ()


def counts_clause(incident: Incident, effect: Effect, names: Names, *, attackers: bool = False,
                  said: tuple[str, ...] = ()) -> Clause:
    """The counts of one effect as one clause, in the order of time: "at least 63 killed, the Public Health Ministry said; 95 by
    evening, the Health Ministry said". Where nobody gives a total the parts are told, each with who they were. said: those whom
    the sentence names already: who gives a count is not told twice."""
    def counts(*scopes: Scope) -> list[Told]:
        return told_counts(incident, effect, names, attackers=attackers, scopes=scopes)

    whole = _chosen(counts("incident"))
    more = [replace(one, words=f"{one.words} more") for one in counts("increment") if one.standing]
    parts = [] if whole else sorted((one for one in counts("part", "one_site") if one.standing),
                                    key=lambda one: -max(one.numbers, default=0))
    chosen = [*whole, *parts[:MOST_PARTS], *more[-MOST_PARTS:]]
    if not chosen:
        return Clause("")
    words = "; ".join(_one(one, chosen[:at], effect, said) for at, one in enumerate(chosen))
    toll = getattr(incident.toll, effect, None)
    if not attackers and isinstance(toll, Toll):
        words += _in_all(toll, chosen, "in all" if parts or more else "all counts:")
    return Clause(words, tuple(dict.fromkeys(name for one in chosen for name in one.outlets)))


def _chosen(totals: Sequence[Told]) -> list[Told]:
    """The last of the counts; what a party says of its enemy comes after."""
    own = [one for one in totals if not one.is_enemys]
    return own[-MOST_TOTALS:] + [one for one in totals if one.is_enemys][:MOST_CLAIMED]


def _one(one: Told, before: Sequence[Told], effect: str, said: tuple[str, ...]) -> str:
    """The first count has what became of the people; so have later ones of other people."""
    verb = EFFECT_WORDS.get(effect, effect)
    is_first = not before or one.who != before[-1].who
    words = f"{one.words} {one.who} {verb}" if is_first and one.who else f"{one.words} {verb}" if is_first else one.words
    if one.words == "nobody" and one.who:
        words = f"no {one.who} {verb}"
    when = ""
    if before:
        is_later_day = one.day is not None and before[0].day is not None and one.day > before[0].day and not one.is_enemys
        when = f" by {one.day.day} {one.day:%b}" if is_later_day and one.day else f" {one.as_of}" if one.as_of else ""
    return f"{words}{when}" if said and (one.speakers or one.outlets) == said else f"{words}{when}, {by_words(one)}"


def by_words(one: Told) -> str:
    """ "the Health Ministry said", "Hawk Wire reported"."""
    if one.speakers:
        return f"{listed(one.speakers)} said"
    return f"{listed(one.outlets)} reported" if one.outlets else "a report said"


def _in_all(toll: Toll, chosen: Iterable[Told], word: str) -> str:
    """What the counts come to, where it is none of those told: a sum of parts, or more counts than a sentence tells."""
    shown = {number for one in chosen for number in one.numbers}
    bounds = {number for number in (toll.low, toll.best, toll.high) if number}
    return f"; {word} {span_of_toll(toll)}" if bounds - shown else ""
