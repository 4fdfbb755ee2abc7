"""What a briefing holds, in which order, and what is left of it for a reader who asked for less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dateline.publish.brief.compose import PAGE_ITEMS, PAGE_LINES, compose, cut, edited
from dateline.publish.brief.coverage import fits
from dateline.publish.brief.gathering import Late, Material
from dateline.records import to_line
from dateline.records.briefing import EVERYTHING, Bounds, Briefing, Coverage, Item, Line, Window
from dateline.records.codec import from_line
from dateline.records.mailing import Edits
from dateline.store.lists_brief import WeekIncident

DAY = date(2024, 3, 12)
TEN, NOTHING = Bounds(10, 10, 10), Bounds(None, None, None)


def an_item(number: int, **given: Any) -> Item:
    fields: dict[str, Any] = {
        "id": f"DTL-{number}", "section": "new", "path": f"/incidents/DTL-{number}", "heading": "Shelling", "importance": 10.0,
        "lines": tuple(Line(f"Line {at}.", ("Verity Post",)) for at in range(5)), "incident": f"DTL-{number}",
        "region": "Western Africa", "country": "ML", "groups": ("vale-front",), "kind": "attack", "affected": ("school",),
        "status": "happened", "killed": TEN, "injured": NOTHING, "counts": True, "day": DAY, "review": "unreviewed",
        "most_killed": 10}
    return Item(**{**fields, **given})


def a_statement(number: int, **given: Any) -> Item:
    return an_item(number, **{
        "id": f"statement/S{number}", "section": "groups", "incident": None, "country": None, "region": None, "kind": None,
        "affected": (), "killed": None, "counts": False, "most_killed": None, "group_countries": ("ML", "NE"), "status": None,
        **given})


def briefing(*items: Item, **given: Any) -> Briefing:
    return compose(Material(Window(DAY, DAY), items, **given), frequency="daily")


def ids(of: Briefing) -> list[str]:
    return [item.id for item in of.items]


@pytest.mark.parametrize(("coverage", "is_told"), [
    pytest.param(EVERYTHING, True, id="empty-asks-for-everything"),
    pytest.param(Coverage(countries=("NE", "ML")), True, id="values-of-one-field-are-alternatives"),
    pytest.param(Coverage(countries=("NE",)), False, id="another-country"),
    pytest.param(Coverage(regions=("Western Africa",)), True, id="its-region"),
    pytest.param(Coverage(regions=("Western Africa",), kinds=("agreement",)), False, id="all-fields-must-fit"),
    pytest.param(Coverage(groups=("vale-front",), affected=("school",)), True, id="two-that-fit"),
    pytest.param(Coverage(killed=10), True, id="a-threshold-that-is-reached"),
    pytest.param(Coverage(killed=11), False, id="a-threshold-that-is-not"),
])
def test_what_a_coverage_asks_for(coverage: Coverage, is_told: bool) -> None:
    assert fits(an_item(1), coverage) is is_told


@pytest.mark.parametrize(("coverage", "is_told"), [
    pytest.param(Coverage(countries=("NE",)), True, id="where-its-group-is-active"),
    pytest.param(Coverage(regions=("Western Africa",)), True, id="in-the-region-of-that"),
    pytest.param(Coverage(countries=("AF",)), False, id="not-elsewhere"),
    pytest.param(Coverage(killed=1), False, id="it-tells-of-no-dead"),
    pytest.param(Coverage(kinds=("attack",)), False, id="it-has-no-kind"),
])
def test_a_statement_is_where_its_group_is_active(coverage: Coverage, is_told: bool) -> None:
    assert fits(a_statement(1), coverage) is is_told


def test_the_threshold_goes_by_the_most_that_anybody_says() -> None:
    assert fits(an_item(1, killed=Bounds(5, 5, 80), most_killed=80), Coverage(killed=50))


def test_new_incidents_stand_by_region_then_country_the_gravest_first() -> None:
    told = briefing(
        an_item(1, region="Europe", country="UA", importance=50), an_item(2, importance=90),
        an_item(3, country="NE", importance=20), an_item(4, importance=15), an_item(5, region=None, country=None, importance=99))
    assert ids(told) == ["DTL-2", "DTL-4", "DTL-3", "DTL-1", "DTL-5"]


def test_sections_stand_in_their_order() -> None:
    told = briefing(an_item(1, id="DTL-1/uncertain", section="uncertain"), a_statement(2), an_item(3, id="c", section="claims"),
                    an_item(4, id="DTL-4/changed", section="changed"), an_item(5))
    assert [item.section for item in told.items] == ["new", "changed", "claims", "groups", "uncertain"]


def test_a_narrower_briefing_has_numbers_of_its_own() -> None:
    told = briefing(an_item(1), an_item(2, country="NE", killed=Bounds(5, 5, None)))
    assert told.headline == ("2 new incidents in 2 countries: at least 15 killed.",)
    mali = Coverage(countries=("ML",))
    narrow = cut(told, mali, "everything")
    assert (ids(narrow), narrow.headline, narrow.coverage) == (["DTL-1"], ("1 new incident: 10 killed.",), mali)
    assert [bar.killed for bar in narrow.days] == [TEN]


def test_five_lines_are_the_five_most_important_each_incident_once() -> None:
    items = [an_item(number, importance=float(number)) for number in range(1, 8)]
    open_too = an_item(7, id="DTL-7/uncertain", section="uncertain", importance=6.5, counts=False)
    short = cut(briefing(*items, open_too), EVERYTHING, "five lines")
    assert ids(short) == ["DTL-7", "DTL-6", "DTL-5", "DTL-4", "DTL-3"]
    assert all(len(item.lines) == 1 for item in short.items)
    assert short.left_out == 3
    assert short.headline == ("7 new incidents: 70 killed.",)      # of all that fits


def test_one_page_fits_a_page() -> None:
    page = cut(briefing(*(an_item(number, importance=float(number)) for number in range(1, 40))), EVERYTHING, "one page")
    assert len(page.items) <= PAGE_ITEMS
    assert max(len(item.lines) for item in page.items) <= PAGE_LINES
    assert sum(len(item.lines) for item in page.items) <= 34
    assert page.left_out == 39 - len(page.items)


def test_cutting_with_nothing_asked_changes_nothing() -> None:
    told = briefing(an_item(1), a_statement(2))
    assert cut(told, EVERYTHING, "everything") == told


def test_late_incidents_are_counted_for_those_whom_they_concern() -> None:
    late = (Late("ML", (), "attack", (), 3, "unreviewed"), Late("AF", (), "attack", (), 3, "unreviewed"))
    material = Material(Window(DAY, DAY), (), late)
    assert compose(material, frequency="daily").late == 2
    assert compose(material, coverage=Coverage(countries=("ML",)), frequency="daily").late == 1


def a_week(week: int, **given: Any) -> WeekIncident:
    return WeekIncident(**{"week": week, "country": "ML", "kind": "attack", "review": "unreviewed", "groups": (), "affected": (),
                           "killed": (2, 2, 2), "injured": (None, None, None), "outlets": ("Verity Post",), **given})


def test_a_weekly_edition_has_a_table_of_five_weeks() -> None:
    material = Material(Window(DAY - timedelta(days=6), DAY), (), (), (a_week(0), a_week(0, killed=(1, 1, None)), a_week(3)))
    told = compose(material, frequency="weekly")
    assert {row.name: row.weeks for row in told.weeks} == {
        "incidents": tuple(Bounds(n, n, n) for n in (2, 0, 0, 1, 0)),
        "killed": (Bounds(3, None, None), NOTHING, NOTHING, Bounds(2, 2, 2), NOTHING),
        "injured": (NOTHING,) * 5, "reporting outlets": tuple(Bounds(n, n, n) for n in (1, 0, 0, 1, 0))}
    assert compose(material, frequency="daily").weeks == ()
    assert cut(told, Coverage(countries=("ML",)), "everything").weeks[0].name == "incidents, whole edition"


def test_an_editor_orders_drops_and_notes() -> None:
    told = briefing(an_item(1, importance=90), an_item(2, importance=50), an_item(3, importance=20), a_statement(4))
    made = edited(told, Edits(("DTL-3", "nothing"), dropped=("DTL-1",), notes=(("DTL-2", "Seen on site."),), note="A quiet day."))
    assert ids(made) == ["DTL-3", "DTL-2", "statement/S4"]
    assert made.headline == ("2 new incidents: 20 killed.",)
    assert (made.note, made.items[1].note) == ("A quiet day.", "Seen on site.")


def test_what_an_editor_puts_first_a_short_briefing_keeps() -> None:
    told = briefing(*(an_item(number, importance=100.0 - number) for number in range(1, 9)))
    short = cut(edited(told, Edits(order=("DTL-8",))), EVERYTHING, "five lines")
    assert ids(short)[0] == "DTL-8"


def test_an_order_does_not_move_an_item_out_of_its_section() -> None:
    told = briefing(an_item(1), a_statement(2))
    assert ids(edited(told, Edits(order=("statement/S2",)))) == ["DTL-1", "statement/S2"]


def test_edits_of_nothing_change_nothing() -> None:
    told = briefing(an_item(1), a_statement(2))
    assert edited(told, Edits()) == told


def test_days_of_the_timeline_are_those_of_new_incidents_that_count() -> None:
    told = briefing(an_item(1), an_item(2, day=DAY - timedelta(days=2), killed=NOTHING),
                    an_item(3, status="alleged", counts=False), an_item(4, day=DAY - timedelta(days=400)))
    assert [(bar.day, bar.incidents, bar.killed) for bar in told.days] == [
        (DAY - timedelta(days=2), 1, NOTHING), (DAY - timedelta(days=1), 0, NOTHING), (DAY, 1, TEN)]


def test_a_briefing_is_kept_and_read_back_as_it_was() -> None:
    told = briefing(an_item(1, withheld=1), a_statement(2))
    assert from_line(Briefing, to_line(told)) == told


def test_approved_alone() -> None:
    items = (an_item(1, review="approved"), an_item(2), an_item(3, review="changed since approved"), a_statement(4, review=None))
    told = compose(Material(Window(DAY, DAY), items), frequency="daily", approved_only=True)
    assert ids(told) == ["DTL-1"]


def test_one_record_makes_one_briefing() -> None:
    items = [an_item(number) for number in range(1, 9)]
    assert briefing(*items) == briefing(*reversed(items)) == briefing(*(replace(item) for item in items))
