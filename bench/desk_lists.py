"""How long the lists of a large record take: python -m bench.desk_lists RECORD [--times 5] [--slow]

Every question of `store.lists` that a page or the API asks, under filters from one country to everything, with words that few and
that all reports hold, and deep into the list. Each is asked with nothing remembered, and again; milliseconds in this process, one
client. `python -m bench.desk_record` makes such a record.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, get_args

from dateline.store import IncidentFilter, Store, open_record
from dateline.store.listed import Order
from dateline.store.lists_map import Box
from dateline.store.remembered import ANSWERS

USUAL = IncidentFilter(natures=("political", "unknown"))       # what views show unless asked
SLOW_MS = 100


@dataclass(frozen=True, slots=True)
class Question:
    name: str
    ask: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds with nothing remembered: median, and of the worst; and when asked again."""

    name: str
    median: float
    worst: float
    again: float
    size: int                     # bytes of the answer as JSON


def measure(store: Store, times: int) -> Iterator[Took]:
    for question in questions(store):
        fresh, again = [], []
        for _ in range(times):
            ANSWERS.forget()
            fresh.append(_ms(question.ask))
            again.append(_ms(question.ask))
        yield Took(question.name, statistics.median(fresh), max(fresh), statistics.median(again), _size(question.ask()))


def questions(store: Store) -> Iterator[Question]:
    lists = store.lists
    filters = _filters(store)
    for name, wanted in filters.items():
        def overview(wanted: IncidentFilter = wanted) -> object:
            with store.at_one_moment():
                return (lists.page(wanted, "newest"), lists.count(wanted), lists.days(wanted), lists.facets(wanted))
        yield Question(f"overview: {name}", overview)
        yield Question(f"points or cells: {name}", lambda wanted=wanted: lists.points(wanted).rows or lists.cells(wanted, 4))
        for what in ("count", "days", "facets", "groups", "countries"):
            yield Question(f"{what}: {name}", lambda what=what, wanted=wanted: getattr(lists, what)(wanted))
        for order in get_args(Order):
            yield Question(f"page by {order}: {name}", lambda order=order, wanted=wanted: lists.page(wanted, order))
    for order in get_args(Order):
        after = _deep(store, order)
        yield Question(f"deep page by {order}", lambda order=order, after=after: lists.page(USUAL, order, after))
    yield Question("points in a box", lambda: lists.points(USUAL, Box(30, 30, 50, 40)))
    yield Question("cells at zoom 8", lambda: lists.cells(USUAL, 8))
    yield Question("changes", lists.changes)
    yield Question("changed since", lambda: lists.changed_since(datetime(2022, 1, 1, tzinfo=UTC), USUAL))
    yield Question("100 whole incidents", lambda: lists.incidents(range(50_000, 50_100)))
    for name, wanted in {"all": None, **filters}.items():
        for what in ("reports_page", "accounts_page", "figures_page"):
            yield Question(f"{what}: {name}", lambda what=what, wanted=wanted: getattr(lists, what)(wanted))
    yield Question("figures by a speaker", lambda: lists.figures_page(USUAL, effects=("killed",), speakers=("police",)))
    yield Question("statements", lists.statements_page)
    speakers = [one.name for one in lists.sources_index().speakers[:1]]
    outlets = [one.name for one in lists.sources_index().outlets[:1]]
    yield Question("sources index", lists.sources_index)
    yield Question("languages", lists.languages)
    yield Question("an outlet", lambda: (lists.source(outlets=outlets), lists.source_days(outlets=outlets)))
    yield Question("a speaker", lambda: (lists.source(speakers=speakers), lists.source_days(speakers=speakers)))
    for words in ("killed", "shelling", "monitoring", "kab*", '"said it was behind it"', "nowhere-to-be-found"):
        yield Question(f"search: {words}", lambda words=words: lists.search(words, USUAL))


def _filters(store: Store) -> Mapping[str, IncidentFilter]:
    """From all incidents to few."""
    held = store.lists.facets(USUAL)
    country, rare = (str(held["country"][at].value) for at in (0, -2))
    group = str(held["group"][0].value)
    return {
        "everything": IncidentFilter(), "usual": USUAL, "of ten years": replace(USUAL, since=date(2014, 1, 1)),
        "surely of a year": replace(USUAL, since=date(2020, 1, 1), until=date(2020, 12, 31), surely=True),
        "a month": replace(USUAL, since=date(2020, 5, 1), until=date(2020, 5, 31)),
        "country": replace(USUAL, countries=(country,)),
        "rare country": replace(USUAL, countries=(rare,)),
        "province": replace(USUAL, provinces=(str(held["province"][0].value),)),
        "group": replace(USUAL, groups=(group,)), "rare kind": replace(USUAL, kinds=("chemical weapon",)),
        "affected": replace(USUAL, affected=("school",)), "side killed": replace(USUAL, sides_killed=("civilians",)),
        "exact places": replace(USUAL, precision=1), "origins": replace(USUAL, origins=2, origins_not_party=2),
        "unreviewed": replace(USUAL, reviews=("unreviewed",)), "unplaced": replace(USUAL, unplaced=True),
        "undated": replace(USUAL, undated=True), "all reports' word": replace(USUAL, text="killed"),
        "some reports' word": replace(USUAL, text="shelling"), "few reports' word": replace(USUAL, text="marigold OR trawler"),
        "many at once": replace(USUAL, since=date(2016, 1, 1), countries=(country, rare), text="police", precision=5, origins=1),
    }


def _deep(store: Store, order: Order, pages: int = 40) -> str | None:
    """The cursor after 40,000 incidents."""
    after = None
    for _ in range(pages):
        after = store.lists.page(USUAL, order, after, 1_000).after or after
    return after


def _ms(ask: Callable[[], Any]) -> float:
    began = time.perf_counter()
    ask()
    return 1000 * (time.perf_counter() - began)


def _size(answer: Any) -> int:
    return len(json.dumps(answer, default=lambda one: asdict(one) if is_dataclass(one) else str(one), separators=(",", ":")))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk_lists", description="Times the lists of a record.")
    parser.add_argument("record", type=Path)
    parser.add_argument("--times", type=int, default=5, help="how often each is asked")
    parser.add_argument("--slow", action="store_true", help=f"print only what takes {SLOW_MS} ms and more")
    args = parser.parse_args(argv)
    with open_record(args.record, create=False) as store:
        took = list(measure(store, args.times))
    print(f"{'ms':32} {'median':>8} {'worst':>8} {'again':>8} {'kB':>8}")
    for one in took:
        if not args.slow or one.median >= SLOW_MS:
            print(f"{one.name:32} {one.median:8.1f} {one.worst:8.1f} {one.again:8.1f} {one.size / 1000:8.1f}")
    medians = sorted(one.median for one in took)
    print(f"{len(took)} questions: median {statistics.median(medians):.1f}, p95 {medians[len(medians) * 95 // 100]:.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
