"""The API shown to people: every address of the document, what its parameters take, and how to call it."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from dateline.desk.api.document import document_of
from dateline.desk.api.people import operations
from desk.api_records import HERE, a_client, made


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return a_client(made(tmp_path_factory.mktemp("page") / "d.db", []))


def test_the_page_lists_every_operation_and_runs_no_script_of_its_own(client: TestClient):
    page = client.get("/api")
    assert page.status_code == 200
    for path in document_of(client.app)["paths"]:  # type: ignore[arg-type]  # the application
        assert path in page.text
    assert "dateline.connect" in page.text
    assert not [one for one in (" style=", " onclick=", "<script>") if one in page.text]


@pytest.mark.parametrize(("name", "takes"), [
    pytest.param("since", "a day, YYYY-MM-DD", id="day"),
    pytest.param("most", "a number from 1 to 200", id="number"),
    pytest.param("rule", "one of reliable, lowest, latest, majority", id="choice"),
    pytest.param("surely", "true or false", id="yes-or-no"),
    pytest.param("country", "may be repeated: text", id="several"),
])
def test_what_a_parameter_takes_is_told_in_words(client: TestClient, name: str, takes: str):
    told = {one.path: one for _, one in operations(document_of(client.app), HERE) if one.method == "GET"}  # type: ignore[arg-type]
    assert {one.name: one.takes for one in told["/api/v1/incidents"].parameters}[name] == takes


def test_examples_can_be_called(client: TestClient):
    for _, one in operations(document_of(client.app), HERE):  # type: ignore[arg-type]  # the application
        if one.method == "GET" and "{" not in one.path:
            address = one.curl.removeprefix(f"curl '{HERE}").removesuffix("'")
            assert client.get(address).status_code == 200, address
