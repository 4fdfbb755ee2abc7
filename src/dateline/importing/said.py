"""What one row says: its cells -> kind, day, place, parties, counts of an Account. What cannot be read is told, and never guessed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

from dateline.extract.speakers_lists import speaker_lists
from dateline.importing import cells
from dateline.importing.columns import COUNTS, PARTS
from dateline.importing.kinds import kind_of
from dateline.importing.parties import actors_of, claims_of, private_spans, side_of
from dateline.importing.places import Told as ToldPlace
from dateline.importing.places import country_code, where_told
from dateline.importing.told import Told
from dateline.records import Account, Actor, AsOf, Figure, Speaker, Weapon, When, Where
from dateline.records.account import INCIDENT_STATUSES, Modifier, Status, TimeOfDay
from dateline.records.kinds import headline
from dateline.typed import TypedCount, no_day, typed_when

GTD = "gtd"
MOST_PEOPLE = 10_000_000          # of one count: a longer number is a telephone's, or a sum of money
_STATUSES: dict[str, Status] = {
    "confirmed": "happened", "verified": "happened", "unverified": "alleged", "unconfirmed": "alleged", "claimed": "alleged",
    "reported": "happened", "failed": "attempted", "thwarted": "foiled", "disrupted": "foiled"}
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:h.]([0-5]\d)(?::\d\d)?")


def what_is_told(told: Told) -> Account | None:
    """The account of a row, without its id, report and evidence; None where something is wrong with the row, as it says."""
    incident_kind = _kind(told)
    when = _when(told)
    where = _where(told)
    if incident_kind is None or when is None or where is None:
        return None
    actors = actors_of(told, incident_kind, when, where)
    figures = tuple(_figures(told, actors))
    if told.wrong:
        return None
    return Account(
        id="", report="", kind=incident_kind, acts=(incident_kind,), status=_status(told), told_as="news", nature="political",
        headline=headline(incident_kind, where.name or where.text), when=when, where=where, actors=actors, targets=(),
        weapons=_weapons(told), affected=(), figures=figures, responsibility=claims_of(told, where), occurrence=(),
        sensitive=private_spans(told), evidence=(), main=True)


def _kind(told: Told) -> str | None:
    if told.reading.map.profile == GTD and str(told.row.words("suicide")).strip() == "1":
        return "suicide bomb"
    words = [word for name in ("kind", "event_type") if (word := told.words(name)) is not None]
    found = next((kind for word in words if (kind := kind_of(word, told.reading.map.kinds)) is not None), None)
    if found is None:
        told.wrong.append(f"no incident kind of ours is known for {words[0]!r}; say which with --kind '{words[0]}=attack'" if words
                          else "no kind: map a column with --map kind=COLUMN, or give one for all rows with --set kind=attack")
    return found


def _status(told: Told) -> Status:
    if told.reading.map.profile == GTD and told.row.words("success").strip() == "0":
        return "attempted"
    words = (told.words("status") or "happened").lower()
    found = words if words in INCIDENT_STATUSES else _STATUSES.get(words)
    if found is None:
        told.remarks.append(f"status {words!r} is read as happened")
    return found or "happened"  # type: ignore[return-value]


def _when(told: Told) -> When | None:
    fields = ("date", "date_end") if told.cell("date") is not None else ("year", "month", "day")
    evidence = told.evidence(*fields)
    words = told.read("date", lambda cell: cells.day_words(cell, told.reading.order)) if fields[0] == "date" else _from_parts(told)
    end = told.read("date_end", lambda cell: cells.day_words(cell, told.reading.order))
    if told.wrong:
        return None
    if words is None:
        told.remarks.append("no date: the day is not known")
        return no_day(None, evidence)
    when = replace(typed_when(words, evidence), text=" ".join(" ".join(span.quote for span in evidence).split()))
    return replace(_as_long(told, _as_exact(told, when), end), time_of_day=_time_of_day(told))


def _from_parts(told: Told) -> str | None:
    """The day of columns for year, month and day; 0 is what GTD writes for an unknown one."""
    parts = []
    for name in ("year", "month", "day"):
        words = told.words(name)
        if words is None or not re.fullmatch(r"\d+(\.0+)?", words) or float(words) == 0:
            break
        parts.append(f"{int(float(words)):02}")
    return told.read("year", lambda _: cells.day_words("-".join(parts), None)) if parts else None


def _as_exact(told: Told, when: When) -> When:
    """The doubt that a precision code of ACLED gives a single day: 2 the week around it, 3 its month."""
    code = told.words("date_precision")
    if told.reading.map.profile != "acled" or when.best is None or code not in ("2", "3"):
        return when
    day = when.best
    first, last = (day - timedelta(days=3), day + timedelta(days=3)) if code == "2" else _month_of(day)
    return replace(when, earliest=first, latest=last, best=None, precision="week" if code == "2" else "month")


def _as_long(told: Told, when: When, end: str | None) -> When:
    """With a last day: UCDP's bounds a doubt, unless the day is exact; in other sheets it lasted so long."""
    last = typed_when(end).latest if end is not None else None
    if last is None or when.earliest is None or last == when.latest:
        return when
    if last < when.earliest:
        told.wrong.append(f"it ends on {last}, before it begins on {when.earliest}")
        return when
    if told.reading.map.profile == "ucdp" or when.best is None:
        spanned = typed_when(f"{when.earliest}..{last}")
        return replace(spanned, text=when.text, evidence=when.evidence)
    return replace(when, start=when.best, end=last, precision="days")


def _month_of(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _time_of_day(told: Told) -> str | None:
    words = (told.words("time") or "").lower()
    if clock := _CLOCK.fullmatch(words):
        return f"{int(clock[1]):02}:{clock[2]}"
    if words and words not in get_args(TimeOfDay):
        told.remarks.append(f"time {words!r} is kept with the row, and not read")
        return None
    return words or None


def _where(told: Told) -> Where | None:
    known = told.reading.known.gazetteer
    country = told.read("country", lambda _: country_code(told.words("country"), known))
    lat = told.read("lat", lambda cell: cells.number_of(cell, "latitude", 90.0))
    lon = told.read("lon", lambda cell: cells.number_of(cell, "longitude", 180.0))
    code = told.words("location_precision")
    if told.wrong:
        return None
    if (lat is None) != (lon is None) or (lat == lon == 0.0):
        told.remarks.append("its point is not whole, or is where 0 and 0 meet in the sea: it is left out")
        lat = lon = None
    place = ToldPlace(told.words("place"), told.words("admin2"), told.words("admin1"), country, lat, lon,
                      int(code) if code is not None and code.isdecimal() else None)
    where, remarks = where_told(place, told.reading.map.profile, told.evidence("place", "admin2", "admin1", "country", "lat", "lon"), known)
    told.remarks.extend(remarks)
    return where


def _weapons(told: Told) -> tuple[Weapon, ...]:
    words = told.words("weapon")
    return (Weapon(words, None, told.evidence("weapon")),) if words else ()


def _figures(told: Told, actors: tuple[Actor, ...]) -> Iterator[Figure]:
    """Totals with their bounds, then the parts of the dead."""
    total: Figure | None = None
    for ours, effect in COUNTS.items():
        count = _bounded(told, ours)
        if count is not None:
            figure = _figure(told, (ours, f"{ours}_low", f"{ours}_high"), effect, count, scope="incident", side="unknown")
            total = figure if ours == "killed" else total
            yield figure
    for ours in PARTS:
        part = told.read(ours, cells.count_of)
        if part is not None and part.high != 0:      # a 0 here says that nobody gave a count of them
            of = _lost_by(ours, actors)
            fits = total is not None and (total.value or 0) >= (part.value or 0)
            yield _figure(told, (ours,), "killed", part, scope="part", part_of=total.id if total is not None and fits else None,
                          side="civilians" if ours == "civilians_killed" else side_of(of), of=of.id if of is not None else None)


def _bounded(told: Told, ours: str) -> TypedCount | None:
    """The count with what columns for its least and most say; ACLED writes 0 where no deaths are reported."""
    count, low, high = (told.read(name, cells.count_of) for name in (ours, f"{ours}_low", f"{ours}_high"))
    if told.reading.map.profile in ("acled", "ucdp") and count is not None and count.value == 0 and (high is None or high.value == 0):
        return None
    for one in (count, low, high):
        if one is not None and max(one.low or 0, one.high or 0, one.value or 0) > MOST_PEOPLE:
            told.wrong.append(f"{ours}: {one.value or one.high:,} people are more than a count can be")
    if low is None and high is None:
        return count
    ends = [end for one in (count, low, high) if one is not None for end in (one.low, one.value, one.high) if end is not None]
    least = low.low if low is not None else count.low if count is not None else None
    most = high.high if high is not None else count.high if count is not None else None
    if least is not None and most is not None and (least > most or (count is not None and count.value is not None
                                                                   and not least <= count.value <= most)):
        told.remarks.append(f"{ours}: its least, best and most are not in order; they are read as {min(ends)} to {max(ends)}")
        least, most = min(ends), max(ends)
    best = count.value if count is not None else None
    modifier: Modifier = "exact" if least == most == best else "range" if least is not None and most is not None else (
        "at_least" if least is not None else "up_to")
    return TypedCount(least, most, best, modifier, count.of if count is not None else None)


def _figure(told: Told, columns: tuple[str, ...], effect: Any, count: TypedCount, *, scope: Any, side: Any,
            part_of: str | None = None, of: str | None = None) -> Figure:
    evidence = told.evidence(*columns)
    by = told.words("speaker")
    speakers = (Speaker(by, None, None, by, speaker_lists().kind_of(by), None),) if by else ()
    if side == "unknown" and (count.of or "").lower() in ("civilians", "protesters"):
        side = (count.of or "").lower()
    name = hashlib.sha256(f"{told.head.quote}\0{columns[0]}".encode()).hexdigest()[:16]
    return Figure(
        id=f"F{name}", effect=effect, who=count.of, of=of, side=side, low=count.low, high=count.high, value=count.value,
        modifier=count.modifier, words=" ".join(" ".join(span.quote for span in evidence).split()), scope=scope, part_of=part_of,
        includes_attackers=None, standing="stands", supersedes=(), speaker=by, speakers=speakers, as_of=AsOf(None, None),
        evidence=evidence)


def _lost_by(ours: str, actors: tuple[Actor, ...]) -> Actor | None:
    wanted = {"actor1_killed": "a1", "actor2_killed": "a2"}.get(ours)
    if ours == "attackers_killed":
        return next((actor for actor in actors if actor.role == "attacker"), None)
    return next((actor for actor in actors if actor.id == wanted), None)
