"""What pages, feeds and the API ask of the record at once: the same incidents in a list, on its map, in its timeline."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from dateline.errors import CursorError
from dateline.records import Affected, GroupStatement, Sensitive, Span
from dateline.store import IncidentFilter, open_record
from dateline.store.listed import Order, as_cursor
from dateline.store.lists_map import Box
from store.made import SHELLING, Told, a_figure, a_report, a_statement, a_when, a_where, an_account

THAT = (Span(0, 4, "that"),)
FEW_DAYS = (date(2021, 8, 30), date(2022, 8, 30))
ORDERS = get_args(Order)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


class Desk:
    """Fills a record, one incident told by one report a call, an hour apart."""

    def __init__(self, store):
        self.store, self.hours = store, 0

    def hold(self, text="2024-03-12 | attack", *, outlet=None, statements=(), **given):
        self.hours += 1
        given.setdefault("when", a_when(date(2024, 1, 1) + timedelta(30 * self.hours)))
        report = a_report(text, source=f"reports/{self.hours}", outlet=outlet or f"Outlet {self.hours}")
        told = Told((an_account(report, **given),), tuple(make(report) for make in statements))
        self.store.keep(report, told, extracted="done")
        self.settle()
        return report

    def settle(self):
        with self.store.reconciling() as reconciling:
            reconciling.reconcile(reconciling.unreconciled(), "reliable", self.now)

    @property
    def now(self):
        return datetime(2024, 7, 1, tzinfo=UTC) + timedelta(hours=self.hours)


@pytest.fixture
def desk(store):
    return Desk(store)


@pytest.fixture
def varied(desk):
    """DTL-1 to DTL-6, each known for something."""
    desk.hold("at the harbour", killed=12, group="vale-front", where=a_where("Port Verity", admin1="Quay"),
              affected=(Affected("school", "school", THAT),))
    desk.hold(kind=SHELLING, killed=0, where=a_where("Lower Quill", "XB", admin1="Hills", precision=4))
    desk.hold(when=a_when(None), nature="crime", where=a_where(None, None, precision=None))
    desk.hold(when=a_when(*FEW_DAYS, FEW_DAYS), figures=(), where=a_where("Port Verity", admin1="quay"))
    desk.hold(status="alleged", figures=(a_figure(40, side="civilians"), a_figure(3, id="f2", effect="injured")))
    desk.hold(when=a_when(date(2024, 3, 1), date(2024, 3, 9)), killed=2, group="hill-league",
              sensitive=(Sensitive("shelter", THAT),), where=a_where("Lower Quill", "XB", admin1="Hills"))
    return desk.store.lists


def ids(found):
    return [int(one.id.removeprefix("DTL-")) for one in found]


@pytest.mark.parametrize(("wanted", "found"), [
    pytest.param(IncidentFilter(), [1, 2, 3, 4, 5, 6], id="everything"),
    pytest.param(IncidentFilter(provinces=("QUAY",)), [1, 4], id="province-in-any-case"),
    pytest.param(IncidentFilter(affected=("school", "health")), [1], id="who-or-what-was-affected"),
    pytest.param(IncidentFilter(sides_killed=("unknown",)), [1, 3, 6], id="side-killed-is-not-nought-killed"),
    pytest.param(IncidentFilter(sides_killed=("civilians",)), [5], id="another-side"),
    pytest.param(IncidentFilter(precision=3), [1, 4, 5, 6], id="precision-at-worst"),
    pytest.param(IncidentFilter(origins=1), [1, 2, 3, 5, 6], id="at-least-one-origin"),
    pytest.param(IncidentFilter(origins_not_party=2), [], id="two-origins-of-no-party"),
    pytest.param(IncidentFilter(reviews=("unreviewed",)), [1, 2, 3, 4, 5, 6], id="review"),
    pytest.param(IncidentFilter(reviews=("approved", "coded")), [], id="another-review"),
    pytest.param(IncidentFilter(groups=("vale-front", "hill-league")), [1, 6], id="either-group"),
    pytest.param(IncidentFilter(unplaced=True), [3, 6], id="no-point-and-a-shelter-has-none"),
    pytest.param(IncidentFilter(undated=True), [3], id="no-day"),
    pytest.param(IncidentFilter(since=date(2022, 8, 1), until=date(2022, 9, 1)), [3, 4], id="one-of-few-days"),
    pytest.param(IncidentFilter(since=date(2022, 1, 1), until=date(2022, 7, 1)), [3], id="between-its-few-days"),
    pytest.param(IncidentFilter(changed_since=datetime(2024, 7, 1, 4, 30, tzinfo=UTC)), [5, 6], id="changed-since"),
    pytest.param(IncidentFilter(text="harbour"), [1], id="words"),
    pytest.param(IncidentFilter(text="harbour", precision=2, countries=("xa",), natures=("political",)), [1], id="all-at-once"),
])
def test_a_list_its_counts_map_and_timeline_are_the_same_set(varied, wanted, found):
    assert sorted(ids(varied.page(wanted).rows)) == found
    counts = varied.count(wanted)
    assert counts.total == len(found)
    assert varied.points(wanted).total == len(found) - counts.unplaced
    assert sum(cell.incidents for cell in varied.cells(wanted)) == len(found) - counts.unplaced
    assert sum(bar.incidents for bar in varied.days(wanted)) == len(found) - counts.undated
    assert sum(value.incidents for value in varied.facets(wanted)["kind"]) == len(found)
    assert sum(one.incidents for one in varied.countries(wanted)) == len(found)
    assert len(varied.accounts_page(wanted).rows) == varied.accounts_page(wanted).total == counts.accounts == len(found)
    assert len(varied.figures_page(wanted).rows) == varied.figures_page(wanted).total == counts.figures
    assert len(varied.reports_page(wanted).rows) == varied.reports_page(wanted).total == len(found)


@pytest.mark.parametrize("few", [pytest.param(True, id="few-are-sorted"), pytest.param(False, id="many-are-walked")])
@pytest.mark.parametrize(("order", "found"), [
    ("day", [4, 1, 6, 2, 5, 3]), ("newest", [5, 6, 2, 1, 4, 3]), ("changed", [6, 5, 4, 3, 2, 1]), ("killed", [5, 1, 3, 6, 2, 4]),
    ("first", [1, 2, 3, 4, 5, 6]),
])
def test_a_list_goes_on_after_each_page_in_its_order(varied, order, found, few, monkeypatch):
    for module in ("lists", "lists_told"):
        monkeypatch.setattr(f"dateline.store.{module}.FEW", 3_000 if few else 0)
    for most in (1, 2, 4, 6, 50):
        rows, after, pages = [], None, 0
        while pages == 0 or after:
            page = varied.page(IncidentFilter(), order, after, most)
            rows, after, pages = [*rows, *page.rows], page.after, pages + 1
            assert page.total == 6
        assert ids(rows) == sorted(found, key=found.index) if order != "day" else set(ids(rows)) == set(found)
        assert pages == -(-6 // most)
    assert ids(varied.page(IncidentFilter(text="harbour"), order).rows) == [1]


@pytest.mark.parametrize("order", ORDERS)
def test_what_is_added_meanwhile_shows_no_row_twice_and_leaves_none_out(desk, order):
    for _ in range(6):
        desk.hold()
    lists = desk.store.lists
    page = lists.page(order=order, most=2)
    rows = list(page.rows)
    while page.after:
        desk.hold(when=a_when(date(2020, 1, 1) + timedelta(40 * desk.hours)), killed=desk.hours)
        page = lists.page(order=order, after=page.after, most=2)
        rows += page.rows
        if desk.hours > 30:
            break
    assert len(set(ids(rows))) == len(rows)
    assert {1, 2, 3, 4, 5, 6} <= set(ids(rows)) or desk.hours > 30


@pytest.mark.parametrize("cursor", [
    pytest.param("", id="empty"), pytest.param("%%%", id="no-base64"), pytest.param("é", id="not-ascii"),
    pytest.param(as_cursor("killed", (1, 2)), id="of-another-order"), pytest.param(as_cursor("day", (1,)), id="too-short"),
    pytest.param(as_cursor("day", ("1", 2)), id="text-for-a-number"), pytest.param(as_cursor("day", (True, 2)), id="truth"),
    pytest.param(as_cursor("day", (10**30, 2)), id="beyond-what-can-be-compared"), pytest.param("W" * 10_000, id="endless"),
    pytest.param("W1tbW1tbW1tb", id="no-json"), pytest.param("bnVsbA", id="null"),
])
def test_a_cursor_that_is_none_is_refused_in_plain_words(varied, cursor):
    for ask in (varied.page, lambda *, after: varied.changes(after), lambda *, after: varied.figures_page(after=after),
                lambda *, after: varied.reports_page(after=after), lambda *, after: varied.statements_page(after=after),
                lambda *, after: varied.accounts_page(IncidentFilter(), after)):
        with pytest.raises(CursorError, match="leave it out"):
            ask(after=cursor)


def test_a_row_tells_what_lists_show(varied):
    one = varied.page(order="first", most=1).rows[0]
    assert (one.id, one.headline) == ("DTL-1", "attack, Port Verity")
    assert (one.country, one.admin1, one.place) == ("XA", "Quay", "Port Verity")
    assert (one.lat, one.lon, one.precision, one.best, one.day_precision) == (12.5, 41.25, 1, date(2024, 1, 31), "day")
    assert (one.killed, one.injured) == ((12, 12, 12), (None, None, None))
    assert (one.groups, one.affected, one.sides_killed) == (("vale-front",), ("school",), ("unknown",))
    assert (one.reports, one.stories, one.origins, one.accounts, one.figures, one.review) == (1, 1, 1, 1, 1, "unreviewed")
    assert one.held_at == one.changed_at == datetime(2024, 7, 1, 1, tzinfo=UTC)


def test_of_a_shelter_no_list_tells_more_than_the_district(varied):
    [shelter] = [one for one in varied.page().rows if one.shelter]
    assert (shelter.headline, shelter.place, shelter.lat, shelter.radius_km) == ("attack, Hills", None, None, None)
    assert shelter.precision == 3
    assert "Lower Quill" not in json.dumps(asdict(shelter), default=str)
    assert 6 not in [point.number for point in varied.points().rows]
    assert 6 not in ids(varied.search("Lower Quill").incidents)


def test_a_list_names_no_person(desk):
    report = a_report("They came at night.")
    account = an_account(report, where=replace(a_where(None), text="the home of Selda Oarewyn"),
                         headline="attack, the home of Selda Oarewyn")
    victim = replace(account.actors[0], role="victim", person="Selda Oarewyn")
    desk.store.keep(report, Told((replace(account, actors=(victim,)),)), extracted="done")
    desk.settle()
    [one] = desk.store.lists.page().rows
    assert "Oarewyn" not in json.dumps(asdict(one), default=str)
    assert one.headline == "attack"


def test_the_review_queue_puts_many_dead_on_thin_ground_first_and_the_settled_last(desk):
    desk.hold(killed=1)
    desk.hold(killed=200)
    desk.hold(killed=200, when=a_when(date(2024, 6, 1), date(2024, 6, 9)), status="alleged")
    assert ids(desk.store.lists.page(order="doubt").rows) == [3, 2, 1]


# Map and timeline

def test_points_are_short_and_rounded(varied):
    rows = {point.number: point for point in varied.points().rows}
    assert rows[1] == (1, 41.25, 12.5, 1, 12, "attack", date(2024, 1, 31))
    assert rows[4].killed is None
    assert set(rows) == {1, 2, 4, 5}


@pytest.mark.parametrize(("box", "found"), [
    pytest.param(Box(41, 12, 41.9, 13), {1, 4}, id="a-box"),
    pytest.param(Box(41.25, 12.5, 41.25, 12.5), {1, 4}, id="its-edges-belong-to-it"),
    pytest.param(Box(170, -90, -170, 90), set(), id="across-the-antimeridian"),
    pytest.param(Box(41, -90, 35, 90), {1, 2, 4, 5}, id="across-the-antimeridian-almost-round-the-world"),
])
def test_a_map_shows_what_lies_in_its_box(varied, box, found):
    assert {point.number for point in varied.points(box=box).rows} == found
    assert sum(cell.incidents for cell in varied.cells(box=box)) == len(found)


def test_more_points_than_asked_for_come_as_cells(varied):
    assert (varied.points(most=3).rows, varied.points(most=3).total) == ((), 4)
    assert {(cell.incidents, cell.killed) for cell in varied.cells(zoom=10)} == {(2, 12), (1, 0), (1, 40)}
    assert len(varied.cells(zoom=10, most=2)) <= 2
    assert sum(cell.incidents for cell in varied.cells(zoom=10, most=2)) == 4


def test_bars_count_an_incident_at_its_best_day_else_its_first(varied):
    bars = {bar.start: bar for bar in varied.days(by="month")}
    assert (min(bars), max(bars)) == (date(2021, 8, 1), date(2024, 5, 1))
    assert bars[date(2021, 8, 1)][1:] == (1, 0, 0, 0)
    assert bars[date(2022, 8, 1)].incidents == 0
    assert bars[date(2024, 5, 1)][1:] == (1, 40, 40, 40)
    assert len(bars) == 34


@pytest.mark.parametrize(("days", "by", "starts"), [
    pytest.param(["2024-02-28", "2024-03-01"], None, ["2024-02-28", "2024-02-29", "2024-03-01"], id="days-where-they-are-few"),
    pytest.param(["2024-02-28", "2024-03-12"], "week", ["2024-02-26", "2024-03-04", "2024-03-11"], id="weeks-from-monday"),
    pytest.param(["2023-12-31", "2024-02-01"], "month", ["2023-12-01", "2024-01-01", "2024-02-01"], id="months"),
])
def test_a_timeline_has_no_gaps(desk, days, by, starts):
    for day in days:
        desk.hold(when=a_when(date.fromisoformat(day)), where=a_where(day))
    assert [bar.start.isoformat() for bar in desk.store.lists.days(by=by)] == starts


def test_no_incident_has_no_bars_points_or_values(store):
    lists = store.lists
    assert (lists.days(), lists.points().rows, lists.cells(), lists.countries(), lists.groups()) == ((), (), (), [], [])
    assert all(not values for values in lists.facets().values())
    assert lists.page().rows == lists.changes().rows == lists.search("word").reports == ()


# Values

def test_facets_count_each_value(varied):
    facets = varied.facets()
    assert facets["country"] == [("XA", 3, None), ("XB", 2, None), (None, 1, None)]
    assert set(facets["province"]) == {("Hills", 2, "XB"), ("Quay", 1, "XA"), ("quay", 1, "XA")}
    assert facets["group"] == [("hill-league", 1, None), ("vale-front", 1, None)]
    assert facets["affected"] == [("school", 1, None)]
    assert {value: count for value, count, _ in facets["side killed"]} == {"unknown": 3, "civilians": 1}
    assert {value: count for value, count, _ in facets["precision"]} == {1: 3, 3: 1, 4: 1, None: 1}


def test_groups_and_countries_have_their_counts_last_day_and_dead(varied, desk):
    desk.hold(group="vale-front", killed=5, statements=(lambda report: a_statement(report, "old-guard"),))
    groups = {one.of: one for one in varied.groups()}
    assert (groups["vale-front"].incidents, groups["vale-front"].killed_best) == (2, 17)
    assert groups["vale-front"].last_day == date(2024, 7, 29)
    assert (groups["old-guard"].incidents, groups["old-guard"].last_day, groups["old-guard"].statements) == (0, None, 1)
    assert [one.of for one in varied.countries()] == ["XA", "XB", None]


# Changes

def test_changes_come_in_the_order_in_which_they_were_written(desk):
    first = desk.hold()
    desk.hold()
    lists = desk.store.lists
    told = lists.changes(most=1)
    assert ([one.id for one in told.rows], told.done) == (["DTL-1"], False)
    told = lists.changes(told.after)
    assert ([one.id for one in told.rows], told.done) == (["DTL-2"], True)
    assert lists.changes(told.after) == type(told)((), told.after, True)
    desk.store.keep(first, Told(), extracted="done", extractor="v2")
    desk.hold()
    told = lists.changes(told.after)
    assert [(one.id, one.listed is None) for one in told.rows] == [("DTL-1", True), ("DTL-3", False)]


def test_what_is_new_changed_or_deleted_since_the_last_visit_is_counted(desk):
    first, second = desk.hold(killed=1), desk.hold(killed=2)
    visit = desk.now + timedelta(minutes=1)
    desk.hours += 1
    desk.hold()
    desk.store.keep(first, Told((an_account(first, killed=9, when=a_when(date(2024, 1, 31))),)), extracted="done", extractor="v2")
    desk.settle()
    lists = desk.store.lists
    assert (lists.changed_since(visit).new, lists.changed_since(visit).changed, lists.changed_since(visit).deleted) == (1, 1, 0)
    desk.store.keep(second, Told(), extracted="done", extractor="v2")
    assert lists.changed_since(visit).deleted == 1


def test_counts_that_are_remembered_follow_every_change(desk):
    lists = desk.store.lists
    for total in (1, 2, 3):
        report = desk.hold()
        assert lists.count().total == lists.page().total == sum(bar.incidents for bar in lists.days()) == total
    desk.store.keep(report, Told(), extracted="done", extractor="v2")
    assert lists.count().total == 2


def test_what_is_taken_back_is_not_remembered(desk):
    desk.hold()

    def break_off():
        with desk.store.writing():
            desk.hold()
            assert desk.store.lists.count().total == 2
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    desk.hours -= 1
    assert desk.store.lists.count().total == 1
    desk.store.keep(a_report("lost", source="lost"), None, extracted="failed")
    assert desk.store.lists.reports_page(extracted=("failed",)).total == 1
    desk.store.keep(a_report("lost", source="lost"), Told(), extracted="done")
    assert desk.store.lists.reports_page(extracted=("failed",)).total == 0


def test_whole_incidents_come_in_the_order_asked_for(varied):
    assert [one.id for one in varied.incidents([5, 1, 99, 3])] == ["DTL-5", "DTL-1", "DTL-3"]


def test_all_is_read_at_one_moment(tmp_path, desk):
    desk.hold()
    with open_record(tmp_path / "d.db") as reader, reader.at_one_moment():
        assert reader.lists.count().total == 1
        desk.hold()
        assert (reader.lists.count().total, len(list(reader.incidents()))) == (1, 1)
    assert desk.store.lists.count().total == 2


# What is told, and by whom

def test_reports_accounts_figures_and_statements_are_paged(desk):
    for number in range(5):
        desk.hold(f"report {number}", figures=(a_figure(3), a_figure(4, id="f2", effect="injured", speaker="a nurse")),
                  statements=(lambda report: a_statement(report, "vale-front"),))
    desk.store.keep(a_report("a notice", source="n"), Told(), extracted="language:ar")
    lists = desk.store.lists
    for ask, total in ((lists.reports_page, 6), (lists.accounts_page, 5), (lists.figures_page, 10), (lists.statements_page, 5),
                       (lambda **given: lists.reports_page(IncidentFilter(), **given), 5),
                       (lambda **given: lists.accounts_page(IncidentFilter(), **given), 5),
                       (lambda **given: lists.figures_page(IncidentFilter(), **given), 10),
                       (lambda **given: lists.figures_page(IncidentFilter(), effects=("injured",), **given), 5)):
        page = ask(most=2)
        rows = list(page.rows)
        while page.after:
            page = ask(most=2, after=page.after)
            rows += page.rows
        assert len(rows) == page.total == total
        assert len({str(row) for row in rows}) == total


def test_figures_come_as_their_incident_settled_them(desk):
    desk.hold(figures=(a_figure(3), a_figure(9, id="f2", effect="injured", speaker="a nurse")), outlet="Arden Post")
    page = desk.store.lists.figures_page(IncidentFilter(), speakers=("a nurse",))
    assert [(one.figure.id, one.incident, one.account.report) for one in page.rows] == [
        ("f2", "DTL-1", page.rows[0].account.report)]
    assert desk.store.lists.figures_page(standings=("retracted",)).rows == ()
    [report] = desk.store.lists.reports_page(outlets=("Arden Post",)).rows
    assert (report.outlet, report.incidents, report.extracted) == ("Arden Post", ("DTL-1",), "done")


def test_a_source_is_told_by_what_it_gave(desk):
    for number in range(3):
        desk.hold(f"text {number}", outlet="Arden Post", figures=(
            a_figure(3, speaker="the mayor"), a_figure(4, id="f2", speaker="a nurse"), a_figure(5, id="f3", effect="injured")))
    for text, state in (("lost", "failed"), ("буря", "language:ru"), ("soon", "pending")):
        desk.store.keep(a_report(text, source=text, language="ru" if state == "language:ru" else "en"), None, extracted=state)
    lists = desk.store.lists
    index = lists.sources_index()
    assert [(one.name, one.reports, one.failed, one.unread) for one in index.outlets] == [("Arden Post", 6, 1, 1)]
    assert [(one.name, one.figures, one.standing, one.alone) for one in index.speakers] == [
        ("the mayor", 6, 6, 3), ("a nurse", 3, 3, 0)]
    assert lists.source_days(outlets=("Arden Post",)) == ((date(2024, 3, 13), 6),)
    assert lists.source_days(speakers=("a nurse",)) == ((date(2024, 3, 13), 3),)
    assert lists.source(outlets=("Arden Post",)).languages == lists.languages()
    assert [(one.language, one.reports, one.done, one.unread) for one in lists.languages()] == [("en", 5, 3, 0), ("ru", 1, 0, 1)]
    desk.store.keep(a_report("lost", source="lost", language="en"), Told(), extracted="done")
    assert lists.sources_index().outlets[0].failed == 0


@pytest.mark.parametrize(("words", "reports", "incidents"), [
    pytest.param("harbour", 1, [], id="in-a-report"), pytest.param("port verity", 0, [4, 1], id="a-place"),
    pytest.param("hills", 0, [6, 2], id="a-province"), pytest.param('"verity port"', 0, [], id="a-phrase"),
    pytest.param("%", 0, [], id="signs-are-signs"), pytest.param("_arden", 0, [], id="no-wildcards"),
    pytest.param("", 0, [], id="nothing"), pytest.param("' OR 1=1 --", 0, [], id="no-sql"),
])
def test_words_lead_to_reports_and_incidents(varied, words, reports, incidents):
    found = varied.search(words)
    assert (found.all_reports, len(found.reports)) == (reports, reports)
    assert sorted(ids(found.incidents)) == sorted(incidents)
    assert found.all_incidents == len(incidents)


def test_a_snippet_tells_where_the_words_stand(desk):
    desk.hold("The   harbour\nburned. \ue000deadbeef\ue001 The harbours are shut.")
    [found] = desk.store.search("harbour")
    assert [found.snippet[start:end] for start, end in found.marks] == ["harbour", "harbours"]
    assert "\n" not in found.snippet


def test_words_in_very_many_reports_give_the_last_kept(desk, monkeypatch):
    monkeypatch.setattr("dateline.store.search.RANKED", 2)
    reports = [desk.hold(f"harbour {'harbour ' * number}") for number in range(4)]
    assert [one.report for one in desk.store.search("harbour", most=2)] == [reports[3].id, reports[2].id]


def test_fifty_readers_meet_no_error_while_a_run_writes(tmp_path, desk):
    desk.hold()
    problems, seen, done = [], [], threading.Event()

    def read():
        try:
            while not done.is_set():
                with open_record(tmp_path / "d.db", create=False) as reader, reader.at_one_moment():
                    page, lists = reader.lists.page(order="newest"), reader.lists
                    assert page.total == len(page.rows) == lists.count().total == sum(bar.incidents for bar in lists.days())
                    assert len(lists.points().rows) == page.total
                    assert sum(value.incidents for value in lists.facets()["kind"]) == page.total
                    assert lists.search("attack").all_incidents == page.total
                    seen.append(page.total)
        except Exception as problem:
            problems.append(problem)

    readers = [threading.Thread(target=read) for _ in range(50)]
    for reader in readers:
        reader.start()
    for _ in range(20):
        desk.hold()
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []
    assert len(seen) >= 50
    assert desk.store.lists.count().total == 21


def test_statements_are_filtered(desk):
    desk.hold(statements=(lambda report: a_statement(report, "vale-front"),
                          lambda report: a_statement(report, "hill-league", position=1)))
    [one] = desk.store.lists.statements_page(groups=("hill-league",)).rows
    assert isinstance(one, GroupStatement)
    assert one.group == "hill-league"
    assert desk.store.lists.statements_page(attributes=("strength",)).total == 0
