"""Which of a report's days and places are the incident's. Sentences are made up."""

from datetime import UTC, date, datetime

import pytest

from dateline.extract import extract
from helpers import a_report

PUBLISHED = datetime(2024, 3, 14, 15, tzinfo=UTC)                 # a Thursday


def accounts_of(text):
    return extract(a_report(text, published_at=PUBLISHED)).accounts


def day(number):
    return date(2024, 3, number)


@pytest.mark.parametrize(("text", "name", "precision"), [
    pytest.param("The mayor of Lviv said that shelling in Pokrovsk killed three people.", "Pokrovsk", 1,
                 id="not-the-speaker's"),
    pytest.param("The UN rights office in Geneva condemned the killing of 12 aid workers in Nyala.", "Nyala", 1,
                 id="not-the-office-that-condemns"),
    pytest.param("A court in Bamako heard that soldiers killed the trader in Mopti on Monday.", "Mopti", 1, id="not-the-court's"),
    pytest.param("Gunmen shot dead a trader from Gao in Bandiagara on Monday.", "Bandiagara", 1, id="not-the-victim's-home"),
    pytest.param("A bomb in Nyala on Monday killed the mayor of Zalingei.", "Nyala", 1, id="not-the-victim's-office"),
    pytest.param("Two people were wounded by a mine in Djibo on Monday and were treated in Ouagadougou.", "Djibo", 1,
                 id="not-the-hospital's"),
    pytest.param("Gunmen in Mopti on Monday kidnapped a doctor who was on his way to Gao.", "Mopti", 1,
                 id="not-where-he-was-bound"),
    pytest.param("Soldiers who were killed in Avdiivka were buried in Kyiv on Sunday.", "Avdiyivka", 1, id="not-the-funeral's"),
    pytest.param("Talks scheduled in Cairo were put off after gunmen killed nine people in Nyala.", "Nyala", 1,
                 id="not-where-they-talk"),
    pytest.param("Rebels broke off talks held in Cairo with the army after an attack killed nine in Nyala.", "Nyala", 1,
                 id="not-where-they-talked"),
    pytest.param("A blast hit a meeting of elders in Nyala on Monday and killed nine.", "Nyala", 1, id="but-a-meeting-hit"),
    pytest.param("Gunmen on Monday kidnapped Pedro Varela of Cairo at a building site near Nyala.", "Nyala", 2,
                 id="not-where-he-comes-from"),
    pytest.param("A soldier based in Cairo was shot dead in Nyala on Monday.", "Nyala", 1, id="not-where-he-was-based"),
    pytest.param("KHARTOUM - A drone strike killed four people in Nyala on Monday.", "Nyala", 1, id="not-the-dateline's"),
    pytest.param("A roadside bomb killed seven soldiers. It happened in Djibo on Monday.", "Djibo", 1, id="told-next"),
    pytest.param("Police found a car in Baidoa on Monday. Two people were killed there, they said.", "Baidoa", 1, id="there"),
    pytest.param("Gunmen arrived in Bandiagara on Monday. They shot dead five people in the town.", "Bandiagara", 1,
                 id="the-town"),
    pytest.param("Rebels raided houses in Loikaw on Monday. Three monks were shot dead and three houses were torched.",
                 "Loikaw", 1, id="where-the-text-has-come-to"),
    pytest.param("Rebels in Mali killed 20 people on Sunday. The attack took place in the village of Kwanzou, near Ansongo.",
                 "Ansongo", 2, id="unlisted-village-near-a-town"),
])
def test_the_incident_is_where_it_happened(text, name, precision):
    account = accounts_of(text)[0]
    assert (account.where.name, account.where.precision) == (name, precision)


def test_a_village_that_the_gazetteer_lacks_keeps_its_name_in_the_finest_unit_told():
    [account] = accounts_of("Gunmen killed 20 people in northern Burkina Faso on Sunday. The attack took place in the village of "
                            "Foubelawa, in Sahel region.")
    assert (account.where.text, account.where.kind, account.where.admin1, account.where.precision) == (
        "village of Foubelawa", "admin1", "Sahel", 4)


def test_a_quarter_that_the_gazetteer_lacks_is_in_the_town_told_before_it():
    accounts = accounts_of("Rebels fought soldiers in Nyala. Gunmen then killed a trader in the Foubelawa neighborhood.")
    where = accounts[-1].where
    assert (where.text, where.name, where.kind) == ("Foubelawa neighborhood", "Nyala", "site")


@pytest.mark.parametrize("text", [
    "The White House on Monday condemned the killing of nine miners by the FMLN.",
    "Venezuela and Spain condemned the attack on Monday in which the FMLN killed nine miners."])
def test_the_country_of_the_group_that_did_it_says_where_if_nothing_else_does(text):
    [account] = accounts_of(text)
    assert account.where.country == "SV"


def test_a_part_of_the_world_gives_way_to_the_country_that_the_report_is_about():
    [account] = accounts_of("Mali's army fights rebels. The worst attack in West Africa on Monday killed nine Malian soldiers.")
    assert account.where.country == "ML"


def test_without_a_place_it_is_somewhere_in_the_country_that_the_report_is_about():
    [account] = accounts_of("Malian soldiers killed 20 people on Sunday, the Malian army said.")
    assert (account.where.country, account.where.precision, account.where.text) == ("ML", 6, None)


@pytest.mark.parametrize(("text", "country", "name"), [
    pytest.param("GUATEMALA CITY (HWK) - Gunmen killed a guard at Rosales Hospital on Monday, Guatemalan police said.", "GT",
                 "Rosales Hospital", id="the-name-of-a-far-town-on-a-hospital"),
    pytest.param("LIMA (HWK) - A bomb in Lima killed two people on Monday. Two were killed in Zielona Gora, in Poland.", "PL",
                 "Zielona Gora", id="a-town-in-a-country-that-is-named"),
])
def test_a_name_that_only_looks_like_a_place_abroad_is_at_home(text, country, name):
    where = accounts_of(text)[-1].where
    assert (where.country, where.text) == (country, name)


def test_a_night_between_two_days_dates_what_stands_after_it():
    when = accounts_of("Shells killed two people in Pokrovsk on Wednesday. On the night of 11-12 March drones hit the port of "
                       "Izmail, killing a guard.")[-1].when
    assert (when.earliest, when.latest, when.time_of_day) == (day(11), day(12), "night")


def test_two_countries_named_alike_leave_it_unplaced():
    [account] = accounts_of("Gunmen killed 20 people on Sunday, the presidents of Chad and Mali said.")
    assert (account.where.lat, account.where.unplaced) == (None, "the report names no place for it")


@pytest.mark.parametrize(("text", "name", "precision"), [
    pytest.param("Gunmen ambushed a convoy between Maiduguri and Damboa on Monday.", "between Maiduguri and Damboa", 5,
                 id="between-two-towns"),
    pytest.param("A mine killed two people on the road from Gao to Ansongo on Monday.", "on the road from Gao to Ansongo", 5,
                 id="road-between-two-towns"),
    pytest.param("A mine killed two people on a highway between Gao and Ansongo on Monday.",
                 "on a highway between Gao and Ansongo", 5, id="highway-between-two-towns"),
    pytest.param("A mine killed two people on the road to Ansongo on Monday.", "Ansongo", 2, id="approach-road"),
])
def test_a_stretch_of_road_is_less_precise_than_a_town(text, name, precision):
    [account] = accounts_of(text)
    assert (account.where.name, account.where.precision) == (name, precision)
    assert account.where.radius_km > 10


@pytest.mark.parametrize(("text", "earliest", "latest"), [
    pytest.param("Gunmen killed five people in Gao on Tuesday.", day(12), day(12), id="of-its-clause"),
    pytest.param("The president on Tuesday condemned the killing of five people in Gao.", None, day(14),
                 id="not-of-the-answer"),
    pytest.param("The UN today deplored the killing of five traders in Gao.", None, day(14), id="not-of-the-regret"),
    pytest.param("Judges on Tuesday lifted a strike that followed the murder of a colleague in Gao.", None, day(14),
                 id="not-of-another-verb"),
    pytest.param("Five people were killed in Gao before Sunday's election.", None, day(14), id="not-of-another-noun"),
    pytest.param("The attack staged in Gao on Monday killed five people.", day(11), day(11), id="of-a-clause-on-the-attack"),
    pytest.param("Rebels shelled Gao on Monday. Five people were killed and a school was hit.", day(11), day(11),
                 id="told-again-without-a-day"),
    pytest.param("The governor mourned the victims of Tuesday's shooting in Gao.", day(12), day(12),
                 id="of-the-act-as-its-owner"),
    pytest.param("A judge was reminded of a May 2003 incident in which a boy shot and killed a friend in Gao.",
                 date(2003, 5, 1), date(2003, 5, 31), id="of-what-a-clause-tells"),
    pytest.param("Gunmen killed five people in Gao. Talks will resume on Saturday.", None, day(14), id="not-a-day-to-come"),
])
def test_the_day_is_the_acts_own(text, earliest, latest):
    account = accounts_of(text)[0]
    assert (account.when.earliest, account.when.latest) == (earliest, latest)


def test_a_second_attack_of_the_same_round_up_takes_its_day_but_not_its_hour():
    *_, second = accounts_of("Rebels shelled Gao at dawn on Monday, killing two people. A bomb killed five people in Mopti.")
    assert (second.where.name, second.when.best, second.when.time_of_day) == ("Mopti", day(11), None)


def test_an_earlier_attack_does_not_take_the_day_of_the_news():
    *_, before = accounts_of("Rebels shelled Gao on Monday, killing two people. Last year gunmen killed 20 people in Mopti.")
    assert (before.where.name, before.when.latest) == ("Mopti", date(2023, 12, 31))


def test_the_words_of_a_time_come_with_its_timex():
    [account] = accounts_of("Gunmen killed five people in Gao on Tuesday.")
    assert (account.when.timex.type, account.when.timex.value) == ("DATE", "2024-03-12")


@pytest.mark.parametrize(("text", "start", "end", "ongoing"), [
    pytest.param("Gunmen killed five people in Gao on Monday.", None, None, False, id="one-day"),
    pytest.param("A two-day battle that began on Sunday in Loikaw killed 30 soldiers.", day(10), day(11), False,
                 id="days-and-beginning"),
    pytest.param("Fighting in El Fasher continued for a third day on Wednesday, killing 20 people.", day(11), None, True,
                 id="third-day"),
    pytest.param("Rebels have been fighting the army around Sake since Tuesday; 15 civilians have been killed.", day(12), None,
                 True, id="since"),
    pytest.param("Clashes in Sake began on Sunday and ended on Tuesday; 15 civilians were killed.", day(10), day(12), False,
                 id="began-and-ended"),
    pytest.param("Militants attacked Djibo on Friday and killed 30 people. The siege of the town lasted three days.", day(8),
                 day(10), False, id="lasted"),
    pytest.param("Five people were killed in Gao in the first attack since Tuesday.", None, None, False,
                 id="first-since-is-none"),
])
def test_how_long_it_lasted_is_kept_apart_from_doubt_about_its_day(text, start, end, ongoing):
    account = accounts_of(text)[0]
    assert (account.when.start, account.when.end, account.when.ongoing) == (start, end, ongoing)


def test_doubt_about_a_day_is_no_duration():
    [account] = accounts_of("Gunmen killed five people in Gao last week.")
    assert (account.when.start, account.when.earliest, account.when.latest) == (None, day(4), day(10))


def test_two_fights_in_neighbouring_provinces_are_two_incidents():
    accounts = accounts_of("Rebels killed 22 civilians near Beni in North Kivu on Monday. In Ituri, two fighters and a soldier "
                           "died in clashes near Djugu, the army said.")
    assert [a.where.admin1 for a in accounts] == ["North Kivu", "Ituri"]
