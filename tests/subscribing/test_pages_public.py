"""The public pages of signing up, confirming, unsubscribing and choosing: no account or script, and looking changes nothing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import anyio
import pytest

from dateline.desk.pages import briefing_signup
from dateline.desk.small_forms import MOST_BYTES
from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices
from dateline.store import open_record
from dateline.subscribing import leaving, links
from dateline.subscribing.addresses import address_of
from dateline.subscribing.signing_up import form_mark
from made_desk import a_desk, text_of
from subscribing.made import SETTINGS, a_subscriber, link_in, mails_to, sign_up, with_editions

ZOE = "zoe@example.org"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def record(tmp_path):
    with_editions(open_record(tmp_path / "d.db")).close()
    return tmp_path / "d.db"


@pytest.fixture
def desk(record):
    return a_desk(record, mail_from="briefing@example.org", public_url="https://desk.example.org")


@pytest.fixture
def store(record, desk):
    with open_record(record) as opened:
        yield opened


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """No test waits."""
    monkeypatch.setattr(briefing_signup, "sleep", lambda _: anyio.sleep(0))


def now():
    return datetime.now(UTC)


def found(store, address=ZOE):
    return store.subscribers.find(address_of(address).key)


def mark(store, seconds=30):
    """Of a form that has been open for so long."""
    return form_mark(store.team.secret(), now() - timedelta(seconds=seconds))


def send(desk, store, address=ZOE, what="arden/daily", **more):
    return desk.post("/briefing/sign-up", data={"mark": mark(store), "what": what, "address": address, "website": ""} | more)


def preferences(one):
    return f"/briefing/preferences/{one.token}"


def unsubscribe(one, edition=None):
    return "/" + links.unsubscribe_url(SETTINGS, one, edition).split("/", 3)[3]


def rows_of(store):
    with store._read() as connection:
        return [connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1").all()
                for table in ("subscriber", "subscription", "sign_up", "mail", "watch", "invitation", "sign_up_attempt")]


# Signing up


def test_somebody_signs_up_confirms_chooses_and_leaves_without_a_script(desk, store):
    page = desk.get("/briefing/sign-up?edition=arden").text
    assert "<script" not in page
    assert re.search(r'<option value="arden/daily" selected>', page)
    assert "Look into your mailbox" in text_of(send(desk, store, what="arden/weekly").text)
    link = link_in(mails_to(store)[0], "confirm")
    assert "every week" in text_of(desk.get(link).text)
    assert found(store).state == "unconfirmed"
    done = desk.post(link)
    assert "You are a subscriber" in text_of(done.text)
    one = found(store)
    assert (one.state, one.consent.address) == ("confirmed", None)
    assert preferences(one) in done.text
    desk.post(preferences(one) + "/editions/arden", data={"frequency": "daily", "countries": ["ML", "NE"], "killed": "3"})
    assert store.subscribers.choices(one.id, "arden") == Choices("daily", Coverage(countries=("ML", "NE"), killed=3))
    desk.post(preferences(one) + "/leave", data={"what": "arden"})
    assert found(store).state == "unsubscribed"


def test_the_open_editions_are_offered_and_no_other(desk):
    page = desk.get("/briefing/sign-up").text
    assert re.findall(r'<option value="([^"]+)"', page) == ["arden/daily", "arden/weekly", "verity/weekly"]
    assert "colleagues" not in page


@pytest.mark.parametrize("slug", ["desk", "nothing-of-that-name"])
def test_a_form_does_not_tell_which_editions_by_invitation_there_are(desk, slug):
    page = desk.get(f"/briefing/sign-up?edition={slug}").text
    assert "by invitation" in page
    assert "colleagues" not in page


@pytest.mark.parametrize("address", [ZOE, "new@example.org", "waiting@example.org", "gone@example.org"])
def test_the_answer_is_the_same_whoever_is_signed_up(desk, store, address):
    desk.get("/briefing/sign-up")
    a_subscriber(store, at=now())
    sign_up(store, "waiting@example.org", at=now())
    leaving.unsubscribe(store, a_subscriber(store, "gone@example.org", at=now()), None, at=now())
    answer = send(desk, store, address)
    other = send(desk, store, "other@example.org", what="desk")
    assert (answer.status_code, answer.text) == (200, other.text)
    assert dict(answer.headers) == dict(other.headers)


@pytest.mark.parametrize("given", [
    {}, {"address": "new@example.org"}, {"what": "desk"}, {"what": "none"}, {"website": "x"}, {"mark": ""},
    {"address": "nobody"}])
def test_the_answer_comes_after_the_same_time(desk, store, monkeypatch, given):
    a_subscriber(store, at=now())
    clock, waited = iter((100.0, 100.0625)), []
    monkeypatch.setattr(briefing_signup, "time", SimpleNamespace(monotonic=lambda: next(clock)))

    async def sleep(seconds):
        waited.append(seconds)

    monkeypatch.setattr(briefing_signup, "sleep", sleep)
    send(desk, store, **given)
    assert waited == [briefing_signup.ANSWER_AFTER_S - 0.0625]


@pytest.mark.parametrize("given", [{"website": "https://spam.example"}, {"mark": ""}, {"mark": "made.up"}])
def test_a_program_that_fills_the_form_in_is_answered_as_all_and_nothing_comes_of_it(desk, store, given):
    before = rows_of(store)
    assert send(desk, store, **given).text == send(desk, store, what="none").text
    assert [len(table) for table in rows_of(store)][:-1] == [len(table) for table in before][:-1]


def test_a_form_that_is_sent_at_once_is_a_programs(desk, store):
    send(desk, store, mark=form_mark(store.team.secret(), now()))
    assert found(store) is None


def test_a_form_that_was_open_for_a_day_is_given_out_again(desk, store):
    answer = send(desk, store, mark=mark(store, 90_000))
    assert answer.status_code == 422
    assert f'value="{ZOE}"' in answer.text
    assert "send it again" in answer.text


@pytest.mark.parametrize("address", ["", "zoe", "zoe@example.org\r\nBcc: all@example.org", "\x00",
                                     '"><script>alert(1)</script>@x.org', "z" * 10_000 + "@example.org", "zo\u202ee@example.org"])
def test_what_is_no_address_is_told_on_the_form(desk, store, address):
    answer = send(desk, store, address)
    assert answer.status_code == 422
    assert "aria-invalid" in answer.text
    assert "<script" not in answer.text
    assert "\u202e" not in answer.text
    assert store.subscribers.counts() == {}


def test_a_desk_that_sends_no_mail_signs_nobody_up(record):
    desk = a_desk(record)
    assert "sends no mails yet" in desk.get("/briefing/sign-up").text
    with open_record(record) as store:
        send(desk, store)
        assert found(store) is None


@pytest.mark.parametrize(("headers", "network"), [({}, None), ({"x-forwarded-for": "203.0.113.9"}, None)])
def test_who_says_from_where_they_ask_is_believed_when_a_server_of_this_machine_says_it(desk, store, headers, network):
    desk.post("/briefing/sign-up", data={"mark": mark(store), "what": "arden/daily", "address": ZOE}, headers=headers)
    assert found(store).consent.address == network      # "testclient" is no address of this machine


def test_behind_a_server_on_this_machine_the_network_is_the_readers():
    from starlette.requests import Request

    from dateline.desk.pages.briefing_signup import caller_of

    def asked(host, forwarded):
        return caller_of(Request({"type": "http", "client": (host, 1), "headers": [(b"x-forwarded-for", forwarded)]}))

    assert asked("127.0.0.1", b"198.51.100.1, 203.0.113.9") == "203.0.113.9"
    assert asked("127.0.0.1", b"") == "127.0.0.1"
    assert asked("203.0.113.9", b"198.51.100.1") == "203.0.113.9"


# Confirming


@pytest.mark.parametrize("token", ["nothing", "a" * 5_000, "%00", "..%5c"])
def test_a_link_of_nobody_says_so_kindly(desk, token):
    for answer in (desk.get(f"/briefing/confirm/{token}"), desk.post(f"/briefing/confirm/{token}")):
        assert answer.status_code == 404
        assert "/briefing/sign-up" in answer.text or "no such page" in answer.text.lower()


def test_a_second_press_of_the_button_does_no_harm(desk, store):
    sign_up(store, at=now())
    link = link_in(mails_to(store)[0], "confirm")
    desk.post(link)
    assert "confirmed already" in text_of(desk.post(link).text)
    assert "confirmed already" in text_of(desk.get(link).text)


# Looking changes nothing


def test_whatever_opens_the_links_of_mails_changes_nothing(desk, store):
    sign_up(store, "waiting@example.org", at=now())
    one = a_subscriber(store, at=now())
    pages = [link_in(mails_to(store, "waiting@example.org")[0], "confirm"), unsubscribe(one), unsubscribe(one, "arden"),
             unsubscribe(one, "alerts"), unsubscribe(found(store, "waiting@example.org")), preferences(one),
             preferences(one) + "/delete", preferences(one) + "/data.json", preferences(one) + "/editions/verity"]
    before = rows_of(store)
    for page in pages:
        for answer in (desk.get(page), desk.head(page)):
            assert answer.status_code == 200, page
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-robots-tag"] == "noindex"
    assert rows_of(store) == before


# Unsubscribing


@pytest.mark.parametrize("headers", [
    {}, {"origin": "https://mail.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}])
def test_one_post_unsubscribes_at_once_whoever_sends_it(desk, store, headers):
    one = a_subscriber(store, at=now())
    answer = desk.post(unsubscribe(one, "arden"), data=ONE_CLICK, headers=headers)
    assert (answer.status_code, answer.history) == (200, [])
    assert "location" not in answer.headers
    assert found(store).state == "unsubscribed"


def test_one_post_in_parts_unsubscribes_too(desk, store):
    one = a_subscriber(store, at=now())
    assert desk.post(unsubscribe(one), files={"List-Unsubscribe": (None, "One-Click")}).status_code == 200
    assert found(store).state == "unsubscribed"


def test_one_post_deletes_an_address_that_waits(desk, store):
    sign_up(store, at=now())
    path = "/" + mails_to(store)[0].unsubscribe.split("/", 3)[3]
    assert desk.post(path, data=ONE_CLICK).status_code == 200
    assert found(store) is None
    assert desk.post(path, data=ONE_CLICK).status_code == 404


@pytest.mark.parametrize(("what", "left"), [("this", ["verity"]), ("all", [])])
def test_the_page_unsubscribes_from_one_edition_or_all(desk, store, what, left):
    one = a_subscriber(store, at=now())
    desk.post(preferences(one) + "/editions/verity", data={"frequency": "weekly"})
    page = text_of(desk.get(unsubscribe(one, "arden")).text)
    assert "Unsubscribe from Arden, every day" in page
    assert "Unsubscribe from everything" in page
    desk.post(unsubscribe(one, "arden"), data={"what": what})
    assert [held.edition for held in store.subscribers.subscriptions(one.id)] == left


@pytest.mark.parametrize("data", [{}, {"what": "else"}, {"List-Unsubscribe": "no"}, {"x": "y" * 50_000}])
def test_a_post_that_asks_for_nothing_is_shown_the_buttons(desk, store, data):
    one = a_subscriber(store, at=now())
    assert desk.post(unsubscribe(one), data=data).status_code == 422
    assert found(store).state == "confirmed"


@pytest.mark.parametrize(("content", "kind"), [
    (b"\xff\xfe=%00", "application/x-www-form-urlencoded"), (b"List-Unsubscribe=One-Click", "multipart/form-data"),
    (b"--x\r\nbroken", "multipart/form-data; boundary=x"), (b"{}", "application/json"),
    (b"&" * 50_000, "application/x-www-form-urlencoded")])
def test_a_body_that_is_no_form_asks_for_nothing(desk, store, content, kind):
    one = a_subscriber(store, at=now())
    assert desk.post(unsubscribe(one), content=content, headers={"content-type": kind}).status_code == 422
    assert found(store).state == "confirmed"


def test_a_body_without_end_is_refused(desk, store):
    one = a_subscriber(store, at=now())
    assert desk.post(unsubscribe(one), content=b"x" * (MOST_BYTES + 1)).status_code == 413


@pytest.mark.parametrize("token", ["nothing", "AAAA", "a" * 5_000, "%00"])
def test_a_link_to_unsubscribe_that_is_none_says_so(desk, token):
    assert desk.get(f"/briefing/unsubscribe/{token}").status_code == 404
    assert desk.post(f"/briefing/unsubscribe/{token}", data=ONE_CLICK).status_code == 404


# One's own page


def test_the_own_page_shows_what_one_gets_and_may_get(desk, store):
    one = a_subscriber(store, at=now())
    page = text_of(desk.get(preferences(one)).text)
    assert ZOE in page
    assert "Arden, every day" in page
    assert "Port Verity" in page
    assert "For colleagues" not in page
    assert f"/briefing/alerts/{one.token}" in desk.get(preferences(one)).text


def test_an_edition_by_invitation_is_offered_to_those_invited(desk, store):
    one = a_subscriber(store, at=now())
    assert desk.post(preferences(one) + "/editions/desk", data={}).status_code == 404
    store.subscribers.invite("desk", [address_of(ZOE).key], "Ana", now())
    assert desk.post(preferences(one) + "/editions/desk", data={}).status_code == 303
    assert store.subscribers.choices(one.id, "desk") == Choices()


def test_what_an_edition_does_not_offer_is_told_on_the_form_and_not_kept(desk, store):
    one = a_subscriber(store, at=now())
    answer = desk.post(preferences(one) + "/editions/arden", data={"countries": "XX", "killed": "<b>many", "frequency": "daily"})
    assert answer.status_code == 422
    assert "<b>many" not in answer.text
    assert store.subscribers.choices(one.id, "arden") == Choices()


def test_whoever_left_may_come_back_on_their_own_page_and_consents_anew(desk, store):
    one = a_subscriber(store, at=now() - timedelta(hours=1))
    leaving.unsubscribe(store, one, None, at=now())
    desk.post(preferences(one) + "/editions/verity", data={})
    back = found(store)
    assert (back.state, back.consent.origin, back.unsubscribed_at) == ("confirmed", "page of preferences", None)
    assert back.consent.confirmed_at > one.consent.confirmed_at


def test_whoever_is_suspended_may_ask_for_mails_again(desk, store):
    one = a_subscriber(store, at=now())
    for _ in range(3):
        store.subscribers.bounced(one.id, now())
    assert "came back" in text_of(desk.get(preferences(one)).text)
    desk.post(preferences(one) + "/resume")
    assert (found(store).state, found(store).bounces) == ("confirmed", 0)


def test_a_new_link_stops_the_old_ones(desk, store):
    one = a_subscriber(store, at=now() - timedelta(hours=1))
    assert "on its way" in text_of(desk.post(preferences(one) + "/link").text)
    assert desk.get(preferences(one)).status_code == 404
    assert desk.get(link_in(mails_to(store)[-1], "preferences")).status_code == 200
    again = desk.post(preferences(found(store)) + "/link")
    assert again.headers["location"].endswith("?done=wait")
    assert "old links still work" in text_of(desk.get(again.headers["location"]).text)


def test_one_takes_ones_data_away_and_deletes_it(desk, store):
    one = a_subscriber(store, at=now())
    answer = desk.get(preferences(one) + "/data.json")
    assert answer.headers["content-disposition"].startswith("attachment")
    told = json.loads(answer.text)
    assert told["address"] == ZOE
    assert one.token not in answer.text
    desk.post(preferences(one) + "/delete")
    assert found(store) is None
    assert mails_to(store) == []


def test_an_address_that_waits_has_no_page_yet(desk, store):
    sign_up(store, at=now())
    assert desk.get(preferences(found(store))).status_code == 404


@pytest.mark.parametrize("path", ["", "/editions/arden", "/leave", "/link", "/delete", "/resume", "/data.json"])
def test_the_page_of_nobody_says_so_and_changes_nothing(desk, store, path):
    a_subscriber(store, at=now())
    before = rows_of(store)
    for method in (desk.get, desk.post):
        assert method(f"/briefing/preferences/{'x' * 43}{path}").status_code in (404, 405)
    assert rows_of(store) == before


def test_an_editions_words_are_shown_as_words(desk, store):
    from dateline.records.mailing import Edition

    store.editions.keep(Edition("bad", "<script>alert(1)</script>\r\nBcc: x", "<img src=x>"), now())
    one = a_subscriber(store, edition="bad", at=now())
    assert "\n" not in mails_to(store)[0].subject
    for page in ("/briefing/sign-up?edition=bad", preferences(one), preferences(one) + "/editions/bad", unsubscribe(one, "bad")):
        text = desk.get(page).text
        assert "<script>" not in text
        assert "<img" not in text
