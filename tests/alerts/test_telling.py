"""Alerts: one a watch and incident, then updates of what differs; nothing of the past, nothing twice, nothing lost."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from alerts.made_alerts import ARDEN, NOW, SETTINGS, a_subscriber, a_watch, after, calls, queued, reconcile, set_state, tell
from dateline import decisions
from dateline.alerts import telling
from dateline.alerts.mails import HANDFUL
from dateline.alerts.telling import Told, tell_changes
from dateline.decisions import By
from dateline.records import Span
from dateline.records.account import Sensitive
from dateline.records.briefing import Coverage
from dateline.store import open_record
from store.made import SHELLING, a_figure, a_when, a_where

ANA = By("Ana")


@pytest.fixture
def mira(store):
    return a_subscriber(store)


@pytest.fixture
def watch(store, mira):
    return a_watch(store, mira)


def test_an_incident_is_told_once_with_its_link_its_outlets_and_its_doubt(store, watch):
    tell(store, figures=(a_figure(3, modifier="at_least", high=None, words="at least 3"),))
    assert tell_changes(store, SETTINGS, NOW) == Told(first=1, mails=1)
    assert tell_changes(store, SETTINGS, after(hours=1)) == Told()
    [mail] = queued(store)
    assert mail.parts.subject == "Alert: Attack, Arden, XA, 12 Mar 2024"
    assert (mail.key, mail.to) == ("alert:1:DTL-1:1", "mira@example.org")
    assert (mail.parts.list_id, mail.parts.in_reply_to) == ("alerts", None)
    for words in ("UNREVIEWED", "Killed: at least 3. Injured: not told.", "At least 3 killed",
                  "according to the mayor (Arden Post)", "Told by Arden Post (1 report).",
                  "https://desk.example.org/incidents/DTL-1", "your alert \u201cArden\u201d",
                  "https://desk.example.org/briefing/alerts/token-of-mira@example.org".replace("@", "%40")):
        assert words in mail.words, words
    assert mail.parts.unsubscribe


def test_what_happened_before_anybody_watched_is_not_told(store, mira):
    tell(store)
    a_watch(store, mira)
    assert tell_changes(store, SETTINGS, NOW) == Told()
    tell(store, "Hawk Wire", when=a_when(date(2024, 3, 14)), text="another day")
    assert tell_changes(store, SETTINGS, NOW).first == 1
    assert [one.key for one in queued(store)] == ["alert:1:DTL-2:1"]


def test_what_happened_while_nobody_watched_is_not_told(store, watch):
    store.watches.pause(watch.id)
    tell(store)
    assert tell_changes(store, SETTINGS, NOW) == Told()
    store.watches.pause(watch.id, False)
    assert tell_changes(store, SETTINGS, NOW) == Told()


def test_without_an_address_for_its_links_nothing_is_told_then_or_later(store, watch):
    tell(store)
    assert tell_changes(store, replace(SETTINGS, public_url=""), NOW) == Told()
    assert tell_changes(store, SETTINGS, NOW) == Told()


def test_the_reports_of_twenty_outlets_in_one_run_are_one_alert(store, watch):
    waits = replace(SETTINGS, alert_wait_minutes=2)
    for number in range(20):
        tell(store, f"Outlet {number}", after(seconds=5 * number), killed=3 + number)
        assert tell_changes(store, waits, after(seconds=5 * number)).first == 0
    assert tell_changes(store, waits, after(seconds=5 * 19 + 119)).first == 0
    assert tell_changes(store, waits, after(seconds=5 * 19 + 120)) == Told(first=1, mails=1)


def test_an_incident_that_never_stops_changing_is_told_after_five_waits(store, watch):
    waits, told = replace(SETTINGS, alert_wait_minutes=2), []
    for minute in range(15):
        tell(store, f"Outlet {minute}", after(minutes=minute), killed=3 + minute)
        told.append(tell_changes(store, waits, after(minutes=minute)).first)
    assert told == [0] * 10 + [1] + [0] * 4


def test_an_update_says_what_changed_and_is_a_reply_to_the_first_mail(store, watch):
    tell(store, figures=(a_figure(35, modifier="at_least", high=None, words="at least 35"),))
    tell_changes(store, SETTINGS, NOW)
    tell(store, "Hawk Wire", after(hours=1), killed=60)
    assert tell_changes(store, SETTINGS, after(hours=1)) == Told(updates=1, mails=1)
    first, update = queued(store)
    assert (update.key, update.parts.in_reply_to) == ("alert:1:DTL-1:2", first.message_id)
    assert update.parts.subject == f"Re: {first.parts.subject}"
    assert "Changed since the mail of 15 Mar 2024 12:00 UTC: Killed: at least 35 -> 60." in update.words
    assert "Told by Arden Post, Hawk Wire (2 reports)." in update.words
    tell(store, "Port Verity Times", after(hours=2), killed=77)
    tell_changes(store, SETTINGS, after(hours=2))
    third = queued(store)[2]
    assert (third.key, third.parts.in_reply_to) == ("alert:1:DTL-1:3", first.message_id)


def test_a_report_that_says_the_same_makes_no_update(store, watch):
    tell(store)
    tell_changes(store, SETTINGS, NOW)
    tell(store, "Hawk Wire", after(hours=1))
    assert tell_changes(store, SETTINGS, after(hours=1)) == Told()


def test_updates_keep_their_distance_and_tell_all_that_changed_since(store, watch):
    apart = replace(SETTINGS, alert_update_minutes=30)
    tell(store)
    tell_changes(store, apart, NOW)
    tell(store, "Hawk Wire", after(minutes=5), killed=7)
    assert tell_changes(store, apart, after(minutes=5)) == Told(waiting=1)
    tell(store, "Port Verity Times", after(minutes=10), killed=9)
    assert tell_changes(store, apart, after(minutes=29)) == Told(waiting=1)
    assert tell_changes(store, apart, after(minutes=30)) == Told(updates=1, mails=1)
    assert tell_changes(store, apart, after(minutes=90)) == Told()
    assert "Killed: 3 -> 9." in queued(store)[1].words


def test_what_changed_and_changed_back_in_between_is_not_told(store, watch):
    apart = replace(SETTINGS, alert_update_minutes=30)
    one = tell(store)
    tell_changes(store, apart, NOW)
    decisions.correct(store, one, "status", "alleged", ANA, SETTINGS)
    assert tell_changes(store, apart, after(minutes=5)) == Told(waiting=1)
    decisions.undo(store, None, ANA, SETTINGS)
    assert tell_changes(store, apart, after(hours=5)) == Told()


def test_several_watches_are_told_each_once(store, mira, watch):
    other = a_watch(store, a_subscriber(store, "bo@example.org"), name="near", near=(*ARDEN, 20.0))
    a_watch(store, mira, name="elsewhere", coverage=Coverage(countries=("XB",)))
    tell(store)
    assert tell_changes(store, SETTINGS, NOW) == Told(first=2, mails=2)
    assert [one.key for one in queued(store)] == ["alert:1:DTL-1:1", f"alert:{other.id}:DTL-1:1"]


@pytest.mark.parametrize("state", ["unconfirmed", "suspended", "unsubscribed"])
def test_nobody_is_told_who_is_not_confirmed(store, mira, watch, state):
    set_state(store, mira, state)
    tell(store)
    assert tell_changes(store, SETTINGS, NOW) == Told()
    assert queued(store) == []


def test_more_than_a_handful_at_once_is_one_mail_and_each_goes_on_from_it(store, watch):
    for day in range(1, HANDFUL + 2):
        tell(store, when=a_when(date(2024, 3, day)), text=f"it was on day {day}")
    assert tell_changes(store, SETTINGS, NOW) == Told(first=HANDFUL + 1, mails=1)
    [bundle] = queued(store)
    assert bundle.parts.subject == f"Alert: {HANDFUL + 1} incidents (Arden)"
    for number in range(1, HANDFUL + 2):
        assert f"DTL-{number}. Attack, Arden, XA, {number} Mar 2024. Killed: 3." in bundle.words
        assert f"https://desk.example.org/incidents/DTL-{number}" in bundle.words
    tell(store, "Hawk Wire", after(hours=1), when=a_when(date(2024, 3, 2)), text="it was on day 2", killed=8)
    tell_changes(store, SETTINGS, after(hours=1))
    assert (queued(store)[1].key, queued(store)[1].parts.in_reply_to) == ("alert:1:DTL-2:2", bundle.message_id)


@pytest.mark.parametrize(("given", "is_told"), [
    pytest.param({"nature": "political"}, True, id="political"),
    pytest.param({"nature": "unknown"}, True, id="unknown-nature"),
    pytest.param({"nature": "crime"}, False, id="crime"),
    pytest.param({"nature": "accident"}, False, id="accident"),
    pytest.param({"told_as": "background"}, False, id="known-from-background-only"),
    pytest.param({"told_as": "anniversary"}, False, id="an-anniversary"),
    pytest.param({"status": "alleged"}, True, id="alleged"),
    pytest.param({"when": a_when(date(2024, 3, 1))}, True, id="fourteen-days-ago"),
    pytest.param({"when": a_when(date(2024, 2, 29))}, False, id="older"),
])
def test_which_incidents_are_news(store, watch, given, is_told):
    tell(store, **given)
    assert tell_changes(store, SETTINGS, NOW).first == is_told


def test_an_alleged_incident_is_said_to_be_so_before_anything_else(store, watch):
    tell(store, status="alleged")
    tell_changes(store, SETTINGS, NOW)
    [mail] = queued(store)
    assert mail.parts.subject.startswith("Alert: Alleged: attack, Arden")
    assert mail.words.index("ALLEGED: everything that is told of it comes from one side.") < mail.words.index("Killed: 3")


def test_what_an_editor_decides_is_an_update(store, watch):
    one = tell(store, status="alleged")
    tell_changes(store, SETTINGS, NOW)
    decisions.correct(store, one, "status", "happened", ANA, SETTINGS)
    tell_changes(store, SETTINGS, after(hours=1))
    decisions.review(store, one, "accept", ANA, SETTINGS)
    assert tell_changes(store, SETTINGS, after(hours=2)).updates == 0
    decisions.review(store, one, "reject", By("Ana", "Selda Oarewyn says it is not so"), SETTINGS)
    tell_changes(store, SETTINGS, after(hours=3))
    decisions.review(store, one, "accept", ANA, SETTINGS)
    tell_changes(store, SETTINGS, after(hours=4))
    _, corrected, rejected, back = queued(store)
    assert "Status: alleged -> happened: it is no longer told by one side alone." in corrected.words
    assert "A person corrected what is held of it." in corrected.words
    assert "An editor rejected it: it counts in the record no longer." in rejected.words
    assert "Oarewyn" not in rejected.words
    assert "It counts in the record again." in back.words
    assert "Approved by an editor." in back.words
    assert "UNREVIEWED" not in back.words


def test_a_rejected_incident_is_not_told_to_those_who_did_not_hear_of_it(store, watch):
    decisions.review(store, tell(store), "reject", By("Ana", "a drill"), SETTINGS)
    assert tell_changes(store, SETTINGS, NOW) == Told()


def test_a_place_that_is_corrected_is_told_to_those_who_watched_the_other(store, mira):
    a_watch(store, mira, name="near", near=(*ARDEN, 20.0))
    one = tell(store)
    tell_changes(store, SETTINGS, NOW)
    where = {name: getattr(a_where("Port Verity"), name) for name in a_where("x").__dataclass_fields__}
    decisions.correct(store, one, "where", where | {"evidence": [], "runners_up": []}, ANA, SETTINGS)
    tell_changes(store, SETTINGS, after(hours=1))
    assert "Place: Arden, XA -> Port Verity, XA." in queued(store)[1].words


def test_an_incident_that_is_taken_back_is_told_as_held_no_more(store, watch):
    one = tell(store)
    tell_changes(store, SETTINGS, NOW)
    report = store.incident(one).accounts[0].report.id
    from store.made import Told as Extracted

    store.keep_extracted([(store.report(report), Extracted())])
    reconcile(store, after(hours=1))
    assert store.incident(one) is None
    assert tell_changes(store, SETTINGS, after(hours=1)) == Told(updates=1, mails=1)
    assert "It is no longer held" in queued(store)[1].words
    assert tell_changes(store, SETTINGS, after(hours=2)) == Told()


# Merged and split


def two(store, at=NOW):
    """Two incidents that a person will say are one."""
    return tell(store, "A", at), tell(store, "B", at, when=a_when(date(2024, 3, 14)), text="quite another text", kind=SHELLING)


@pytest.mark.parametrize("heard_of", ["the one that stays", "the one that goes", "both"])
def test_of_merged_incidents_the_one_that_stays_goes_on_as_the_same_alert(store, mira, heard_of):
    kinds = {"the one that stays": ("attack",), "the one that goes": (SHELLING,), "both": ()}
    a_watch(store, mira, coverage=Coverage(kinds=kinds[heard_of]))
    stays, goes = two(store)
    tell_changes(store, SETTINGS, NOW)
    before = {one.key: one for one in queued(store)}
    decisions.merge(store, stays, goes, ANA, SETTINGS)
    assert tell_changes(store, SETTINGS, after(hours=1)).first == 0
    later = [one for one in queued(store) if one.key not in before]
    if heard_of == "the one that stays":
        assert all("were found to be one" not in one.words for one in later)
    else:
        [update] = later
        assert f"{goes} and {stays} were found to be one incident, which is {stays} from now on." in update.words
        first = before[f"alert:1:{stays if heard_of == 'both' else goes}:1"]
        assert update.parts.in_reply_to == first.message_id
    assert tell_changes(store, SETTINGS, after(hours=2)) == Told()


def test_a_merge_that_is_undone_is_told_and_makes_no_new_alert(store, watch):
    stays, goes = two(store)
    tell_changes(store, SETTINGS, NOW)
    decisions.merge(store, stays, goes, ANA, SETTINGS)
    tell_changes(store, SETTINGS, after(hours=1))
    decisions.undo(store, None, ANA, SETTINGS)
    assert tell_changes(store, SETTINGS, after(hours=2)).first == 0
    assert any("It is held as an incident of its own again." in one.words for one in queued(store)[3:])


def test_what_is_merged_before_it_was_told_is_told_once(store, watch):
    stays, goes = two(store)
    decisions.merge(store, stays, goes, ANA, SETTINGS)
    assert tell_changes(store, SETTINGS, NOW) == Told(first=1, mails=1)
    assert tell_changes(store, SETTINGS, after(hours=1)) == Told()


# Shelters


def shelter():
    return Sensitive("shelter", (Span(0, 4, "that"),))


def test_no_watch_around_a_point_tells_where_a_shelter_is(store, mira):
    a_watch(store, mira, name="near", near=(*ARDEN, 5_000.0))
    a_watch(store, mira, name="country", coverage=Coverage(countries=("XA",)))
    a_watch(store, mira, name="province", provinces=("XA:Upper Vale",))
    tell(store, where=a_where("Arden", admin1="Upper Vale", admin2="Vale District"), sensitive=(shelter(),))
    tell_changes(store, SETTINGS, NOW)
    assert [one.key for one in queued(store)] == ["alert:2:DTL-1:1", "alert:3:DTL-1:1"]
    for one in queued(store):
        words = one.words.replace("your alert \u201cArden\u201d", "").replace("Arden Post", "")
        assert "Arden" not in words
        assert "Vale District" in words
        assert "1 shelter shown by district" in words


def test_a_place_that_turns_out_to_be_a_shelter_is_not_repeated(store, mira):
    a_watch(store, mira, name="all")
    place = a_where("Arden", admin1="Upper Vale", admin2="Vale District")
    tell(store, where=place, text="that day")
    tell_changes(store, SETTINGS, NOW)
    tell(store, "Hawk Wire", after(hours=1), where=place, text="that day", sensitive=(shelter(),))
    tell_changes(store, SETTINGS, after(hours=1))
    update = queued(store)[1]
    assert "Place: now Vale District" in update.words
    assert "Arden" not in update.words.replace("Arden Post", "")


# Nothing twice, nothing lost


STEPS = ["mails.queue", "watches.queue_calls", "watches.note", "watches.wait_no_more", "watches.let_wait", "watches.set_mark",
         "subscribers.get", "watches.heirs"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_at_any_step_neither_loses_nor_doubles(store, watch, step, when, monkeypatch):
    a_watch(store, name="hook")
    tell(store)
    of, _, name = step.partition(".")
    kind = type(getattr(store, of))
    real = getattr(kind, name)

    def killed(self, *args, **given):
        if when == "after":
            real(self, *args, **given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(kind, name, killed)
        with pytest.raises(KeyboardInterrupt):
            tell_changes(store, SETTINGS, NOW)
    assert (queued(store), calls(store)) == ([], [])
    assert tell_changes(store, SETTINGS, after(minutes=1)) == Told(first=2, mails=1, calls=1)
    assert tell_changes(store, SETTINGS, after(minutes=2)) == Told()
    assert (len(queued(store)), len(calls(store))) == (1, 1)


def test_two_servers_at_once_tell_nothing_twice(store, watch, tmp_path):
    for day in range(1, 13):
        tell(store, when=a_when(date(2024, 3, day)), text=f"it was on day {day}")
    told, ready = [], threading.Barrier(2)

    def serve():
        with open_record(tmp_path / "d.db") as mine:
            ready.wait()
            told.append(tell_changes(mine, SETTINGS, NOW))

    servers = [threading.Thread(target=serve) for _ in range(2)]
    for server in servers:
        server.start()
    for server in servers:
        server.join()
    assert sum(one.first for one in told) == 12
    assert len({one.key for one in queued(store)}) == len(queued(store))
    assert sum(one.words.count("/incidents/DTL-") for one in queued(store)) == 12


def test_many_watches_are_told_some_at_a_time_and_each_once(store, monkeypatch):
    monkeypatch.setattr(telling, "MOST_WATCHES", 3)
    who = [a_subscriber(store, f"reader{number}@example.org") for number in range(7)]
    for one in who:
        a_watch(store, one)
    set_state(store, who[3], "suspended")
    tell(store)
    tell(store, when=a_when(date(2024, 3, 14)), text="another day")
    assert tell_changes(store, SETTINGS, NOW) == Told(first=12, mails=12)
    assert len({one.key for one in queued(store)}) == 12
    tell(store, "Hawk Wire", after(hours=1), killed=9)
    assert tell_changes(store, SETTINGS, after(hours=1)) == Told(updates=6, mails=6)
    assert tell_changes(store, SETTINGS, after(hours=2)) == Told()


def test_an_incident_that_cannot_be_told_holds_up_no_other(store, watch, monkeypatch):
    one = tell(store)
    tell(store, when=a_when(date(2024, 3, 14)), text="another day")
    real = telling.mails_of

    def breaks(watch, news, *rest):
        if any(told.incident == one for told in news):
            raise ValueError("a template is broken")
        return real(watch, news, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(telling, "mails_of", breaks)
        assert tell_changes(store, SETTINGS, NOW) == Told(first=1, mails=1, waiting=1, failed=1)
        assert tell_changes(store, SETTINGS, after(minutes=1)) == Told(waiting=1)
    assert tell_changes(store, SETTINGS, after(minutes=10)) == Told(first=1, mails=1)
