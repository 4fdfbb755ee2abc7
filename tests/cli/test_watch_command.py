"""dateline watch as a user, or a service manager, starts and ends it; how feeds fare by `dateline sources feeds`."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from whole_job import settings_free

STORY = b"<html><body><article><p>Volunteers painted the school of Port Verity on Friday, the mayor said.</p></article></body>"


@pytest.fixture(autouse=True)
def own_logging():
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = before, level


@pytest.fixture
def site():
    """An address at which a feed of one story is, and the paths asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            feed = f"<rss version='2.0'><channel><title>Arden Post</title><item><link>{address}/1</link></item></channel></rss>"
            body = {"/rss": feed.encode(), "/1": STORY}.get(self.path)
            self.send_response(200 if body else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield address, asked
    server.shutdown()
    server.server_close()


@pytest.fixture
def feeds(tmp_path, site):
    path = tmp_path / "feeds.opml"
    path.write_text(f"<opml><body><outline text='a' xmlUrl='{site[0]}/rss'/></body></opml>")
    return path


def test_once_reads_what_is_due_and_how_the_feed_fares_is_listed(dateline, monkeypatch, feeds, site):
    for name, value in (("FETCH_PRIVATE", "1"), ("FETCH_DELAY_S", "0")):
        monkeypatch.setenv(f"DATELINE_{name}", value)
    code, out, err = dateline("watch", feeds, "--once", "--log", "json")
    assert (code, out) == (0, "")
    lines = [json.loads(line) for line in err.splitlines()]
    assert [line["what"] for line in lines] == ["watching", "asked", "read", "stopped"]
    assert (lines[1]["feed"], lines[1]["reports"], lines[2]["new"]) == (f"{site[0]}/rss", 1, 1)
    assert dateline("watch", feeds, "--once")[0] == 0
    assert [path for path in site[1] if path != "/robots.txt"] == ["/rss", "/1"]        # it is not due again yet
    [feed] = map(json.loads, dateline("sources", "feeds", "--json")[1].splitlines())
    assert (feed["title"], feed["reports"], feed["pace"]["failures"]) == ("Arden Post", 1, 0)
    assert "Arden Post" in dateline("sources", "feeds")[1]


@pytest.mark.parametrize(("given", "why", "code"), [
    pytest.param(("none.opml",), "cannot be opened", 1, id="no-such-file"),
    pytest.param(("https://arden.example/rss", "--log", "xml"), "must be one of plain, json", 2, id="no-such-log"),
    pytest.param(("ftp://arden.example/rss",), "not an http or https address", 1, id="no-such-address"),
])
def test_what_cannot_be_watched_is_refused_before_a_record_is_made(dateline, tmp_path, given, why, code):
    ended, _, err = dateline("watch", *given)
    assert ended == code
    assert why in " ".join(err.split())
    assert not (tmp_path / "dateline.db").exists()


def test_a_record_without_feeds_says_how_to_watch_some(dateline, record):
    code, out, err = dateline("sources", "feeds", "--record", record)
    assert (code, out) == (0, "")
    assert "dateline watch FEEDS.opml" in err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "ctrl-c"])
def test_it_ends_cleanly_when_it_is_told(tmp_path, feeds, number):
    given = {"DATELINE_FETCH_PRIVATE": "1", "DATELINE_FETCH_DELAY_S": "0"}
    program = [sys.executable, "-c", "from dateline.cli import main; main()"]
    process = subprocess.Popen([*program, "watch", feeds, "--record", tmp_path / "d.db", "--log", "json"],
                               stderr=subprocess.PIPE, text=True, env=settings_free(given))
    told = [json.loads(process.stderr.readline())["what"]]
    time.sleep(0.2)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    told += [json.loads(line)["what"] for line in err.splitlines()]
    assert process.returncode == 0
    assert (told[0], told[-1]) == ("watching", "stopped")
