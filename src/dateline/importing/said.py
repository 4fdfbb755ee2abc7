"""What one row says: its cells -> kind, day, place, parties, counts of an Account. What cannot be read is told, and never
guessed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from dateline.importing import cells
from dateline.importing.counted import figures_of
from dateline.importing.kinds import kind_of
from dateline.importing.parties import actors_of, claims_of, private_spans
from dateline.importing.places import Told as ToldPlace
from dateline.importing.places import country_code, where_told
from dateline.importing.told import Told
from dateline.records import Account, Weapon, When, Where
from dateline.records.account import INCIDENT_STATUSES, Status, TimeOfDay, given_by
from dateline.records.kinds import headline
from dateline.typed import no_day, typed_when

GTD = "gtd"
_STATUSES: dict[str, Status] = {
    "confirmed": "happened",
    "verified": "happened",
    "unverified": "alleged",
    "unconfirmed": "alleged",
    "claimed": "alleged",
    "reported": "happened",
    "failed": "attempted",
    "thwarted": "foiled",
    "disrupted": "foiled",
}
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:h.]([0-5]\d)(?::\d\d)?")


def what_is_told(told: Told) -> Account | None:
    """The account of a row, without its id, report and evidence; None where something is wrong with the row, as it says."""
    incident_kind = _kind(told)
    when = _when(told)
    where = _where(told)
    if incident_kind is None or when is None or where is None:
        return None
    actors = actors_of(told, incident_kind, when, where)
    figures = tuple(figures_of(told, actors))
    if told.wrong:
        return None
    account = Account(
        id="",
        report="",
        kind=incident_kind,
        acts=(incident_kind,),
        status=_status(told),
        told_as="news",
        nature="political",
        headline=headline(incident_kind, where.name or where.text),
        when=when,
        where=where,
        actors=actors,
        targets=(),
        weapons=_weapons(told),
        affected=(),
        figures=figures,
        responsibility=claims_of(told, where),
        occurrence=(),
        sensitive=private_spans(told),
        evidence=(),
        main=True,
    )
    return given_by(account, "sheet")


def _kind(told: Told) -> str | None:
    if told.reading.map.profile == GTD and str(told.row.words("suicide")).strip() == "1":
        return "suicide bomb"
    words = [word for name in ("kind", "event_type") if (word := told.words(name)) is not None]
    found = next((kind for word in words if (kind := kind_of(word, told.reading.map.kinds)) is not None), None)
    if found is None:
        told.wrong.append(
            f"no incident kind of ours is known for {words[0]!r}; say which with --kind '{words[0]}=attack'"
            if words
            else "no kind: map a column with --map kind=COLUMN, or give one for all rows with --set kind=attack"
        )
    return found


def _status(told: Told) -> Status:
    if told.reading.map.profile == GTD and told.row.words("success").strip() == "0":
        return "attempted"
    words = (told.words("status") or "happened").lower()
    found = words if words in INCIDENT_STATUSES else _STATUSES.get(words)
    if found is None:
        told.remarks.append(f"status {words!r} is read as happened")
    return found or "happened"


def _when(told: Told) -> When | None:
    fields = ("date", "date_end") if told.cell("date") is not None else ("year", "month", "day")
    evidence = told.evidence(*fields)
    words = (
        told.read("date", lambda cell: cells.day_words(cell, told.reading.order)) if fields[0] == "date" else _from_parts(told)
    )
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
    place = ToldPlace(
        told.words("place"),
        told.words("admin2"),
        told.words("admin1"),
        country,
        lat,
        lon,
        int(code) if code is not None and code.isdecimal() else None,
    )
    where, remarks = where_told(
        place, told.reading.map.profile, told.evidence("place", "admin2", "admin1", "country", "lat", "lon"), known
    )
    told.remarks.extend(remarks)
    return where


def _weapons(told: Told) -> tuple[Weapon, ...]:
    words = told.words("weapon")
    return (Weapon(words, None, told.evidence("weapon")),) if words else ()
