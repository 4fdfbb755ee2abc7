"""Rounds of all that goes by itself: each step is done though another fails, and two servers do nothing twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dateline.editions import running
from dateline.editions.running import Running, Step, issue_due, tick
from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices, Watch
from dateline.settings import Settings
from dateline.store import open_record
from editions.conftest import MADE
from editions.loopback import a_mail_server
from editions.made import SETTINGS, queued, subscribe
from made_incidents import a_figure, a_record, a_report, an_account
from made_issues import an_edition

SIX = datetime(2024, 3, 2, 6, 0, 10, tzinfo=UTC)
A_DAY = timedelta(days=1)


def broken(*_):
    raise RuntimeError("no such\x1b place")


def test_what_is_due_is_drafted_and_what_goes_out_by_itself_is_issued(store, composed):
    store.editions.keep(an_edition("verity", by_itself=True), MADE)
    subscribe(store, "zoe", edition="verity")
    assert [(one.edition, one.state) for one in issue_due(store, SETTINGS, SIX)] == [("arden", "draft"), ("verity", "issued")]
    assert [row.to for row in queued(store)] == ["zoe@example.org"]
    assert len(composed.read) == 1


def test_nothing_is_made_before_its_hour_and_nothing_twice(store, composed):
    assert issue_due(store, SETTINGS, SIX - timedelta(minutes=1)) == []
    assert len(issue_due(store, SETTINGS, SIX)) == 1
    assert issue_due(store, SETTINGS, SIX + timedelta(seconds=30)) == []
    [next_day] = issue_due(store, SETTINGS, SIX + A_DAY)
    assert next_day.briefing.window.kept_since == SIX


def test_a_machine_that_slept_for_three_days_catches_up_with_one_issue(store, composed):
    issue_due(store, SETTINGS, SIX)
    [late] = issue_due(store, SETTINGS, SIX + timedelta(days=3, hours=2))
    assert (late.briefing.window.kept_since, late.briefing.window.kept_until) == (SIX, SIX + timedelta(days=3, hours=2))
    assert issue_due(store, SETTINGS, SIX + timedelta(days=3, hours=3)) == []


def test_an_issue_that_cannot_be_made_is_told_with_its_edition_and_tried_again_later(store, composed, caplog):
    whole, composed.items = composed.items, KeyError("no such\x1b sentence")
    assert issue_due(store, SETTINGS, SIX) == []
    standing = store.editions.standings()["arden", "daily"]
    assert standing.problem == "KeyError: 'no such\\x1b sentence'"
    assert "arden, daily: KeyError" in caplog.text
    composed.items = whole
    assert issue_due(store, SETTINGS, SIX + timedelta(minutes=9)) == []
    assert len(issue_due(store, SETTINGS, SIX + timedelta(minutes=10))) == 1
    assert store.editions.standings()["arden", "daily"].problem is None


def test_an_edition_whose_zone_this_machine_does_not_know_holds_up_no_other(store, composed):
    store.editions.keep(an_edition("brook", zone="Nowhere/Else"), MADE)
    assert [one.edition for one in issue_due(store, SETTINGS, SIX)] == ["arden"]
    assert "Nowhere/Else" in store.editions.standings()["brook", "daily"].problem


def test_a_clock_that_was_put_back_is_told_once(store, composed, caplog):
    issue_due(store, SETTINGS, SIX + timedelta(days=30))
    for seconds in (0, 30, 60):
        assert issue_due(store, SETTINGS, SIX + timedelta(seconds=seconds)) == []
    assert caplog.text.count("set the clock") == 1


def test_what_is_kept_is_told_by_the_next_issue_and_by_no_other(tmp_path):
    settings = Settings(brief_late_days=100_000)
    a_record(tmp_path / "real.db", an_account(figures=(a_figure("At least 12 people", 12, None, 12, "at_least"),)), a_report())
    now = datetime.now(UTC)               # reports are kept by the real clock
    with open_record(tmp_path / "real.db") as store:
        store.editions.keep(an_edition(hour=(now.hour + 1) % 24), now - timedelta(minutes=1))
        [first], [second] = (issue_due(store, settings, now + timedelta(hours=1) + days) for days in (timedelta(0), A_DAY))
        assert [item.incident for item in first.briefing.items] == ["DTL-1"]
        assert second.briefing.is_empty
        assert issue_due(store, settings, now + timedelta(hours=2) + A_DAY) == []


def test_a_step_that_fails_keeps_no_other_from_being_done_and_is_told_in_a_line(store, caplog):
    done = []
    whole = [Step(name, lambda *_, name=name: done.append(name)) for name in ("issues", "mails")]
    lanes = [[Step("alerts", broken), whole[0]], [whole[1]]]
    assert tick(store, SETTINGS, SIX, lanes=lanes) == ("alerts: RuntimeError: no such place",)
    assert done == ["issues", "mails"]
    assert [record.message for record in caplog.records] == ["alerts: RuntimeError: no such place; it is tried again"]


def test_a_round_of_everything_has_nothing_to_complain_of(store, composed):
    subscribe(store, "zoe", "uma", choices=Choices(coverage=Coverage(countries=("ML",))))
    store.editions.keep(an_edition("verity", by_itself=True), MADE)
    assert tick(store, Settings(public_url="https://desk.example.org"), SIX) == ()
    assert [one.edition for one in store.editions.issues()] == ["verity", "arden"]


def test_two_servers_that_make_their_rounds_at_once_send_nothing_twice(path, composed):
    with open_record(path) as store:
        store.editions.keep(an_edition(by_itself=True), MADE)
        subscribe(store, *(f"reader{number}" for number in range(30)))
    ready, problems = threading.Barrier(2), []

    def server():
        with open_record(path) as own:
            ready.wait()
            for day in range(3):
                problems.extend(tick(own, Settings(public_url="https://desk.example.org"), SIX + day * A_DAY))

    threads = [threading.Thread(target=server) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_record(path) as store:
        assert problems == []
        assert [one.day.day for one in store.editions.issues()] == [3, 2, 1]
        assert len({row.key for row in queued(store)}) == len(queued(store)) == 90


# The thread of dateline serve


def test_rounds_are_made_until_they_are_stopped(path):
    rounds, enough = [], threading.Event()

    def step(store, settings, clock, stop):
        rounds.append(clock())
        if len(rounds) == 3:
            enough.set()

    made = Running(Settings(record=str(path)), every_s=0.001, clock=lambda: SIX, lanes=[[Step("issues", step)]])
    made.start()
    assert enough.wait(20)
    made.stop()
    count = len(rounds)
    assert not any(thread.is_alive() for thread in made._threads)
    assert len(rounds) == count


def test_one_lane_that_takes_its_time_holds_up_no_other(path):
    alerts, go_on = threading.Event(), threading.Event()
    lanes = [[Step("mails", lambda *_: go_on.wait(20))], [Step("alerts", lambda *_: alerts.set())]]
    made = Running(Settings(record=str(path)), every_s=0.001, lanes=lanes)
    made.start()
    assert alerts.wait(20)
    go_on.set()
    made.stop()


def test_a_step_is_told_that_the_server_stops(path):
    begun, stopped = threading.Event(), []

    def step(store, settings, clock, stop):
        begun.set()
        stopped.append(stop.wait(20))

    made = Running(Settings(record=str(path)), lanes=[[Step("mails", step)]])
    made.start()
    assert begun.wait(20)
    made.stop()
    assert stopped == [True]


def test_a_record_without_editions_watches_or_a_sender_is_left_alone(store, tmp_path):
    with open_record(tmp_path / "bare.db") as bare:
        assert not running._is_used(bare, Settings())
        assert running._is_used(bare, SETTINGS)
        bare.watches.add(Watch(0, "Port Verity", Coverage(countries=("ML",)), webhook="https://hook.example/"), SIX)
        assert running._is_used(bare, Settings())
    assert running._is_used(store, Settings())


@pytest.mark.parametrize(("by_schedule", "started"), [(True, 1), (False, 0)])
def test_no_rounds_are_made_where_the_setting_says_so(path, monkeypatch, by_schedule, started):
    begun = []
    monkeypatch.setattr(running.Running, "start", lambda self: begun.append(1))
    with running.running(Settings(record=str(path), brief_by_schedule=by_schedule)):
        assert len(begun) == started


def test_two_servers_send_each_reader_one_mail_through_a_real_server(path, composed):
    with open_record(path) as store:
        store.editions.keep(an_edition(by_itself=True), MADE)
        subscribe(store, *(f"reader{number}" for number in range(40)))
    ready, problems = threading.Barrier(2), []
    with a_mail_server() as inbox:
        settings = replace(SETTINGS, **inbox.settings)

        def server():
            with open_record(path) as own:
                ready.wait()
                problems.extend(tick(own, settings, SIX))

        threads = [threading.Thread(target=server) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert problems == []
    assert sorted(to for to, _ in inbox.taken) == sorted(f"reader{number}@example.org" for number in range(40))
    with open_record(path) as store:
        assert {row.state for row in queued(store)} == {"sent"}


def test_dateline_serve_makes_rounds_as_long_as_it_serves(path, monkeypatch):
    import uvicorn

    from dateline.desk import serving

    seen = []
    monkeypatch.setattr(Running, "start", lambda self: seen.append("rounds begin"))
    monkeypatch.setattr(Running, "stop", lambda self: seen.append("rounds end"))
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: [seen.append("served"), *(one.close() for one in sockets)])
    serving.serve(Settings(record=str(path), desk_port=0), ready=lambda address: None)
    assert seen == ["rounds begin", "served", "rounds end"]
