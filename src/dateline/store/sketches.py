"""Sketches of the kept reports (reconcile/copies.py): whole beside the report, and a few hashes of each to be looked up by.

Every hash lies at another end of the table: looking up by all of them costs more than everything else that keeping takes.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Sequence

import numpy as np
import sqlalchemy as sa

from dateline.reconcile.copies import KEEP_ONE_IN, looked_up_by
from dateline.store.dialect import among, chunks, insert_new
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
    if not (hashes and sketches):
        return [0.0] * len(sketches)
    sizes = np.array([len(held) // 8 for held in sketches])
    begins = np.cumsum(sizes) - sizes
    ours, theirs = np.array(sorted(hashes), dtype="<i8"), np.frombuffer(b"".join(sketches), dtype="<i8")
    place = np.searchsorted(ours, theirs)
    place[place == len(ours)] = 0
    shared, sampled = ours[place] == theirs, theirs % KEEP_ONE_IN == 0
    our_sample = int(np.count_nonzero(ours % KEEP_ONE_IN == 0))
    samples = np.add.reduceat(sampled, begins, dtype=np.int64)
    whole = (samples < sizes) & (our_sample < len(ours))
    both = np.where(whole, np.add.reduceat(shared, begins, dtype=np.int64),
                    np.add.reduceat(shared & sampled, begins, dtype=np.int64))
    of = np.where(whole, np.minimum(len(ours), sizes), np.minimum(our_sample, samples))
    shares: list[float] = (both / np.maximum(of, 1)).tolist()
    return shares


def _found_by() -> sa.Select[str, bytes]:
    shared = sa.select(sketch.c.report_seq, sa.func.count().label("count")).where(
        among(sketch.c.hash, sa.bindparam("numbers", type_=sa.Text))).group_by(sketch.c.report_seq).subquery()
    return (sa.select(report.c.id, report_sketch.c.hashes).select_from(shared)
            .join(report, report.c.seq == shared.c.report_seq)
            .join(report_sketch, report_sketch.c.report_seq == shared.c.report_seq)
            .order_by(shared.c.count.desc(), report.c.id).limit(MOST_CANDIDATES))


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
