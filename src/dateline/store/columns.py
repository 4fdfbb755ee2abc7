"""The columns of all incidents in memory, for a desk on a large record: what its lists count is counted here in milliseconds.

A million rows that a database goes through for each filter take it seconds; as arrays of numbers they take 100 MB and are gone
through in a hundredth of that. They are read once, and then what has changed since, by the number of the change. What is counted
is what the queries of lists.py, lists_map.py and lists_values.py count (tests hold the two to be the same); see counted.py.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from dateline.store.dialect import array_of
from dateline.store.filters import lower
from dateline.store.incident_rows import LAST_OF_ALL
from dateline.store.schema import incident, incident_span, membership

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

AT_ONCE = 50_000                  # rows of one question
APART = "\0"                      # in no text of a record
NO_VALUE = -1                     # in place of null, where no number is below 0
NEVER = "0001-01-01"              # in place of a time that is null
BEGINNING = np.datetime64("0001-01-01", "D")

WHOLE = ("number", "day", "first_day", "deaths", "doubt", "change", "precision", "killed_low", "killed_best", "killed_high",
         "origins", "origins_not_party", "accounts", "figures")
TEXTS = ("country", "admin1", "kind", "nature", "status", "review", "groups", "affected", "sides_killed", "headline", "place")
TIMES = ("held_at", "changed_at")


class Folded(NamedTuple):
    """Texts in lower case, one after another, APART behind each; where each begins. To go through these takes a tenth of the time
    that it takes to go through a list."""

    texts: str
    starts: list[int]


class Texts:
    """The different texts of a column; a row has the place of its own among them. Texts are added, and keep their places."""

    def __init__(self) -> None:
        self.values: list[str | None] = []
        self._places: dict[str | None, int] = {}
        self._folded = Folded("", [])

    def places(self, texts: Sequence[str | None]) -> npt.NDArray[np.int32]:
        for text in dict.fromkeys(texts):
            if text not in self._places:
                self.values.append(text)
                self._places[text] = len(self.values) - 1
        return np.array([self._places[text] for text in texts], np.int32)

    def holding(self, term: str) -> Mask:
        """For each text whether it holds `term`, in any case of ASCII letters."""
        folded, found = self._folded_up_to(len(self.values)), lower(term)
        held = np.zeros(len(folded.starts), bool)
        if APART in found:
            return held
        at = folded.texts.find(found)
        while at >= 0:
            place = bisect_right(folded.starts, at) - 1
            held[place] = True
            at = folded.texts.find(found, folded.starts[place + 1]) if place + 1 < len(folded.starts) else -1
        return held

    def _folded_up_to(self, count: int) -> Folded:
        """The first `count` texts; they are folded once."""
        held = self._folded
        if len(held.starts) < count:
            more = [lower(text or "") for text in self.values[len(held.starts):count]]
            starts = accumulate((len(text) + 1 for text in more), initial=len(held.texts))
            held = self._folded = Folded("".join((held.texts, *(f"{text}{APART}" for text in more))),
                                         [*held.starts, *islice(starts, len(more))])
        return held

    def where(self, holds: Callable[[str | None], bool]) -> Mask:
        """For each text whether it `holds`."""
        return np.fromiter(map(holds, self.values), bool, len(self.values))


@dataclass(frozen=True, slots=True)
class Columns:
    """of: name -> an array with a value for each incident, in the order of their numbers; "latest" as an ordinal, LAST_OF_ALL
    where null. texts: what the arrays of TEXTS are places in. spans: as rows of incident_span: (place of the incident, first,
    last). told: by which reports: (place of the incident, seq).
    """

    change: int                   # of the newest row
    of: Mapping[str, npt.NDArray[Any]]
    texts: Mapping[str, Texts]
    spans: Mapping[str, npt.NDArray[Any]]
    told: Mapping[str, npt.NDArray[Any]]

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        return self.of[name]

    def __len__(self) -> int:
        return len(self.of["number"])

    def mask_of(self, numbers: Numbers) -> Mask:
        """For each incident whether it is one of `numbers`."""
        last = int(self.of["number"][-1]) if len(self) else 0
        among = np.zeros(last + 1, bool)
        among[numbers[numbers <= last]] = True
        held: Mask = among[self.of["number"]]
        return held

    def told_by(self, reports: Mask) -> Mask:
        """For each incident whether one of `reports` (each by its number) tells it."""
        seqs = self.told["seq"]
        if len(seqs) and int(seqs.max()) >= len(reports):
            reports = np.concatenate([reports, np.zeros(int(seqs.max()) + 1 - len(reports), bool)])
        held = np.zeros(len(self), bool)
        held[self.told["place"][reports[seqs]]] = True
        return held


def read_all(connection: sa.Connection, last: int, newest: int) -> Columns:
    """last: the highest number of an incident; newest: the highest number of a change."""
    texts = {name: Texts() for name in TEXTS}
    parts = [_read(connection, texts, incident.c.number.between(first, first + AT_ONCE - 1))
             for first in range(0, last + 1, AT_ONCE)]
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(whole["number"], kind="stable")
    columns = Columns(newest, {name: values[order] for name, values in whole.items()}, texts, {}, {})
    told = [_told(columns, connection, membership.c.incident_number.between(first, first + AT_ONCE - 1))
            for first in range(0, last + 1, AT_ONCE)]
    return replace(columns, spans=_spans(columns, connection, sa.true()),
                   told={name: np.concatenate([part[name] for part in told]) for name in told[0]})


def brought_up(held: Columns, connection: sa.Connection, newest: int) -> Columns:
    """With the rows that changed since."""
    changed = _read(connection, held.texts, incident.c.change > held.change)
    old = ~np.isin(held["number"], changed["number"])
    order = np.argsort(np.concatenate([held["number"][old], changed["number"]]), kind="stable")
    columns = Columns(newest, {name: np.concatenate([values[old], changed[name]])[order] for name, values in held.of.items()},
                      held.texts, {}, {})
    numbers = sa.select(incident.c.number).where(incident.c.change > held.change)
    return replace(
        columns,
        spans=_with(held, columns, held.spans, changed["number"],
                    _spans(columns, connection, incident_span.c.incident_number.in_(numbers))),
        told=_with(held, columns, held.told, changed["number"],
                   _told(columns, connection, membership.c.incident_number.in_(numbers))))


def _with(held: Columns, columns: Columns, of: Mapping[str, npt.NDArray[Any]], changed: Numbers,
          new: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    """Rows `of` incidents in `held`, those that changed left out, with the new ones; places as in `columns`."""
    numbers = held["number"][of["place"]]
    stays = ~np.isin(numbers, changed)
    kept = {name: values[stays] for name, values in of.items()}
    kept["place"] = np.searchsorted(columns["number"], numbers[stays]).astype(of["place"].dtype)
    return {name: np.concatenate([kept[name], new[name]]) for name in kept}


def reports_between(held: Columns, columns: Columns) -> Numbers:
    """The reports that tell, or told, the incidents that changed from `held` to `columns`."""
    changed = columns["change"] > held.change
    before = np.isin(held["number"], columns["number"][changed])
    return np.unique(np.concatenate([one.told["seq"][of[one.told["place"]]]
                                     for one, of in ((held, before), (columns, changed))])).astype(np.int64)


def _read(connection: sa.Connection, texts: Mapping[str, Texts], wanted: sa.ColumnElement[bool]) -> dict[str, npt.NDArray[Any]]:
    names = (*WHOLE, *TEXTS, *TIMES, "latest", "scattered", "lat", "lon", "deleted_at")
    row = connection.execute(sa.select(*(array_of(incident.c[name]) for name in names)).where(wanted)).one()
    values: dict[str, list[Any]] = dict(zip(names, map(msgspec.json.decode, row), strict=True))
    found: dict[str, npt.NDArray[Any]] = {
        name: np.array([NO_VALUE if value is None else value for value in values[name]], np.int64) for name in WHOLE}
    found |= {name: texts[name].places(values[name]) for name in TEXTS}
    found |= {name: np.array([NEVER if value is None else value[:-1] for value in values[name]], "datetime64[us]")
              for name in TIMES}
    return found | {
        "latest": _ordinals(values["latest"]), "scattered": np.array(values["scattered"], bool),
        "lat": np.array([np.nan if value is None else value for value in values["lat"]], float),
        "lon": np.array([np.nan if value is None else value for value in values["lon"]], float),
        "held": np.array([value is None for value in values["deleted_at"]], bool)}


def _spans(columns: Columns, connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> dict[str, npt.NDArray[Any]]:
    names = ("incident_number", "first", "last")
    row = connection.execute(sa.select(*(array_of(incident_span.c[name]) for name in names)).where(wanted)).one()
    numbers, first, last = map(msgspec.json.decode, row)
    places = np.searchsorted(columns["number"], np.array(numbers, np.int64))
    here = places < len(columns)  # what is newer than `columns` is read with the next change
    return {"place": places[here], "first": _ordinals(first)[here], "last": _ordinals(last)[here]}


def _told(columns: Columns, connection: sa.Connection, wanted: sa.ColumnElement[bool]) -> dict[str, npt.NDArray[Any]]:
    names = ("incident_number", "report_seq")
    row = connection.execute(sa.select(*(array_of(membership.c[name]) for name in names)).where(wanted)).one()
    numbers, seqs = (np.array(msgspec.json.decode(held), np.int64) for held in row)
    places = np.searchsorted(columns["number"], numbers)
    here = places < len(columns)
    return {"place": places[here].astype(np.int32), "seq": seqs[here].astype(np.int32)}


def _ordinals(days: Sequence[str | None]) -> npt.NDArray[np.int32]:
    """As `date.toordinal` tells them; LAST_OF_ALL for none."""
    read = np.array(days, "datetime64[D]") if days else np.array([], "datetime64[D]")
    none = np.isnat(read)
    return np.where(none, LAST_OF_ALL, (read - BEGINNING).astype(np.int64) + 1).astype(np.int32)


def lines_of(texts: Texts) -> Iterator[tuple[str, ...]]:
    """The values of each text that has one a line."""
    return (tuple((text or "").splitlines()) for text in texts.values)
