"""What a person enters by hand -> a Report whose text is the person's note, and an Account of it. Pure.

A phone call, a report in a language not read yet, a row of a sheet: the note is the evidence, with who wrote it and when. What
the person does not say stays untold: no day is taken from the incident that it is put with, and no town from a country.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from dateline.errors import DecisionError
from dateline.extract.speakers_lists import speaker_lists
from dateline.read.article import clean_text, said
from dateline.read.language import language_of
from dateline.read.report import report_id
from dateline.reconcile.by_hand import check_value
from dateline.records import (
    Account,
    Actor,
    AsOf,
    Evidence,
    Fetched,
    Figure,
    Report,
    Sensitive,
    Speaker,
    When,
    Where,
    Written,
    span_of,
    to_line,
)
from dateline.records.account import Effect, Nature, Scope, Side, Status, ToldAs, account_id, given_by
from dateline.records.kinds import headline
from dateline.typed import country_where, no_day, typed_count, typed_when, typed_where

if TYPE_CHECKING:
    from dateline.extract.register import Register
    from dateline.where.gazetteer import Gazetteer

NOTE = "note:"                    # how the source of such a report begins
APART = "new"                     # Entered.into: an incident of its own
_OWN_WORDS = {"civilians": "civilians", "protesters": "protesters"}      # said of people that say which side is theirs


@dataclass(frozen=True, slots=True)
class EnteredFigure:
    """A count as a person enters it."""

    words: str                    # "at least 12", "30 civilians", "dozens"
    effect: Effect = "killed"
    by: str | None = None         # who gives it; None: the outlet of the note itself
    side: Side | None = None      # of those counted; None: as the words say, else unknown
    party: str | None = None      # the side that who gives it belongs to: a group's id, "state:SY"
    scope: Scope = "incident"
    as_of: date | None = None     # day of the count


@dataclass(frozen=True, slots=True)
class Entered:
    """An account as a person enters it."""

    note: str                     # what was heard or read, in the person's words: the evidence
    date: date                    # on which it was heard or written
    outlet: str | None            # "phone call, mayor's office"; readers see it: name no source that is in danger
    kind: str | None = None       # None: as the incident's that it is put with
    day: str | None = None        # "2018-01-27", "2018-01", "2018-01-27..2018-01-29"; None: not told
    place: str | None = None      # a name of the gazetteer; None: not told
    within: str | None = None     # the unit around a place that the gazetteer lacks
    country: str | None = None    # ISO 3166 alpha-2
    figures: tuple[EnteredFigure, ...] = ()
    attackers: tuple[str, ...] = ()       # as named; groups of the register are known by any of their names
    status: Status = "happened"
    nature: Nature = "political"
    told_as: ToldAs = "news"
    words: tuple[str, ...] = ()   # those of the note that tell it; none: all of it
    private: tuple[str, ...] = ()         # names in the note that are not to be published
    title: str | None = None
    into: str | None = None       # an incident's id; "new"; None: as reconciling finds


@dataclass(frozen=True, slots=True)
class Known:
    """What names are looked up in."""

    gazetteer: Gazetteer
    register: Register


def note_of(entered: Entered, who: str, at: datetime, *, most_chars: int) -> Report:
    """The report that the note is. The same entered by the same person again is the same report.

    Raises DecisionError where the note says nothing, or too much.
    """
    text = clean_text(entered.note)
    if not text:
        raise DecisionError("the note is the evidence for what is entered: say what was heard or read, and from whom")
    if len(text) > most_chars:
        raise DecisionError(f"the note has {len(text):,} characters, more than {most_chars:,}: keep to what tells of the "
                            "incident, or set DATELINE_MAX_TEXT_CHARS")
    told = hashlib.sha256(f"{who}\0{to_line(entered)}".encode()).hexdigest()
    source = f"{NOTE}{told[:12]}"
    day = Written(entered.date, entered.date, (), "metadata")
    return Report(
        id=report_id(source, text), source=source, fetched=Fetched(at, hashlib.sha256(text.encode()).hexdigest()),
        outlet=said(entered.outlet), agency=None, byline=said(who), title=said(entered.title), language=language_of(text),
        dateline=None, published_at=None, page_date=None, written=day, text=text)


def account_of(entered: Entered, note: Report, known: Known, kind: str | None = None) -> Account:
    """The account that was entered, of the report `note`. kind: that of the incident it is put with.

    Raises DecisionError, in the words of what was typed, for what is no kind, day, place, count or word of the note.
    """
    kind = entered.kind.lower() if entered.kind else kind
    if kind is None:
        raise DecisionError("what kind of incident was it? docs/record.md lists the kinds; what is put with a held incident "
                            "needs none")
    _check(kind, entered)
    evidence = _evidence(entered, note)
    when, where = _when(entered, evidence), _where(entered, evidence, known)
    name = account_id(note.id, evidence)
    account = Account(
        id=name, report=note.id, kind=kind, acts=(kind,), status=entered.status, told_as=entered.told_as,
        nature=entered.nature, headline=headline(kind, where.name or where.text), when=when, where=where,
        actors=_actors(entered, evidence, known, when, where), targets=(), weapons=(), affected=(),
        figures=tuple(_figure(one, f"{name} {number}", evidence) for number, one in enumerate(entered.figures)),
        responsibility=(), occurrence=(), sensitive=_sensitive(entered, note), evidence=evidence, main=True)
    return given_by(account, "person")


def _check(kind: str, entered: Entered) -> None:
    try:
        for name, value in (("kind", kind), ("status", entered.status), ("nature", entered.nature), ("told_as", entered.told_as)):
            check_value(name, value)
    except ValueError as wrong:
        raise DecisionError(str(wrong)) from None
    for figure in entered.figures:
        given: tuple[tuple[str | None, object], ...] = (
            (figure.effect, Effect), (figure.side, Side), (figure.scope, Scope))
        for word, kinds in given:
            if word is not None and word not in get_args(kinds):
                raise DecisionError(f"{figure.words!r}: {word!r} is none of {', '.join(get_args(kinds))}")


def _evidence(entered: Entered, note: Report) -> Evidence:
    """The words of the note that tell it, in its order; else the whole note."""
    chosen = {_place_of(words, note): words for words in entered.words}
    return tuple(span_of(note.text, at, at + len(words)) for at, words in sorted(chosen.items())) or (
        span_of(note.text, 0, len(note.text)),)


def _place_of(words: str, note: Report) -> int:
    at = note.text.find(words) if words.strip() else -1
    if at < 0:
        raise DecisionError(f"{words!r} does not stand in the note; give its words as they are written there")
    return at


def _when(entered: Entered, evidence: Evidence) -> When:
    if entered.day is not None:
        return typed_when(entered.day, evidence)
    return no_day(entered.date, evidence)


def _where(entered: Entered, evidence: Evidence, known: Known) -> Where:
    """As the record has it: a country where it alone is told, unplaced where not even that is."""
    from dateline.where.answer import unplaced

    if entered.place is None:
        return country_where(entered.country, evidence, known.gazetteer) if entered.country else unplaced(
            None, "the note tells no place", evidence)
    name = f"{entered.place}, {entered.country}" if entered.country and "," not in entered.place else entered.place
    return typed_where(name, words=entered.place, evidence=evidence, within=entered.within, gazetteer=known.gazetteer)


def _actors(entered: Entered, evidence: Evidence, known: Known, when: When, where: Where) -> tuple[Actor, ...]:
    found = []
    for number, words in enumerate(entered.attackers, 1):
        group = known.register.get(words) or known.register.resolve(words, where.country)
        kind = known.register.type_in(group.id, where.country, when.best or when.latest) if group else None
        found.append(Actor(f"a{number}", "attacker", group.name if group and group.id == words else words, None,
                           group.name if group else None, group.id if group else None, kind, None, "stated", evidence))
    return tuple(found)


def _figure(one: EnteredFigure, told: str, evidence: Evidence) -> Figure:
    count = typed_count(one.words)
    by = said(one.by)
    speakers = (Speaker(by, None, None, by, speaker_lists().kind_of(by), one.party),) if by else ()
    day = one.as_of.isoformat() if one.as_of else None
    side: Side = one.side or _OWN_WORDS.get((count.of or "").lower(), "unknown")  # type: ignore[assignment]
    return Figure(
        id="F" + hashlib.sha256(told.encode()).hexdigest()[:16], effect=one.effect, who=count.of, of=None, side=side,
        low=count.low, high=count.high, value=count.value, modifier=count.modifier, words=" ".join(one.words.split()),
        scope=one.scope, part_of=None, includes_attackers=None, standing="stands", supersedes=(), speaker=by, speakers=speakers,
        as_of=AsOf(day, day), evidence=evidence)


def _sensitive(entered: Entered, note: Report) -> tuple[Sensitive, ...]:
    return tuple(Sensitive("private person", (span_of(note.text, at, at + len(name)),))
                 for name in entered.private for at in [_place_of(name, note)])


def entered_from(told: dict[str, object], *, today: date) -> Entered:
    """What a table of TOML or JSON says, by the names of Entered. Raises DecisionError, which names the key, for another form.

    today: the day of the note where it gives none.
    """
    import msgspec

    told = {"date": today.isoformat(), "outlet": None, **told}
    _check_keys(told, Entered, "")
    for number, figure in enumerate(_tables(told.get("figures", ())), 1):
        _check_keys(figure, EnteredFigure, f"figures {number}: ")
    try:
        return msgspec.convert(told, Entered)
    except msgspec.ValidationError as wrong:
        raise DecisionError(f"what is entered: {wrong}") from None


def _tables(listed: object) -> Sequence[dict[str, object]]:
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list | tuple) else []


def _check_keys(told: dict[str, object], kind: type[Entered | EnteredFigure], where: str) -> None:
    names = [field.name for field in fields(kind)]
    if odd := [key for key in told if key not in names]:
        raise DecisionError(f"{where}no field {odd[0]!r}: there are {', '.join(names)}")

