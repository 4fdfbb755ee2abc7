"""Calls of webhooks: signed, to public addresses alone, at least once, put off and given up. The receiver is on this machine."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.made_alerts import NOW, SETTINGS, a_watch, after, calls, tell
from dateline.alerts import calls as made_calls
from dateline.alerts.body import MOST_BYTES
from dateline.alerts.calls import Called, call_due, check_webhook, new_secret, pause_after, post, signature
from dateline.alerts.telling import Told, tell_changes
from dateline.errors import SettingsError
from dateline.store import open_record
from store.made import a_figure

HERE = replace(SETTINGS, fetch_private=True, fetch_timeout_s=2.0)


@dataclass
class Receiver:
    """answers: what is answered in turn, the last one ever after."""

    address: str = ""
    answers: list[tuple[int, bytes]] = field(default_factory=lambda: [(200, b"taken")])
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    stalls: threading.Event = field(default_factory=threading.Event)
    slow: bool = False


@pytest.fixture
def receiver():
    held = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            held.got.append((dict(self.headers), body))
            status, words = held.answers.pop(0) if len(held.answers) > 1 else held.answers[0]
            if held.slow:
                held.stalls.wait(10)
            self.send_response(status)
            for name, value in held.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        do_GET = do_POST

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    held.address = f"http://127.0.0.1:{server.server_port}/alerts"
    yield held
    held.stalls.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def watch(store, receiver):
    made = a_watch(store, name="hook", webhook=receiver.address, secret="made up")
    tell(store, figures=(a_figure(3, modifier="at_least", high=None, words="at least 3"),))
    assert tell_changes(store, HERE, NOW) == Told(first=1, calls=1)
    return made


def test_a_call_carries_the_facts_of_the_mail_and_is_signed(store, watch, receiver):
    assert call_due(store, HERE, NOW) == Called(answered=1)
    [(headers, body)] = receiver.got
    assert headers["Content-Type"] == "application/json"
    stamp = headers["X-Dateline-Timestamp"]
    assert abs(int(stamp) - NOW.timestamp()) < 60
    expected = hmac.new(b"made up", f"{stamp}.{body.decode()}".encode(), hashlib.sha256).hexdigest()
    assert headers["X-Dateline-Signature"] == f"sha256={expected}"
    told = json.loads(body)
    assert headers["X-Dateline-Delivery"] == told["delivery"]
    assert (told["version"], told["event"], told["number"], told["watch"]) == (1, "new", 1, {"id": 1, "name": "hook"})
    assert (told["incident_id"], told["url"]) == ("DTL-1", "https://desk.example.org/incidents/DTL-1")
    one = told["incident"]
    assert one["killed"] == {"low": 3, "best": 3, "high": None, "words": "at least 3"}
    assert (one["status"], one["review"], one["outlets"], one["reports"]) == ("happened", "unreviewed", ["Arden Post"], 1)
    assert (one["where"]["lat"], one["where"]["lon"], one["when"]["best"]) == (13.0, 42.0, "2024-03-12")
    assert any(line.startswith("UNREVIEWED") for line in told["sentences"])
    assert call_due(store, HERE, after(hours=1)) == Called()
    assert [row.state for row in calls(store)] == ["answered"]


def test_an_update_says_what_changed(store, watch, receiver):
    tell(store, "Hawk Wire", after(hours=1), killed=9)
    tell_changes(store, HERE, after(hours=1))
    assert call_due(store, HERE, after(hours=1)) == Called(answered=2)
    first, update = (json.loads(body) for _, body in receiver.got)
    assert (update["event"], update["number"], update["changes"]) == ("update", 2, ["Killed: at least 3 -> 9."])
    assert first["delivery"] != update["delivery"]


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_what_is_not_taken_is_sent_again_the_same_and_later(store, watch, receiver, status):
    receiver.answers = [(status, b"no"), (204, b"")]
    receiver.headers = {"Location": "http://127.0.0.1:9/elsewhere"} if status < 400 else {}
    assert call_due(store, HERE, NOW) == Called(put_off=1)
    assert calls(store)[0].said.startswith(f"{status} ")
    assert call_due(store, HERE, after(seconds=29)) == Called()
    assert call_due(store, HERE, after(seconds=31)) == Called(answered=1)
    (one, body), (other, again) = receiver.got
    assert (body, one["X-Dateline-Delivery"]) == (again, other["X-Dateline-Delivery"])
    assert one["X-Dateline-Timestamp"] != other["X-Dateline-Timestamp"]


def test_a_receiver_that_is_gone_pauses_its_watch(store, watch, receiver):
    tell(store, "Hawk Wire", after(hours=1), killed=9)
    tell_changes(store, HERE, after(hours=1))
    receiver.answers = [(410, b"")]
    assert call_due(store, HERE, after(hours=1)) == Called(given_up=1)
    assert store.watches.get(watch.id).paused
    assert [row.state for row in calls(store)] == ["given up", "given up"]
    assert len(receiver.got) == 1


def test_a_call_is_given_up_after_a_day(store, watch, receiver):
    receiver.answers = [(500, b"")]
    at, outcomes = NOW, []
    for _ in range(100):
        outcomes.append(call_due(store, HERE, at))
        if outcomes[-1].given_up:
            break
        at += timedelta(minutes=30)
    assert after(hours=22) < at <= after(hours=24)
    assert calls(store)[0].state == "given up"
    assert "500" in calls(store)[0].said


def test_pauses_grow_to_an_hour():
    assert [pause_after(n).total_seconds() for n in (1, 2, 3, 4, 7, 8, 60)] == [30, 60, 120, 240, 1920, 3600, 3600]


def test_a_webhook_that_fails_holds_up_no_other(store, receiver):
    a_watch(store, name="broken", webhook="http://127.0.0.1:9/", secret="x")
    a_watch(store, name="whole", webhook=receiver.address, secret="y")
    for number in range(3):
        tell(store, f"Outlet {number}", after(minutes=number), killed=number + 1)
        tell_changes(store, HERE, after(minutes=number))
    done = call_due(store, HERE, after(hours=1))
    assert (done.put_off, done.answered) == (1, len(receiver.got))
    assert len(receiver.got) >= 1


def test_a_receiver_that_stalls_is_not_waited_for(store, watch, receiver):
    receiver.slow = True
    begun = time.monotonic()
    assert call_due(store, replace(HERE, fetch_timeout_s=0.3), NOW) == Called(put_off=1)
    assert time.monotonic() - begun < 5
    assert calls(store)[0].said == "no answer in time"


def test_of_an_answer_no_more_than_the_first_words_are_read(store, watch, receiver):
    receiver.answers = [(200, b"<b>\x1b[31m taken \r\n" + b"x" * 5_000_000)]
    call_due(store, HERE, NOW)
    said = calls(store)[0].said
    assert said.startswith("200 OK: <b>")
    assert said.isprintable()
    assert len(said) < 300


def test_a_worker_that_dies_leaves_its_call_to_the_next(store, watch, receiver, monkeypatch):
    def dies(*args, **given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(made_calls, "post", dies)
        with pytest.raises(KeyboardInterrupt):
            call_due(store, HERE, NOW)
    assert call_due(store, HERE, after(seconds=60)) == Called()                    # still in the hands of the dead
    assert call_due(store, HERE, after(seconds=181)) == Called(answered=1)


def test_two_workers_do_not_make_one_call_twice(store, watch, receiver, tmp_path):
    for number in range(6):
        a_watch(store, name=f"hook {number}", webhook=receiver.address, secret="x")
    tell(store, "Hawk Wire", after(minutes=1), killed=9)
    tell_changes(store, HERE, after(minutes=1))
    done, ready = [], threading.Barrier(2)

    def work():
        with open_record(tmp_path / "d.db") as mine:
            ready.wait()
            done.append(call_due(mine, HERE, after(minutes=2)))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(one.answered for one in done) == len(receiver.got) == len(calls(store))
    assert len({headers["X-Dateline-Delivery"] for headers, _ in receiver.got}) == len(receiver.got)


def test_nothing_is_called_offline(store, watch, receiver):
    assert call_due(store, replace(HERE, offline=True), NOW) == Called()
    assert receiver.got == []


# Addresses


@pytest.mark.parametrize("address", [
    "http://hook.example.org/a", "ftp://hook.example.org", "https://", "hook.example.org", "https://ana:pw@hook.example.org/",
    "https://hook.example.org/\r\nX: y", "https://hook.example.org:99999/", "https://[::1", "https://h\u00f6ok.example.org/",
    "javascript:alert(1)", "http://127.0.0.1/a", "http://localhost/a", "https://hook.example.org/" + "a" * 1_000, "",
])
def test_what_is_no_webhooks_address(address):
    with pytest.raises(SettingsError):
        check_webhook(address, SETTINGS)


def test_a_webhook_on_this_machine_needs_the_setting():
    assert check_webhook("http://127.0.0.1:8080/a", HERE) == "http://127.0.0.1:8080/a"
    with pytest.raises(SettingsError):
        check_webhook("http://10.0.0.1/a", HERE)
    assert check_webhook(" https://hook.example.org/a ", SETTINGS) == "https://hook.example.org/a"


BODY = '{"delivery":"d1"}'


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"])
def test_nothing_is_sent_to_an_address_of_a_private_network(address):
    answer = post("https://hook.example.org/a", "s", BODY, SETTINGS, NOW, resolve=lambda host, port: [address])
    assert answer.status is None
    assert "private network" in answer.said


def test_behind_a_proxy_the_name_alone_is_looked_at():
    proxied = replace(SETTINGS, proxy="http://127.0.0.1:9")
    assert "private network" in post("https://10.0.0.1/a", "s", BODY, proxied, NOW).said
    assert "private network" in post("https://intranet/a", "s", BODY, proxied, NOW).said


def test_a_name_that_nobody_knows_is_told():
    def nobody(host, port):
        raise OSError("no such name")

    answer = post("https://hook.example.org/a", "s", BODY, SETTINGS, NOW, resolve=nobody)
    assert (answer.is_taken, "hook.example.org is not known" in answer.said) == (False, True)


# What is sent


@given(words=st.text(max_size=200), count=st.integers(1, 400))
@settings(max_examples=20, deadline=None)
def test_a_body_is_never_longer_than_100_kb_and_always_json(words, count):
    from dateline.alerts.body import body_of
    from dateline.alerts.deciding import News
    from dateline.alerts.facts import facts_of
    from dateline.alerts.match import Concern
    from dateline.publish.withhold import withhold
    from dateline.records.briefing import Coverage
    from dateline.records.mailing import Watch
    from made_incidents import a_report as made_report
    from made_incidents import an_account, an_incident

    reports = [made_report(id=f"R{n}", outlet=f"{n} {words}" * 5, text=f"Shelling hit {n}") for n in range(count)]
    accounts = [an_account(report=one.id, headline=words) for one in reports[:40]]
    published = withhold(an_incident(accounts, reports))
    news = News(Concern(Watch(1, words, Coverage())), "DTL-1", published, facts_of(published), None, (words * 50,) * 60)
    body = body_of(news, SETTINGS, NOW)
    assert len(body.encode()) <= MOST_BYTES
    assert json.loads(body)["incident"]["id"] == "DTL-1"


def test_a_signature_is_of_time_and_body_and_secret():
    one = signature("s", "1", "{}")
    assert len({one, signature("t", "1", "{}"), signature("s", "2", "{}"), signature("s", "1", "{ }")}) == 4
    assert len({new_secret() for _ in range(100)}) == 100


# The documents

DOCS = (Path(__file__).parent.parent.parent / "docs" / "alerts.md").read_text(encoding="utf-8")


def test_the_example_of_the_docs_tells_our_calls_from_others(store, watch, receiver):
    held = {}
    exec(re.search(r"```python\n(.*?)```", DOCS, re.S)[1], held)  # our own document
    is_ours = held["is_ours"]
    now = datetime.now(UTC)
    call_due(store, HERE, now)
    [(headers, body)] = receiver.got
    assert is_ours("made up", headers, body)
    assert not is_ours("another secret", headers, body)
    assert not is_ours("made up", headers, body + b" ")
    assert not is_ours("made up", headers | {"X-Dateline-Timestamp": str(int(headers["X-Dateline-Timestamp"]) + 1)}, body)
    old = str(int(headers["X-Dateline-Timestamp"]) - 600)
    assert not is_ours("made up", headers | {"X-Dateline-Timestamp": old,
                                             "X-Dateline-Signature": signature("made up", old, body.decode())}, body)


def test_every_field_of_a_body_is_in_the_docs(store, watch):
    told = json.loads(calls(store)[0].body)
    assert [name for name in (*told, *told["incident"]) if f"`{name}`" not in DOCS] == []
