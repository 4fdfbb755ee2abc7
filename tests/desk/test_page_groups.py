"""Armed groups on the desk: the index by any name, and what is held of one group with who says so."""

from __future__ import annotations

import pytest

from dateline.records import AsOf, GroupStatement, Responsibility
from made_desk import a_desk, text_of
from made_incidents import STORY, a_figure, a_person, a_report, a_sensitive, an_account, an_attacker, words_of

GROUPS = """
[[group]]
id = "vale-front"
name = "Vale Front"
active_in = ["XA"]
founded = "2011"
aliases = [{name = "Army of the Vale", language = "en", source = "made up", from = "2015"}, {name = "AV", source = "made up"}]
types = [{type = 2}]

[[group]]
id = "hill-guard"
name = "Hill Guard"
active_in = ["XA"]
aliases = []
types = [{type = 3}]
"""


def said(attribute, value, report="R1", speaker="a monitor", day="2024-03-12", **given):
    return GroupStatement(f"S{attribute}{report}{sorted(value.items(), key=str)}", report, "vale-front", "the Front", attribute,
                          value,
                          AsOf(day, day), speaker, words_of(STORY, "Port Verity"), **given)


def strength(low, high, words, **given):
    return said("strength",
                {"low": low, "high": high, "value": low if low == high else None, "modifier": "range", "unit": "fighters",
                             "words": words}, **given)


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "groups.toml").write_text(GROUPS, encoding="utf-8")
    claim = Responsibility("claimed", "the Front said it did", "vale-front", "its spokesman", AsOf(None, None),
                           words_of(STORY, "Shelling"))
    first = an_account(actors=(an_attacker("Front fighters", group="vale-front"), a_person("Selda Oarewyn")),
                       responsibility=(claim,),
                       figures=(a_figure("At least 12", 12, None, 12, "at_least"),), sensitive=(a_sensitive("Selda Oarewyn"),))
    told = [
        (a_report(), [first], [
            strength(300, 300, "300", day="2023-12-01"), strength(900, 1000, "900 to 1,000", speaker="the army"),
            said("leader", {"name": "Omar Seid", "since": "2020", "until": None, "fate": None, "hedge": None}),
            said("area",
                 {"text": "Vale", "name": "Vale", "kind": "admin1", "lat": 10.0, "lon": 20.0, "precision": 4, "sense": "control",
                          "gazetteer_id": "g:1", "hedge": None}),
            said("ally", {"group": "hill-guard", "name": "the Hill Guard"}),
            said("recruitment", {"text": "took the son of Selda Oarewyn", "when": None})]),
        (a_report(STORY.replace("12 March", "13 March"), id="R2", outlet="Arden Post"), [], [
            said("leader", {"name": "Omar Seid", "since": None, "until": None, "fate": "killed", "hedge": None}, report="R2")]),
    ]
    return a_desk(tmp_path / "d.db", told, groups_file=str(tmp_path / "groups.toml"))


def test_the_index_counts_incidents_and_statements_of_each_group(desk):
    shown = text_of(desk.get("/groups").text)
    assert "Vale Front XA 1 12 12 Mar 2024 7" in shown
    assert "Hill Guard" not in shown, "nothing that was read is of it"


def test_the_index_is_searched_by_any_name(desk):
    assert "Vale Front also Army of the Vale" in text_of(desk.get("/groups?text=army of the v").text)
    assert "Hill Guard" in text_of(desk.get("/groups?text=hill").text)
    assert "No name of the register holds these words" in text_of(desk.get("/groups?text=zzzz").text)


def test_any_name_leads_to_the_group(desk):
    assert desk.get("/groups/Army of the Vale").headers["location"] == "/groups/vale-front"
    assert desk.get("/groups/nobody").status_code == 404


def test_disagreements_stand_side_by_side_with_who_says_so(desk):
    shown = text_of(desk.get("/groups/vale-front").text)
    assert "900 to 1,000 fighters 2024-03-12 the army (Verity Post) report 300 fighters" in shown
    assert "300 fighters 2023-12-01 a monitor (Verity Post) report 900 to 1,000 fighters" in shown
    assert "Omar Seid (since 2020)" in shown
    assert "Omar Seid (killed) 2024-03-12 a monitor (Arden Post)" in shown


def test_the_page_shows_names_with_their_sources_claims_and_incidents(desk):
    page = desk.get("/groups/vale-front").text
    shown = text_of(page)
    assert "Army of the Vale en 2015– made up" in shown
    assert "claimed shelling, Port Verity 2024-03-12 the Front said it did its spokesman" in shown
    assert "at least 12 killed" in shown
    assert 'href="/groups/hill-guard"' in page, "an ally of the register has its page"
    assert 'href="/?group=vale-front"' in page


def test_a_victims_name_is_in_no_statement(desk):
    page = desk.get("/groups/vale-front").text
    assert "Oarewyn" not in page
    assert "took the son of" in page


def test_strength_and_areas_are_drawn_from_the_same_statements(desk):
    points = desk.get("/groups/vale-front/strength").json()["points"]
    assert [point[:4] for point in points] == [["2023-12-01", 300, 300, 300], ["2024-03-12", 900, None, 1000]]
    areas = desk.get("/groups/vale-front/areas").json()
    assert (areas["points"], areas["kinds"][1]) == ([[1, 20.0, 10.0, 4, None, 1, "2024-03-12"]], "control")
    assert 'id="area-1"' in desk.get("/groups/vale-front").text


def test_only_the_newest_statements_are_shown_until_all_are_asked_for(desk, monkeypatch):
    monkeypatch.setattr("dateline.desk.pages.groups.MOST_OF_EACH", 1)
    assert "The newest of each are shown: 5 of 7 statements" in text_of(desk.get("/groups/vale-front").text)
    assert "Show all" not in text_of(desk.get("/groups/vale-front?all=1").text)


def test_a_group_without_a_word_about_it_has_a_page(desk):
    shown = text_of(desk.get("/groups/hill-guard").text)
    assert "make no statement about it" in shown
