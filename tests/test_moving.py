"""Accounts of the record that name a place which a person has added later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dateline.job import run
from dateline.moving import Mention, move, past_mentions, read_again
from dateline.records import Report, Where
from dateline.settings import Settings
from dateline.store import Store, open_record
from dateline.where.place import Place
from store.made import Told, a_report, a_when, a_where, an_account

PLACE = Place("person:ardenawa-ng-1", "Ardenawa", "city", "NG", "Kaduna", "Giwa", 11.31, 7.52, 2.0, 0, source="person")
NOW = datetime(2024, 4, 1, tzinfo=UTC)
DISTRICT = {"kind": "admin2", "lat": 11.28, "lon": 7.42, "radius_km": 25.0, "precision": 3}


def where(text: str, **given: object) -> Where:
    return replace(a_where("Giwa", "NG"), text=text, **{**DISTRICT, **given})  # type: ignore[arg-type]


def a_record(path: Path, *places: Where) -> Store:
    """A record with one report and incident for each place, all on one day."""
    reports = [a_report(f"Fighters struck {one.text}.", source=f"reports/{at}.txt") for at, one in enumerate(places)]
    wheres = dict(zip([report.id for report in reports], places, strict=True))

    def read(source: str, **_: object):
        yield from reports

    def extract_all(given):
        for report in given:
            when = a_when(date(2024, 3, 12 + 3 * list(wheres).index(report.id)))
            yield report, Told((an_account(report, where=wheres[report.id], when=when),))

    store = open_record(path)
    run(["made"], store, Settings(), on_problem=print, read=read, extract_all=extract_all)  # type: ignore[arg-type]
    return store


def found(store: Store) -> list[Mention]:
    return past_mentions(store, PLACE, ["Ardenawa"])


@pytest.mark.parametrize(
    ("place", "offered"),
    [
        pytest.param(where("village of Ardenawa"), True, id="answered-by-the-district-around-it"),
        pytest.param(where("Ardenawa", name=None, kind=None, lat=None, lon=None, precision=None, radius_km=None,
                           gazetteer_id=None, unplaced="not in the gazetteer", country=None), True, id="not-placed"),
        pytest.param(where("ARDENAWA", name="Nigeria", kind="country", lat=9.0, lon=8.0, precision=6), True, id="its-country"),
        pytest.param(where("Giwa"), False, id="names-the-district-only"),
        pytest.param(where("Ardenawandu"), False, id="a-longer-word"),
        pytest.param(where("Ardenawa", country="ML"), False, id="in-another-country"),
        pytest.param(where("Ardenawa", lat=6.5, lon=3.4), False, id="in-a-district-elsewhere"),
        pytest.param(where("Ardenawa", name="Ardenawa", kind="city", precision=1), False, id="a-town-of-that-name"),
        pytest.param(where("Ardenawa", gazetteer_id=PLACE.id), False, id="there-already"),
    ],
)  # fmt: skip
def test_which_accounts_are_offered(tmp_path, place, offered):
    with a_record(tmp_path / "held.db", place) as store:
        assert bool(found(store)) is offered


def test_moved_accounts_and_their_incidents_stand_at_the_place_and_their_history_says_who_moved_them(tmp_path):
    with a_record(tmp_path / "held.db", where("village of Ardenawa"), where("Giwa")) as store:
        mentions = found(store)
        [mention] = mentions
        assert mention.now_at() == "at Giwa district"
        assert move(store, mentions, Settings(), who="Ada", why="a survey map", at=NOW) == (mention.incident,)
        incident = store.incident(mention.incident or "")
        other = store.incident({"DTL-1": "DTL-2", "DTL-2": "DTL-1"}[mention.incident or ""])
        assert incident is not None
        assert other is not None
        assert (incident.where.gazetteer_id, incident.where.lat, incident.where.precision) == (PLACE.id, 11.31, 1)
        assert incident.where.text == "village of Ardenawa"
        assert incident.headline == "attack, Ardenawa"
        assert incident.accounts[0].account.where == incident.where
        last = incident.history[-1]
        assert (last.who, last.why, last.at) == ("Ada", "a survey map", NOW)
        assert last.what == "moved village of Ardenawa to Ardenawa, 11.3100 7.5200 (person:ardenawa-ng-1)"
        assert other.where.name == "Giwa"
        assert found(store) == []
        assert store.unreconciled_reports() == []


def test_words_beside_the_name_keep_it_beside(tmp_path):
    with a_record(tmp_path / "held.db", where("near Ardenawa")) as store:
        [mention] = found(store)
    assert (mention.moved.precision, mention.moved.radius_km) == (2, 17.0)


def test_accounts_that_come_to_stand_together_become_one_incident(tmp_path):
    far = where("Ardenawa", name="Kaduna", kind="admin1", lat=10.3, lon=7.7, radius_km=130.0, precision=4)
    with a_record(tmp_path / "held.db", where("village of Ardenawa"), far) as store:
        assert len(list(store.incidents())) == 2
        move(store, found(store), Settings(), who="Ada", why="a survey map", at=NOW)
        assert {incident.where.gazetteer_id for incident in store.incidents()} == {PLACE.id}


def test_a_move_that_fails_moves_nothing(tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no room")

    with a_record(tmp_path / "held.db", where("village of Ardenawa")) as store:
        mentions = found(store)
        monkeypatch.setattr("dateline.store.reconciling.Reconciling.apply", fail)
        with pytest.raises(RuntimeError):
            move(store, mentions, Settings(), who="Ada", why="a survey map", at=NOW)
        assert found(store) == mentions


def test_when_the_place_is_taken_away_its_reports_are_read_again(tmp_path):
    with a_record(tmp_path / "held.db", where("village of Ardenawa")) as store:
        mentions = found(store)
        move(store, mentions, Settings(), who="Ada", why="a survey map", at=NOW)
        assert read_again(store, PLACE, ["Ardenawa"]) == [mentions[0].account.id]
        report: Report = next(store.reports())
        assert store.to_extract() == [report.id]
