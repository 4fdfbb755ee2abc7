"""A name that one report withholds is withheld in others of its incident and story, and in the other incidents that it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.publish.beside import as_published, beside_reports
from dateline.publish.texts import published_text
from dateline.publish.withhold import withhold
from dateline.store import Store, open_record
from made_desk import a_record_of
from made_incidents import STORY, a_report, a_sensitive, a_when, a_where, an_account, words_of

VICTIM = "Selda Oarewyn"
AGAIN = "The mayor said that the shelling of Port Verity killed 14 people. Mrs Oarewyn was buried on Thursday."
TWO = (
    "Shelling hit Port Verity on 12 March; Selda Oarewyn died. A bomb hit the Harbour House in Far Quay on 20 May. It was empty."
)
OTHER = "A bomb went off in Far Quay on 20 May, near the Harbour House, where women had found refuge."


def a_store(folder: Path, *told: object) -> Store:
    return open_record(a_record_of(folder / "d.db", told))  # type: ignore[arg-type]


def at_the_house(text: str, report: str, **given: object):
    day = date(2024, 5, 20)
    where = a_where(
        text="Harbour House",
        name="Harbour House",
        kind="site",
        country="XB",
        admin1="East Coast",
        lat=-40.0,
        lon=100.0,
        radius_km=1.0,
        precision=1,
        evidence=words_of(text, "Harbour House"),
    )
    return an_account(
        text,
        report=report,
        id=f"A-{report}-house",
        kind="attack",
        headline="attack, Harbour House",
        where=where,
        when=a_when(earliest=day, latest=day, best=day, precision="day", text="20 May"),
        **given,
    )


@pytest.fixture
def store(tmp_path):
    marked = an_account(sensitive=(a_sensitive(VICTIM),))
    shelling = an_account(
        TWO,
        report="R3",
        evidence=words_of(TWO, "Shelling hit Port Verity on 12 March; Selda Oarewyn died."),
        sensitive=(a_sensitive(VICTIM, TWO),),
    )
    with a_store(
        tmp_path,
        (a_report(), [marked], []),
        (a_report(AGAIN, id="R2", outlet="Hawk Wire"), [an_account(AGAIN, report="R2")], []),
        (
            a_report(TWO, id="R3", outlet="Arden Post", title=f"{VICTIM} among the dead, Harbour House hit"),
            [shelling, at_the_house(TWO, "R3")],
            [],
        ),
        (
            a_report(OTHER, id="R4", outlet="Quay Times"),
            [at_the_house(OTHER, "R4", sensitive=(a_sensitive("Harbour House", OTHER, "shelter"),))],
            [],
        ),
        (a_report(STORY + " It was told again.", id="R5", outlet="Vale Herald", copy_of="R1"), [], []),
    ) as store:
        yield store


def text_of(store: Store, report: str) -> str:
    beside, kept = beside_reports(store, [report])[report], store.report(report)
    assert kept is not None
    return published_text(kept.text, beside.accounts, beside.shelters)


def test_another_report_of_the_incident_does_not_name_whom_the_first_withholds(store):
    assert "Mrs ███████ was buried" in text_of(store, "R2")


def test_a_copy_without_accounts_does_not_name_whom_its_original_withholds(store):
    assert "Oarewyn" not in text_of(store, "R5")
    assert "Shelling hit Port Verity" in text_of(store, "R5")


def test_a_report_does_not_say_where_a_shelter_is_that_only_another_calls_one(store):
    assert "Harbour" not in text_of(store, "R3")
    assert "Port Verity" in text_of(store, "R3"), "which is no place of the shelter"


def test_an_incident_does_not_show_what_the_headline_of_its_report_says_of_another(store):
    shown = list(as_published(store, store.incidents()))
    assert len(shown) == 2
    for one in shown:
        assert "Oarewyn" not in repr(one.incident)
        assert "Harbour House" not in repr(one.incident)
    assert "Port Verity" in repr([one.incident.where for one in shown])


def test_what_is_counted_as_withheld_is_of_the_incident_itself(store):
    by_kind = {one.incident.kind: one.withheld for one in as_published(store, store.incidents())}
    assert by_kind == {"shelling/artillery/missile attack": 1, "attack": 0}


def test_without_its_record_an_incident_is_still_without_its_own_names(store):
    [held] = [one for one in store.incidents() if one.kind.startswith("shelling")]
    assert "Oarewyn" not in repr(replace(withhold(held).incident, history=()))
