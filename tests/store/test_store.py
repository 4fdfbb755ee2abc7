"""What the store keeps, and how it is found again."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from dateline.reconcile.copies import containment
from dateline.reconcile.plan import IncidentChange, Plan, plan_changes
from dateline.records import Fetched, Written
from dateline.records.incident import Change
from dateline.store import IncidentFilter, open_record, schema
from dateline.store.search import match_expression
from dateline.store.seen import Seen
from dateline.store.sketches import containments, packed
from store.made import SHELLING, Told, a_figure, a_report, a_statement, a_when, a_where, an_account

NOW = datetime(2024, 3, 16, 8, tzinfo=UTC)
MARCH_12 = date(2024, 3, 12)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        yield opened


def reconcile(store):
    """Reconcile all that waits, as the run does."""
    with store.reconciling() as reconciling:
        near = reconciling.neighbourhood(reconciling.unreconciled())
        plan = plan_changes(near.new, near.held, near.reports, near.incident_of, near.incidents, NOW,
                            reconciling.numbering(), ruling=near.ruling)
        reconciling.apply(plan)
    return plan


def keep(store, *accounts_of, **given):
    """Keep one report with the account that each of `accounts_of` makes of it."""
    report = a_report(**given)
    told = Told(tuple(make(report, position) for position, make in enumerate(accounts_of)))
    store.keep(report, told, extracted="done", extractor="v1")
    return report


def account(**given):
    return lambda report, position: an_account(report, position, **given)


_sources = itertools.count()


def hold(store, **given):
    """Keep and reconcile an incident told by one report of its own."""
    keep(store, account(**given), source=f"reports/{next(_sources)}.txt")
    return reconcile(store)


# Reports

@pytest.mark.parametrize("report", [
    pytest.param(a_report(), id="plain"),
    pytest.param(a_report("Взрыв в порту — 12 убитых 🙂\nsecond line"), id="any-script"),
    pytest.param(a_report(outlet=None, title=None, language=None, written=Written(None, None, (), "unknown")),
                 id="little-is-known"),
    pytest.param(a_report(published_at=datetime(2024, 3, 13, 7, 30, 0, 5, tzinfo=UTC), copy_of="R0",
                          fetched=Fetched(NOW, "1" * 64)), id="much-is-known"),
])
def test_a_report_comes_back_as_it_was_kept(store, report):
    assert store.keep(report, None, extracted="pending")
    assert store.report(report.id) == report
    assert list(store.reports()) == [report]


def test_reports_are_read_at_once_in_the_order_asked_for(store):
    first, second = a_report("Shots in Kharn."), a_report("A bomb in Aden.")
    store.keep(first, None, extracted="done")
    store.keep(second, None, extracted="done")
    assert list(store.reports_called([second.id, "0" * 16, first.id, second.id]).items()) == [(second.id, second),
                                                                                               (first.id, first)]


def test_a_report_is_kept_once(store):
    report = a_report()
    assert store.keep(report, None, extracted="pending")
    assert not store.keep(replace(report, title="Another title"), None, extracted="pending")
    assert store.report(report.id).title == report.title
    assert store.known_report_ids([report.id, "R0"]) == {report.id}


@pytest.mark.parametrize(("states", "held"), [
    pytest.param(["pending", "done"], "done", id="done-follows-pending"),
    pytest.param(["done", "pending"], "done", id="another-run-cannot-undo-what-is-done"),
    pytest.param(["done", "failed"], "done", id="a-later-failure-does-not-undo-it-either"),
    pytest.param(["pending", "failed"], "failed", id="failed"),
    pytest.param(["failed", "pending"], "failed", id="that-it-failed-is-remembered"),
    pytest.param(["failed", "done"], "done", id="tried-again"),
    pytest.param(["language:ar"], "language:ar", id="a-language-not-read"),
])
def test_extraction_only_comes_further(store, states, held):
    for state in states:
        store.keep(a_report(), Told() if state == "done" else None, extracted=state)
    assert store.extraction_counts() == {held: 1}
    assert store.to_extract() == ([] if held in ("done", "language:ar") else [a_report().id])


def test_a_report_that_processes_died_of_is_set_aside_after_three_until_another_version_reads_it(store):
    store.keep(a_report(), None, extracted="pending")
    told = []
    while store.to_extract("rules-1"):
        told.append(store.note_death(a_report().id, "rules-1"))
    assert told == [1, 2, 3]
    assert store.extraction_counts() == {"failed": 1}
    assert store.to_extract("rules-2") == [a_report().id]
    assert store.note_death(a_report().id, "rules-2") == 1
    store.keep(a_report(), None, extracted="done", extractor="rules-2")
    assert store.extraction_counts() == {"done": 1}


def test_accounts_come_back_as_told(store):
    report = keep(store, account(killed=3), account(where=a_where(None, None), when=a_when(None)))
    assert store.accounts_of(report.id) == [an_account(report, 0, killed=3), an_account(
        report, 1, where=a_where(None, None), when=a_when(None))]


def test_reports_that_share_hashes_are_found_most_shared_first(store):
    low, high = -(1 << 63), (1 << 64) - 1                  # signed and unsigned hashes are one
    a, b, c = (a_report(source=source) for source in "abc")
    store.keep(a, None, extracted="pending", sketch={1, 2, low})
    store.keep(b, None, extracted="pending", sketch={1, 2, 3, high})
    store.keep(c, None, extracted="pending", sketch={9})
    assert [(found.id, sketch) for found, sketch in store.near_copies(c, {1, 3, -1, 7})] == [
        (b.id, frozenset({1, 2, 3, -1})), (a.id, frozenset({1, 2, low}))]
    assert [(found.id, sketch) for found, sketch in store.near_copies(c, {low})] == [
        (a.id, frozenset({1, 2, low}))]


@pytest.mark.parametrize(("ours", "theirs"), [
    pytest.param({8, 16, 24}, {16, 24, 32, 40}, id="two-samples"),
    pytest.param({1, 2, 8, 16}, {2, 8, 9}, id="two-whole-ones"),
    pytest.param({1, 2, 8, 16}, {8, 24, 32}, id="a-whole-one-is-compared-with-a-sample-by-its-own-sample"),
    pytest.param({8, 16}, {1, 8, 3}, id="a-sample-with-a-whole-one"),
    pytest.param({1, 3}, {8, 16}, id="nothing-of-it-sampled"),
    pytest.param({1, -8}, {-8, 5}, id="negative"),
    pytest.param(set(), {8}, id="no-words"),
])
def test_sketches_are_compared_at_once_as_they_are_one_by_one(ours, theirs):
    others = [theirs, {7}, {8, 16, 800}]
    assert containments(frozenset(ours), [packed(sorted(one)) for one in others]) == [
        containment(frozenset(ours), frozenset(one)) for one in others]


def test_how_several_sources_were_is_asked_at_once(store):
    some = [Seen(f"/news/{name}.txt", "1 2 3 how", 1) for name in "ab"]
    store.keep_seen(*some)
    assert store.seen_among(["/news/a.txt", "/news/b.txt", "/news/c.txt"]) == {one.source: one for one in some}
    assert store.seen_among([]) == {}


def test_a_correction_finds_what_its_outlet_printed_though_the_words_are_others(store):
    story = a_report("story", written=Written(date(2024, 3, 11), date(2024, 3, 11), (), "metadata"))
    older = a_report("older", written=Written(date(2024, 2, 1), date(2024, 2, 1), (), "metadata"))
    elsewhere = a_report("elsewhere", outlet="Quill Daily")
    for report in (story, older, elsewhere):
        store.keep(report, None, extracted="pending")
    notice = a_report("we were wrong", update_kind="correction")
    assert [found.id for found, _ in store.near_copies(notice, ())] == [story.id]
    assert store.near_copies(replace(notice, update_kind=None), ()) == []


@pytest.mark.parametrize(("words", "found"), [
    pytest.param("shelling", True, id="a-word"),
    pytest.param("SHELLING Verity", True, id="all-words-in-any-case"),
    pytest.param("shelling Arden", False, id="one-is-missing"),
    pytest.param('"Port Verity"', True, id="a-phrase"),
    pytest.param('"Verity Port"', False, id="a-phrase-in-another-order"),
    pytest.param("veri*", True, id="a-beginning"),
    pytest.param("cafe", True, id="without-its-accent"),
    pytest.param("headline", True, id="in-the-title"),
    pytest.param('NOT AND " ) * ^ : -', False, id="what-fts-takes-for-operators"),
    pytest.param('title:headline"', False, id="a-column-is-a-word"),
    pytest.param("", False, id="nothing"),
])
def test_reports_are_found_by_words(store, words, found):
    store.keep(a_report("Shelling hit a café in Port Verity.", title="A headline"), None, extracted="pending")
    assert bool(store.search(words)) is found


def test_a_search_is_long_at_most_as_a_search():
    assert len(match_expression("word " * 10_000).split()) == 64


# Accounts extracted anew

def test_the_same_extraction_again_changes_nothing(store):
    report = keep(store, account(), account(kind=SHELLING))
    reconcile(store)
    before = dump(store)
    store.keep(report, Told((an_account(report), an_account(report, 1, kind=SHELLING))), extracted="done",
               extractor="v1")
    assert dump(store) == before


def test_an_account_that_changed_is_reconciled_anew(store):
    report = keep(store, account(killed=3))
    reconcile(store)
    store.keep(report, Told((an_account(report, killed=4),)), extracted="done", extractor="v2")
    reconcile(store)
    [incident] = store.incidents()
    assert (incident.id, incident.toll.killed.best) == ("DTL-1", 4)


def test_an_incident_whose_last_account_goes_is_deleted_and_its_id_not_given_again(store):
    report = keep(store, account())
    reconcile(store)
    store.keep(report, Told(), extracted="done", extractor="v2")
    assert list(store.incidents()) == []
    assert store.deleted_incidents() == ["DTL-1"]
    assert store.incident("DTL-1") is None
    assert store.incident("DTL-1", deleted=True).history[-1].why == "no account tells it any more"
    hold(store)
    assert [incident.id for incident in store.incidents()] == ["DTL-2"]


def test_the_accounts_left_of_an_incident_are_reconciled_anew(store):
    first = keep(store, account(killed=3), source="a")
    keep(store, account(killed=5), source="b", outlet="Quill Daily")
    reconcile(store)
    assert [len(incident.accounts) for incident in store.incidents()] == [2]
    store.keep(first, Told(), extracted="done", extractor="v2")
    reconcile(store)
    [incident] = store.incidents()
    assert [joined.report.outlet for joined in incident.accounts] == ["Quill Daily"]


# Incidents

def test_an_incident_comes_back_as_planned(store):
    keep(store, account(killed=3), source="a")
    keep(store, account(killed=5), source="b", outlet="Quill Daily",
         published_at=datetime(2024, 3, 13, 6, tzinfo=UTC))
    plan = reconcile(store)
    assert list(store.incidents()) == [change.incident for change in plan.changes]


@pytest.mark.parametrize("name", ["DTL-1", "dtl-1", "1", " Dtl-1 "])
def test_an_incident_is_found_by_its_id_however_written(store, name):
    hold(store)
    assert store.incident(name).id == "DTL-1"


def test_incidents_are_read_at_once_in_the_order_asked_for_as_one_by_one(store, monkeypatch):
    monkeypatch.setattr("dateline.store.incidents.AT_ONCE", 2)
    for at, source in enumerate("abcde"):
        keep(store, account(killed=3 + at, when=a_when(date(2024, 1 + at, 3))), source=source)
    reconcile(store)
    ids = ["DTL-4", "dtl-2", "DTL-99", "x", "DTL-5", "DTL-2", "DTL-1"]
    found = list(store.incidents_in_order(ids))
    assert [one.id for one in found] == ["DTL-4", "DTL-2", "DTL-5", "DTL-1"]
    assert found == [store.incident(one.id) for one in found]


@pytest.mark.parametrize("name", ["DTL-2", "DTL-", "", "x", "DTL-1; DROP TABLE incident", "9" * 400, "²"])
def test_what_is_no_incident_is_none(store, name):
    hold(store)
    assert store.incident(name) is None


def test_figures_carry_the_standing_that_reconciling_gave(store):
    keep(store, account())
    plan = reconcile(store)
    [change] = plan.changes
    [joined] = change.incident.accounts
    settled = replace(joined.account, figures=(replace(joined.account.figures[0], standing="superseded"),))
    changed = replace(change.incident, accounts=(replace(joined, account=settled),))
    with store.reconciling() as reconciling:
        reconciling.apply(Plan((IncidentChange("changed", changed, "DTL-1", "a later count"),)))
    assert store.incident("DTL-1") == changed
    assert store.accounts_of(joined.account.report)[0].figures[0].standing == "stands"     # as the report has it
    with store._read() as connection:
        assert connection.execute(sa.select(schema.figure.c.standing)).scalars().all() == ["superseded"]


def test_accounts_go_from_one_incident_to_another_in_one_plan(store):
    hold(store)
    hold(store, when=a_when(date(2024, 6, 1)))
    first, second = store.incidents()
    both = replace(first, accounts=first.accounts + second.accounts)
    gone = replace(second, history=(*second.history, Change(NOW, "removed", "dateline", "merged into DTL-1")))
    with store.reconciling() as reconciling:
        reconciling.apply(Plan((IncidentChange("changed", both, "DTL-1", ""),
                                IncidentChange("removed", gone, "DTL-2", "merged into DTL-1"))))
    assert list(store.incidents()) == [both]
    held = store.incident("DTL-2", deleted=True)
    assert (held.accounts, held.history) == ((), gone.history)


def test_a_reconciling_that_fails_leaves_all_as_it_was(store):
    keep(store, account())
    before = dump(store)

    def break_off():
        with store.reconciling() as reconciling:
            near = reconciling.neighbourhood(reconciling.unreconciled())
            reconciling.apply(plan_changes(near.new, near.held, near.reports, near.incident_of, near.incidents, NOW,
                                           reconciling.numbering()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert dump(store) == before


CANDIDATES = (date(2021, 8, 30), date(2022, 8, 30), date(2023, 8, 30))


@pytest.mark.parametrize(("when", "since", "until", "may", "must"), [
    pytest.param(a_when(MARCH_12), "2024-03-12", "2024-03-12", True, True, id="that-day"),
    pytest.param(a_when(MARCH_12), "2024-03-13", None, False, False, id="before-it"),
    pytest.param(a_when(MARCH_12), None, "2024-03-11", False, False, id="after-it"),
    pytest.param(a_when(MARCH_12, date(2024, 3, 20)), "2024-03-18", None, True, False, id="partly-in-it"),
    pytest.param(a_when(None, MARCH_12), "2024-01-01", "2024-12-31", True, False, id="on-or-before"),
    pytest.param(a_when(None), "2024-01-01", None, True, False, id="no-day-at-all"),
    pytest.param(a_when(CANDIDATES[0], CANDIDATES[-1], CANDIDATES), "2022-08-01", "2022-09-30", True, False,
                 id="one-of-the-possible-days"),
    pytest.param(a_when(CANDIDATES[0], CANDIDATES[-1], CANDIDATES), "2022-09-01", "2023-07-31", False, False,
                 id="between-the-possible-days"),
    pytest.param(a_when(date(2024, 2, 25), start=date(2024, 2, 25), end=date(2024, 3, 5)), "2024-03-01", None, True,
                 False, id="begun-before-and-gone-on"),
])
def test_dates_select_what_may_fall_in_the_span_and_surely_what_must(store, when, since, until, may, must):
    hold(store, when=when)
    span = IncidentFilter(since=since and date.fromisoformat(since), until=until and date.fromisoformat(until))
    assert bool(list(store.incidents(span))) is may
    assert bool(list(store.incidents(replace(span, surely=True)))) is must


@pytest.mark.parametrize(("wanted", "found"), [
    pytest.param(IncidentFilter(), 2, id="everything"),
    pytest.param(IncidentFilter(countries=("XA",)), 1, id="country"),
    pytest.param(IncidentFilter(countries=("xa", "XB")), 2, id="either-country-in-any-case"),
    pytest.param(IncidentFilter(groups=("quill-front",)), 1, id="group"),
    pytest.param(IncidentFilter(groups=("quill",)), 0, id="another-group"),
    pytest.param(IncidentFilter(kinds=(SHELLING,)), 1, id="kind"),
    pytest.param(IncidentFilter(natures=("political", "unknown")), 1, id="natures"),
    pytest.param(IncidentFilter(statuses=("alleged",)), 0, id="status"),
    pytest.param(IncidentFilter(text="harbour"), 1, id="words-of-its-report"),
    pytest.param(IncidentFilter(text="harbour", kinds=(SHELLING,)), 0, id="all-questions-at-once"),
    pytest.param(IncidentFilter(text="' OR 1=1 --"), 0, id="words-are-words"),
])
def test_incidents_are_filtered(store, wanted, found):
    keep(store, account(group="quill-front"), text="At the harbour")
    keep(store, account(kind=SHELLING, nature="crime", where=a_where("Lower Quill", "XB")), text="At the mill")
    reconcile(store)
    assert len(list(store.incidents(wanted))) == found


def test_incidents_come_by_their_first_day_those_without_one_last(store):
    for day in (None, date(2024, 5, 1), date(2023, 1, 1)):
        hold(store, when=a_when(day), where=a_where(str(day)))
    assert [incident.when.earliest for incident in store.incidents()] == [date(2023, 1, 1), date(2024, 5, 1), None]


def test_statements_about_a_group_come_newest_first(store):
    report = a_report(written=Written(date(2024, 2, 1), date(2024, 2, 1), (), "metadata"))
    told = tuple(a_statement(report, "quill-front", since, position)
                 for position, since in enumerate(["2023-01-01", None, "2024-03-01"]))
    store.keep(report, Told((), (*told, a_statement(report, "other", None, 9))), extracted="done")
    assert store.group_statements("quill-front") == [told[2], told[1], told[0]]
    assert store.newest_statements("quill-front", 2) == ([told[2], told[1]], 3)


# The neighbourhood

@pytest.mark.parametrize(("held", "what"), [
    pytest.param({}, "comes along", id="same-day-and-country"),
    pytest.param({"when": a_when(date(2024, 3, 14))}, None, id="two-days-later-in-other-words"),
    pytest.param({"when": a_when(date(2024, 4, 30))}, None, id="weeks-later"),
    pytest.param({"where": a_where("Lower Quill", "XB")}, None, id="another-country"),
    pytest.param({"when": a_when(date(2021, 3, 12), MARCH_12, (date(2021, 3, 12), MARCH_12))}, "comes along",
                 id="one-of-its-possible-days"),
    pytest.param({"when": a_when(None)}, "is linked", id="no-day-but-the-same-place"),
    pytest.param({"when": a_when(None), "where": a_where("Port Verity")}, None, id="no-day-and-another-place"),
    pytest.param({"told_as": "background"}, "comes along", id="background"),
    pytest.param({"status": "planned"}, None, id="a-notice-makes-no-incident"),
])
def test_held_accounts_come_along_when_they_are_the_same_and_are_linked_when_they_may_be(store, held, what):
    hold(store, **held)
    report = keep(store, account(), source="new")
    with store.reconciling() as reconciling:
        near = reconciling.neighbourhood(reconciling.unreconciled())
    assert [one.report for one in near.new] == [report.id]
    assert bool(near.held) is (what == "comes along")
    assert bool(near.links) is (what is not None)
    assert set(near.reports) == {one.report for one in near.accounts}


LONG = ("Orla Venn, a baker of Quillstone, was shot beside the harbour lighthouse as the regatta ended, and her nephew "
        "Tam Brook fled across the drawbridge with a limp, a witness who sold oysters told the magistrate.")


def test_what_is_told_in_the_same_rare_words_is_compared_weeks_later(store):
    keep(store, account(when=a_when(date(2024, 3, 12)), main=True), text=LONG, source="first")
    reconcile(store)
    keep(store, account(when=a_when(date(2024, 4, 2)), main=True), text=LONG + " She was buried.", source="later")
    keep(store, account(when=a_when(date(2024, 4, 2)), main=True), source="of something else")
    with store.reconciling() as reconciling:
        near = reconciling.neighbourhood(reconciling.unreconciled())
    told_by = {one.id: report.source for report in store.reports() for one in store.accounts_of(report.id)}
    linked = [{told_by[name] for name in pair} for pair in near.links]
    assert {"first", "later"} in linked
    assert {"first", "of something else"} not in linked


def test_all_that_was_judged_one_incident_with_a_neighbour_comes_along(store):
    """The chain as a whole is clustered again: which of its links hold must not depend on what came last."""
    days = [date(2024, 3, 12), date(2024, 3, 13), date(2024, 3, 14)]
    for number, day in enumerate(days):
        keep(store, account(when=a_when(day, days[min(number + 1, 2)])), source=f"day {number}")
        reconcile(store)
    keep(store, account(when=a_when(days[0])), source="new")
    with store.reconciling() as reconciling:
        near = reconciling.neighbourhood(reconciling.unreconciled())
    assert {store.report(one.report).source for one in near.held} == {"day 0", "day 1", "day 2"}


def test_an_incident_that_is_linked_and_stays_as_it_is_does_not_come_along(store):
    for place in ("Port Verity", "Arden"):
        for source in "ab":
            keep(store, account(where=a_where(place)), source=place + source)
    reconcile(store)
    first, second = store.incidents()
    a, b = sorted((first.accounts[0].account.id, second.accounts[0].account.id))
    with store._write() as connection:
        connection.execute(sa.delete(schema.account_link).where(schema.account_link.c.account_a == a,
                                                                schema.account_link.c.account_b == b))
        connection.execute(sa.insert(schema.account_link).values(account_a=a, account_b=b, points=0.1, reasons="[]"))
    keep(store, account(), source="new")
    with store.reconciling() as reconciling:
        near = reconciling.neighbourhood(reconciling.unreconciled())
    assert {store.report(one.report).source for one in near.held} == {"Ardena", "Ardenb"}
    assert len(near.incidents) == 1


def test_all_accounts_of_an_incident_touched_come_along(store):
    hold(store)
    hold(store, when=a_when(date(2024, 6, 1)))
    first, second = store.incidents()
    both = replace(first, accounts=first.accounts + second.accounts)
    with store.reconciling() as reconciling:
        reconciling.apply(Plan((IncidentChange("removed", None, "DTL-2", ""),
                                IncidentChange("changed", both, "DTL-1", ""))))
    keep(store, account(), source="new")
    with store.reconciling() as reconciling:
        near = reconciling.neighbourhood(reconciling.unreconciled())
    assert {one.when.earliest for one in near.held} == {MARCH_12, date(2024, 6, 1)}
    assert near.incidents == {"DTL-1": store.incident("DTL-1")}
    assert set(near.incident_of.values()) == {"DTL-1"}


def test_the_accounts_of_the_version_before_come_along_whatever_they_say(store):
    first = keep(store, account(when=a_when(date(2020, 1, 1)), where=a_where("Lower Quill", "XB")), source="a")
    reconcile(store)
    keep(store, account(), source="b", version_of=first.id, update_kind="correction")
    with store.reconciling() as reconciling:
        near = reconciling.neighbourhood(reconciling.unreconciled())
    assert [one.report for one in near.held] == [first.id]


def test_what_a_person_decided_comes_along(store):
    report = keep(store, account(), account(kind=SHELLING))
    a, b = sorted(one.id for one in store.accounts_of(report.id))
    with store._write() as connection:
        connection.execute(sa.insert(schema.judgement).values(
            account_a=a, account_b=b, same=False))
    with store.reconciling() as reconciling:
        assert reconciling.neighbourhood([a, b]).ruling == {(a, b): False}


@pytest.mark.a_file(why="how SQLite plans a query")
def test_no_query_of_the_neighbourhood_reads_a_table_through(store):
    hold(store)
    keep(store, account(), source="new", version_of="R0")
    statements = []

    def note(connection, cursor, statement, parameters, context, executemany):
        statements.append((statement, parameters))

    with store.reconciling() as reconciling:
        ids = reconciling.unreconciled()
        sa.event.listen(store._database.engine, "before_cursor_execute", note)
        reconciling.neighbourhood(ids)
        sa.event.remove(store._database.engine, "before_cursor_execute", note)
        plans = [row[3] for statement, parameters in statements
                 for row in reconciling._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert len(statements) > 8
    assert [step for step in plans if step.startswith("SCAN")] == []


# Sources

def test_a_source_is_known_as_it_was_read(store):
    seen = Seen("/news/a.txt", "12 34 ab how", 3)
    store.keep_seen(seen)
    assert store.seen("/news/a.txt") == seen
    assert store.seen("/news/b.txt") is None


def test_validators_of_a_page_are_remembered(store):
    from dateline.read.fetch import Validators

    memory = store.fetch_memory(before=lambda: None)
    assert memory.get("https://arden-post.example/1") is None
    memory.put("https://arden-post.example/1", Validators('"abc"', None))
    assert memory.get("https://arden-post.example/1") == Validators('"abc"', None)


def test_writing_is_one_transaction(store):
    def break_off():
        with store.writing():
            store.keep(a_report("one"), None, extracted="pending")
            assert len(list(store.reports())) == 1
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert list(store.reports()) == []


def test_a_list_read_in_the_meantime_does_not_hold_up_writing(store):
    for source in range(3):
        store.keep(a_report(source=str(source)), None, extracted="pending")
    reports = store.reports()
    next(reports)
    assert store.keep(a_report("new"), None, extracted="pending")
    assert len(list(reports)) == 2


def test_an_unknown_figure_stays_null(store):
    hold(store)
    report = keep(store, lambda report, position: an_account(
        report, position, figures=(a_figure(0, low=None, high=None, value=None, modifier="word", words="dozens"),)),
        source="b")
    with store._read() as connection:
        row = connection.execute(sa.select(schema.figure).where(
            schema.figure.c.account_id == store.accounts_of(report.id)[0].id)).one()
    assert (row.low, row.high, row.value) == (None, None, None)


def dump(store):
    """Every row of every table."""
    with store._read() as connection:
        return {name: connection.execute(sa.select(table)).all() for name, table in schema.metadata.tables.items()}
