"""What changed in an incident, and why: "Toll 63 -> 95: a later count by the Health Ministry"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from dateline.publish.brief.sentences_claims import is_claim, new_said
from dateline.publish.brief.sentences_counts import span_of_toll
from dateline.publish.brief.sentences_lead import days_words, place_words
from dateline.publish.brief.sentences_outlets import outlet_of, outlets_of, own_accounts
from dateline.publish.brief.sentences_speakers import Names, listed, said_by, short, small, with_article
from dateline.publish.export.countries import country_name
from dateline.publish.names import BLANK
from dateline.publish.safe import plain
from dateline.publish.words import day_words
from dateline.reconcile.ranks import ENEMY, weigh
from dateline.records import Figure, Incident, Joined, Toll
from dateline.records.account import Effect
from dateline.records.briefing import Line
from dateline.records.incident import Change
from dateline.records.kinds import event_type_of, headline

_FIELDS: Final = {"kind": "what it was", "status": "whether it happened", "nature": "its nature", "told_as": "how it is told",
                  "when": "the day", "where": "the place", "figures": "a count", "actors": "an actor",
                  "responsibility": "who is said to have done it"}
_CORRECTED: Final = re.compile(r"^corrected (?P<field>[a-z_]+)")


def change_lines(before: Incident, after: Incident, fresh: frozenset[str], by_hand: Sequence[Change], names: Names
                 ) -> tuple[Line, ...]:
    """What differs between the two, a sentence each; () where nothing does. fresh: ids of the reports that came between.

    What groups newly say of themselves is told apart, as claims.
    """
    lines = [*_tolls(before, after, fresh, by_hand, names), *_status(before, after, fresh), *_facts(before, after, fresh),
             *(one.line for one in new_said(before, after, names) if not is_claim(one)), *hand_lines(by_hand)]
    return tuple(lines)


def hand_lines(by_hand: Iterable[Change]) -> Iterator[Line]:
    """What persons changed, each once, without a name: "Corrected by hand: the place."."""
    for words in dict.fromkeys(words for change in by_hand if (words := _hand_words(change))):
        yield Line(words)


REJECTED: Final = Line("Rejected by hand: it is no longer held to be an incident.")


def rejected_heading(heading: str) -> str:
    return f"Rejected: {heading}"


def approvals(history: Sequence[Change], by_hand: Sequence[Change]) -> tuple[bool, bool]:
    """Whether it was approved within the window (`by_hand`), and whether it had been before."""
    now = [line for line in by_hand if line.what.startswith("accepted")]
    first = min((line.at for line in now), default=None)
    return bool(now), first is not None and any(line.what.startswith("accepted") and line.at < first for line in history)


def was_rejected(by_hand: Iterable[Change]) -> bool:
    return any(change.what.startswith("rejected") for change in by_hand)


def _hand_words(change: Change) -> str:
    what = change.what
    if found := _CORRECTED.match(what):
        return f"Corrected by hand: {_FIELDS.get(found['field'], 'a detail')}."
    if what.startswith("merged"):
        return "Put together by hand: two incidents are now held for one."
    if what.startswith("split"):
        return "Taken apart by hand: some of its reports are now held to tell of another incident."
    if what.startswith("rejected"):
        return REJECTED.text
    if what.startswith("entered"):
        return "Entered by hand: a report that a person added."
    if what.startswith("undid") and any(word in what for word in ("merge", "split", "correct", "reject", "enter")):
        return "Taken back by hand: an earlier decision on it."
    return ""


def _tolls(before: Incident, after: Incident, fresh: frozenset[str], by_hand: Sequence[Change], names: Names) -> Iterator[Line]:
    effects: tuple[tuple[Effect, str, Toll, Toll], ...] = (
        ("killed", "Toll", before.toll.killed, after.toll.killed),
        ("injured", "Injured", before.toll.injured, after.toll.injured))
    for effect, word, old, new in effects:
        was, now = span_of_toll(old), span_of_toll(new)
        if was == now:
            continue
        why, outlets = _why(after, effect, new, fresh, by_hand, names)
        if was == "no number":
            why = why.replace("another count by", "a first count by").replace("a later count by", "a first count by")
        yield Line(f"{word} {was} -> {now}: {why}.", outlets)


def _why(after: Incident, effect: Effect, new: Toll, fresh: frozenset[str], by_hand: Sequence[Change], names: Names
         ) -> tuple[str, tuple[str, ...]]:
    """Which new figure moved the toll, and whose it is."""
    told = [(joined, figure) for joined in own_accounts(after) if joined.report.id in fresh
            for figure in joined.account.figures
            if figure.effect == effect and figure.scope not in ("several_incidents", "cumulative")]
    moving = sorted((pair for pair in told if pair[1].id in new.figures and pair[1].standing == "stands"),
                    key=lambda pair: (new.best is None or new.best not in _numbers(pair[1]), -max(_numbers(pair[1]), default=0)))
    if moving:
        joined, figure = moving[0]
        same = [one for one, other in moving if (other.low, other.high, other.value) == (figure.low, figure.high, figure.value)]
        return _reason(joined, figure, names), outlets_of(same)
    if notice := next((joined for joined in after.accounts if joined.report.id in fresh and joined.report.update_kind in (
            "correction", "retraction")), None):
        return f"a {notice.report.update_kind} by {outlet_of(notice.report) or 'its outlet'}", outlets_of([notice])
    if any(change.what.startswith(("corrected", "merged", "split", "undid", "entered")) for change in by_hand):
        return "corrected by hand", ()
    return "what reports tell was weighed anew", outlets_of(joined for joined, _ in told)


def _reason(joined: Joined, figure: Figure, names: Names) -> str:
    speakers = said_by(figure, names)
    who = listed(speakers) if speakers else outlet_of(joined.report) or "a report"
    if joined.report.update_kind == "correction":
        return f"a correction by {outlet_of(joined.report) or 'its outlet'}"
    if weigh(figure, joined.account, None).rank == ENEMY:
        return f"what {who} said of the other side's dead"
    if figure.scope == "increment":
        return f"{who} added to the count"
    if figure.scope in ("part", "one_site"):
        return f"a count of a part by {who}"
    if figure.supersedes:
        return f"a later count by {who}"
    return f"another count by {who}"


def _numbers(figure: Figure) -> set[int]:
    return {number for number in (figure.low, figure.high, figure.value) if number is not None}


def _status(before: Incident, after: Incident, fresh: frozenset[str]) -> Iterator[Line]:
    outlets = _outlets(after, fresh)
    if before.status != after.status:
        if before.status == "alleged":
            yield Line("No longer the word of one side alone.", outlets)
        elif after.status == "alleged":
            yield Line("Now the word of one side alone: the others who told of it took it back.", outlets)
        else:
            yield Line(f"Held to have {_STATUS[before.status]}, now to have {_STATUS[after.status]}.", outlets)
    if before.told_as != after.told_as and after.told_as == "news":
        yield Line("Known from background before, now told as news.", outlets)


_STATUS: Final = {"happened": "happened", "attempted": "been attempted", "foiled": "been foiled", "alleged": "happened",
                  "threatened": "been threatened", "planned": "been planned", "hypothetical": "been possible"}


def _facts(before: Incident, after: Incident, fresh: frozenset[str]) -> Iterator[Line]:
    outlets = _outlets(after, fresh)
    if before.kind != after.kind:
        yield Line(f"Kind: {headline(before.kind, None)} -> {headline(after.kind, None)}.", outlets)
    old, new = days_words(before.when), days_words(after.when)
    if old != new:
        yield Line(f"Day: {old} -> {new}.", outlets)
    old, new = place_words(before.where), place_words(after.where)
    if old != new or before.where.country != after.where.country:
        ends = (_with_country(old, before), _with_country(new, after))
        yield Line(f"Place: {ends[0]} -> {ends[1]}.", outlets)


def _with_country(place: str, incident: Incident) -> str:
    country = country_name(incident.where.country)
    return f"{place}, {country}" if country and country != place else place


def _outlets(after: Incident, fresh: frozenset[str]) -> tuple[str, ...]:
    return outlets_of(joined for joined in own_accounts(after) if joined.report.id in fresh)


def disagreement_lines(incident: Incident, fields: Iterable[str], names: Names, known: frozenset[str] = frozenset()
                       ) -> Iterator[Line]:
    """What sources differ on, with each value and who holds it: "Sources differ on the day: 17 Mar (Hawk Wire); 18 Mar (Verity
    Post).". fields: those that are told; known: those left out, which readers know already."""
    for one in incident.disagreements:
        if one.field not in fields or one.field in known:
            continue
        if one.field == "kind" and len({event_type_of(value.value) for value in one.values}) == 1:
            continue              # a bombing and a suicide bombing: no two things
        held = [f"{_value(one.field, value.value, names)} by {listed(_holders(value.holders), 2)}" for value in one.values[:4]]
        yield Line(f"Sources differ on {_DIFFER.get(one.field, one.field)}: {'; '.join(held)}.", _all_outlets(incident))


def _value(field: str, value: str, names: Names) -> str:
    if BLANK in value:
        return "a name withheld"
    if field == "kind":
        return headline(value, None)
    if field == "day":
        return " ".join(_day_in_words(word) for word in short(value, 60).split())
    state = country_name(value.removeprefix("state:")) if value.startswith("state:") else None
    return names(value) or state or short(value, 60)


def _day_in_words(word: str) -> str:
    try:
        return day_words(date.fromisoformat(word))
    except ValueError:
        return word


def _holders(holders: Iterable[str]) -> list[str]:
    """Each once; that "no group" said it is left out: nobody did."""
    told = [_holder(holder) for holder in holders if holder.partition(" ")[0].casefold() not in ("no", "nobody", "none")]
    return list(dict.fromkeys(told)) or ["a report"]


def _holder(holder: str) -> str:
    """ "the police (Verity Post)"; a witness without the name."""
    speaker, _, outlet = holder.rpartition(" (")
    if BLANK in holder:
        return f"a person quoted ({outlet}" if speaker else "a person quoted"
    return f"{with_article(small(short(speaker, 60)))} ({plain(outlet)}" if speaker else short(holder, 60)


_DIFFER: Final = {"kind": "what it was", "day": "the day", "place": "the place", "attacker": "the attackers",
                  "number of attackers": "the number of attackers", "killed": "the number of dead",
                  "injured": "the number of injured", "who the dead were": "who the dead were",
                  "attackers killed": "how many attackers died"}


def _all_outlets(incident: Incident) -> tuple[str, ...]:
    return outlets_of(own_accounts(incident))
