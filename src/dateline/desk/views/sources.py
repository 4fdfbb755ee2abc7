"""Outlets and speakers as their pages show them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.desk.views.choices import country_name
from dateline.desk.views.facts import Fact
from dateline.extract.speakers_lists import speaker_lists
from dateline.publish.names import name_in
from dateline.publish.safe import plain
from dateline.publish.words import day_words
from dateline.reconcile.sources import SourceRegister
from dateline.records import Account, Source
from dateline.store.lists_sources import OnDay, OutletSum, SpeakerSum
from dateline.where.names import fold

PRIVATE_KINDS = frozenset({"witness", "other"})
Name = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A line of an index. id: of the register; else the name as printed. counts: reports, or figures."""

    id: str
    name: str
    kind: str
    party: str
    trust: str
    counts: int = 0
    first: str = ""
    last: str = ""
    failed: int = 0
    unread: int = 0
    standing: int = 0
    alone: int = 0


def outlet_rows(sums: Iterable[OutletSum], register: SourceRegister, group: Name, text: str = "") -> list[SourceRow]:
    return [_row(one.name, register, group, counts=one.reports, first=_day(one.first), last=_day(one.last), failed=one.failed,
                 unread=one.unread) for one in sums if _holds(one.name, register, text)]


def speaker_rows(sums: Iterable[SpeakerSum], register: SourceRegister, group: Name, hidden: Collection[str], text: str = ""
                 ) -> list[SourceRow]:
    """hidden: names of those who may not be listed; see `speaks_in_public`."""
    return [_row(one.name, register, group, counts=one.figures, first=_day(one.first), last=_day(one.last), standing=one.standing,
                 alone=one.alone) for one in sums if one.name not in hidden and _holds(one.name, register, text)]


def speaks_in_public(name: str, register: SourceRegister, citing: Sequence[Account] = ()) -> bool:
    """Whether a speaker may be listed: a body, an office, or somebody without a name.

    citing: accounts with figures that it gives. Where the words alone do not tell, it must be a body in each of them, or a person
    with an office or for a body: no witness, and nobody who speaks for himself alone.
    """
    if register.get(name) is not None or register.within(name) is not None or not _may_be_a_name(name):
        return True
    if (kind := speaker_lists().kind_of(name)) not in PRIVATE_KINDS:
        return True
    speakers = [one for account in citing for figure in account.figures if figure.speaker == name for one in figure.speakers]
    return kind != "witness" and bool(speakers) and all(
        one.kind != "witness" and (one.person is None or bool(one.office or one.organisation)) for one in speakers)


def _may_be_a_name(name: str) -> bool:
    """ "the mayor" and "residents" are none; letters without capitals may be."""
    return name_in(name) is not None and not (name.isascii() and name.islower())


def sources_named(register: SourceRegister, text: str) -> list[SourceRow]:
    """The sources of the register one of whose names holds the words."""
    wanted = fold(text)
    found = [one for one in register.sources.values() if wanted and any(wanted in fold(name) for name in one.names)]
    return sorted((_row(one.name, register, lambda name: name) for one in found), key=lambda row: row.name.casefold())


def source_facts(source: Source, group: Name, country: Callable[[str], str]) -> list[Fact]:
    """What the register in force says of it."""
    trust = source.reliability
    told = [
        ("Id", source.id, ""), ("Also called", "; ".join(map(plain, source.names[1:])), ""), ("Kind", source.kind, ""),
        ("Country", country(source.country) if source.country else "", ""), ("Language", source.language or "", ""),
        ("Scale", source.scale or "", ""), ("Speaks for", party_words(source.party_to, group, country), ""),
        ("Reliability", trust.value if trust else "", plain(f"{trust.why}{f' ({trust.at})' if trust.at else ''}") if trust
         else "")]
    return [Fact(label, words, sub) for label, words, sub in told if words]


def party_words(party: str | None, group: Name, country: Callable[[str], str] = str) -> str:
    if not party:
        return ""
    return f"the state of {country(party.removeprefix('state:'))}" if party.startswith("state:") else plain(group(party) or party)


def alone_words(standing: int, alone: int) -> str:
    """ "12 of 40 standing figures (30%) are given by nobody else"."""
    if not standing:
        return "none of its figures stands"
    return f"{alone:,} of {standing:,} standing figures ({round(100 * alone / standing)}%) are given by nobody else"


def by_month(days: Sequence[OnDay]) -> list[tuple[str, int, int]]:
    """(month, how many, on how many days), newest first; what has no day last."""
    counts: Counter[str] = Counter()
    on: Counter[str] = Counter()
    for one in days:
        month = f"{one.day:%Y-%m}" if one.day else ""
        counts[month] += one.told
        on[month] += 1
    return [(month or "day not known", counts[month], on[month] if month else 0)
            for month in sorted(counts, key=lambda name: (name != "", name), reverse=True)]


def latest_days(days: Sequence[OnDay], most: int = 31) -> list[tuple[str, int]]:
    """The last days on which there is anything, newest first."""
    dated = sorted(((one.day, one.told) for one in days if one.day), reverse=True)
    return [(day_words(day), told) for day, told in dated[:most]]


def _row(name: str, register: SourceRegister, group: Name, **given: object) -> SourceRow:
    known = register.get(name)
    trust = known.reliability.value if known and known.reliability else ""
    return SourceRow(known.id if known else name, plain(name), known.kind if known else "",
                     party_words(known.party_to, group, country_name)
                     if known else "", trust, **given)  # type: ignore[arg-type]  # the fields of SourceRow


def _holds(name: str, register: SourceRegister, text: str) -> bool:
    if not text:
        return True
    known, wanted = register.get(name), fold(text)
    return any(wanted in fold(one) for one in (name, *(known.names if known else ())))


def _day(day: date | None) -> str:
    return day_words(day) if day else ""
