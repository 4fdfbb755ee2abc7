"""The columns of a row that count people -> Figures: totals with their bounds, and parts of the dead. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from dateline.extract.speakers_lists import speaker_lists
from dateline.importing import cells
from dateline.importing.columns import COUNTS, PARTS
from dateline.importing.parties import side_of
from dateline.importing.told import Told
from dateline.records import Actor, AsOf, Figure, Speaker
from dateline.records.account import Modifier
from dateline.typed import TypedCount

MOST_PEOPLE = 10_000_000  # of one count: a longer number is a telephone's, or a sum of money


def figures_of(told: Told, actors: tuple[Actor, ...]) -> Iterator[Figure]:
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
        if part is not None and part.high != 0:  # a 0 here says that nobody gave a count of them
            of = _lost_by(ours, actors)
            fits = total is not None and (total.value or 0) >= (part.value or 0)
            yield _figure(
                told,
                (ours,),
                "killed",
                part,
                scope="part",
                part_of=total.id if total is not None and fits else None,
                side="civilians" if ours == "civilians_killed" else side_of(of),
                of=of.id if of is not None else None,
            )


def _bounded(told: Told, ours: str) -> TypedCount | None:
    """The count with what columns for its least and most say; ACLED writes 0 where no deaths are reported."""
    count, low, high = (told.read(name, cells.count_of) for name in (ours, f"{ours}_low", f"{ours}_high"))
    if (
        told.reading.map.profile in ("acled", "ucdp")
        and count is not None
        and count.value == 0
        and (high is None or high.value == 0)
    ):
        return None
    for one in (count, low, high):
        if one is not None and max(one.low or 0, one.high or 0, one.value or 0) > MOST_PEOPLE:
            told.wrong.append(f"{ours}: {one.value or one.high:,} people are more than a count can be")
    if low is None and high is None:
        return count
    ends = [end for one in (count, low, high) if one is not None for end in (one.low, one.value, one.high) if end is not None]
    least = low.low if low is not None else count.low if count is not None else None
    most = high.high if high is not None else count.high if count is not None else None
    if (
        least is not None
        and most is not None
        and (least > most or (count is not None and count.value is not None and not least <= count.value <= most))
    ):
        told.remarks.append(f"{ours}: its least, best and most are not in order; they are read as {min(ends)} to {max(ends)}")
        least, most = min(ends), max(ends)
    best = count.value if count is not None else None
    modifier: Modifier = (
        "exact"
        if least == most == best
        else "range"
        if least is not None and most is not None
        else ("at_least" if least is not None else "up_to")
    )
    return TypedCount(least, most, best, modifier, count.of if count is not None else None)


def _figure(
    told: Told,
    columns: tuple[str, ...],
    effect: Any,
    count: TypedCount,
    *,
    scope: Any,
    side: Any,
    part_of: str | None = None,
    of: str | None = None,
) -> Figure:
    evidence = told.evidence(*columns)
    by = told.words("speaker")
    speakers = (Speaker(by, None, None, by, speaker_lists().kind_of(by), None),) if by else ()
    if side == "unknown" and (count.of or "").lower() in ("civilians", "protesters"):
        side = (count.of or "").lower()
    name = hashlib.sha256(f"{told.head.quote}\0{columns[0]}".encode()).hexdigest()[:16]
    return Figure(
        id=f"F{name}",
        effect=effect,
        who=count.of,
        of=of,
        side=side,
        low=count.low,
        high=count.high,
        value=count.value,
        modifier=count.modifier,
        words=" ".join(" ".join(span.quote for span in evidence).split()),
        scope=scope,
        part_of=part_of,
        includes_attackers=None,
        standing="stands",
        supersedes=(),
        speaker=by,
        speakers=speakers,
        as_of=AsOf(None, None),
        evidence=evidence,
    )


def _lost_by(ours: str, actors: tuple[Actor, ...]) -> Actor | None:
    wanted = {"actor1_killed": "a1", "actor2_killed": "a2"}.get(ours)
    if ours == "attackers_killed":
        return next((actor for actor in actors if actor.role == "attacker"), None)
    return next((actor for actor in actors if actor.id == wanted), None)
