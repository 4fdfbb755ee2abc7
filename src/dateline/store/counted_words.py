"""Which incidents words are told of, remembered: the database takes seconds to find a word that most of a million reports hold.

For words that many hold, a bit for each incident is kept; later only the incidents that changed since are asked about.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from dateline.store.columns import Columns, Mask, Numbers
from dateline.store.dialect import array_of, chunks
from dateline.store.filters import IncidentFilter, conditions, told_in
from dateline.store.schema import incident

MOST = 200                        # searches: of a million incidents each takes 125 kB
MANY = 5_000                      # incidents: fewer are found again as soon
FEW = 2_000                       # incidents that are asked about one by one
MOST_CHANGED = 5_000              # incidents: where more have changed since, all are asked about again


@dataclass(frozen=True, slots=True)
class _Told:
    """bits: for the incidents from number 0 on. change: of the newest that was asked about."""

    change: int
    bits: npt.NDArray[np.uint8]


@dataclass
class Words:
    """What is remembered of one record. Used by many threads at once."""

    _told: OrderedDict[str, _Told] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def mask(self, columns: Columns, held: Mask, words: str, connection: sa.Connection) -> Mask:
        """For each of the incidents of `held` whether a report tells it that holds `words`."""
        with self._lock:
            told = self._told.get(words)
        if told is None and np.count_nonzero(held) <= FEW:
            return columns.mask_of(_among(connection, words, columns["number"][held].tolist()))
        if told is not None and told.change == columns.change:
            return _unpacked(told, columns)
        changed = columns["number"][columns["change"] > told.change] if told is not None else None
        if told is not None and changed is not None and len(changed) <= MOST_CHANGED:
            mask = _unpacked(told, columns)
            mask &= ~columns.mask_of(changed)
            mask |= columns.mask_of(_among(connection, words, changed.tolist()))
        else:
            numbers = numbers_of(connection, told_in(words))
            mask = columns.mask_of(numbers)
            if len(numbers) < MANY:
                return mask
        self._keep(words, columns, mask)
        return mask

    def _keep(self, words: str, columns: Columns, mask: Mask) -> None:
        bits = np.zeros(int(columns["number"][-1]) + 1, bool)
        bits[columns["number"]] = mask
        with self._lock:
            self._told[words] = _Told(columns.change, np.packbits(bits))
            self._told.move_to_end(words)
            while len(self._told) > MOST:
                self._told.popitem(last=False)


def numbers_of(connection: sa.Connection, query: sa.Select[int]) -> Numbers:
    """What the one column of `query` holds."""
    [column] = query.subquery().c
    return np.array(msgspec.json.decode(connection.execute(sa.select(array_of(column))).scalar_one()), np.int64)


def _unpacked(told: _Told, columns: Columns) -> Mask:
    bits = np.unpackbits(told.bits).astype(bool)
    missing = int(columns["number"][-1]) + 1 - len(bits)
    mask: Mask = (np.concatenate([bits, np.zeros(missing, bool)]) if missing > 0 else bits)[columns["number"]]
    return mask


def _among(connection: sa.Connection, words: str, numbers: Sequence[int]) -> Numbers:
    """Those of the incidents that a report tells which holds the words."""
    asked = IncidentFilter(text=words)
    found = [number for some in chunks(numbers) for number in connection.execute(
        sa.select(incident.c.number).where(incident.c.number.in_(some), *conditions(asked, met=True))).scalars()]
    return np.array(found, np.int64)
