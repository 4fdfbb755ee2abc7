"""A publisher's file beside the record: matched, theirs only, ours only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dateline.importing.compare import compare
from dateline.importing.mapping import guess
from dateline.importing.sheets import read_text
from dateline.store import open_record
from importing.made_sheets import SETTINGS, a_row, bring_in

ACLED = (
    "event_id_cnty,event_date,time_precision,sub_event_type,actor1,inter1,country,location,"
    "latitude,longitude,geo_precision,fatalities"
)
UCDP = (
    "id,type_of_violence,side_a,side_b,date_start,date_end,date_prec,country,where_coordinates,"
    "latitude,longitude,where_prec,best,high,low"
)


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "d.db") as opened:
        bring_in(
            opened,
            a_row("X-1", killed="12"),
            a_row("X-2", date="2024-03-20", kind="Armed clash", killed="3"),
            a_row("X-3", date="2023-01-01"),
        )
        yield opened


def against(store, head, *rows, **given):
    sheet = read_text("\n".join([head, *rows]), "theirs.csv")
    return compare(store, sheet, replace(guess(sheet), **given), SETTINGS)


def own_of(incident):
    return incident.accounts[0].report.source.partition("#")[2]


def test_events_are_matched_by_day_place_and_kind(store):
    told = against(
        store,
        ACLED,
        "A1,2024-03-12,1,Shelling/artillery/missile attack,Quill Front,Rebel group,Kenya,Port Verity,-4.06,39.66,1,11",
        "A2,2024-03-16,1,Grenade,Quill Front,Rebel group,Kenya,Arden,1.5,36.1,1,0",
        "A3,2024-03-25,1,Attack,Quill Front,Rebel group,Kenya,Arden,1.5,36.1,1,0",
    )
    [match] = told.matched
    assert (match.theirs.id.own, own_of(match.incident), match.days, round(match.km or 0)) == ("A1", "X-1", 0, 2)
    assert [reason.question for reason in match.judgement.reasons][:2] == ["same place", "same day"]
    assert [(one.theirs.id.own, one.nearest) for one in told.theirs_only] == [("A2", None), ("A3", None)]
    assert [own_of(one) for one in told.ours_only] == ["X-2"]  # X-3 lies outside the days that the file covers
    assert (told.first, told.last, told.countries) == (date(2024, 3, 12), date(2024, 3, 25), ("KE",))


def test_ucdp_says_who_fought_and_not_how(store):
    told = against(
        store,
        UCDP,
        "1,3,Quill Front,Civilians,2024-03-12 00:00:00.000,2024-03-12 00:00:00.000,1,Kenya,Port Verity,-4.06,39.66,1,12,14,10",
        "2,1,Government of Kenya,Quill Front,2024-03-18,2024-03-22,2,Kenya,Port Verity,-4.06,39.66,1,3,3,3",
    )
    assert [(match.theirs.id.own, own_of(match.incident)) for match in told.matched] == [("1", "X-1"), ("2", "X-2")]


def test_one_incident_is_matched_with_one_row_and_the_other_row_names_it(store):
    row = "{},2024-03-12,1,Shelling/artillery/missile attack,Quill Front,Rebel group,Kenya,Port Verity,-4.06,39.66,1,12"
    told = against(store, ACLED, row.format("A1"), row.format("A2"))
    assert len(told.matched) == 1
    assert [(one.theirs.id.own, one.nearest) for one in told.theirs_only] == [("A2", told.matched[0].incident.id)]


def test_rows_that_cannot_be_read_are_listed_and_nothing_is_kept(store):
    before = list(store.incidents())
    told = against(store, ACLED, "A1,2024-02-30,1,Attack,Quill Front,Rebel group,Kenya,Port Verity,-4.06,39.66,1,12")
    assert ["no date of the calendar" in one.why[0] for one in told.unread] == [True]
    assert (told.matched, list(store.incidents()), store.notes("sheet:theirs")) == ((), before, [])
