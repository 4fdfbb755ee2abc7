"""Sketches of the kept reports (reconcile/copies.py): whole beside the report, and a few hashes of each to be looked up by.

Every hash lies at another end of the table: looking up by all of them costs more than everything else that keeping takes.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from dateline.reconcile.copies import looked_up_by
from dateline.store.dialect import chunks, insert_new
from dateline.store.schema import report, report_sketch, sketch

MOST_CANDIDATES = 50              # near-copies of one report that are compared with it, most shared hashes first


def signed(value: int) -> int:
    """A 64-bit hash as the signed number that a column holds."""
    return value - (1 << 64) if value >= 1 << 63 else value


def add_sketch(connection: sa.Connection, seq: int, hashes: Collection[int]) -> None:
    """Keep the sketch of the report `seq`; one without words has none."""
    if not hashes:
        return
    values = sorted({signed(value) for value in hashes})
    insert_new(connection, report_sketch, [{"report_seq": seq, "hashes": packed(values)}])
    insert_new(connection, sketch, [{"hash": value, "report_seq": seq} for value in looked_up_by(values)])


def sketch_candidates(connection: sa.Connection, hashes: Collection[int]) -> list[tuple[str, int]]:
    """(report id, hashes shared) of the reports that are found by most of `hashes`, at most MOST_CANDIDATES."""
    shared: Counter[str] = Counter()
    for some in chunks(sorted(signed(value) for value in hashes)):
        query = sa.select(report.c.id, sa.func.count()).join_from(sketch, report)
        shared.update(dict(connection.execute(query.where(sketch.c.hash.in_(some)).group_by(report.c.id)).all()))
    return sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_CANDIDATES]


def sketches_of(connection: sa.Connection, report_ids: Sequence[str]) -> dict[str, frozenset[int]]:
    """The sketch of each of the reports, by id."""
    found: dict[str, frozenset[int]] = dict.fromkeys(report_ids, frozenset())
    for some in chunks(report_ids):
        query = sa.select(report.c.id, report_sketch.c.hashes).join_from(report_sketch, report).where(report.c.id.in_(some))
        found.update((name, frozenset(unpacked(held))) for name, held in connection.execute(query))
    return found


def packed(values: Sequence[int]) -> bytes:
    """Signed 64-bit numbers, eight bytes each, the lowest first."""
    return struct.pack(f"<{len(values)}q", *values)


def unpacked(held: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(held) // 8}q", held)
