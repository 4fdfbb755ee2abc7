"""A PostgreSQL server that is away for a while: run ends with what to do, watch waits, the desk says so; nothing kept is lost."""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient

import on_postgres
from bench.made_reports import make_reports
from dateline.desk.app import create_app
from dateline.settings import Settings
from dateline.store import open_record
from made_desk import a_desk
from made_incidents import a_report, an_account
from store.made import a_report as a_kept_report
from watching.made_web import FEED, MINUTE, JumpingClock, Web, a_feed, a_page, a_story, texts, watching

pytestmark = pytest.mark.slow


@pytest.fixture
def server():
    """One of this test's own, which it stops and starts."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install dateline[postgres]")
    if on_postgres.binaries() is None:
        pytest.skip(on_postgres.MISSING)
    with on_postgres.server() as started:
        yield started


@contextmanager
def away(server):
    server.stop()
    try:
        yield
    finally:
        server.start()


def dateline(*words):
    return subprocess.Popen([sys.executable, "-c", "from dateline.cli import main; main()", *words], stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, text=True)


def test_a_run_without_a_server_says_so_and_the_same_command_goes_on(server, tmp_path):
    url = server.url(server.new_database())
    made = make_reports(tmp_path / "made", 3, 5, quiet=True)
    with away(server):
        process = dateline("run", str(made.folder), "--record", url)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "no server answers there; start it, or check the address" in said
        assert "Traceback" not in said
    process = dateline("run", str(made.folder), "--record", url)
    process.communicate(timeout=120)
    assert process.returncode == 0
    with open_record(url) as store:
        assert sum(store.extraction_counts().values()) == 3


def test_a_run_whose_server_goes_away_ends_in_a_line_and_loses_nothing(server, tmp_path):
    url = server.url(server.new_database())
    made = make_reports(tmp_path / "made", 120, 6, quiet=False)
    process = dateline("run", str(made.folder), "--record", url)
    with open_record(url) as store:
        for _ in range(600):
            if sum(store.extraction_counts().values()) >= 20 or process.poll() is not None:
                break
            threading.Event().wait(0.1)
        kept = sum(store.extraction_counts().values())
    with away(server):
        _, said = process.communicate(timeout=120)
    assert 20 <= kept < 120
    assert process.returncode == 1
    assert "Traceback" not in said
    assert "the server" in said or "no server" in said
    process = dateline("run", str(made.folder), "--record", url)
    process.communicate(timeout=300)
    assert process.returncode == 0
    with open_record(url) as store:
        assert store.extraction_counts() == {"done": 120}


def test_a_watcher_waits_for_the_server_and_goes_on(server, monkeypatch, tmp_path, caplog):
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    web = Web({FEED: a_feed(["https://arden-post.example/1"]), "https://arden-post.example/1": a_page(a_story(1))})
    later = {FEED: a_feed(["https://arden-post.example/2", "https://arden-post.example/1"]),
             "https://arden-post.example/2": a_page(a_story(2))}
    clock = JumpingClock(told=[(10 * MINUTE, lambda: (server.stop(), web.pages.update(later))), (80 * MINUTE, server.start)])
    with open_record(server.url(server.new_database())) as store:
        watching(store, web, 5, clock=clock)
        assert texts(store) == sorted(map(a_story, (1, 2)))
    assert any(one.message == "the record cannot be written to" for one in caplog.records)


def test_the_desk_says_that_the_record_is_away_and_is_there_again_with_it(server):
    url = server.url(server.new_database())
    a_desk(url, [(a_report(), [an_account()], [])])
    browser = TestClient(create_app(Settings(record=url)), base_url="http://127.0.0.1", client=("127.0.0.1", 50000),
                         raise_server_exceptions=False)
    assert browser.get("/").status_code == 200
    with away(server):
        for path in ("/", "/incidents/DTL-1", "/api/v1/incidents", "/healthz"):
            answer = browser.get(path)
            assert answer.status_code == 503, path
            assert "psycopg" not in answer.text
    assert browser.get("/").status_code == 200
    assert browser.get("/healthz").text == "ok\n"
    with open_record(url) as store:
        assert store.keep(a_kept_report(), None, extracted="done")
