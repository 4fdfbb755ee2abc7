"""What is counted in memory is what the database counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args

import numpy as np
import pytest
import sqlalchemy as sa

from bench.desk_lists import USUAL, _filters
from bench.desk_record import make_record
from dateline.store import IncidentFilter, Store, counted_words, held_columns, open_record, search
from dateline.store.columns import Texts
from dateline.store.filters import ALL
from dateline.store.held_columns import HeldColumns
from dateline.store.listed import Order
from dateline.store.lists_map import Box
from dateline.store.schema import incident, membership, report
from dateline.store.search import keep_words

HELD = 600
FILTERS = {
    "at-least-two-origins": IncidentFilter(origins=2), "origins-of-no-party": IncidentFilter(origins_not_party=1),
    "until-a-day": IncidentFilter(until=date(2018, 3, 1)),
    "a-span": IncidentFilter(since=date(2016, 2, 1), until=date(2016, 9, 1)),
    "surely-in-a-span": IncidentFilter(since=date(2016, 2, 1), until=date(2019, 9, 1), surely=True),
    "lower-case-country": IncidentFilter(countries=("af", "ml")),
    "alleged-or-foiled": IncidentFilter(statuses=("alleged", "foiled")),
    "words-and-a-country": IncidentFilter(text="police", countries=("AF",)), "no-words": IncidentFilter(text="?"),
    "assigned": IncidentFilter(assigned_to=("coder",)), "facts-changed": IncidentFilter(facts_changed=True),
    "changed-since": IncidentFilter(changed_since=datetime(2020, 1, 1, tzinfo=UTC)),
    "no-such-country": IncidentFilter(countries=("QQ",)),
}


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("columns") / "made.db"
    make_record(path, HELD, 4 * HELD, seed=11)
    with open_record(path, create=False) as store:
        yield store


@pytest.fixture
def in_memory(record: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The same record, counted in memory."""
    monkeypatch.setattr(held_columns, "HELD_FROM", 1)
    monkeypatch.setattr(counted_words, "MANY", 100)
    monkeypatch.setattr(counted_words, "FEW", 20)
    other = record.beside()
    other.hold_columns(HeldColumns())
    yield other
    record._database.columns = None


def both(record: Store, in_memory: Store, ask):
    """What the database counts, and what is counted in memory."""
    held, record._database.columns = record._database.columns, None
    expected = ask(record.lists)
    record._database.columns = held
    return expected, ask(in_memory.lists)


def filters(record: Store) -> dict[str, IncidentFilter]:
    return {name.replace(" ", "-"): wanted for name, wanted in _filters(record).items()} | FILTERS


def test_a_filter_shows_the_same_incidents(record, in_memory):
    for name, wanted in filters(record).items():
        for order in get_args(Order):
            expected, found = both(record, in_memory, lambda lists, asked=(wanted, order): lists.page(*asked, None, 40))
            assert found == expected, (name, order)


def test_counts_days_and_values_are_the_same(record, in_memory):
    for name, wanted in filters(record).items():
        for ask in ("count", "days", "countries", "groups"):
            expected, found = both(record, in_memory, lambda lists, ask=ask, wanted=wanted: getattr(lists, ask)(wanted))
            assert found == expected, (name, ask)
        expected, found = both(record, in_memory, lambda lists, wanted=wanted: lists.facets(wanted))
        assert {facet: sorted(map(repr, values)) for facet, values in found.items()} == {
            facet: sorted(map(repr, values)) for facet, values in expected.items()}, name
        assert all([-one.incidents for one in values] == sorted(-one.incidents for one in values) for values in found.values())


@pytest.mark.parametrize("order", get_args(Order))
def test_pages_go_on_where_the_one_before_ended(record, in_memory, order):
    after = None
    for _ in range(4):
        expected, found = both(record, in_memory, lambda lists, after=after: lists.page(USUAL, order, after, 90))
        assert found == expected
        after = found.after


@pytest.mark.parametrize("box", [
    pytest.param(None, id="everywhere"), pytest.param(Box(-20, -10, 40, 20), id="in-a-box"),
    pytest.param(Box(60, -60, -60, 60), id="across-the-antimeridian"), pytest.param(Box(0, 0, 0, 0), id="nowhere"),
])
def test_points_and_cells_are_the_same(record, in_memory, box):
    expected, found = both(record, in_memory, lambda lists: lists.points(USUAL, box))
    assert found.total == expected.total
    for one, other in zip(sorted(found.rows), sorted(expected.rows), strict=True):
        assert (one[0], *one[3:]) == (other[0], *other[3:])
        assert one[1:3] == pytest.approx(other[1:3], abs=1.1e-4)          # a half is rounded this way or that
    for zoom in (0, 4, 9):
        expected, found = both(record, in_memory, lambda lists, zoom=zoom: lists.cells(USUAL, zoom, box))
        assert [one[2:] for one in sorted(found)] == [one[2:] for one in sorted(expected)]
        assert [one[:2] for one in sorted(found)] == [pytest.approx(one[:2], abs=2e-4) for one in sorted(expected)]


def test_more_cells_than_were_asked_for_are_coarser(record, in_memory):
    expected, found = both(record, in_memory, lambda lists: lists.cells(ALL, 9, None, 50))
    assert 0 < len(found) == len(expected) <= 50


@pytest.mark.parametrize("words", ["attack", "AIR strike", '"air strike" province', "nowhere-to-be-found", "?"])
def test_words_in_headlines_and_places_find_the_same(record, in_memory, words):
    expected, found = both(record, in_memory, lambda lists: lists.search(words, USUAL, 7))
    assert (found.incidents, found.all_incidents) == (expected.incidents, expected.all_incidents)


@pytest.mark.parametrize(("term", "places"), [("market", [1, 3]), ("MARKET", [1, 3]), ("é", [3]), ("arket in", []), ("x", []),
                                              ("t\0in", [])])
def test_texts_are_looked_through_in_any_case_and_none_reaches_into_the_next(term, places):
    texts = Texts()
    texts.places([None, "Shots at a Market"])
    texts.holding("shots")                    # what is added later is found as well
    texts.places(["in the hills", "A market's café: market"])
    assert np.flatnonzero(texts.holding(term)).tolist() == places


def test_news_since_a_visit_is_the_same(record, in_memory):
    for at in (datetime(2014, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)):
        expected, found = both(record, in_memory, lambda lists, at=at: lists.changed_since(at, USUAL))
        assert found == expected


def test_what_changes_is_counted_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(held_columns, "HELD_FROM", 1)
    monkeypatch.setattr(counted_words, "MANY", 1)
    monkeypatch.setattr(counted_words, "FEW", 0)
    words = IncidentFilter(text="killed")
    make_record(tmp_path / "made.db", 40, 80, seed=3)
    with open_record(tmp_path / "made.db") as store, open_record(tmp_path / "made.db") as desk:
        desk.hold_columns(HeldColumns())
        before, told = desk.lists.count(ALL), desk.lists.count(words)
        numbers = [int(one.id.removeprefix("DTL-")) for one in store.lists.page(ALL, "first", None, 3).rows]
        with store._write() as connection:
            new = connection.execute(sa.select(sa.func.max(incident.c.change))).scalar_one() + 1
            held = dict(connection.execute(sa.select(incident).where(incident.c.number == numbers[0])).mappings().one())
            connection.execute(sa.update(incident).where(incident.c.number == numbers[0]).values(
                kind="grenade", country="QQ", lat=None, change=new))
            connection.execute(sa.update(incident).where(incident.c.number == numbers[1]).values(
                deleted_at="2026-01-01T00:00:00.000000Z", change=new))
            connection.execute(sa.insert(incident), [held | {"number": 5_000, "country": "QQ", "change": new}])
        assert desk.lists.count(ALL) == store.lists.count(ALL) != before
        assert desk.lists.count(IncidentFilter(countries=("QQ",))).total == 2
        assert desk.lists.count(words) == store.lists.count(words) != told
        for wanted in (ALL, USUAL, replace(USUAL, since=date(2018, 1, 1))):
            assert desk.lists.page(wanted, "newest") == store.lists.page(wanted, "newest")
            assert desk.lists.days(wanted) == store.lists.days(wanted)


def test_a_small_record_is_counted_by_the_database(record):
    held = HeldColumns()
    with record._read() as connection:
        assert held.of(connection, record._database.identity()) is None


def test_what_is_being_written_is_not_counted_in_memory(record, in_memory):
    total = in_memory.lists.count(ALL).total
    with in_memory.writing():
        assert in_memory.lists._columns is None
        assert in_memory.lists.count(ALL).total == total


@pytest.mark.parametrize("words", ["killed", "KILL", '"the police"', "pol*", "police killed", "killed market", "?",
                                   "nowhere-at-all"])
def test_reports_that_hold_words_are_found_and_counted_the_same(record, in_memory, monkeypatch, words):
    monkeypatch.setattr(counted_words, "MANY", 1)
    monkeypatch.setattr(search, "RANKED", 20)
    for _ in range(2):            # asked for, and remembered
        expected, found = both(record, in_memory, lambda lists: lists.search(words, USUAL, 7))
        assert found == expected


def test_words_that_many_reports_hold_are_found_before_they_are_asked_for(tmp_path, monkeypatch):
    for name, value in (("MANY", 1), ("FEW", 0)):
        monkeypatch.setattr(counted_words, name, value)
    monkeypatch.setattr(held_columns, "HELD_FROM", 1)
    make_record(tmp_path / "made.db", 300, 600, seed=3)
    with open_record(tmp_path / "made.db") as store, open_record(tmp_path / "made.db") as desk:
        with store._read() as connection:
            server = connection.dialect.name == "postgresql"
        desk.hold_columns(HeldColumns())
        desk.lists.hold()
        desk.lists.find_common_words()
        assert ("'kill'" in desk._database.columns._words._held) == server
        for words in ("killed", "police killed"):
            assert desk.lists.count(IncidentFilter(text=words)) == store.lists.count(IncidentFilter(text=words))


def test_words_of_a_report_that_is_new_changed_or_gone_are_found_at_once(tmp_path, monkeypatch):
    for name, value in (("MANY", 1), ("FEW", 0)):
        monkeypatch.setattr(counted_words, name, value)
    monkeypatch.setattr(held_columns, "HELD_FROM", 1)
    make_record(tmp_path / "made.db", 40, 80, seed=3)
    with open_record(tmp_path / "made.db") as store, open_record(tmp_path / "made.db") as desk:
        desk.hold_columns(HeldColumns())

        def told() -> tuple[int, int]:
            found, expected = desk.lists, store.lists
            words = IncidentFilter(text="killed")
            assert found.count(words) == expected.count(words)
            assert found.search("killed").all_reports == expected.search("killed").all_reports
            return found.count(words).total, found.search("killed").all_reports

        first = told()
        one = store.report(desk.lists.reports_page(most=1).rows[0].id)
        store.keep(replace(one, id="f" * 64, source="new", text="Eleven were killed in Port Verity."), None, extracted="done")
        assert told() == (first[0], first[1] + 1)
        with store._write() as connection:
            [number, seq] = connection.execute(sa.select(membership.c.incident_number, membership.c.report_seq).limit(1)).one()
            new = connection.execute(sa.select(sa.func.max(incident.c.change))).scalar_one() + 1
            connection.execute(sa.update(report).where(report.c.seq == seq).values(title="", text="Nothing of note."))
            keep_words(connection, [{"seq": seq, "title": "", "text": "Nothing of note."}])
            connection.execute(sa.update(incident).where(incident.c.number == number).values(change=new))
        assert told()[1] == first[1]
