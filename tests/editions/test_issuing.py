"""Issues: drafted, edited, approved, issued once with a mail for each subscriber, dropped."""

from __future__ import annotations

import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from time import perf_counter

import pytest

from dateline.editions import issuing
from dateline.editions.schedule import Due
from dateline.errors import DecisionError, SettingsError
from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices, Edits, Subscription
from dateline.settings import Settings
from dateline.store import open_record
from editions.conftest import MADE
from editions.made import SETTINGS, queued, subscribe
from made_issues import COMPOSED, DAY, a_window, an_edition

LATER = COMPOSED + timedelta(hours=1)


@pytest.fixture
def draft(store, composed):
    return issuing.draft(store, an_edition(), "daily", a_window(), SETTINGS, at=COMPOSED)


def audit_of(store):
    return [(line.who, line.what, line.about) for _, line in store.team.audit()]


# Drafts


def test_an_issue_stays_a_draft_until_an_editor_approves_it(store, draft):
    assert (draft.state, draft.name, draft.composed_at) == ("draft", "daily-2024-03-12", COMPOSED)
    assert store.editions.issue("arden", "daily", DAY) == draft
    assert queued(store) == []


def test_an_edition_that_goes_out_by_itself_tells_approved_incidents_alone_and_is_issued_at_once(store, composed):
    edition = an_edition(by_itself=True)
    store.editions.keep(edition, MADE)
    subscribe(store, "zoe")
    issue = issuing.draft(store, edition, "daily", a_window(), SETTINGS, at=COMPOSED)
    assert (issue.state, issue.by, issue.issued_at) == ("issued", None, COMPOSED)
    assert composed.approved_only == [True]
    assert [row.to for row in queued(store)] == ["zoe@example.org"]


def test_a_second_draft_of_a_day_is_the_first_one(store, draft, composed):
    composed.items = ()
    assert issuing.draft(store, an_edition(), "daily", a_window(), SETTINGS, at=LATER) == draft


def test_the_record_is_read_once_for_all_editions_of_one_window(store, composed):
    editions = [an_edition(f"arden-{number}") for number in range(40)]
    for one in editions:
        store.editions.keep(one, MADE)
    other = a_window(kept_since=COMPOSED - timedelta(days=3))
    due = [*(Due(one, "daily", a_window()) for one in editions[1:]), Due(editions[0], "daily", other)]
    assert len(list(issuing.draft_due(store, due, SETTINGS, at=COMPOSED, failed=pytest.fail))) == 40
    assert composed.read == [a_window(), other]


def test_an_edition_that_cannot_be_composed_is_told_and_holds_up_no_other(store, composed, monkeypatch):
    made, failed = issuing.briefing_of, []
    for slug in ("broken", "whole"):
        store.editions.keep(an_edition(slug), MADE)

    def broken(window, edition, frequency):
        if edition.slug == "broken":
            raise KeyError("no such sentence")
        return made(window, edition, frequency)

    monkeypatch.setattr(issuing, "briefing_of", broken)
    due = [Due(an_edition(slug), "daily", a_window()) for slug in ("broken", "whole")]
    issues = list(issuing.draft_due(store, due, SETTINGS, at=COMPOSED, failed=lambda one, error: failed.append(one.edition.slug)))
    assert ([one.edition for one in issues], failed) == (["whole"], ["broken"])


def test_an_issue_ends_before_what_a_run_keeps_and_has_not_reconciled_yet(store, monkeypatch):
    seen = []
    monkeypatch.setattr("dateline.publish.brief.gathering.gather", lambda store, window, context: seen.append(window))
    monkeypatch.setattr(issuing, "context_of", lambda settings: None)
    window = a_window()
    for until in (window.kept_until, COMPOSED - timedelta(minutes=5), COMPOSED - timedelta(days=2)):
        monkeypatch.setattr(type(store.editions), "settled_until", lambda self, at, until=until: until)
        issuing.gathered(store, window, SETTINGS)
    assert [one.kept_until for one in seen] == [COMPOSED, COMPOSED - timedelta(minutes=5), window.kept_since]


# What editors do


def test_an_editor_reorders_drops_and_notes_and_it_is_shown_so(store, draft):
    edits = Edits(("DTL-2", "DTL-2"), (), (("DTL-2", " See\x1b the map "), ("DTL-1", " ")), "Two shellings")
    issue = issuing.edit(store, draft, edits, by="Ana", at=LATER)
    assert issue.edits == Edits(("DTL-2",), (), (("DTL-2", "See  the map"),), "Two shellings")
    briefing = issuing.shown(issue)
    assert ([item.id for item in briefing.items], briefing.note) == (["DTL-2", "DTL-1"], "Two shellings")
    without = issuing.edit(store, issue, Edits(dropped=("DTL-1",)), by="Ana", at=LATER)
    assert [item.id for item in issuing.shown(without).items] == ["DTL-2"]
    assert audit_of(store)[0] == ("Ana", "edited the issue", "arden daily-2024-03-12")


@pytest.mark.parametrize(("edits", "said"), [
    (Edits(order=("DTL-9",)), "no item 'DTL-9'"), (Edits(dropped=("x",)), "no item"), (Edits(notes=(("x", "y"),)), "no item"),
    (Edits(note="x" * 2001), "2,000 characters"), (Edits(notes=(("DTL-1", "x" * 2001),)), "2,000 characters")])
def test_edits_of_what_is_not_in_it_or_too_long_are_refused(store, draft, edits, said):
    with pytest.raises(DecisionError, match=said):
        issuing.edit(store, draft, edits, by="Ana", at=LATER)


def test_what_was_approved_and_edited_has_to_be_approved_anew(store, draft):
    approved = issuing.approve(store, draft, by="Ana", at=LATER)
    assert (approved.state, approved.by) == ("approved", "Ana")
    edited = issuing.edit(store, approved, Edits(dropped=("DTL-1",)), by="Ben", at=LATER)
    assert (edited.state, edited.by) == ("draft", None)
    assert store.editions.issue_by_id(draft.id) == edited


def test_nobody_approves_or_issues_what_another_has_edited_since_they_read_it(store, draft):
    issuing.edit(store, draft, Edits(note="A quiet day"), by="Ben", at=LATER)
    for act in (issuing.approve, issuing.drop):
        with pytest.raises(DecisionError, match="has changed since you read it"):
            act(store, draft, by="Ana", at=LATER)
    with pytest.raises(DecisionError, match="has changed since you read it"):
        issuing.issue_now(store, draft, SETTINGS, by="Ana", at=LATER)


def test_of_two_editors_one_issues_it_and_the_other_is_told_who_did(store, draft):
    subscribe(store, "zoe")
    approved = issuing.approve(store, draft, by="Ana", at=LATER)
    out = issuing.issue_now(store, approved, SETTINGS, by="Ben", at=LATER)
    assert (out.state, out.by, out.issued_at) == ("issued", "Ana", LATER)
    with pytest.raises(DecisionError, match="is issued by Ana already"):
        issuing.issue_now(store, approved, SETTINGS, by="Cem", at=LATER)
    assert len(queued(store)) == 1
    about = "arden daily-2024-03-12"
    assert audit_of(store)[:2] == [("Ben", "issued", about), ("Ana", "approved the issue", about)]


def test_what_was_dropped_is_never_issued(store, draft):
    dropped = issuing.drop(store, draft, by="Ana", at=LATER)
    for issue in (draft, dropped):
        with pytest.raises(DecisionError, match="is dropped already"):
            issuing.issue_now(store, issue, SETTINGS, by="Ana", at=LATER)
    assert store.editions.issue_by_id(draft.id).state == "dropped"


def test_where_queuing_fails_nothing_is_issued(store, draft, monkeypatch):
    def broken(self, mails, at):
        raise RuntimeError("no room")

    monkeypatch.setattr(type(store.mails), "queue", broken)
    with pytest.raises(RuntimeError):
        issuing.issue_now(store, draft, SETTINGS, by="Ana", at=LATER)
    assert store.editions.issue_by_id(draft.id) == draft


def test_nothing_is_issued_by_mail_whose_links_would_lead_nowhere(store, draft):
    with pytest.raises(SettingsError, match="DATELINE_PUBLIC_URL"):
        issuing.issue_now(store, draft, Settings(mail_from="briefing@example.org"), by="Ana", at=LATER)
    assert issuing.issue_now(store, draft, Settings(), by="Ana", at=LATER).state == "issued"


# To whom


def test_a_mail_is_queued_for_each_confirmed_subscriber_of_that_frequency_under_a_key_of_its_own(store, draft):
    [zoe] = subscribe(store, "zoe")
    subscribe(store, "uma", state="unconfirmed")
    subscribe(store, "pia", state="suspended")
    subscribe(store, "wes", choices=Choices("weekly"))
    issuing.issue_now(store, draft, SETTINGS, by="Ana", at=LATER)
    [row] = queued(store)
    assert (row.key, row.kind, row.to, row.subscriber_id, row.issue_id) == (
        f"issue:{draft.id}:{zoe}", "issue", "zoe@example.org", zoe, draft.id)


def test_whoever_finds_nothing_in_it_gets_a_mail_only_if_they_chose_so(store, draft):
    elsewhere = Coverage(countries=("NE",))
    subscribe(store, "zoe", choices=Choices(coverage=elsewhere))
    subscribe(store, "uma", choices=Choices(coverage=elsewhere, when_empty=True))
    subscribe(store, "pia", choices=Choices(coverage=Coverage(countries=("ML",))))
    issuing.issue_now(store, draft, SETTINGS, by="Ana", at=LATER)
    assert [row.to for row in queued(store)] == ["uma@example.org", "pia@example.org"]


@pytest.mark.parametrize(("zone", "hour", "due_at"), [
    pytest.param(None, None, "07:00:05", id="as-soon-as-it-is-out"),
    pytest.param(None, 9, "09:00:00", id="on-the-editions-clock"),
    pytest.param("Asia/Kabul", 12, "07:30:00", id="on-their-own-clock"),
    pytest.param("Nowhere/Else", 9, "09:00:00", id="no-such-zone")])
def test_a_mail_is_due_at_the_subscribers_own_hour(store, draft, zone, hour, due_at):
    subscribe(store, "zoe", choices=Choices(zone=zone, hour=hour))
    issuing.issue_now(store, draft, SETTINGS, by="Ana", at=LATER)
    assert queued(store)[0].due_at.startswith(f"2024-03-13T{due_at}")


def test_two_servers_that_find_it_due_at_once_make_one_issue_and_one_mail_each(path, composed):
    edition = an_edition(by_itself=True)
    with open_record(path) as store:
        store.editions.keep(edition, MADE)
        subscribe(store, *(f"reader{number}" for number in range(50)))
    ready, made, errors = threading.Barrier(4), [], []

    def server():
        with open_record(path) as own:
            ready.wait()
            due = [Due(edition, "daily", a_window())]
            made.extend(issuing.draft_due(own, due, SETTINGS, at=COMPOSED, failed=lambda one, error: errors.append(error)))

    threads = [threading.Thread(target=server) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(made) == 1
    with open_record(path) as store:
        assert len(queued(store)) == 50


def test_ten_thousand_subscribers_are_queued_within_seconds_and_little_memory(store, draft):
    from dateline.records.mailing import Consent, Subscriber
    from dateline.store.subscriber_rows import Known

    coverages = [Coverage(countries=(code,)) for code in ("ML", "NE", "BF")]
    known = [Known(f"r{n}@example.org", Subscriber(0, f"r{n}@example.org", "confirmed", Consent(COMPOSED, "made"), f"token{n}"))
             for n in range(10_000)]
    held = store.subscribers.add(known)
    store.subscribers.subscribe([
        Subscription(one.id, "arden", Choices(coverage=coverages[one.id % 3], when_empty=True, hour=one.id % 24), COMPOSED)
        for one in held.values()])
    tracemalloc.start()
    began = perf_counter()
    issuing.issue_now(store, draft, SETTINGS, by="Ana", at=LATER)
    took, (_, peak) = perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(queued(store)) == 10_000
    assert took < 30              # some 3 s, and memory is being traced
    assert peak < 100_000_000


def test_an_issue_of_a_day_long_past_is_made_by_the_reports_own_days(store, composed):
    window = a_window(kept_until=None)
    issue = issuing.draft(store, an_edition(), "daily", window, SETTINGS, at=datetime(2026, 1, 1, tzinfo=UTC))
    assert issue.briefing.window == window
    assert store.editions.standings()["arden", "daily"].kept_until is None
