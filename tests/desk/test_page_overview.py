"""The overview and an incident's ledger: what can be chosen stays to be chosen, and each standing says why."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from dateline.records import AsOf
from made_desk import a_desk, text_of
from made_incidents import STORY, a_figure, a_report, a_where, an_account

LATER = "Shelling hit Port Verity on 12 March. Now 20 people were killed, the mayor said."


def at(report, country, **given):
    where = a_where(text="Port Verity", name="Port Verity", kind="city", country=country, admin1=f"{country} Vale", lat=10.0,
                    lon=20.0, precision=1)
    return an_account(report=report, where=where, **given)


@pytest.fixture
def desk(tmp_path):
    count = a_figure("20", 20, 20, 20, "exact", text=LATER, id="F2")
    return a_desk(tmp_path / "d.db", [
        (a_report(), [at("R1", "SY", figures=(a_figure("At least 12", 12, None, 12, "at_least", id="F1"),))], []),
        (a_report(LATER, id="R2", source="later.txt"), [at("R2", "SY", text=LATER, figures=(
            replace(count, as_of=AsOf("2024-03-13", "2024-03-13")),))], []),
        (a_report(STORY.replace("Port Verity", "Arden"), id="R3", source="arden.txt"), [at("R3", "IQ", kind="attack")], []),
    ])


def boxes(page, name):
    """Values that a filter can be set to, and those that are chosen."""
    found = re.findall(rf'name="{name}" value="([^"]*)"( checked)?', page)
    return {value for value, _ in found}, {value for value, checked in found if checked}


def test_a_filter_that_is_set_leaves_its_other_values_to_be_chosen(desk):
    assert boxes(desk.get("/?country=SY").text, "country") == ({"SY", "IQ"}, {"SY"})
    assert boxes(desk.get("/?country=SY").text, "province") == ({"SY Vale"}, set())


def test_a_country_is_chosen_under_any_of_its_names(desk):
    assert boxes(desk.get("/?country=Syria&country=iq").text, "country")[1] == {"SY", "IQ"}


def test_what_is_chosen_and_fits_nothing_stays_in_the_form(desk):
    assert boxes(desk.get("/?country=FR").text, "country") == ({"SY", "IQ", "FR"}, {"FR"})


def test_a_count_that_a_later_one_replaced_says_so_on_the_page(desk):
    assert "superseded a later count of the same people: 20 killed, the mayor" in text_of(desk.get("/incidents/DTL-1").text)
