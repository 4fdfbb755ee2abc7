"""The API: the same set of incidents as the pages, nothing that is withheld, and mistakes told as mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from dateline import decisions
from dateline.decisions import By
from dateline.publish.withhold import withhold
from dateline.records import Incident
from dateline.records.codec import from_json
from dateline.store import open_record
from desk.api_records import HOUSE, SHELTER_LON, VICTIM, WITNESS, a_client, a_settings, made

V1 = "/api/v1"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("api") / "d.db")


@pytest.fixture(scope="module")
def client(record: Path) -> TestClient:
    return a_client(record)


def _json(client: TestClient, path: str) -> Any:
    answer = client.get(V1 + path)
    assert answer.status_code == 200, answer.text
    return answer.json()


def _place(incident: dict[str, Any]) -> str:
    return str(incident["where"]["name"])


def test_incidents_are_whole_and_what_the_record_holds(record: Path, client: TestClient):
    listed = _json(client, "/incidents?order=day")
    with open_record(record) as store:
        held = [withhold(one).incident for one in store.incidents()]
    assert [from_json(Incident, one) for one in listed["items"]] == held
    assert (listed["total"], listed["after"]) == (3, None)


def test_what_is_withheld_is_counted(client: TestClient):
    listed = _json(client, "/incidents")
    assert listed["withheld"] == sum(one["withheld"] for one in listed["items"]) > 0


@pytest.mark.parametrize(("asked", "places"), [
    pytest.param("since=2024-03-14&until=2024-03-15", ["Lower Quill"], id="days"),
    pytest.param("kind=attack", ["Harbour District"], id="kind"),
    pytest.param("text=mayor", ["Port Verity"], id="words-of-its-reports"),
    pytest.param("side_killed=civilians", ["Lower Quill"], id="whose-dead"),
    pytest.param("origins=2", [], id="two-origins"),
])
def test_filters_are_those_of_the_pages(client: TestClient, asked: str, places: list[str]):
    assert [_place(one) for one in _json(client, f"/incidents?{asked}")["items"]] == places


def test_pages_follow_each_other_without_a_gap(client: TestClient):
    seen: list[str] = []
    path: str | None = f"{V1}/incidents?most=1&order=day"
    while path:
        answer = client.get(path)
        seen += [_place(one) for one in answer.json()["items"]]
        assert ('rel="next"' in answer.headers.get("link", "")) == (answer.json()["after"] is not None)
        path = answer.headers["link"].partition(">")[0].strip("<") if "link" in answer.headers else None
    assert seen == ["Port Verity", "Lower Quill", "Harbour District"]


def test_a_rule_for_tolls_may_be_asked_for(client: TestClient):
    [shelling] = _json(client, "/incidents?text=mayor&rule=lowest")["items"]
    assert shelling["toll"]["killed"]["rule"] == "lowest"
    assert _json(client, f"/incidents/{shelling['id']}")["toll"]["killed"]["rule"] == "reliable"


ALL = ("/", "/incidents", "/incidents/DTL-1", "/incidents/DTL-1/history", "/incidents/DTL-3", "/accounts", "/accounts?report=R1",
       "/figures", "/groups", "/groups/islamic-state-khorasan", "/groups/islamic-state-khorasan/statements", "/statements",
       "/sources", "/sources/Arden%20Post", "/reports", "/reports/R1", "/reports/R4", "/changes",
       "/export/csv", "/export/jsonl", "/export/acled", "/search?text=baker", "/search?text=refuge", "/openapi.json")


@pytest.mark.parametrize("text", [True, False], ids=["with-texts", "without"])
def test_nobody_is_named_and_no_shelter_placed(record: Path, text: bool):
    with a_client(record, desk_report_text=text) as client:
        for path in ALL:
            answer = client.get(V1 + path)
            assert answer.status_code == 200, (path, answer.text)
            for name in (VICTIM, WITNESS, "Oarewyn", "Quillip", "Harbour House"):
                assert name not in answer.text, (path, name)
            assert str(SHELTER_LON) not in answer.text, path


def test_texts_are_given_only_where_the_desk_is_set_to(record: Path, client: TestClient):
    assert _json(client, "/reports/R4")["text"] is None
    with a_client(record, desk_report_text=True) as open_desk:
        text = _json(open_desk, "/reports/R4")["text"]
    assert len(text) == len(HOUSE)
    assert text.endswith("One guard was killed.")


def test_accounts_of_a_report_come_in_the_order_told(client: TestClient):
    [one] = _json(client, "/accounts?report=R3")["items"]
    assert (one["id"], one["outlet"], one["figures"][0]["low"]) == ("A-R3", "Arden Post", 3)
    assert _json(client, "/accounts/A-R3") == one


@pytest.mark.parametrize(("asked", "words"), [
    pytest.param("side=civilians", ["Three"], id="side"),
    pytest.param("standing=superseded", ["At least 12"], id="standing"),
    pytest.param("speaker=the+health+office", ["Three"], id="speaker"),
    pytest.param("effect=injured", [], id="effect"),
])
def test_figures_are_found_by_what_they_say(client: TestClient, asked: str, words: list[str]):
    assert [one["words"] for one in _json(client, f"/figures?{asked}")["items"]] == words


def test_a_group_has_a_profile(client: TestClient):
    profile = _json(client, "/groups/islamic-state-khorasan")
    assert [one["attribute"] for one in profile["attributes"]] == ["strength"]
    assert (profile["statements"], profile["reports"][0]["id"]) == (1, "R5")


def test_search_leads_to_reports_incidents_and_sources(client: TestClient):
    assert [one["id"] for one in _json(client, "/search?text=nurses")["reports"]] == ["R3"]
    assert [one["headline"] for one in _json(client, "/search?text=quill")["incidents"]] == ["shelling, Lower Quill"]
    assert [one["name"] for one in _json(client, "/search?text=arden")["sources"]] == ["Arden Post"]


# What changed


def test_following_changes_misses_nothing(tmp_path: Path):
    path = made(tmp_path / "d.db")
    with a_client(path) as client:
        first = _json(client, "/changes")
        assert first["done"]
        assert len(first["items"]) == 3
        assert _json(client, f"/changes?after={first['after']}")["items"] == []
        with open_record(path) as store:
            decisions.merge(store, "1", "2", By("Ana", "one blast"), a_settings(path))
        later = _json(client, f"/changes?after={first['after']}")
    told = {one["id"]: (one["what"], one["incident"] is not None) for one in later["items"]}
    assert told == {"DTL-1": ("changed", True), "DTL-2": ("deleted", False)}


def test_an_incident_that_was_merged_away_says_so(tmp_path: Path):
    path = made(tmp_path / "d.db")
    with open_record(path) as store:
        decisions.merge(store, "1", "2", By("Ana", f"one blast, says {VICTIM}"), a_settings(path))
    with a_client(path) as client:
        answer = client.get(f"{V1}/incidents/DTL-2")
        assert answer.status_code == 410
        assert answer.headers["content-type"] == "application/problem+json"
        assert "DTL-1" in str(answer.json()["history"][-1])
        history = _json(client, "/incidents/DTL-2/history")
        assert (history["deleted"], history["revision"]) == (True, None)
        page = client.get("/incidents/DTL-2")
        assert (page.status_code, "DTL-2 is held no more: merged into DTL-1" in page.text) == (410, True)
        assert VICTIM not in answer.text + client.get(f"{V1}/incidents/DTL-1/history").text + page.text


# How answers come


def test_what_is_held_already_is_not_sent_again(client: TestClient):
    tag = client.get(f"{V1}/incidents").headers["etag"]
    again = client.get(f"{V1}/incidents", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "no-cache" in again.headers["cache-control"]


def test_head_is_get_without_a_body(client: TestClient):
    head, get = client.head(f"{V1}/incidents/1"), client.get(f"{V1}/incidents/1")
    assert (head.status_code, head.content) == (200, b"")
    assert (head.headers["etag"], head.headers["content-length"]) == (get.headers["etag"], get.headers["content-length"])


@pytest.mark.parametrize(("path", "status", "parameter"), [
    pytest.param("/incidents?contry=AF", 422, "contry", id="misspelled-filter"),
    pytest.param("/incidents?country=", 422, "country", id="empty-filter"),
    pytest.param("/incidents?since=2024-03-01&since=2024-03-02", 422, "since", id="said-twice"),
    pytest.param("/incidents?since=march", 422, "since", id="no-day"),
    pytest.param("/incidents?since=0.0", 422, "since", id="a-number-is-no-day"),
    pytest.param("/incidents?most=0", 422, "most", id="no-row"),
    pytest.param("/incidents/1?country=AF", 422, "country", id="a-filter-on-one-incident"),
    pytest.param("/incidents?country=Atlantis", 422, None, id="no-such-country"),
    pytest.param("/incidents?group=nobody+of+that+name", 422, None, id="no-such-group"),
    pytest.param("/incidents?after=abc", 422, None, id="no-cursor"),
    pytest.param("/accounts?report=R1&since=2024-03-01", 422, None, id="a-filter-beside-one-report"),
    pytest.param("/incidents/999", 404, None, id="no-such-incident"),
    pytest.param("/reports/R999", 404, None, id="no-such-report"),
    pytest.param("/nothing", 404, None, id="no-such-address"),
    pytest.param("/sources/nobody%2Fof%20that%20name", 404, None, id="no-such-source"),
])
def test_mistakes_are_told_as_problems(client: TestClient, path: str, status: int, parameter: str | None):
    answer = client.get(V1 + path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    problem = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(problem)
    assert problem["status"] == status
    if parameter:
        assert parameter in [one["parameter"] for one in problem["errors"]]


def test_what_cannot_be_done_with_an_address_is_said(client: TestClient):
    answer = client.delete(f"{V1}/incidents")
    assert (answer.status_code, answer.headers["allow"], answer.json()["status"]) == (405, "GET", 405)


def test_only_pages_of_listed_origins_may_read(record: Path, client: TestClient):
    asked = {"origin": "https://atlas.example"}
    assert "access-control-allow-origin" not in client.get(f"{V1}/incidents", headers=asked).headers
    with a_client(record, desk_cors="https://atlas.example, https://other.example") as shared:
        told = shared.get(f"{V1}/incidents", headers=asked).headers
        assert told["access-control-allow-origin"] == "https://atlas.example"
        assert "access-control-allow-credentials" not in told
        assert "Origin" in told["vary"]
        assert "access-control-allow-origin" not in shared.get(f"{V1}/incidents", headers={"origin": "https://evil.example"}).headers
        assert "access-control-allow-origin" not in shared.get("/data/days", headers=asked).headers
        preflight = shared.options(f"{V1}/enter", headers=asked | {"access-control-request-method": "POST"})
        assert preflight.status_code == 400


def test_the_index_lists_every_address(client: TestClient):
    paths = {one["path"] for one in _json(client, "/")["entries"]}
    assert {f"{V1}/incidents", f"{V1}/changes", f"{V1}/search", f"{V1}/groups/{{group}}"} <= paths
