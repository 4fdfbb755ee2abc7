"""About the data: counts at each step, what was packaged, settings without secrets, what is withheld and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.desk.pages.about import as_html, packaged, settings_shown, vendored, without_password
from dateline.settings import Settings
from made_desk import a_desk, text_of
from made_incidents import a_figure, a_report, an_account
from tools import package_about


def test_what_is_packaged_is_what_the_project_says():
    for name, text in package_about.packaged().items():
        assert packaged(name) == text, "run python -m tools.package_about"


def test_every_figure_that_is_shown_is_in_the_results():
    shown = package_about.scores_of(package_about.RESULTS.read_text(encoding="utf-8"))
    assert len(shown) == sum(map(len, package_about.FIGURES.values()))


def test_a_figure_is_taken_with_what_it_was_measured_on():
    page = "# Scores\n\n## datelines\n\ngold.jsonl, 200 reports\n\n| figure | dateline |\n| --- | ---: |\n| `all` | 99.5 |\n"
    assert package_about.scores_of(page) == [{
        "bench": "datelines", "data": "200 reports", "value": 99.5,
        "words": "Place, day and agency at the head of a report, all three right"}]


def test_the_page_counts_each_step(tmp_path):
    account = an_account(figures=(a_figure("At least 12", 12, None, 12, "at_least"),))
    notice = an_account(report="R1", id="A-plan", status="planned")
    shown = text_of(a_desk(tmp_path / "d.db", [(a_report(), [account, notice], [])]).get("/about").text)
    assert "Reports kept 1 0 copies of others" in shown
    assert "of them read 1" in shown
    assert "Accounts read in them 2 1 are in no incident" in shown
    assert "Incidents held 1" in shown
    assert "GeoNames" in shown
    assert "maplibre-gl 6.17.0 (BSD-3-Clause)" in shown


def test_an_empty_record_has_a_page_too(tmp_path):
    assert a_desk(tmp_path / "d.db").get("/about").status_code == 200


def test_the_whole_text_on_safety_is_on_the_desk(tmp_path):
    answer = a_desk(tmp_path / "d.db").get("/about/safety")
    assert "What it can be misused for" in text_of(answer.text)
    assert "<table>" in answer.text
    assert "script" not in as_html("<script>alert(1)</script>").replace("&lt;script&gt;", "").replace("&lt;/script&gt;", "")


@pytest.mark.parametrize(("value", "shown"), [
    ("http://ana:secret@proxy.example:80", "http://\u2026@proxy.example:80"), ("http://proxy.example", "http://proxy.example"),
    ("ana@example.org", "ana@example.org"), ("postgresql://u:p@host/db", "postgresql://\u2026@host/db")])
def test_passwords_in_addresses_are_left_out(value, shown):
    assert without_password(value) == shown


def test_settings_say_which_are_other_than_the_default():
    told = {one["name"]: one for one in settings_shown(replace(Settings(), proxy="http://ana:secret@proxy.example"))}
    assert told["proxy"]["is_set"]
    assert "secret" not in str(told)
    assert not told["toll_rule"]["is_set"]


def test_libraries_of_others_are_named_with_their_licences():
    assert ("uplot", "1.6.32", "MIT") in vendored()
