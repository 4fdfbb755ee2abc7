"""A desk that several processes answer for: whichever of them is asked, it is the same desk."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from dateline.desk.app import create_app
from dateline.settings import Settings
from dateline.store import open_record
from dateline.team.people import add_person
from extract.model_server import a_figure, a_model_server, accounts
from extract.model_server import an_account as told
from made_desk import CSRF, a_record_of, text_of
from made_incidents import a_report, an_account

PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]
PASSWORD = "a long enough passphrase"
BLAST = "A suicide bomber killed at least 12 people in Kunduz on Friday, the mayor said."


# Two applications over one record are what two workers are to a browser, whose requests go to the one and to the other


class Browser:
    """One browser: its cookies go along to whichever worker is asked."""

    def __init__(self, path: Path, **settings: object) -> None:
        held = Settings(record=str(path), **settings)  # type: ignore[arg-type]
        self.workers = [TestClient(create_app(held), base_url="http://127.0.0.1", follow_redirects=False) for _ in range(2)]
        self.workers[1]._cookies = self.workers[0]._cookies

    def get(self, worker: int, url: str) -> httpx.Response:
        return self.workers[worker].get(url)

    def post(self, worker: int, url: str, page: str, **fields: str) -> httpx.Response:
        """Send a form to one worker that the other has shown."""
        found = CSRF.search(self.get(1 - worker, page).text)
        assert found
        return self.workers[worker].post(url, data={"csrf_token": found[1], **fields})


@pytest.fixture
def path(tmp_path):
    return a_record_of(tmp_path / "d.db", [(a_report(), [an_account()], [])])


@pytest.fixture
def ana(path):
    with open_record(path) as store:
        add_person(store, "Ana", "editor", PASSWORD, by="tests", at=datetime.now(UTC))
    return Browser(path)


def test_who_signs_in_with_one_is_signed_in_with_the_other_until_they_sign_out_with_either(ana):
    assert ana.get(1, "/").status_code == 303
    assert ana.post(0, "/sign-in", "/sign-in", name="Ana", password=PASSWORD).status_code == 303
    assert [ana.get(worker, "/").status_code for worker in (0, 1)] == [200, 200]
    assert ana.post(1, "/sign-out", "/").status_code == 303
    assert [ana.get(worker, "/").status_code for worker in (0, 1)] == [303, 303]


def test_attempts_to_sign_in_are_counted_together(path, ana):
    allowed = Settings().sign_in_failures
    for attempt in range(allowed):
        assert ana.post(attempt % 2, "/sign-in", "/sign-in", name="Ana", password="wrong").status_code == 422
    assert {ana.post(worker, "/sign-in", "/sign-in", name="Ana", password=PASSWORD).status_code for worker in (0, 1)} == {429}


def test_what_one_says_was_done_the_other_shows_once_and_takes_back(path):
    browser = Browser(path, user="Ana")
    done = browser.post(0, "/incidents/DTL-1/review", "/incidents/DTL-1", what="query", why="which pier?")
    assert done.status_code == 303, done.text
    undo = re.findall(r'"(/decisions/\d+/undo)"', browser.get(1, done.headers["location"]).text)
    assert undo
    assert browser.post(1, undo[0], "/incidents/DTL-1").status_code == 303
    with open_record(path) as store:
        assert store.incident("DTL-1").review.state == "unreviewed"


def test_a_draft_that_one_has_shown_is_kept_by_the_other_as_it_was_shown_and_once(tmp_path):
    with a_model_server(accounts(told(BLAST, kind="grenade", figures=[a_figure("12 people", "killed")]))) as model:
        browser = Browser(tmp_path / "m.db", user="Ana", extractor="endpoint", llm_url=model.address, llm_model="small")
        shown = browser.post(0, "/enter/drafts", "/enter", text=BLAST, outlet="Arden Post")
        packed = re.search(r'name="packed" value="([^"]+)"', shown.text)[1]
        model.answers[:] = [accounts()]                      # asked again, it would say something else
        done = [browser.post(worker, "/enter/keep", "/enter", packed=packed) for worker in (1, 0)]
        assert [one.status_code for one in done] == [303, 303]
        assert len(model.asked) == 1
    assert "grenade" in text_of(browser.get(0, done[0].headers["location"]).text)
    assert done[0].headers["location"] == done[1].headers["location"], "it is one report"
    with open_record(tmp_path / "m.db") as store:
        assert len(list(store.reports())) == 1


def test_what_one_changes_the_other_counts_at_once(path):
    browser = Browser(path, user="Ana")
    before = [browser.get(worker, "/data/points?review=query").json() for worker in (0, 1)]
    assert before[0] == before[1]
    browser.post(0, "/incidents/DTL-1/review", "/incidents/DTL-1", what="query", why="which pier?")
    after = [browser.get(worker, "/data/points?review=query").json() for worker in (0, 1)]
    assert after[0] == after[1] != before[0]


# The processes


@contextmanager
def served(path):
    """A desk of two workers: its address and its process."""
    process = subprocess.Popen([*PROGRAM, "serve", "--port", "0", "--workers", "2", "--record", str(path)], text=True,
                               stderr=subprocess.PIPE, env=os.environ | {"DATELINE_OFFLINE": "1"})
    try:
        address = next(found.group().rstrip("/") for line in process.stderr if (found := re.search(r"http://\S+", line)))
        until(lambda: httpx.get(f"{address}/healthz", timeout=60).status_code == 200)
        until(lambda: len(workers_of(process.pid)) == 2)
        yield address, process
    finally:
        for one in workers_of(process.pid):
            os.kill(one, signal.SIGCONT)
        process.terminate()
        process.wait(60)


def until(holds, longest_s=120.0):
    end = time.monotonic() + longest_s
    while time.monotonic() < end:
        try:
            if holds():
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError("it never came to that")


def workers_of(parent):
    """The processes that answer, each of which has its own children."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(")")[2].split()[1]) != parent:
                continue
            command = (status.parent / "cmdline").read_text()
        except OSError:
            continue
        if "spawn_main" in command:
            found.append(int(status.parent.name))
    return sorted(found)


@contextmanager
def only(worker, parent):
    """Only this one answers; the others are stopped meanwhile."""
    others = [one for one in workers_of(parent) if one != worker]
    for one in others:
        os.kill(one, signal.SIGSTOP)
    yield
    for one in others:
        os.kill(one, signal.SIGCONT)


def requests_in(text):
    return {tuple(one.labels.values()): one.value for family in text_string_to_metric_families(text)
            for one in family.samples if one.name == "dateline_http_requests_total"}


@pytest.mark.slow
def test_two_processes_answer_count_together_and_are_replaced_when_they_die(path):
    with served(path) as (address, process):
        first, second = workers_of(process.pid)
        for worker in (first, second):
            with only(worker, process.pid):
                assert httpx.get(f"{address}/incidents/DTL-1", timeout=60).status_code == 200
        for worker in (first, second):
            with only(worker, process.pid):
                counted = requests_in(httpx.get(f"{address}/metrics", timeout=60).text)
                assert counted["GET", "/incidents/{incident}", "200"] == 2
        os.kill(first, signal.SIGKILL)
        thirds: list[int] = []        # looked at once a turn: between two looks the list changes

        def is_replaced() -> bool:
            thirds[:] = [one for one in workers_of(process.pid) if one not in (first, second)]
            return len(thirds) == 1

        until(is_replaced)
        [third] = thirds
        os.kill(second, signal.SIGSTOP)
        until(lambda: httpx.get(f"{address}/healthz", timeout=60).status_code == 200)
        os.kill(second, signal.SIGCONT)
        process.terminate()
        assert process.wait(60) == 0
        assert not any(Path(f"/proc/{one}").exists() for one in (second, third))


@pytest.mark.slow
def test_workers_end_with_the_process_that_watches_over_them(path):
    with served(path) as (_, process):
        held = workers_of(process.pid)
        process.kill()
        process.wait(60)
        until(lambda: not any(Path(f"/proc/{one}").exists() for one in held))
