"""Lists of subscribers out as CSV and in again: without loss, row by row, and nobody gets mails who said no."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import DecisionError, ReadError
from dateline.publish.safe import plain
from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices, Consent, Subscriber, Subscription
from dateline.store import open_record
from dateline.subscribing import leaving
from dateline.subscribing.addresses import address_of
from dateline.subscribing.bringing import import_lines
from dateline.subscribing.sheet import COLUMNS, STATES, Given, lines, read_row
from dateline.subscribing.taking import export_lines
from subscribing.made import NOON, SETTINGS, a_subscriber, after, mails_to, sign_up, with_editions

MINE = Choices("weekly", Coverage(("Western Africa",), ("ML", "NE"), ("jnim", "gsim"), ("attack",), ("school",), 3), "five lines",
               True, "Africa/Bamako", 0)
HEAD = "address,edition,consent_at\n"


def exported(store):
    return "".join(export_lines(store, by="Ana", at=NOON))


def bring(store, text, *, consent="they wrote to us", at=NOON, name="subscribers.csv", **given):
    problems = []
    done = import_lines(store, io.StringIO(text, newline=""), name, SETTINGS, consent=consent, by="Ana", at=at,
                        on_problem=lambda line, why: problems.append((line, why)), **given)
    return done, problems


def found(store, address="zoe@example.org"):
    return store.subscribers.find(address_of(address).key)


def a_full_list(store):
    """Everything that there can be: choices, two editions, none, each state."""
    a_subscriber(store, choices=MINE)
    a_subscriber(store, "two@example.org", "verity", Choices("weekly"), at=after(hours=2))
    two = found(store, "two@example.org").id
    store.subscribers.subscribe([Subscription(two, "desk", Choices(hour=23), after(seconds=0.000001))])
    leaving.unsubscribe(store, a_subscriber(store, "gone@example.org", at=after(hours=3)), None, at=after(hours=4))
    one = a_subscriber(store, "=1+1@example.org", at=after(hours=5))
    for _ in range(3):
        store.subscribers.bounced(one.id, after(hours=6))
    sign_up(store, "wait'ing@example.org", choices=MINE, at=after(hours=7))
    sign_up(store, "wait'ing@example.org", "verity", Choices("weekly"), at=after(hours=8))
    return store


def empty(path):
    return with_editions(open_record(path))


def test_a_list_comes_back_as_it_went_out(store, tmp_path):
    told = exported(a_full_list(store))
    with empty(tmp_path / "other.db") as other:
        done, problems = bring(other, told, at=after(hours=9))
        assert problems == []
        assert (done.rows, done.added, done.left_out) == (7, 5, 0)
        assert exported(other) == told
        assert bring(other, told, at=after(hours=10))[0].added == 0
        assert exported(other) == told
        assert other.subscribers.choices(found(other).id, "arden") == MINE
        assert found(other).token != found(store).token


def test_no_token_is_in_a_list(store):
    a_full_list(store)
    assert not [one.token for one in store.subscribers.page() if one.token in exported(store)]


def test_a_spreadsheet_runs_nothing_of_a_list(store):
    cells = [cell for row in csv.reader(io.StringIO(exported(a_full_list(store)))) for cell in row]
    assert "'=1+1@example.org" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


OTHER = st.sampled_from("=+-@'\";, |!\t\u00e9\uff1d\u202e\u200d\x00\r\n") | st.characters(codec="utf-8")
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
LOCAL = st.from_regex(r"[a-z=+'!#$%&*/?^_`{|}~-]{1,8}", fullmatch=True)
CHOICES = st.builds(
    Choices, st.sampled_from(["daily", "weekly"]),
    st.builds(Coverage, killed=st.integers(0, 100_000), **{
        name: st.lists(st.sampled_from(values), unique=True, max_size=4).map(tuple) for name, values in {
            "regions": ["Western Africa", "South Asia"], "countries": ["ML", "NE", "AF"], "groups": ["jnim", "al-shabaab"],
            "kinds": ["attack", "air/drone strike"], "affected": ["school", "aid worker"]}.items()}),
    st.sampled_from(["five lines", "one page", "everything"]), st.booleans(), st.sampled_from([None, "Africa/Bamako", "UTC"]),
    st.none() | st.integers(0, 23))


@settings(max_examples=150, deadline=None)
@given(LOCAL, st.sampled_from(STATES), CHOICES, TIMES, TIMES, st.none() | TIMES, st.text(OTHER, max_size=40))
def test_whatever_was_chosen_comes_back(local, state, choices, since, asked, said, origin):
    consent = Consent(asked, plain(origin), "2001:db8:1::/48", said)
    one = Subscriber(1, address_of(f"{local}@example.org").written, state, consent, "token", 2, said, asked)
    written = "".join(lines([(one, [Subscription(1, "arden", choices, since)])]))
    [row] = csv.DictReader(io.StringIO(written, newline=""))
    assert read_row(row) == Given(address_of(one.address), state, "arden", choices, since, asked, consent.origin, consent.address,
                                  said, 2, said, asked)


# Consent


def test_nobody_is_brought_in_without_a_word_of_their_consent(store):
    for consent in ("", "  ", "\x00"):
        with pytest.raises(DecisionError, match="consent"):
            bring(store, HEAD + "zoe@example.org,arden,2026-01-02\n", consent=consent)
    assert store.subscribers.counts() == {}


def test_a_row_with_a_time_of_consent_subscribes_at_once(store):
    bring(store, HEAD + "zoe@example.org,arden,2026-01-02\n")
    one = found(store)
    day = datetime(2026, 1, 2, tzinfo=UTC)
    assert one.state == "confirmed"
    assert one.consent == Consent(day, "import of subscribers.csv by Ana: they wrote to us", None, day)
    assert mails_to(store) == []


def test_a_row_without_one_is_asked_first(store):
    done, _ = bring(store, HEAD + "zoe@example.org,arden,\n")
    assert (done.added, done.asked, found(store).state) == (1, 1, "unconfirmed")
    assert store.subscribers.subscriptions(found(store).id) == []
    assert mails_to(store)[0].subject.startswith("Please confirm")


def test_a_row_that_says_confirmed_and_not_when_is_asked_too(store):
    bring(store, "address,edition,state\nzoe@example.org,arden,confirmed\n")
    assert found(store).state == "unconfirmed"


def test_an_address_whose_days_are_over_is_not_asked(store):
    bring(store, "address,state,edition,asked_at\nzoe@example.org,unconfirmed,arden,2026-01-02\n")
    assert mails_to(store) == []
    assert leaving.delete_unconfirmed(store, SETTINGS, NOON) == 1


@pytest.mark.parametrize("row", ["zoe@example.org,arden,2026-01-02", "zoe@example.org,arden,"])
def test_whoever_left_or_is_suspended_is_not_brought_back_unless_that_is_said(store, row):
    leaving.unsubscribe(store, a_subscriber(store), None, at=NOON)
    done, problems = bring(store, HEAD + row + "\n")
    assert (done.left_out, problems) == (1, [(2, "this address is unsubscribed: it gets nothing unless --resubscribe says so")])
    assert store.subscribers.subscriptions(found(store).id) == []
    bring(store, HEAD + row + "\n", resubscribe=True)
    if row.endswith(","):             # it is still for them to say
        assert found(store).state == "unsubscribed"
        assert mails_to(store)[-1].subject.startswith("Please confirm")
    else:
        assert found(store).state == "confirmed"
        assert found(store).consent.origin.startswith("import of")


def test_leaving_comes_in_by_a_list_and_wins(store):
    a_subscriber(store)
    bring(store, "address,state\nzoe@example.org,unsubscribed\nnew@example.org,unsubscribed\n")
    assert store.subscribers.counts() == {"unsubscribed": 2}
    bring(store, HEAD + "new@example.org,arden,2026-01-02\n")
    assert found(store, "new@example.org").state == "unsubscribed"


def test_whoever_subscribes_already_keeps_their_consent_and_gets_the_choices_of_the_list(store):
    one = a_subscriber(store)
    bring(store, "address,edition,frequency,consent_at\nZOE@example.org,arden,weekly,2026-01-02\n")
    assert found(store) == one
    assert store.subscribers.choices(one.id, "arden").frequency == "weekly"


def test_a_list_of_addresses_alone_is_for_an_edition_that_is_named(store):
    done, problems = bring(store, "Address\nzoe@example.org\n")
    assert (done.left_out, problems[0][0]) == (1, 2)
    bring(store, "Address\nzoe@example.org\n", edition="arden")
    assert found(store).state == "unconfirmed"


def test_what_was_done_is_in_the_audit_log_and_no_address(store):
    bring(store, HEAD + "zoe@example.org,arden,2026-01-02\n")
    exported(store)
    held = [line for _, line in store.team.audit()]
    assert [line.what for line in held] == [
        "exported subscribers", "imported 1 rows of subscribers (1 new), consent: they wrote to us"]
    assert "zoe" not in str(held)


# Bad files


def test_a_bad_row_is_told_of_with_its_line_and_the_rest_is_done(store):
    text = "\ufeffaddress;edition;consent_at;hour;shoe\r\n" + "\r\n".join((
        "zoe@example.org;arden;2026-01-02;6;38", "nobody;arden;2026-01-02;6;", "", "bo@example.org;nowhere;2026-01-02;;",
        "\"cy\r\n@example.org\";arden;;;", "di@example.org;arden;2026-01-02;25;", "ed@example.org;arden;soon;;",
        "fay@example.org;arden;2026-01-02", "zoe@example.org\r\n"))
    done, problems = bring(store, text)
    assert [line for line, _ in problems] == [1, 3, 5, 7, 8, 9, 11]
    assert (done.rows, done.added, done.left_out) == (8, 2, 6)
    assert not [why for _, why in problems if "example" in why]
    assert [one.address for one in store.subscribers.page()] == ["zoe@example.org", "fay@example.org"]


@pytest.mark.parametrize("text", ["", "\n", "name,edition\nzoe,arden\n", "\x00", "\"" * 3, "PK\x03\x04"])
def test_a_file_that_is_no_list_is_refused_as_a_whole(store, text):
    with pytest.raises(ReadError, match="address"):
        bring(store, text)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(st.text(OTHER, max_size=30), max_size=6), max_size=6), st.booleans())
def test_no_row_whatever_it_holds_breaks_an_import(store, rows, raw):
    head = "address,edition,consent_at,origin,zone,killed"
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    body = "\n".join(",".join(row) for row in rows) if raw else written.getvalue()
    bring(store, f"{head}\n{body}")
    for one in store.subscribers.page(most=500):
        assert one.address.isprintable()
        assert one.consent.origin.isprintable()


def test_a_list_names_every_column_and_each_is_read(store):
    [head, *_] = lines([])
    assert head.strip().split(",") == list(COLUMNS)
    one = a_subscriber(store, choices=MINE)
    held = replace(one, consent=replace(one.consent, address="192.0.2.0/24"))
    [row] = list(csv.DictReader(io.StringIO("".join(lines([(held, store.subscribers.subscriptions(one.id))])))))
    assert [name for name in COLUMNS if not row[name]] == ["unsubscribed_at", "suspended_at"]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_hundred_thousand_rows_take_less_than_a_minute(store):
    import time

    text = HEAD + "".join(f"reader{number}@example.org,arden,2026-01-02\n" for number in range(100_000))
    began = time.perf_counter()
    done, problems = bring(store, text)
    took = time.perf_counter() - began
    assert (done.added, problems) == (100_000, [])
    assert took < 60
    began = time.perf_counter()
    assert exported(store).count("\n") == 100_001
    assert time.perf_counter() - began < 60
