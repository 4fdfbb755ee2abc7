"""What programs decide through the API: by whom, on what they saw, and never because another site's page made a browser ask."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from dateline.store import open_record
from dateline.team import people
from desk.api_records import VICTIM, a_client, made

V1 = "/api/v1"
NOTE = {"note": "A grenade was thrown at the market of Cask Hill; two traders died.", "date": "2024-03-21",
        "outlet": "phone call", "kind": "grenade", "day": "2024-03-21", "into": "new",
        "figures": [{"words": "two", "effect": "killed", "by": "the market's guard"}]}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return a_client(made(tmp_path / "d.db"))


def _post(client: TestClient, path: str, **given: Any) -> httpx.Response:
    """As the desk's own page sends it."""
    held = client.get(f"{V1}/incidents/1")            # nothing gives the API's callers a cookie: the page does
    assert held.status_code == 200
    desk = client.app.state.desk  # type: ignore[attr-defined]
    client.cookies.set("dateline", desk.who.signed("a seat"))
    return client.post(V1 + path, json=given, headers={"x-csrf-token": desk.who.csrf_token("a seat")})


def _incident(client: TestClient, name: str) -> Any:
    return client.get(f"{V1}/incidents/{name}").json()


def test_a_review_names_who_and_why(client: TestClient):
    done = _post(client, "/incidents/DTL-1/review", what="reject", why="a drill")
    assert (done.status_code, done.json()["incidents"]) == (200, ["DTL-1"])
    review = _incident(client, "1")["review"]
    assert (review["state"], review["who"], review["reason"]) == ("rejected", "Ana", "a drill")
    _post(client, f"/decisions/{done.json()['event']}/undo")
    assert _incident(client, "1")["review"]["state"] == "unreviewed"


def test_a_correction_is_read_as_a_person_writes_it(client: TestClient):
    assert _post(client, "/incidents/2/correct", field="when", value="2024-03-15").status_code == 200
    assert _incident(client, "2")["when"]["best"] == "2024-03-15"


def test_incidents_are_put_together_and_taken_apart(client: TestClient):
    merged = _post(client, "/incidents/1/merge", other="2", why="one blast")
    assert merged.json()["gone"] == ["DTL-2"]
    split = _post(client, "/incidents/1/split", accounts=["A-R3"])
    assert len(split.json()["incidents"]) == 2


def test_what_is_entered_by_hand_is_found_again(client: TestClient):
    done = _post(client, "/enter", entered=NOTE)
    assert done.status_code == 200, done.text
    [name] = done.json()["incidents"]
    held = _incident(client, name)
    assert (held["kind"], held["toll"]["killed"]["best"], held["accounts"][0]["report"]["outlet"]) == ("grenade", 2, "phone call")


def test_a_stale_edit_shows_what_is_held_now(client: TestClient):
    seen = _incident(client, "1")["revision"]
    assert _post(client, "/incidents/1/confidence", level="low", seen=seen).status_code == 200
    stale = _post(client, "/incidents/1/review", what="accept", seen=seen)
    problem = stale.json()
    assert (stale.status_code, problem["seen"]) == (409, seen)
    assert problem["revision"] == _incident(client, "1")["revision"] != seen
    assert problem["held"]["review"]["confidence"] == "low"
    assert VICTIM not in stale.text


@pytest.mark.parametrize(("path", "given", "status"), [
    pytest.param("/incidents/999/review", {"what": "accept"}, 404, id="no-such-incident"),
    pytest.param("/incidents/1/merge", {"other": "1"}, 409, id="with-itself"),
    pytest.param("/incidents/1/review", {"what": "reject"}, 409, id="no-reason"),
    pytest.param("/incidents/1/review", {"what": "burn"}, 422, id="no-such-state"),
    pytest.param("/incidents/1/review", {"what": "accept", "sen": "1-abc"}, 422, id="misspelled"),
    pytest.param("/incidents/1/correct", {"field": "colour", "value": "red"}, 409, id="no-such-field"),
    pytest.param("/incidents/1/correct", {"field": "where", "value": {"lat": "north"}}, 409, id="no-such-value"),
    pytest.param("/decisions/99/undo", {}, 409, id="no-such-event"),
    pytest.param("/enter", {"entered": {"note": "", "date": "2024-03-21", "outlet": None}}, 409, id="an-empty-note"),
])
def test_what_cannot_be_decided_is_a_problem(client: TestClient, path: str, given: dict[str, Any], status: int):
    answer = _post(client, path, **given)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text


def test_another_sites_page_decides_nothing(client: TestClient):
    desk = client.app.state.desk  # type: ignore[attr-defined]
    client.cookies.set("dateline", desk.who.signed("a seat"))
    for headers in ({}, {"x-csrf-token": "0" * 64}, {"content-type": "text/plain"}):
        answer = client.post(f"{V1}/incidents/1/review", content='{"what": "accept"}', headers=headers)
        assert answer.status_code == 403
    assert _incident(client, "1")["review"]["state"] == "unreviewed"


@pytest.fixture
def tokens(tmp_path: Path) -> dict[str, str]:
    """A token for each role, in a record that knows a person: everyone else has to say who they are."""
    now = datetime.now(UTC)
    with open_record(tmp_path / "d.db") as store:
        people.add_person(store, "Bo", "editor", "seven grey herons", by="Bo", at=now)
        return {role: people.new_token(store, f"a {role}", role, by="Bo", at=now).token for role in ("reader", "coder", "editor")}


@pytest.mark.parametrize(("role", "status"), [
    pytest.param(None, 401, id="nobody"), pytest.param("reader", 403, id="reader"), pytest.param("coder", 403, id="coder"),
    pytest.param("editor", 200, id="editor"),
])
def test_approving_is_an_editors(client: TestClient, tokens: dict[str, str], role: str | None, status: int):
    headers = {"authorization": f"Bearer {tokens[role]}"} if role else {}
    answer = client.post(f"{V1}/incidents/1/review", json={"what": "accept"}, headers=headers)
    assert answer.status_code == status


def test_a_token_reads_and_codes(client: TestClient, tokens: dict[str, str]):
    assert client.get(f"{V1}/incidents").status_code == 401
    assert client.get(f"{V1}/incidents", headers={"authorization": "Bearer dtl_made_up"}).status_code == 401
    as_coder = {"authorization": f"Bearer {tokens['coder']}"}
    assert client.get(f"{V1}/incidents", headers=as_coder).status_code == 200
    done = client.post(f"{V1}/incidents/1/correct", json={"field": "kind", "value": "attack"}, headers=as_coder)
    assert done.status_code == 200, done.text
    assert _incident_as(client, as_coder)["history"][-1]["who"] == "token a coder"


def _incident_as(client: TestClient, headers: dict[str, str]) -> Any:
    return client.get(f"{V1}/incidents/1", headers=headers).json()
