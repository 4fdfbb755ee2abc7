"""Sketches of the kept reports (reconcile/copies.py): whole beside the report, and a few hashes of each to be looked up by.

Every hash lies at another end of the table: looking up by all of them costs more than everything else that keeping takes.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence

import sqlalchemy as sa

from dateline.reconcile.copies import KEEP_ONE_IN, looked_up_by
from dateline.store.dialect import among, chunks, insert_new
from dateline.store.schema import report, report_sketch, sketch

MOST_CANDIDATES = 50              # near-copies of one report that are compared with it, most shared hashes first
_SAMPLED = bytes(range(0, 256, KEEP_ONE_IN))


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


def sketch_candidates(connection: sa.Connection, hashes: frozenset[int], least: float = 0.0) -> dict[str, frozenset[int]]:
    """The sketches of the reports that are found by most of the signed `hashes`, at most MOST_CANDIDATES, most shared first.

    least: the containment from which on one is given.
    """
    found = connection.execute(_FOUND_BY, {"numbers": ",".join(map(str, sorted(hashes)))}).all()
    shares = containments(hashes, [held for _, held in found])
    return {name: frozenset(unpacked(held)) for (name, held), share in zip(found, shares, strict=True) if share >= least}


def containments(hashes: frozenset[int], sketches: Sequence[bytes]) -> list[float]:
    """`copies.containment` of a sketch with each of others, as they are kept, at once: few of them are near enough to unpack.

    >>> containments(frozenset(range(0, 80, 8)), [packed([8, 16, 800, 808]), packed([1, 8]), packed([3])])
    [0.5, 1.0, 0.0]
    """
    our_sample = frozenset(value for value in hashes if value % KEEP_ONE_IN == 0)
    shares = []
    for held in sketches:
        lowest = held[::8]                # bytes of the numbers: enough to tell which are sampled
        size, sample = len(lowest), len(lowest) - len(lowest.translate(None, _SAMPLED))
        if sample < size and len(our_sample) < len(hashes):      # both are whole
            shares.append(len(hashes.intersection(unpacked(held))) / min(len(hashes), size))
        elif sample and our_sample:
            shares.append(len(our_sample.intersection(unpacked(held))) / min(len(our_sample), sample))
        else:
            shares.append(0.0)
    return shares


def _found_by() -> sa.Select[str, bytes]:
    shared = sa.select(sketch.c.report_seq, sa.func.count().label("count")).where(
        among(sketch.c.hash, sa.bindparam("numbers", type_=sa.Text))).group_by(sketch.c.report_seq).subquery()
    most = (sa.select(report.c.seq, report.c.id, shared.c.count).join_from(shared, report, report.c.seq == shared.c.report_seq)
            .order_by(shared.c.count.desc(), report.c.id).limit(MOST_CANDIDATES).subquery())
    return (sa.select(most.c.id, report_sketch.c.hashes)
            .join_from(most, report_sketch, report_sketch.c.report_seq == most.c.seq)
            .order_by(most.c.count.desc(), most.c.id))


_FOUND_BY = _found_by()           # made once: it is asked for each report


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
