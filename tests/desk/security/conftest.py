"""A desk over the hostile record, and people who call it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.settings import Settings
from desk.security.hostile import EDITOR, PASSWORD, a_hostile_record
from made_desk import csrf_of

HERE = "http://127.0.0.1"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a desk over the hostile record. Tests leave the record as it is."""
    return a_hostile_record(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def browser(hostile: Settings) -> Iterator[TestClient]:
    """An editor, signed in."""
    with a_browser(hostile) as client:
        sign_in(client, EDITOR, PASSWORD)
        yield client


def a_browser(settings: Settings) -> TestClient:
    """A browser of its own at a desk of its own; redirects are not followed, faults are answered as a reader sees them."""
    return TestClient(create_app(settings), base_url=HERE, follow_redirects=False, raise_server_exceptions=False)


def sign_in(client: TestClient, name: str, password: str) -> None:
    answer = client.post("/sign-in", data={"csrf_token": csrf_of(client, "/sign-in"), "name": name, "password": password})
    assert answer.status_code == 303, answer.text


def record_at(settings: Settings) -> Path:
    return Path(settings.record)
