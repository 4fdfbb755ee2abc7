"""Which reports hold words, remembered: the database takes seconds to find a word that most of a million reports hold.

For words that many hold a bit for each report is kept, and the columns say which incidents a report tells. Later the database is
asked only about reports that are new, or tell an incident that changed since. The words that most reports hold are found before
anybody asks for them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

import msgspec
import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from dateline.store import search
from dateline.store.columns import Columns, Mask, Numbers
from dateline.store.dialect import array_of, chunks
from dateline.store.filters import IncidentFilter, conditions
from dateline.store.schema import incident, report
from dateline.store.schema_upkeep import forgotten

MOST = 256                        # words: of a million and a half reports each takes 190 kB
MANY = 5_000                      # reports: fewer are found again as soon
FEW = 2_000                       # incidents that are asked about one by one
MOST_CHANGED = 5_000              # reports: where more may have changed since, all are asked about again
MOST_STEPS = 500                  # of changes that are told apart
MOST_COMMON, COMMON = 200, 0.03   # words that are found beforehand, and the share of reports that hold such a word


class _Moment(NamedTuple):
    """How a connection sees the record. last: its newest report; change: its newest; forgotten: how often somebody took out a
    report or a person, which may have changed reports that tell no incident."""

    last: int
    change: int
    forgotten: int


class _Held(NamedTuple):
    """bits: for the reports from number 0 on, as they were at a moment."""

    at: _Moment
    bits: npt.NDArray[np.uint8]


@dataclass
class Words:
    """What is remembered of one record. Used by many threads at once."""

    _held: OrderedDict[str, _Held] = field(default_factory=OrderedDict)
    _terms: OrderedDict[str, tuple[str, ...]] = field(default_factory=OrderedDict)
    _changed: list[tuple[int, Numbers]] = field(default_factory=list)     # up to which change, and of what reports
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def changed(self, change: int, reports: Numbers) -> None:
        """The columns were brought up to a change; `reports` tell, or told, an incident that changed with it."""
        with self._lock:
            self._changed.append((change, reports))
            while len(self._changed) > MOST_STEPS or sum(len(some) for _, some in self._changed[1:]) > MOST_CHANGED:
                (_, first), (until, second), *rest = self._changed            # of too many in the first all are asked about
                self._changed = [(until, np.unique(np.concatenate([first, second]))[:MOST_CHANGED + 1]), *rest]

    def mask(self, columns: Columns, held: Mask, words: str, connection: sa.Connection) -> Mask:
        """For each of the incidents of `held` whether a report tells it that holds `words`."""
        terms = self._terms_of(connection, words)
        if np.count_nonzero(held) <= FEW and not all(self._is_held(term) for term in terms):
            return columns.mask_of(_among(connection, words, columns["number"][held].tolist()))
        return columns.told_by(self.reports(words, connection))

    def reports(self, words: str, connection: sa.Connection) -> Mask:
        """For each report, by its number, whether it holds `words`."""
        terms = self._terms_of(connection, words)
        now = _moment(connection)
        if len(terms) > 1 and all(self._is_held(term) for term in terms):
            return cast(Mask, np.logical_and.reduce([self._of_term(term, now, connection) for term in terms]))
        return self._of(" & ".join(terms), now, connection, lambda: search.seqs_matching(words))

    def find(self, term: str, connection: sa.Connection) -> None:
        """Ask for one of `search.common_terms` before anybody else does."""
        if not self._is_held(term):
            self._of_term(term, _moment(connection), connection)

    def _of_term(self, term: str, now: _Moment, connection: sa.Connection) -> Mask:
        return self._of(term, now, connection, lambda: search.seqs_of_term(term))

    def _of(self, name: str, now: _Moment, connection: sa.Connection, question: Callable[[], sa.Select[int]]) -> Mask:
        """For each report up to the last whether it is one of `question`; remembered as `name` where they are many."""
        with self._lock:
            kept = self._held.get(name)
            asked = self._to_ask(kept.at, now) if kept is not None and kept.at.forgotten == now.forgotten else None
        mask = np.zeros(now.last + 1, bool)
        if kept is None or asked is None or len(asked) > MOST_CHANGED:
            mask[_up_to(numbers_of(connection, question()), now.last)] = True
            if np.count_nonzero(mask) < MANY:
                return mask
        else:
            bits = np.unpackbits(kept.bits, count=kept.at.last + 1)[:now.last + 1].astype(bool)
            mask[:len(bits)] = bits
            asked = _up_to(asked, now.last)
            mask[asked] = False
            [seq] = question().selected_columns
            for some in chunks(asked.tolist()):
                mask[connection.execute(question().where(seq.in_(some))).scalars().all()] = True
        with self._lock:
            self._held[name] = kept if kept is not None and kept.at == now else _Held(now, np.packbits(mask))
            self._held.move_to_end(name)
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return mask

    def _to_ask(self, before: _Moment, now: _Moment) -> Numbers:
        """The reports that may hold other words since."""
        changed = [reports for change, reports in self._changed if change > before.change]
        return np.unique(np.concatenate([*changed, np.arange(before.last + 1, now.last + 1)]).astype(np.int64))

    def _is_held(self, term: str) -> bool:
        with self._lock:
            return term in self._held

    def _terms_of(self, connection: sa.Connection, words: str) -> tuple[str, ...]:
        with self._lock:
            known = self._terms.get(words)
        if known is None:
            known = search.terms_asked(connection, words)
            with self._lock:
                self._terms[words] = known
                while len(self._terms) > 4 * MOST:
                    self._terms.popitem(last=False)
        return known


def _moment(connection: sa.Connection) -> _Moment:
    return _Moment(connection.execute(sa.select(sa.func.max(report.c.seq))).scalar() or 0,
                   connection.execute(sa.select(sa.func.max(incident.c.change))).scalar() or 0,
                   connection.execute(sa.select(sa.func.count()).select_from(forgotten)).scalar_one())


def numbers_of(connection: sa.Connection, query: sa.Select[int]) -> Numbers:
    """What the one column of `query` holds."""
    [column] = query.subquery().c
    return np.array(msgspec.json.decode(connection.execute(sa.select(array_of(column))).scalar_one()), np.int64)


def _up_to(numbers: Numbers, last: int) -> Numbers:
    held: Numbers = numbers[numbers <= last]
    return held


def _among(connection: sa.Connection, words: str, numbers: Sequence[int]) -> Numbers:
    """Those of the incidents that a report tells which holds the words."""
    asked = IncidentFilter(text=words)
    found = [number for some in chunks(numbers) for number in connection.execute(
        sa.select(incident.c.number).where(incident.c.number.in_(some), *conditions(asked, met=True))).scalars()]
    return np.array(found, np.int64)
