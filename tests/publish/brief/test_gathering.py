"""What is read from a record for a briefing: what may not be shown is withheld, what nobody asked for is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dateline import decisions
from dateline.decisions import By
from dateline.extract.register import register_of
from dateline.publish.brief.compose import compose
from dateline.publish.brief.gathering import Context, gather
from dateline.reconcile.views import View
from dateline.records import GroupStatement, Sensitive, Span
from dateline.records.briefing import Briefing, Window
from dateline.settings import Settings
from dateline.store import Store, open_record
from made_desk import a_record_of
from made_sentences import (
    DAY,
    HEALTH,
    NEXT,
    VICTIM,
    Told,
    a_statement,
    count,
    exactly,
    private,
    somewhere,
    told,
    witness,
)

REGISTER = register_of([{"id": "vale-front", "name": "Vale Front", "types": [{"type": 2}], "active_in": ["ML"]}])
CONTEXT = Context(REGISTER, View(), ("political", "unknown"), 14)
SETTINGS = Settings()


def a_store(path: Path, *reports: Told, statements: Sequence[GroupStatement] = ()) -> Store:
    """A record of these reports, all held for one incident."""
    a_record_of(path / "record.db", [
        (one.report, [one.account], [said for said in statements if said.report == one.report.id]) for one in reports])
    store = open_record(path / "record.db")
    while len(held := [one.id for one in store.incidents()]) > 1:
        decisions.merge(store, held[0], held[1], By("Ana"), SETTINGS)
    return store


def of_day(store: Store, day: date, context: Context = CONTEXT) -> Briefing:
    return compose(gather(store, Window(day, day), context), frequency="daily")


def since_then(store: Store, since: datetime, day: date = NEXT) -> Briefing:
    window = Window(day, day, kept_since=since, kept_until=datetime.now(UTC) + timedelta(seconds=1))
    return compose(gather(store, window, CONTEXT), frequency="daily")


def words_of(briefing: Briefing) -> str:
    return " ".join((*briefing.headline, briefing.withheld, *(item.heading for item in briefing.items),
                     *(line.text for item in briefing.items for line in item.lines)))


def test_a_name_that_only_a_later_report_withholds_is_withheld_from_the_first_day_on(tmp_path: Path) -> None:
    early = told(count(exactly(3), witness(None, f"{VICTIM}, a resident")), id="R1", where=somewhere(text=f"house of {VICTIM}"))
    later = told(id="R2", day=NEXT, outlet="Hawk Wire", sensitive=(private(VICTIM),))
    with a_store(tmp_path, early, later) as store:
        briefing = of_day(store, DAY)
    assert briefing.items
    assert "Oarewyn" not in words_of(briefing)


def test_what_was_withheld_is_counted(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH), sensitive=(private(VICTIM),))) as store:
        assert of_day(store, DAY).withheld == "1 name withheld (victims, witnesses, suspects)"


def test_a_shelter_is_told_by_its_district_and_has_no_point(tmp_path: Path) -> None:
    shelter = Sensitive("shelter", (Span(0, 11, "Port Verity"),))
    report = told(count(exactly(3), HEALTH), sensitive=(shelter,), where=somewhere(admin2="Verity", admin1="Bay", country="ML"))
    with a_store(tmp_path, report) as store:
        [item] = of_day(store, DAY).items
    assert (item.lat, item.lon, item.sheltered) == (None, None, True)
    assert item.lines[0].text == (
        "Shelling in the district of Verity, Mali (shown by its district), on 12 March 2024: 3 killed, the Health Ministry said.")
    assert "Port" not in item.heading


def test_a_shelter_that_only_a_later_report_marks_is_one_on_the_first_day_too(tmp_path: Path) -> None:
    where = somewhere(text="Ana House in Port Verity", admin2="Verity", admin1="Bay", country="ML")
    early = told(count(exactly(3), HEALTH), id="R1", where=where)
    mark = Sensitive("shelter", (Span(0, 9, "Ana House"),))
    later = told(id="R2", day=NEXT, outlet="Hawk Wire", sensitive=(mark,), where=where)
    with a_store(tmp_path, early, later) as store:
        briefing = of_day(store, DAY)
    [item] = briefing.items
    assert (item.lat, item.sheltered, briefing.withheld) == (None, True, "1 shelter shown by district")
    assert not {"Ana", "House", "Port"} & set(words_of(briefing).replace(",", " ").split())


def test_crime_is_told_only_where_it_is_asked_for(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH), nature="crime")) as store:
        assert of_day(store, DAY).is_empty
        assert not of_day(store, DAY, replace(CONTEXT, natures=())).is_empty


def test_what_was_rejected_before_readers_heard_of_it_is_not_told(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH))) as store:
        decisions.review(store, "DTL-1", "reject", By("Ana", "a film"), SETTINGS)
        assert of_day(store, DAY).is_empty


def test_what_is_rejected_after_readers_heard_of_it_is_told_without_the_person(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH))) as store:
        since = datetime.now(UTC)
        decisions.review(store, "DTL-1", "reject", By("Ana", "a film that Ben saw"), SETTINGS)
        briefing = since_then(store, since)
    [item] = briefing.items
    assert (item.id, item.section) == ("DTL-1/changed", "changed")
    assert [line.text for line in item.lines] == ["Rejected by hand: it is no longer held to be an incident."]
    assert not {"Ana", "Ben"} & set(words_of(briefing).split())


def test_an_approved_incident_that_is_rejected_is_told_to_those_who_read_approved_ones(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH))) as store:
        decisions.review(store, "DTL-1", "accept", By("Ana"), SETTINGS)
        since = datetime.now(UTC)
        decisions.review(store, "DTL-1", "reject", By("Ana", "a film"), SETTINGS)
        window = Window(NEXT, NEXT, kept_since=since, kept_until=datetime.now(UTC) + timedelta(seconds=1))
        briefing = compose(gather(store, window, CONTEXT), frequency="daily", approved_only=True)
    assert [item.review for item in briefing.items] == ["rejected after approval"]


def test_a_correction_by_hand_is_told_once(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH))) as store:
        since = datetime.now(UTC)
        decisions.correct(store, "DTL-1", "kind", "attack", By("Ana"), SETTINGS)
        after = datetime.now(UTC)
        assert [line.text for line in since_then(store, since).items[0].lines] == ["Corrected by hand: what it was."]
        assert since_then(store, after).is_empty


def test_an_edition_of_approved_incidents_tells_no_other(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH)), statements=()) as store:
        material = gather(store, Window(DAY, DAY), CONTEXT)
        assert compose(material, frequency="daily", approved_only=True).is_empty
        decisions.review(store, "DTL-1", "accept", By("Ana"), SETTINGS)
        material = gather(store, Window(DAY, DAY), CONTEXT)
        assert [item.review for item in compose(material, frequency="daily", approved_only=True).items] == ["approved"]


def test_what_is_approved_after_its_issue_is_told_by_the_next_one_of_approved_incidents(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    later = Window(today - timedelta(days=1), today)
    with a_store(tmp_path, told(count(exactly(3), HEALTH)), statements=()) as store:
        decisions.review(store, "DTL-1", "accept", By("Ana"), SETTINGS)
        material = gather(store, later, CONTEXT)
        [item] = compose(material, frequency="daily", approved_only=True).items
        assert (item.section, item.counts, item.lines[0].text.count("3 killed")) == ("new", True, 1)
        assert compose(material, frequency="daily").is_empty      # its readers were told on its day
        decisions.review(store, "DTL-1", "accept", By("Ana"), SETTINGS)
        [again] = compose(gather(store, later, CONTEXT), frequency="daily", approved_only=True).items
        assert again.id == item.id


def test_of_a_rejected_incident_only_that_is_told(tmp_path: Path) -> None:
    reports = told(count(exactly(3), HEALTH), id="R1"), told(count(exactly(9), HEALTH), id="R2", day=NEXT, outlet="Hawk Wire")
    with a_store(tmp_path, *reports, statements=()) as store:
        decisions.review(store, "DTL-1", "reject", By("Ana", "a hoax"), SETTINGS)
        window = Window(NEXT, datetime.now(UTC).date())
        [item] = compose(gather(store, window, CONTEXT), frequency="daily").items
    assert item.heading.startswith("Rejected: ")
    assert [line.text for line in item.lines] == ["Rejected by hand: it is no longer held to be an incident."]
    assert (item.killed, item.injured, item.lat) == (None, None, None)


def led_by(name: str, report: str, day: date) -> GroupStatement:
    return replace(a_statement("leader", {"name": name, "since": None, "until": None, "fate": None}, as_of=day.isoformat()),
                   id=f"S-{report}", report=report)


def test_what_is_said_of_a_group_is_news_once(tmp_path: Path) -> None:
    reports = (told(count(exactly(3), HEALTH), id="R1"), told(id="R2", day=NEXT, outlet="Hawk Wire"),
               told(id="R3", day=date(2024, 3, 14), outlet="Hawk Wire"))
    statements = (led_by("Aldo Marr", "R1", DAY), led_by("Aldo Marr", "R2", NEXT), led_by("Edda Marlow", "R3", date(2024, 3, 14)))
    with a_store(tmp_path, *reports, statements=statements) as store:
        told_on = {day: [item.lines[0].text for item in of_day(store, day).items if item.section == "groups"]
                   for day in (DAY, NEXT, date(2024, 3, 14))}
        [item] = [item for item in of_day(store, DAY).items if item.section == "groups"]
    assert told_on == {
        DAY: ["Verity Post named Aldo Marr as leader of the Vale Front."], NEXT: [],
        date(2024, 3, 14): ["Hawk Wire named Edda Marlow as leader of the Vale Front."]}
    assert (item.id, item.path, item.group_countries) == ("statement/S-R1", "/groups/vale-front", ("ML",))


def test_what_reports_of_long_ago_tell_is_counted_as_late(tmp_path: Path) -> None:
    with a_store(tmp_path, told(count(exactly(3), HEALTH))) as store:
        since = datetime.now(UTC) - timedelta(minutes=5)
        briefing = since_then(store, since, day=DAY + timedelta(days=15))
        assert (briefing.items, briefing.late) == ((), 1)
        assert since_then(store, since, day=DAY + timedelta(days=14)).late == 0


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_the_day_of_publication_is_that_of_the_zone(tmp_path: Path, zone: str) -> None:
    one = told(count(exactly(3), HEALTH))
    late = replace(one.report, published_at=datetime(2024, 3, 12, 23, 30, tzinfo=UTC), written=replace(
        one.report.written, earliest=date(2024, 3, 1), latest=date(2024, 3, 20)))
    with a_store(tmp_path, Told(one.account, late)) as store:
        days = [day for day in (DAY, NEXT) if compose(gather(store, Window(day, day, zone), CONTEXT), frequency="daily").items]
    assert days == ([NEXT] if zone == "Pacific/Auckland" else [DAY])
