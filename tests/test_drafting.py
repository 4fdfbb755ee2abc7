"""Drafts of a pasted text: what it says and where it belongs, before anything is kept, and keeping it."""

from __future__ import annotations

import pytest

from dateline import decisions, drafting
from dateline.decisions import By
from dateline.drafting import draft_of, drafts_of, keep_draft
from dateline.errors import DecisionError, ReadError
from dateline.settings import Settings
from dateline.store import open_record
from store.made import a_report, extract_all, told_in

SETTINGS = Settings()
ANN = By("ann")
RAID = "2024-03-12 | attack | Arden | 3"
ELSEWHERE = "2024-03-25 | attack | Lower Quill | 7"
STORY = "PORT VERITY, Jan 28, 2018 (Hawk Wire) - A suicide bomber killed at least 12 people in Kabul on Saturday, the mayor said."


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        keep(opened, RAID, "A")
        yield opened


def keep(store, text, outlet):
    report = a_report(text, source=f"{outlet}.txt", outlet=outlet)
    store.keep(report, told_in(report), extracted="done", extractor="v1")
    with store.reconciling() as reconciling:
        reconciling.reconcile(reconciling.unreconciled(), "reliable", report.fetched.at)


def drafted(store, text, outlet="B"):
    return draft_of(store, a_report(text, source=f"{outlet}.txt", outlet=outlet), SETTINGS, extract_all=extract_all)


def state(store):
    return ([one.id for one in store.reports()], list(store.incidents()), store.decisions(), store.deleted_incidents())


def test_a_draft_says_what_is_held_already_with_the_reasons_and_keeps_nothing(store):
    before = state(store)
    draft = drafted(store, RAID)
    [one] = draft.accounts
    assert (one.joins, [may.incident for may in one.may_be]) == ("DTL-1", ["DTL-1"])
    assert one.may_be[0].points > 0
    assert {reason.question for reason in one.may_be[0].reasons} > {"same place"}
    assert state(store) == before
    assert len(store.search("attack")) == 1


def test_what_nobody_told_joins_nothing(store):
    [one] = drafted(store, ELSEWHERE).accounts
    assert (one.joins, one.may_be) == (None, ())


def test_each_account_of_a_text_has_its_own_incident(store):
    first, second = drafted(store, f"{RAID}\n{ELSEWHERE}").accounts
    assert (first.joins, second.joins) == ("DTL-1", None)


def test_keeping_a_draft_does_what_it_said(store):
    draft = drafted(store, f"{RAID}\n{ELSEWHERE}")
    kept = keep_draft(store, draft, ANN, SETTINGS)
    first, second = (one.account.id for one in draft.accounts)
    assert (kept.is_new, kept.incidents) == (True, {first: "DTL-1", second: "DTL-2"})
    assert [one.headline for one in store.incidents()] == ["attack, Arden", "attack, Lower Quill"]
    assert store.to_extract() == []


def test_a_draft_that_is_kept_already_says_so_and_is_kept_once(store):
    keep_draft(store, drafted(store, ELSEWHERE), ANN, SETTINGS)
    draft = drafted(store, ELSEWHERE)
    assert (draft.held, [one.joins for one in draft.accounts]) == (True, ["DTL-2"])
    before = state(store)
    assert keep_draft(store, draft, ANN, SETTINGS).is_new is False
    assert state(store) == before


@pytest.mark.parametrize(("text", "chosen", "now"), [
    pytest.param(ELSEWHERE, "DTL-1", {"DTL-1": 2}, id="with-another"),
    pytest.param(RAID, "new", {"DTL-1": 1, "DTL-2": 1}, id="alone"),
    pytest.param(RAID, "DTL-1", {"DTL-1": 2}, id="where-it-belongs-anyway"),
    pytest.param(ELSEWHERE, "new", {"DTL-1": 1, "DTL-2": 1}, id="alone-anyway"),
])
def test_a_person_chooses_where_an_account_goes(store, text, chosen, now):
    draft = drafted(store, text)
    keep_draft(store, draft, ANN, SETTINGS, into={draft.accounts[0].account.id: chosen})
    assert {one.id: len(one.accounts) for one in store.incidents()} == now
    while any(one.undone_by is None and one.decision.what != "undo" for one in store.decisions()):
        decisions.undo(store, None, ANN, SETTINGS)
    assert {len(one.accounts) for one in store.incidents()} == ({2} if text is RAID else {1})


def test_a_choice_that_is_not_held_keeps_nothing(store):
    draft, before = drafted(store, ELSEWHERE), state(store)
    with pytest.raises(DecisionError, match="no incident DTL-9"):
        keep_draft(store, draft, ANN, SETTINGS, into={draft.accounts[0].account.id: "DTL-9"})
    assert state(store) == before


def test_a_copy_of_what_is_held_is_known_as_one(store):
    words = " ".join(f"word{number}" for number in range(60))
    keep_draft(store, drafted(store, f"{RAID}\n{words}", "C"), ANN, SETTINGS)
    draft = drafted(store, f"{RAID}\n{words}", "D")
    assert draft.report.copy_of is None                                # not related before it is kept
    assert keep_draft(store, draft, ANN, SETTINGS).report.copy_of is not None


def test_incidents_that_the_text_would_join_to_one_are_told_as_they_are_held(store):
    keep(store, ELSEWHERE, "C")
    decisions.merge(store, "DTL-1", "DTL-2", ANN, SETTINGS)
    [one] = drafted(store, ELSEWHERE, "D").accounts
    assert one.joins == "DTL-1"


@pytest.mark.parametrize(("text", "said"), [("", "nothing but page furniture"), ("x" * 300_000, "300,000 characters")])
def test_a_text_with_nothing_or_too_much_is_refused(store, text, said):
    with pytest.raises(ReadError, match=said):
        drafts_of(store, text, SETTINGS)


def test_a_pasted_text_is_read_extracted_and_placed(store, monkeypatch):
    draft = drafts_of(store, STORY, SETTINGS, outlet="Verity\u202ePost")
    [one] = draft.accounts
    assert (one.account.kind, one.account.where.name, one.account.figures[0].low) == ("suicide bomb", "Kabul", 12)
    assert (draft.report.source[:6], draft.report.outlet, draft.report.text) == ("paste:", "Verity Post", STORY)
    kept = keep_draft(store, draft, ANN, SETTINGS)
    again = drafts_of(store, STORY, SETTINGS)
    assert again.held
    assert {made.joins for made in again.accounts} == set(kept.incidents.values()) == {"DTL-2"}


def test_a_text_in_a_language_not_read_gives_no_accounts_and_says_so(store):
    arabic = "قتل ما لا يقل عن اثني عشر شخصا في هجوم انتحاري في كابول يوم السبت، بحسب رئيس البلدية. "
    draft = drafts_of(store, arabic * 3, SETTINGS)
    assert (draft.accounts, draft.is_read, draft.report.language) == ((), False, "ar")
    assert drafting.PASTED in draft.report.source
    assert keep_draft(store, draft, ANN, SETTINGS).incidents == {}
    assert store.extraction_counts()["language:ar"] == 1
