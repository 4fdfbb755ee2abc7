"""What a monitor may ask: whether the server answers (anybody), and its metrics (this machine, or a token)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from dateline.desk.app import create_app
from dateline.errors import StoreError
from dateline.records.upkeep import BackupCopy
from dateline.settings import Settings
from dateline.store import Store, open_record
from dateline.team.people import add_person, new_token
from made_desk import a_desk
from made_incidents import DAY, a_report, an_account

HERE = ("127.0.0.1", 50000)


@pytest.fixture
def path(tmp_path):
    a_desk(tmp_path / "d.db", [(a_report(), [an_account()], []), (a_report("Regen.", id="R2", language="de"), [], [])])
    return tmp_path / "d.db"


def desk(path, client=HERE):
    return TestClient(create_app(Settings(record=str(path))), base_url="http://127.0.0.1", client=client, follow_redirects=False)


def values(answer):
    """(name, labels) -> value of what a monitor reads; it is parsed as Prometheus parses it."""
    assert answer.status_code == 200, answer.text
    return {(one.name, *one.labels.values()): one.value for family in text_string_to_metric_families(answer.text)
            for one in family.samples}


def test_healthz_says_that_the_record_can_be_read_and_nothing_else(path, monkeypatch):
    browser = desk(path)
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")
    assert "set-cookie" not in answer.headers

    def broken(*_: object) -> set[str]:
        raise StoreError(f"{path}: the disk cannot be read")

    monkeypatch.setattr(Store, "known_report_ids", broken)
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.text) == (503, "record cannot be read\n")


def test_the_record_is_told_by_states(path):
    with open_record(path) as store:
        store.upkeep.keep_copy(BackupCopy("a.db", a_report().fetched.at, 1, 2))
    told = values(desk(path).get("/metrics"))
    assert told["dateline_record_up",] == 1
    assert (told["dateline_reports", "done"], told["dateline_reports", "language"]) == (1, 1)
    assert told["dateline_incidents", "unreviewed"] == 1
    assert told["dateline_reports_unreconciled",] == 0
    assert told["dateline_last_backup_timestamp_seconds",] == a_report().fetched.at.timestamp()
    assert told["dateline_last_report_kept_timestamp_seconds",] > 0
    assert DAY.isoformat() not in str(told)


@pytest.mark.a_file(why="its size, and the room beside it")
def test_the_size_of_the_record_is_told(path):
    told = values(desk(path).get("/metrics"))
    assert told["dateline_record_size_bytes",] >= path.stat().st_size
    assert told["dateline_disk_free_bytes",] > 0


def test_requests_are_counted_by_route_and_never_by_what_was_asked_for(path):
    browser = desk(path)
    for asked in ("/incidents/DTL-1", "/incidents/DTL-99", "/no/such/page", "/search?text=Oarewyn"):
        browser.get(asked)
    text = browser.get("/metrics").text
    told = values(browser.get("/metrics"))
    assert told["dateline_http_requests_total", "GET", "/incidents/{incident}", "200"] == 1
    assert told["dateline_http_requests_total", "GET", "/incidents/{incident}", "404"] == 1
    assert told["dateline_http_requests_total", "GET", "none", "404"] == 1
    assert told["dateline_http_request_duration_seconds_count", "/incidents/{incident}"] == 2
    for words in ("DTL-", "Oarewyn", "no/such"):
        assert words not in text


def test_a_record_that_cannot_be_read_is_down_and_the_rest_is_told(path, monkeypatch):
    def broken(_: Store) -> list[str]:
        raise StoreError("gone")

    browser = desk(path)
    monkeypatch.setattr(Store, "unreconciled_reports", broken)
    told = values(browser.get("/metrics"))
    assert told["dateline_record_up",] == 0
    assert ("dateline_reports", "done") not in told


@pytest.mark.parametrize(("client", "headers", "status"), [
    pytest.param(HERE, {}, 200, id="this machine"),
    pytest.param(("203.0.113.9", 1), {}, 403, id="another machine"),
    pytest.param(HERE, {"x-forwarded-for": "203.0.113.9"}, 403, id="through a server on this machine"),
    pytest.param(HERE, {"forwarded": "for=203.0.113.9"}, 403, id="the same in the standard's words"),
])
def test_without_accounts_metrics_are_for_this_machine_alone(path, client, headers, status):
    assert desk(path, client).get("/metrics", headers=headers).status_code == status


def test_with_accounts_metrics_ask_for_a_token_wherever_it_comes_from(path):
    with open_record(path) as store:
        now = datetime.now(UTC)
        add_person(store, "Ana", "editor", "a long enough passphrase", by="tests", at=now)
        token = new_token(store, "monitor", "reader", by="tests", at=now).token
    browser = desk(path)
    refused = browser.get("/metrics")
    assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")
    assert browser.get("/healthz").status_code == 200
    elsewhere = desk(path, ("203.0.113.9", 1))
    assert elsewhere.get("/metrics", headers={"authorization": f"Bearer {token}"}).status_code == 200
    assert elsewhere.get("/metrics", headers={"authorization": "Bearer none"}).status_code == 401
