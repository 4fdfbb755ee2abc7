"""ACLED's, UCDP's, PLOVER's and HXL's columns, codes and rules, against the conventions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from conventions import (
    acled_columns,
    acled_kinds,
    actor_types,
    hxl_tags,
    needs_conventions,
    plover_fields,
    plover_modes,
    scales,
    ucdp_columns,
)
from made_exports import DAY, Outlets, an_event, exported, full_event, lasting, told

from dateline.publish.export import Known, acled, hxl, parties, plover, ucdp
from dateline.publish.export.counted import number_of, shares
from dateline.publish.export.countries import country_of
from dateline.publish.export.ucdp import priogrid
from dateline.records import Disagreement
from dateline.records.account import AsOf, Responsibility
from dateline.records.incident import Attributed, Attribution, HeldValue, Review
from dateline.records.kinds import KINDS
from made_incidents import a_figure, a_person, a_report, a_sensitive, a_when, a_where, an_attacker, an_incident

FRONT = an_attacker("the Vale Front", group="vale-front", organisation="Vale Front", type=2)
SOLDIERS = an_attacker("soldiers", type=1, country="ML")
GUNMEN = an_attacker("masked gunmen", type=None)
KILLED = a_figure("At least 12 people", 12, None, 12, "at_least", side="civilians", id="f1")


def hit(*words, number=None, **given):
    """Victims, civilians unless told otherwise."""
    return replace(a_person("Tam Quillip"), id="v1", person=None, text=" ".join(words), number=number, **given)


def done(kind, *actors, figures=(KILLED,), **given):
    return an_event([told(kind=kind, actors=actors, figures=figures)], **given)


def acled_row(incident, known=None):
    [row] = exported("acled", incident, known=known).rows()
    return row


def ucdp_row(incident, known=None):
    [row] = exported("ucdp", incident, known=known).rows()
    return row


def plover_event(incident):
    [event] = exported("plover", incident).lines()
    return event


def why_left(shape, incident):
    kept = exported(shape, incident)
    [left] = [one for one in kept.left_out() if one["what"] == "incident"]
    assert kept.about()["left_out"]["incident"] == 1
    return left["why"]


# The conventions


@needs_conventions
def test_acled_has_its_columns_in_their_order():
    assert list(acled.COLUMNS) == acled_columns()
    assert len(acled.COLUMNS) == 31


@needs_conventions
def test_ucdp_has_its_columns_in_their_order():
    assert list(ucdp.COLUMNS) == ucdp_columns()
    assert len(ucdp.COLUMNS) == 49


@needs_conventions
def test_event_types_and_disorder_types_are_acleds():
    ours = {kind.sub_event_type: (kind.event_type, acled.disorder_of(kind)) for kind in KINDS.values()}
    assert ours == acled_kinds()


@needs_conventions
def test_actor_types_and_source_scales_are_acleds():
    assert [parties.INTER[code] for code in range(1, 9)] == actor_types()
    assert list(acled.SCALES) == scales()


@needs_conventions
def test_events_and_modes_are_plovers():
    modes = plover_modes()
    for events, told_modes in plover.EVENTS.values():
        assert set(events) <= set(modes)
        assert set(told_modes) <= set.union(*(modes[event] for event in events))
    assert set(plover.OF_WEAPONS.values()) <= modes["ASSAULT"]


@needs_conventions
@pytest.mark.parametrize("incident", [full_event(), done("armed clash", FRONT, SOLDIERS)], ids=["attack", "fight"])
def test_fields_of_an_event_are_plovers_with_three_of_our_own(incident):
    fields = plover_fields()
    event = plover_event(incident)
    assert set(event) - {"revision", "status", "told_as", "size"} <= fields["event"]
    assert set(event["event_loc"]) <= fields["event_loc"]
    assert set(event["cite_info"]) <= fields["cite_info"]
    assert set(event["size"]) <= fields["size"]
    assert all(set(entity) <= fields["entity"] for entity in event["actor"] + event.get("recipient", []))
    assert {"id", "date", "actor", "event"} <= set(event)


@needs_conventions
def test_hashtags_are_those_of_the_conventions_with_two_of_our_own():
    ours = {tag for _, tag, _ in hxl.COLUMNS}
    assert ours - hxl_tags() <= {"#event+code+x_revision", "#status", "#adm2+name", "#adm3+name"}


def test_countries_have_the_codes_of_iso():
    import pycountry

    for country in pycountry.countries:
        found = country_of(country.alpha_2)
        assert found is not None
        assert (found.alpha3, found.numeric) == (country.alpha_3, int(country.numeric))
        assert found.acled_region
        assert (found.gw is None) == (found.ucdp_region is None)
    assert {country_of(c.alpha_2).ucdp_region for c in pycountry.countries} <= {
        None, "Africa", "Americas", "Asia", "Europe", "Middle East"}


# ACLED


def test_a_row_of_acled_in_full():
    row = acled_row(full_event(), Known(outlets=Outlets()))
    expected = {
        "event_id_cnty": "DTL-1", "event_date": "2024-03-12", "year": "2024", "time_precision": "1",
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence",
        "sub_event_type": "Shelling/artillery/missile attack", "actor1": "vale-front", "inter1": "Rebel group",
        "actor2": "Civilians (Mali)", "inter2": "Civilians", "interaction": "Rebel group-Civilians",
        "civilian_targeting": "Civilian targeting", "iso": "466", "region": "Western Africa", "country": "Mali",
        "admin1": "Arden", "admin2": "Verity", "location": "Port Verity", "latitude": "16.2717", "longitude": "-0.0447",
        "geo_precision": "1", "source": "Verity Post", "source_scale": "National", "fatalities": "12", "timestamp": "1710316800",
    }
    assert {name: row[name] for name in expected} == expected
    assert row["notes"].startswith("On 12 March 2024, vale-front shelled Civilians (Mali) in Port Verity (Verity, Arden).")
    assert "At least 12 people killed (the mayor, in Verity Post)".lower() in row["notes"].lower()
    assert "claimed responsibility" in row["notes"]


@pytest.mark.parametrize(("kind", "actors", "expected"), [
    pytest.param("armed clash", (FRONT, replace(SOLDIERS, role="victim")),
                 ("vale-front", "Military Forces of Mali", "State forces-Rebel group", ""), id="a-fight-of-two"),
    pytest.param("armed clash", (FRONT,), ("vale-front", "Unidentified Armed Group (Mali)", "Rebel group-Political militia", ""),
                 id="a-fight-with-nobody-knows-whom"),
    pytest.param("attack", (GUNMEN, hit("villagers")),
                 ("Unidentified Armed Group (Mali)", "Civilians (Mali)", "Political militia-Civilians", "Civilian targeting"),
                 id="unknown-gunmen-are-a-political-militia"),
    pytest.param("attack", (FRONT,), ("vale-front", "Civilians (Mali)", "Rebel group-Civilians", "Civilian targeting"),
                 id="victims-of-an-attack-are-civilians-unless-told"),
    pytest.param("attack", (FRONT, hit("soldiers", type=1)),
                 ("vale-front", "Military Forces of Mali", "State forces-Rebel group", ""),
                 id="an-attack-on-soldiers-keeps-its-kind-and-has-no-flag"),
    pytest.param("air/drone strike", (replace(SOLDIERS, country="NE"), hit("families")),
                 ("Military Forces of Niger", "Civilians (Mali)", "Civilians-External/Other forces", "Civilian targeting"),
                 id="an-army-abroad-is-external"),
    pytest.param("remote explosive/landmine/ied", (), ("Unidentified Armed Group (Mali)", "", "Political militia only", ""),
                 id="one-side-alone"),
    pytest.param("excessive force against protesters",
                 (replace(SOLDIERS, text="riot police"), hit("protesters", type=6)),
                 ("Protesters (Mali)", "Police Forces of Mali", "State forces-Protesters", "Civilian targeting"),
                 id="force-against-protesters"),
    pytest.param("peaceful protest", (hit("marchers", type=6),), ("Protesters (Mali)", "", "Protesters only", ""),
                 id="a-protest"),
])
def test_sides_are_told_as_acled_orders_and_names_them(kind, actors, expected):
    row = acled_row(done(kind, *actors))
    assert (row["actor1"], row["actor2"], row["interaction"], row["civilian_targeting"]) == expected


def test_no_person_is_an_actor():
    row = acled_row(done("attack", replace(GUNMEN, person="Tam Quillip", text="Tam Quillip"), hit("villagers")))
    assert "Quillip" not in ",".join(row.values())


def test_whom_the_rule_for_who_did_it_sets_aside_is_no_actor():
    aside = Attributed("vale-front", "Vale Front", "blamed", None, ("the mayor",), 1, (), "only blamed")
    event = done("attack", replace(FRONT, certainty="blamed"), attribution=Attribution("stated or claimed", (), (aside,)))
    assert acled_row(event)["actor1"] == "Unidentified Armed Group (Mali)"


def test_three_known_days_are_three_rows_over_which_the_dead_are_divided():
    figures = (a_figure("12", 13, 13, 13, "exact", id="f1"),)
    account = told(kind="armed clash", figures=figures, when=lasting(date(2024, 3, 12), date(2024, 3, 14)))
    rows = exported("acled", an_event([account])).rows()
    assert [(row["event_id_cnty"], row["fatalities"]) for row in rows] == [
        ("DTL-1-2024-03-12", "5"), ("DTL-1-2024-03-13", "4"), ("DTL-1-2024-03-14", "4")]
    assert {row["time_precision"] for row in rows} == {"1"}


@pytest.mark.parametrize(("total", "days", "expected"), [(7, 3, [3, 2, 2]), (0, 2, [0, 0]), (2, 3, [2, 0, 0]), (5, 1, [5])])
def test_a_total_is_divided_evenly_with_the_remainder_on_the_first_day(total, days, expected):
    assert shares(total, days) == expected


@pytest.mark.parametrize(
    ("words", "number"), [("dozens of people", 12), ("tens", 10), ("hundreds", 100), ("several", 3), ("many", 3)])
def test_words_become_the_numbers_that_acled_has_for_them(words, number):
    assert number_of(words) == number


def test_where_only_words_tell_of_dead_the_column_has_their_number_and_the_notes_say_so():
    text = "Shelling killed dozens in Port Verity."
    figure = a_figure("dozens", None, None, None, "word", text=text, id="f1")
    row = acled_row(an_event([told(text, figures=(figure,))]))
    assert row["fatalities"] == "12"
    assert "words without a number" in row["notes"]


def test_no_dead_are_told_is_0_and_the_notes_say_it():
    row = acled_row(done("attack", FRONT, figures=()))
    assert row["fatalities"] == "0"
    assert "No fatalities were reported." in row["notes"]


def test_fatalities_are_the_lowest_standing_total_whatever_rule_is_in_force():
    figures = (a_figure("At least 12 people", 12, 12, 12, "exact", id="f1"),
               a_figure("12", 15, 15, 15, "exact", id="f2", speaker="a hospital"))
    event = done("attack", FRONT, figures=figures)
    assert event.toll.killed.rule == "reliable"
    assert acled_row(event)["fatalities"] == "12"


def test_disputes_are_spelled_out_in_the_notes():
    dispute = Disagreement("kind", (HeldValue("attack", ("Verity Post",)), HeldValue("suicide bomb", ("Hawk Wire",))))
    notes = acled_row(done("attack", FRONT, disagreements=(dispute,)))["notes"]
    assert "Sources differ on kind: attack (Verity Post); suicide bomb (Hawk Wire)." in notes


def test_a_denial_is_told_in_the_notes():
    denied = Responsibility("denied", "it denied", "vale-front", None, AsOf(None, None), ())
    assert "Vale-front denied responsibility." in acled_row(done("attack", FRONT, responsibility=(denied,)))["notes"]


def test_what_one_side_alone_alleges_is_written_and_marked():
    row = acled_row(done("attack", FRONT, status="alleged"))
    assert row["tags"] == "alleged"
    assert "This is alleged by one side alone." in row["notes"]


@pytest.mark.parametrize(("given", "why"), [
    pytest.param({"when": a_when(earliest=date(2024, 1, 1), latest=date(2024, 12, 31), precision="year")}, "within a month",
                 id="a-year"),
    pytest.param({"where": a_where(name="Mali", kind="country", country="ML", precision=6)}, "within a province", id="a-country"),
    pytest.param({"where": a_where(unplaced="nothing fits")}, "country is not known", id="nowhere"),
])
def test_what_acled_would_not_code_goes_to_the_side_file(given, why):
    assert why in why_left("acled", an_event([told(**given)]))


@pytest.mark.parametrize(("given", "why"), [
    ({"nature": "crime"}, "political violence"), ({"review": Review("rejected", "a drill", "ana", None)}, "rejected"),
])
def test_crimes_and_rejected_incidents_are_no_rows(given, why):
    assert why in why_left("acled", an_event(**given))


# UCDP


def test_a_row_of_ucdp_in_full():
    row = ucdp_row(full_event())
    expected = {
        "id": "DTL-1", "year": "2024", "active_year": "", "code_status": "Not clear: not reviewed", "type_of_violence": "3",
        "dyad_name": "vale-front - Civilians", "side_a": "vale-front", "side_b": "Civilians", "number_of_sources": "1",
        "source_office": "Verity Post", "source_original": "the mayor;a hospital", "where_prec": "1",
        "where_coordinates": "Port Verity", "adm_1": "Arden", "adm_2": "Verity", "latitude": "16.27167", "longitude": "-0.04472",
        "geom_wkt": "POINT (-0.04472 16.27167)", "country": "Mali", "country_id": "432", "region": "Africa", "event_clarity": "1",
        "date_prec": "1", "date_start": "2024-03-12 00:00:00.000", "date_end": "2024-03-12 00:00:00.000", "deaths_a": "0",
        "deaths_b": "0", "deaths_civilians": "12", "deaths_unknown": "0", "best": "12", "high": "12", "low": "12",
        "gwnoa": "", "gwnob": "",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(("kind", "actors", "expected"), [
    pytest.param("armed clash", (FRONT, replace(SOLDIERS, role="victim")), ("1", "Government of Mali", "vale-front", "432"),
                 id="a-government-is-side-a"),
    pytest.param("suicide bomb", (FRONT, hit("soldiers", type=1)), ("1", "Government of Mali", "vale-front", "432"),
                 id="an-attack-on-soldiers-is-state-based"),
    pytest.param("armed clash", (FRONT, an_attacker("Hill Guard", organisation="Hill Guard", type=3)),
                 ("2", "vale-front", "Hill Guard", ""), id="two-groups"),
    pytest.param("attack", (SOLDIERS, hit("villagers")), ("3", "Government of Mali", "Civilians", "432"),
                 id="a-government-on-civilians"),
    pytest.param("excessive force against protesters", (SOLDIERS, hit("protesters", type=6)),
                 ("3", "Government of Mali", "Civilians", "432"), id="force-on-protesters"),
])
def test_the_type_of_violence_follows_from_the_sides(kind, actors, expected):
    row = ucdp_row(done(kind, *actors))
    assert (row["type_of_violence"], row["side_a"], row["side_b"], row["gwnoa"]) == expected


@pytest.mark.parametrize(("given", "status"), [
    ({"review": Review("approved", None, "ana", None)}, "Clear"),
    ({}, "Not clear: not reviewed"),
    ({"status": "alleged", "review": Review("approved", None, "ana", None)}, "Not clear: alleged by one side"),
])
def test_clear_is_written_only_where_a_person_approved(given, status):
    assert ucdp_row(done("attack", FRONT, **given))["code_status"] == status


def test_unknown_men_are_never_clear():
    row = ucdp_row(done("attack", GUNMEN, review=Review("approved", None, "ana", None)))
    assert (row["code_status"], row["side_a"]) == ("Not clear: side unidentified", "Unidentified Armed Group (Mali)")


@pytest.mark.parametrize("figures", [
    (a_figure("At least 12 people", 12, None, 12, "at_least", side="civilians", id="f1"),),
    (a_figure("At least 12 people", None, 200, 200, "nearly", id="f1"),
     a_figure("12", 13, 13, 13, "exact", id="f2", side="state forces")),
    (a_figure("At least 12 people", None, 30, 30, "up_to", id="f1"),),
    (a_figure("At least 12 people", 5, 9, None, "range", id="f1"),),
    (a_figure("At least 12 people", None, None, None, "word", id="f1"),),
], ids=["at-least", "parts", "up-to", "range", "words"])
@pytest.mark.parametrize("kind", ["armed clash", "attack"])
def test_best_is_the_sum_of_its_columns_and_lies_between_low_and_high(kind, figures):
    row = ucdp_row(done(kind, FRONT, SOLDIERS, figures=figures))
    parts = sum(int(row[name]) for name in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"))
    assert parts == int(row["best"])
    assert int(row["low"]) <= int(row["best"]) <= int(row["high"])


def attackers_die(kind, victims):
    text = "Shelling hit Port Verity on 12 March. It killed 11 people and four attackers."
    figures = (a_figure("11", 11, 11, 11, "exact", text=text, id="f1", side=victims),
               a_figure("four", 4, 4, 4, "exact", text=text, id="f2", side="armed group", of=FRONT.id, who="attackers"))
    actors = (FRONT, hit("soldiers", type=1)) if victims == "state forces" else (FRONT, hit("villagers"))
    return an_event([told(text, kind=kind, actors=actors, figures=figures)])


def test_attackers_who_die_in_one_sided_violence_go_to_the_side_file():
    kept = exported("ucdp", attackers_die("attack", "civilians"))
    [row] = kept.rows()
    assert (row["deaths_a"], row["deaths_civilians"], row["best"]) == ("0", "11", "11")
    [lost] = [left["value"] for left in kept.left_out() if left["what"] == "attackers killed"]
    assert lost[0]["best"] == 4


@pytest.mark.parametrize("shape", ["ucdp", "acled", "plover", "csv"])
def test_a_suspect_who_died_is_named_nowhere(shape):
    text = "Shelling hit Port Verity on 12 March. Tam Quillip killed 11 people and himself, police suspect."
    suspect = replace(GUNMEN, text="Tam Quillip", person="Tam Quillip", certainty="suspected", id="a1")
    figures = (a_figure("11", 11, 11, 11, "exact", text=text, id="f1", side="civilians"),
               a_figure("himself", 1, 1, 1, "exact", text=text, id="f2", side="armed group", of="a1", who="Tam Quillip"))
    event = an_event([told(text, kind="attack", actors=(suspect, hit("villagers")), figures=figures)])
    kept = exported(shape, event)
    assert all("Quillip" not in kept.text(part) for part in kept.parts)
    if shape == "ucdp":
        assert [left["value"] for left in kept.left_out() if left["what"] == "attackers killed"] == [
            [{"low": 1, "best": 1, "high": 1}]]


def test_attackers_who_die_attacking_soldiers_are_their_sides_dead():
    row = ucdp_row(attackers_die("attack", "state forces"))
    assert (row["deaths_a"], row["deaths_b"], row["best"]) == ("11", "4", "15")


@pytest.mark.parametrize(("event", "why"), [
    pytest.param(done("attack", FRONT, figures=()), "nobody is told dead", id="no-dead"),
    pytest.param(done("mob violence", hit("a crowd", type=5, role="attacker")), "no organised side", id="a-mob"),
    pytest.param(done("agreement", FRONT), "no organised side", id="an-agreement"),
    pytest.param(an_event([told(where=a_where(unplaced="nothing fits"))]), "place is not known", id="nowhere"),
    pytest.param(an_event([told(when=a_when(latest=DAY))]), "within a year", id="no-day"),
])
def test_what_ucdp_would_not_list_goes_to_the_side_file(event, why):
    assert why in why_left("ucdp", event)


def test_several_days_are_one_row_of_precision_2():
    account = told(kind="armed clash", when=lasting(date(2024, 3, 12), date(2024, 3, 14)))
    row = ucdp_row(an_event([account]))
    assert (row["date_prec"], row["date_start"][:10], row["date_end"][:10]) == ("2", "2024-03-12", "2024-03-14")


@pytest.mark.parametrize(("lat", "lon", "cell"), [
    (-90, -180, 1), (-89.9, -179.4, 2), (-89.5, -180, 721), (89.99, 179.99, 259_200)])
def test_cells_of_prio_grid_are_counted_from_the_south_west(lat, lon, cell):
    assert priogrid(lat, lon) == cell


# PLOVER


def test_an_event_of_plover_in_full():
    event = plover_event(full_event())
    assert event["date"] == "2024-03-12"
    assert event["event"] == ["ASSAULT"]
    assert event["mode"] == ["heavy-weapons"]
    assert (event["quad_code"], event["event_scale"]) == (4, -9.5)
    assert event["actor"][0]["sector"] == "REB"
    assert event["recipient"][0] | {"entity_text": ""} == {"code": "MLI", "sector": "CVL", "entity_text": ""}
    assert event["event_loc"]["geonameid"] == 77
    assert event["event_loc"]["resolution"] == 4
    assert event["size"] == {"dead": 12, "injured": 30}
    assert "text" not in event


def test_all_parties_of_a_fight_are_actors():
    event = plover_event(done("armed clash", FRONT, replace(SOLDIERS, role="victim")))
    assert [one["sector"] for one in event["actor"]] == ["REB", "MIL"]
    assert "recipient" not in event


def test_modes_are_not_sharper_than_what_is_told():
    assert "mode" not in plover_event(done("attack", FRONT))


@pytest.mark.parametrize("kind", ["disrupted weapons use", "other", "change to group/activity"])
def test_kinds_without_an_event_go_to_the_side_file(kind):
    assert "no event" in why_left("plover", done(kind, FRONT))


def test_background_and_allegations_are_marked_for_plover_has_no_mark_in_use():
    event = plover_event(done("attack", FRONT, status="alleged", told_as="background"))
    assert (event["status"], event["told_as"]) == ("alleged", "background")
    assert event["comment"] == "alleged by one side alone; known from background only"


# What shapes cannot hold


def test_values_without_a_column_go_to_the_side_file_and_are_counted():
    kept = exported("acled", full_event())
    [left] = kept.left_out()
    assert left["incident_id"] == "DTL-1"
    assert left["value"]["injured_low"] == 30
    assert [figure["value"] for figure in left["value"]["figures"]] == [12, None]
    assert kept.about()["left_out"]["figures"] == 1


def test_ids_begin_so_that_no_row_is_taken_for_the_publishers():
    assert acled_row(full_event())["event_id_cnty"].startswith("DTL-")
    assert ucdp_row(full_event())["id"].startswith("DTL-")
    assert plover_event(full_event())["id"].startswith("DTL-")


def test_a_place_of_a_shelter_is_a_district_in_every_publishers_shape():
    account = told(sensitive=(a_sensitive("Port Verity", kind="shelter"),))
    event = an_incident([account], [a_report()])
    assert (acled_row(event)["location"], acled_row(event)["latitude"]) == ("Verity", "")
    assert (ucdp_row(event)["where_coordinates"], ucdp_row(event)["geom_wkt"]) == ("Verity", "")
