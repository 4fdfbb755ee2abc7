"""Passages about minors, detainees and sexual violence, and places of shelters, are not published (docs/record.md)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.publish.names import BLANK
from dateline.publish.shelters import WHY
from dateline.publish.withhold import withhold, withhold_decided
from dateline.records import Disagreement, to_line
from dateline.records.incident import Change, HeldValue
from dateline.records.revision import revision_of
from made_incidents import DAY, a_figure, a_report, a_sensitive, a_where, an_account, an_incident

TEXT = "Shelling hit the Quill Road refuge in Port Verity. It killed a 12-year-old girl, the mayor said."
GIRL = "a 12-year-old girl"
REFUGE = a_where(text="the Quill Road refuge", name="Quill Road Refuge", kind="site", country="XA", admin1="Arden",
                 admin2="Port Verity", lat=10.0123, lon=20.0456, radius_km=0.2, precision=1, gazetteer_id="person:refuge",
                 runners_up=("Quill Road, XA (made:2)",))


def a_girl_is_killed(**given):
    figure = a_figure(GIRL, 1, 1, 1, "exact", text=TEXT, who=GIRL, id="f1")
    return an_account(TEXT, sensitive=(a_sensitive(GIRL, TEXT, kind="minor"),), figures=(figure,), **given)


def a_shelter_is_hit(**given):
    account = an_account(TEXT, where=REFUGE, sensitive=(a_sensitive("Quill Road refuge", TEXT, kind="shelter"),), **given)
    report = a_report(TEXT, title="Quill Road refuge hit", source="https://verity-post.example/quill-road-refuge-hit")
    return an_incident([account], [report], headline="shelling, Quill Road Refuge")


def test_a_minor_is_told_as_a_child_without_what_tells_which():
    published = withhold(an_incident([a_girl_is_killed()], [a_report(TEXT, title="12-year-old dies")]))
    [joined] = published.incident.accounts
    assert joined.account.evidence[0].quote.endswith(f"It killed a {BLANK * 11} girl, the mayor said.")
    assert joined.account.figures[0].who == f"a {BLANK * 11} girl"
    assert "12-year-old" not in to_line(published.incident)
    assert published.passages == 1


def test_the_fact_outlives_the_passage():
    incident = an_incident([a_girl_is_killed()])
    shown = withhold(incident).incident
    assert shown.toll == incident.toll
    assert shown.kind == incident.kind


def test_a_child_of_whom_nothing_is_told_is_left_as_it_is():
    text = "Shelling killed a child in Port Verity."
    incident = an_incident([an_account(text, sensitive=(a_sensitive("a child", text, kind="minor"),))])
    assert withhold(incident).incident == incident
    assert withhold(incident).passages == 0


def test_the_words_of_sexual_violence_go_at_their_place_and_nowhere_else():
    text = "Gunmen raped two women in Port Verity. The rapeseed market burned; that others were raped is denied."
    account = an_account(text, kind="sexual violence", sensitive=(a_sensitive("raped", text, kind="sexual violence"),))
    [joined] = withhold(an_incident([account], [a_report(text)])).incident.accounts
    assert joined.account.evidence[0].quote == text.replace("raped", BLANK * 5, 1)
    assert joined.account.kind == "sexual violence"


def test_a_shelter_is_shown_by_its_district():
    published = withhold(a_shelter_is_hit())
    shown = published.incident
    assert (shown.where.name, shown.where.kind, shown.where.precision) == ("Port Verity", "admin2", 3)
    assert (shown.where.lat, shown.where.lon, shown.where.gazetteer_id) == (None, None, None)
    assert shown.where.unplaced == WHY
    assert shown.headline == "shelling, Port Verity"
    assert shown.codes.where_prec == 3
    assert published.sheltered


def test_a_shelter_is_named_in_no_field():
    changed = Change(DAY, "joined", "ana", "it was the Quill Road refuge")  # type: ignore[arg-type]  # a day will do
    at_odds = Disagreement("where", (HeldValue("Quill Road Refuge", ("Verity Post",)),))
    line = to_line(withhold(replace(a_shelter_is_hit(), history=(changed,), disagreements=(at_odds,))).incident).lower()
    assert "quill" not in line
    assert "refuge" not in line
    assert "10.01" not in line
    assert "20.04" not in line


def test_a_decision_about_a_shelter_does_not_name_it():
    [joined] = a_shelter_is_hit().accounts
    line = Change(DAY, "place", "ana", "Quill Road Refuge it is")  # type: ignore[arg-type]  # a day will do
    assert "Quill" not in withhold_decided(line, [joined.account]).why


@pytest.mark.parametrize(("given", "name", "precision"), [
    pytest.param({"admin2": None}, "Arden", 4, id="the-province-where-no-district-is-known"),
    pytest.param({"admin2": None, "admin1": None}, None, 6, id="else-the-country"),
])
def test_a_shelter_without_a_district_is_shown_by_what_is_wider(given, name, precision):
    account = an_account(TEXT, where=replace(REFUGE, **given), sensitive=(a_sensitive("refuge", TEXT, kind="shelter"),))
    where = withhold(an_incident([account], [a_report(TEXT)])).incident.where
    assert (where.name, where.precision) == (name, precision)


# Revisions


def test_a_revision_is_of_what_is_held_and_not_of_how_it_is_shown():
    incident = an_incident([a_girl_is_killed()])
    shown_otherwise = replace(incident, toll=replace(incident.toll, killed=replace(incident.toll.killed, rule="lowest")))
    assert revision_of(shown_otherwise) == revision_of(incident)


@pytest.mark.parametrize("given", [
    {"kind": "attack"}, {"history": (Change(DAY, "kind", "ana", ""),)}, {"accounts": ()},
], ids=["kind", "history", "accounts"])
def test_any_change_of_what_is_held_gives_another_revision(given):
    incident = an_incident([a_girl_is_killed()])
    assert revision_of(replace(incident, **given)) != revision_of(incident)
