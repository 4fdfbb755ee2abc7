"""A report, or a person, is taken out for good: of texts, index, decisions, histories, issues, and of the file's bytes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from dateline.decisions import By, review
from dateline.errors import DecisionError
from dateline.extract import Extraction
from dateline.forgetting import Asked, forget_person, forget_report, hold_still
from dateline.records import Speaker
from dateline.records.upkeep import BackupCopy, Forgotten
from dateline.settings import Settings
from dateline.store import open_record
from dateline.store.backup import back_up, restore
from made_desk import a_record_of
from made_incidents import STORY, a_figure, a_person, a_report, a_sensitive, an_account

SETTINGS = Settings()
ANA = Asked("ana", "asked for")
OTHER = "Gunfire was heard in Lower Quill on 2 May. One guard was hurt; his colleague Ilan Brask fled, neighbours said."
SECOND = "Port Verity was shelled on 12 March, killing at least 12 people, the mayor said late on Tuesday. The harbour burned."
MENTION = ("Weeks later the shelling of Port Verity is remembered. A street was named after Selda  Oarewyn.\n"
           "Oarewyn's bakery is shut.")


def told(text, report, **given):
    return an_account(text, report=report, **given)


@pytest.fixture
def path(tmp_path):
    first = told(STORY, "R1", actors=(a_person("Selda Oarewyn"),), sensitive=(a_sensitive("Selda Oarewyn"),),
                 figures=(a_figure("At least 12", 12, None, 12, "at_least", id="F1"),))
    second = told(SECOND, "R2", figures=(a_figure("at least 12", 12, None, 12, "at_least", text=SECOND, id="F2"),))
    third = told(OTHER, "R3", kind="attack", headline="attack, Lower Quill", figures=(
        replace(a_figure("One guard", 1, 1, 1, "exact", text=OTHER, effect="injured", id="F3"), speaker="neighbours", speakers=(
            Speaker("neighbours", None, None, None, "witness", None),)),))
    third = replace(third, when=replace(third.when, earliest=third.when.earliest + timedelta(days=51),
                                        latest=third.when.latest + timedelta(days=51), best=None),
                    where=replace(third.where, text="Lower Quill", name="Lower Quill", lat=-2.0, lon=30.0))
    return a_record_of(tmp_path / "d.db", [
        (a_report(title="Baker Selda Oarewyn among twelve dead", source="https://post.example/selda-oarewyn-dead"), [first], []),
        (a_report(SECOND, id="R2", outlet="Quill Daily", source="https://quill.example/2", title="Harbour burns"), [second], []),
        (a_report(OTHER, id="R3", source="reports/c.txt", title="Gunfire"), [third], []),
        (a_report(MENTION, id="R4", source="reports/d.txt", title="Remembered"), [], []),
    ])


def bytes_of(path):
    """All that the record's files hold, in small letters."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*")).lower()


def whole(path):
    """The file is sound, and so is the index of words."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO report_words(report_words, rank) VALUES('integrity-check', 1)")
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and not connection.execute(
            "PRAGMA foreign_key_check").fetchall()


def test_a_report_leaves_no_byte_and_its_incident_rests_on_the_others(path):
    with open_record(path) as store:
        done = forget_report(store, "R2", ANA, SETTINGS)
        assert (done.reports, done.accounts, done.incidents, done.gone) == (("R2",), 1, ("DTL-1",), ())
        [first] = [one for one in store.incidents() if one.id == "DTL-1"]
        assert [joined.report.id for joined in first.accounts] == ["R1"]
        assert store.search("harbour") == []
    held = bytes_of(path)
    for words in (b"harbour", b"late on tuesday", b"quill.example"):
        assert words not in held
    assert b"selda oarewyn" in held, "nobody asked for that one"
    assert whole(path)


def test_an_incident_that_no_other_report_tells_is_held_no_more_and_keeps_nothing_but_its_id(path):
    with open_record(path) as store:
        incident = next(one.id for one in store.incidents() if one.kind == "attack")
        review(store, incident, "query", By("ana", "is Ilan Brask the guard who was heard to flee?"), SETTINGS)
        number = int(incident.removeprefix("DTL-"))
        store.team.comment(store.incident(incident), "the neighbours said so", "ana", datetime.now(UTC))
        done = forget_report(store, "reports/c.txt", ANA, SETTINGS)
        assert done.gone == (incident,)
        assert incident in store.deleted_incidents()
        assert store.incident(incident) is None
        assert store.former_accounts(number) == []
        assert store.decisions() == []
    held = bytes_of(path)
    for words in (b"brask", b"gunfire", b"guard", b"neighbours", b"lower quill"):
        assert words not in held, words
    assert whole(path)


def test_what_was_forgotten_is_not_read_again_nor_anything_else_from_its_address(path):
    again = a_report(SECOND + " Updated.", id="R9", source="https://quill.example/2")
    same = a_report(SECOND, id="R2", outlet="Quill Daily", source="elsewhere")
    with open_record(path) as store:
        forget_report(store, "R2", ANA, SETTINGS)
        assert store.known_report_ids(["R2", "R1", "R8"]) == {"R1", "R2"}
        assert not store.keep(again, None, extracted="pending")
        assert not store.keep(same, None, extracted="pending")
        with pytest.raises(DecisionError, match="was forgotten"):
            store.keep(same, Extraction((), ()), extracted="done")
        store.upkeep.allow("R2")
        assert store.keep(same, None, extracted="pending")


def test_copies_and_versions_of_it_are_named_and_the_first_of_them_becomes_the_original(tmp_path):
    reports = [(a_report(id="R1"), [told(STORY, "R1")], []),
               *((a_report(id=name, outlet=name, source=name), [told(STORY, name)], []) for name in ("R2", "R3"))]
    path = a_record_of(tmp_path / "d.db", reports)
    with open_record(path) as store:
        assert [store.report(name).copy_of for name in ("R2", "R3")] == ["R1", "R1"]
        done = forget_report(store, "R1", ANA, SETTINGS)
        assert done.copies_of_it == ("R2", "R3")
        assert [store.report(name).copy_of for name in ("R2", "R3")] == [None, "R2"]
        [incident] = store.incidents()
        assert (incident.sources.reports, incident.sources.stories) == (2, 1)


def test_a_rehearsal_tells_the_same_and_changes_nothing(path):
    with closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    with open_record(path) as store:
        told_before = [forget_report(store, "R2", ANA, SETTINGS, rehearse=True),
                       forget_person(store, "Selda Oarewyn", ANA, SETTINGS, rehearse=True)]
        with closing(sqlite3.connect(path)) as connection:
            assert list(connection.iterdump()) == before
        done = [forget_report(store, "R2", ANA, SETTINGS), forget_person(store, "Selda Oarewyn", ANA, SETTINGS)]
    assert [replace(one, places={}) for one in told_before] == [replace(one, places={}) for one in done]


def test_a_person_leaves_no_byte_and_every_quote_stays_true(path):
    with open_record(path) as store:
        review(store, "DTL-1", "query", By("ana", "is it Selda Oarewyn's bakery?"), SETTINGS)
        done = forget_person(store, "selda oarewyn".title(), ANA, SETTINGS)
        assert done.reports == ("R1", "R4")
        assert store.report("R4").text.endswith("named after █████  ███████.\n███████'s bakery is shut.")
        assert store.report("R1").source == f"https://post.example/{'█' * 13}-dead"
        [incident] = [one for one in store.incidents() if one.id == "DTL-1"]
        assert len(incident.accounts) == 2, "what became of her is still told"
        for joined in incident.accounts:
            text = store.report(joined.report.id).text
            for span in (*joined.account.evidence, *(at for actor in joined.account.actors for at in actor.evidence)):
                assert text[span.start:span.end] == span.quote
        assert store.search("Oarewyn") == []
        assert "██" in incident.history[-1].why + incident.review.reason
    held = bytes_of(path)
    assert b"oarewyn" not in held
    assert b"tam quillip" in held
    assert whole(path)


def test_single_words_of_the_name_stay_where_the_whole_is_not_told(tmp_path):
    text = "The Oarewyn bridge in Port Verity was shelled on 12 March."
    path = a_record_of(tmp_path / "d.db", [(a_report(text, id="R2"), [told(text, "R2")], []),
                                           (a_report(id="R1"), [told(STORY, "R1")], [])])
    with open_record(path) as store:
        forget_person(store, "Selda Oarewyn", ANA, SETTINGS)
        assert store.report("R2").text == text


@pytest.mark.parametrize("name", ["Oarewyn", "Nobody Whosoever", "  "])
def test_a_single_word_or_a_name_that_nothing_holds_is_refused(path, name):
    with open_record(path) as store, pytest.raises(DecisionError):
        forget_person(store, name, ANA, SETTINGS)


def test_a_page_is_read_again_without_bringing_the_person_back(path):
    with open_record(path) as store:
        forget_person(store, "Selda Oarewyn", ANA, SETTINGS)
        assert not store.keep(a_report(title="Baker Selda Oarewyn among twelve dead"), None, extracted="pending")
    assert b"oarewyn" not in bytes_of(path)


def test_a_tombstone_says_who_and_why_and_not_what(path):
    with open_record(path) as store:
        forget_report(store, "R2", ANA, SETTINGS)
        forget_person(store, "Selda Oarewyn", ANA, SETTINGS)
        report, person = store.upkeep.forgotten()
    assert (report.who, report.why, report.what, report.report, report.reports) == ("ana", "asked for", "report", "R2", 1)
    assert (person.what, person.report, person.reports) == ("person", None, 2)


# Copies of the record

DAY = datetime(2024, 3, 20, tzinfo=UTC)


@pytest.mark.parametrize(("made", "holds"), [
    pytest.param(DAY - timedelta(days=9), False, id="made before the report came"),
    pytest.param(DAY - timedelta(days=2), True, id="made while it was there"),
    pytest.param(DAY + timedelta(minutes=1), False, id="made after it was forgotten"),
    pytest.param(DAY, True, id="at the same moment: it may hold it"),
])
def test_a_copy_holds_what_was_there_when_it_was_made(made, holds):
    copy = BackupCopy("/backups/a.db", made, 1, 1)
    grave = Forgotten(1, DAY, "ana", "", "report", "R2", 1, DAY - timedelta(days=5))
    assert hold_still([copy], [grave]) == ({copy: 1} if holds else {})


def test_the_copies_that_hold_it_are_named_when_it_is_forgotten(path, tmp_path):
    with open_record(path) as store:
        at = datetime.now(UTC)
        made = back_up(store, tmp_path / "copy.db")
        store.upkeep.keep_copy(BackupCopy(str(made.path), at, made.bytes, 4))
        done = forget_report(store, "R2", ANA, SETTINGS)
        assert [one.path for one in done.copies] == [str(tmp_path / "copy.db")]


def test_what_was_forgotten_stays_forgotten_when_an_older_copy_is_restored(path, tmp_path):
    with open_record(path) as store:
        back_up(store, tmp_path / "copy.db")
        store.upkeep.keep_copy(BackupCopy("elsewhere.db", datetime.now(UTC), 1, 4))
        forget_report(store, "R2", ANA, SETTINGS)
    one = restore(tmp_path / "copy.db", str(path), at=datetime.now(UTC), replace=True,
                  forget=lambda store, name: forget_report(store, name, ANA, SETTINGS))
    assert one.forgotten == 1
    with open_record(path) as store:
        assert store.report("R2") is None
        assert store.known_report_ids(["R2"]) == {"R2"}
        assert [copy.path for copy in store.upkeep.copies()] == ["elsewhere.db"]
    assert b"harbour" not in bytes_of(path)
