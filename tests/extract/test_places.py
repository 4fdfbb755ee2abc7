"""Places named in a report, and where they are."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from dateline.extract.document import Document, PlaceMention
from dateline.extract.groups import find_groups, load_register
from dateline.extract.nlp import pipeline
from dateline.extract.places import contains, distance_km, find_places, finest
from dateline.where.gazetteer import load_gazetteer

SEED = Path(__file__).parents[3] / "shared" / "reports"


def places_in(text: str) -> list[PlaceMention]:
    document = Document(SimpleNamespace(text=text, dateline=None, written=SimpleNamespace(latest=None)), spacy=pipeline()(text))  # type: ignore[arg-type]
    find_groups(document, load_register())
    find_places(document, load_gazetteer())
    for mention in document.places:
        assert text[mention.start : mention.end] == mention.text
        assert mention.where.evidence[0].quote == mention.text
    return document.places


def one(text: str, words: str) -> PlaceMention:
    [mention] = [m for m in places_in(text) if m.text == words]
    return mention


@pytest.mark.parametrize(
    ("text", "words", "name", "country", "precision"),
    [
        pytest.param("A bomb went off in Gao, northern Mali.", "Gao", "Gao", "ML", 1, id="town-told-by-its-country"),
        pytest.param(
            "A bomb went off in Gao, northern Mali.", "northern Mali", "northern Mali", "ML", 5, id="part-of-a-country"
        ),
        pytest.param(
            "He was shot in Franklin, Indiana, on Monday.", "Franklin", "Franklin", "US", 1, id="town-told-by-its-state"
        ),
        pytest.param(
            "It fell in Kunar and Nangarhar Provinces.", "Kunar", "Kunar", "AF", 4, id="plural-noun-reaches-both"
        ),
        pytest.param(
            "They took Ghazni province in Afghanistan.",
            "Ghazni province",
            "Ghazni",
            "AF",
            4,
            id="province-not-its-town",
        ),
        pytest.param("They took Ghazni in Afghanistan.", "Ghazni", "Ghazni", "AF", 1, id="town-not-its-province"),
        pytest.param(
            "The attack at the Kabul airport.", "Kabul airport", "Kabul International Airport", "AF", 1, id="airport"
        ),
        pytest.param(
            "The airport in Kabul was hit.",
            "The airport in Kabul",
            "Kabul International Airport",
            "AF",
            1,
            id="airport-in",
        ),
        pytest.param("A raid in the Afghan capital.", "Afghan capital", "Kabul", "AF", 1, id="capital"),
        pytest.param("Troops were hit near Menaka in Mali.", "near Menaka", "Ménaka", "ML", 2, id="near"),
        pytest.param(
            "A ship burned off the coast of Yemen.", "off the coast of Yemen", "Yemen", "YE", 7, id="off-the-coast"
        ),
        pytest.param(
            "The Peshawar district of Khyber Pakhtunkhwa.", "Peshawar district", "Peshawar", "PK", 3, id="district"
        ),
        pytest.param(
            "Fighting in Eastern Ghouta, Syria.",
            "Eastern Ghouta",
            "Eastern Ghouta",
            "SY",
            3,
            id="direction-in-the-name",
        ),
    ],
)
def test_a_place_has_the_precision_that_its_words_have(text, words, name, country, precision):
    where = one(text, words).where
    assert (where.name, where.country, where.precision) == (name, country, precision)


def test_a_distance_moves_the_point():
    where = one("Gunmen attacked a convoy 15 km north of Gao, in Mali.", "15 km north of Gao").where
    town = one("Gunmen attacked Gao, in Mali.", "Gao").where
    assert where.precision == 2
    assert distance_km(where.lat, where.lon, town.lat, town.lon) == pytest.approx(15, abs=1)
    assert where.lat > town.lat


def test_a_name_that_fits_two_countries_is_not_guessed():
    where = one("Clashes went on in Hyderabad.", "Hyderabad").where
    assert where.unplaced == "2 places fit: India, Pakistan"
    assert where.lat is None
    assert len(where.runners_up) == 2


def test_the_rest_of_the_report_decides():
    text = "Clashes went on in Tripoli. Lebanese soldiers sealed off the streets, and Beirut sent more."
    assert one(text, "Tripoli").where.country == "LB"


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        pytest.param("Jordan Smith came home.", "Jordan", id="given-name"),
        pytest.param("Col. Paris gave the order.", "Paris", id="after-a-rank"),
        pytest.param("Sam Houston spoke. Houston was tired.", "Houston", id="surname-again"),
        pytest.param("The Islamic State in Iraq and the Levant said so.", "Iraq", id="name-of-a-group"),
        pytest.param("The police said that most of us left in May.", "us", id="pronoun"),
        pytest.param("A reporter of Al-Jazeera was shot in Marka, Somalia.", "Jazeera", id="a-station-called-as-a-village"),
    ],
)
def test_persons_groups_and_common_words_are_no_places(text, absent):
    assert absent not in [m.text for m in places_in(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Afghan troops left.", "Afghan", id="people"),
        pytest.param("A Kabul-based group said so.", "Kabul", id="based"),
        pytest.param("U.S.-led forces left.", "U.S.", id="led"),
        pytest.param("Kabul Police said so.", "Kabul", id="body"),
    ],
)
def test_words_that_say_whose_are_marked(text, words):
    assert one(text, words).adjective


@pytest.mark.parametrize(
    ("text", "words", "name", "precision"),
    [
        pytest.param(
            "It blew up near Arden Square in Kabul, Afghanistan.", "Arden Square", "Kabul", 1, id="square-in-its-city"
        ),
        pytest.param(
            "Gunmen raided the village of Ardenu, in Zamfara state, Nigeria.",
            "village of Ardenu",
            "Zamfara",
            4,
            id="village-in-its-state",
        ),
        pytest.param(
            "Shells fell on Afghans at Verity camp.", "Verity camp", "Afghanistan", 6, id="only-the-country-is-told"
        ),
        pytest.param("Raids on Telmar killed two in Aleppo province, Syria.", "Telmar", "Aleppo", 4, id="raids-on"),
        pytest.param("Shells hit houses in al-Telmar in Aleppo province, Syria.", "al-Telmar", "Aleppo", 4, id="its-article"),
        pytest.param("They raided the quarter of Sheikh Telmar in Aleppo, Syria.", "quarter of Sheikh Telmar", "Aleppo", 1,
                     id="called-by-a-title"),
    ],
)
def test_a_place_that_the_gazetteer_lacks_takes_the_finest_unit_around_it(text, words, name, precision):
    where = one(text, words).where
    assert (where.text, where.name, where.precision) == (words, name, precision)


@pytest.mark.parametrize(
    ("text", "words", "name", "precision"),
    [
        pytest.param("They raided Kwatofar, a village in Kaduna, Nigeria.", "Kwatofar", "Kaduna", 4, id="said-to-be-a-village"),
        pytest.param("Shells hit Ardenu camp, 40 km north of Gao, in Mali.", "Ardenu camp", "Gao", 2, id="told-by-its-distance"),
        pytest.param("The fire at Kwatofar was seen across Nigeria.", "Kwatofar", "Nigeria", 6, id="at"),
        pytest.param("They burned the villages of Tolliverko and Verityko in Zamfara.", "Verityko", "Zamfara", 4, id="in-a-list"),
        pytest.param("Troops shelled Verityko camp in Afghanistan.", "Verityko camp", "Afghanistan", 6, id="in-its-country"),
    ],
)
def test_a_name_is_known_for_a_place_by_the_words_beside_it(text, words, name, precision):
    where = one(text, words).where
    assert (where.name, where.precision) == (name, precision)


def test_a_unit_that_stands_for_a_place_within_it_has_a_wider_radius():
    kaduna, _ = (m.where for m in places_in("Kaduna state, in Nigeria, is calm.")[:2])
    village = one("Gunmen raided the village of Kwatofar, in Kaduna state, Nigeria.", "village of Kwatofar").where
    assert village.radius_km == pytest.approx(2 * kaduna.radius_km)


def test_people_who_fled_do_not_tell_where_they_are():
    where = one("Afghan refugees were moved to Verityko camp.", "Verityko camp").where
    assert where.unplaced is not None
    where = one("Refugees from Darfur, in Sudan, live at Verityko camp in Chad.", "Verityko camp").where
    assert (where.country, where.precision) == ("TD", 6)


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        pytest.param("Shelling hit Hawijah, north of Kirkuk in Iraq.", "Hawijah", "IQ", id="without-its-article"),
        pytest.param("Fighting reached Tesalitt in northern Mali.", "Tesalitt", "ML", id="letters-doubled-elsewhere"),
    ],
)
def test_another_spelling_leads_to_a_place_of_the_report_s_countries(text, words, country):
    where = one(text, words).where
    assert (where.country, where.precision) == (country, 1)


def test_a_small_town_elsewhere_is_not_taken_for_a_village_that_the_gazetteer_lacks():
    where = one("Gunmen raided the village of Arden in Zamfara state, Nigeria.", "village of Arden").where
    assert (where.country, where.name, where.precision) == ("NG", "Zamfara", 4)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        pytest.param("Ann Hill spoke in Mali. Hill had been there before.", "Hill", id="surname-of-a-person-named-before"),
        pytest.param("Hill spoke in Mali. It was Ann Hill's first visit.", "Hill", id="or-named-after"),
        pytest.param("Reading, 24, was shot in Kabul.", "Reading", id="who-has-an-age"),
        pytest.param("A SWAT team came to the house in Kabul.", "SWAT", id="letters-for-other-words"),
        pytest.param("It cost US$40 in Mali.", "US$", id="money"),
        pytest.param("The Department of Verity in Mali said so.", "Department of Verity", id="a-ministry"),
    ],
)
def test_what_looks_like_a_place_and_is_none(text, absent):
    assert absent not in [m.text for m in places_in(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("BEIRUT: The army moved in.", "BEIRUT", id="heads-a-section"),
        pytest.param("The Kaduna Water Supply Board shut down in Nigeria.", "Kaduna", id="within-a-body-s-name"),
    ],
)
def test_great_towns_and_provinces_stay_places(text, words):
    assert one(text, words).where.unplaced is None


def test_the_finest_of_places_named_together():
    text = "It blew up near Arden Square in Kabul, Afghanistan."
    mentions = places_in(text)
    assert finest(mentions).text == "Arden Square"
    assert finest(mentions[1:]).name == "Kabul"
    assert finest([]) is None


def test_what_lies_in_what():
    text = "It blew up in Kabul, Afghanistan. They hold Kunar province. Mali mourns."
    kabul, afghanistan, kunar, mali = (m.where for m in places_in(text))
    assert contains(afghanistan, kabul)
    assert contains(afghanistan, kunar)
    assert not contains(kabul, afghanistan)
    assert not contains(kunar, kabul)
    assert not contains(mali, kabul)


@pytest.mark.skipif(not SEED.exists(), reason="the seed report lies in ../shared/reports, which is not here")
def test_the_places_of_the_seed_report():
    text = next(iter(sorted(SEED.glob("*.txt")))).read_text(encoding="utf-8")
    mentions = places_in(text)
    for words, lat, lon, within_km in (
        ("Kabul airport", 34.5659, 69.2124, 10),
        ("Kunar", 34.9, 71.1, 30),
        ("Jowzjan", 36.9, 66.0, 30),
        ("Nangarhar Provinces", 34.2, 70.3, 30),
        ("Kabul", 34.53, 69.17, 5),
    ):
        where = next(m.where for m in mentions if m.text == words)
        assert where.country == "AF"
        assert distance_km(where.lat, where.lon, lat, lon) < within_km


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Kabul " * 3_000, id="one-name-again-and-again"),
        pytest.param("15 km north of the city of " * 1_000, id="distances-to-nothing"),
        pytest.param("-al-El-" * 3_000, id="articles-and-hyphens"),
        pytest.param("", id="empty"),
        pytest.param("\n\n \n", id="white-space"),
    ],
)
def test_hostile_text_is_read(text):
    places_in(text)


def test_an_area_lies_in_what_is_told_after_it():
    """Sirba without more is in Darfur."""
    assert one("Rebels burned farms in the Sirba area of Tillaberi on Monday.", "Sirba").where.country == "NE"


def test_a_noun_of_settlements_is_no_town_of_that_name():
    """Canton is a town in China and in Ohio."""
    mention = one("Soldiers killed four peasants in Oumbala Canton, San Miguel department, El Salvador.", "Oumbala Canton")
    assert (mention.where.country, mention.where.admin1, mention.where.precision) == ("SV", "San Miguel", 4)


@pytest.mark.parametrize(
    ("text", "words", "adjective"),
    [
        pytest.param("A bomb went off near the Kenya embassy on Monday.", "Kenya", True, id="whose-embassy"),
        pytest.param("A bomb went off near a Kenya army post on Monday.", "Kenya", True, id="whose-army"),
        pytest.param("Shells fell near the Kenya border on Monday.", "Kenya", False, id="its-border-is-ground"),
        pytest.param("Gunmen killed two people in Kenya on Monday.", "Kenya", False, id="in-it"),
    ],
)
def test_a_country_before_a_noun_says_whose_it_is(text, words, adjective):
    assert next(m for m in places_in(text) if words in m.text).adjective is adjective


@pytest.mark.parametrize("text", [
    "A bomb went off at the U.S. embassy in Peru on Monday.",
    "Gunmen shot at the consulate of the United States in Peru.",
])
def test_an_embassy_draws_no_place_to_the_country_that_sent_it(text):
    """Peru is a town in Illinois and in Indiana too."""
    assert one(text, "Peru").where.country == "PE"


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        pytest.param("Lima, 25 Oct 89 (EFE) -- Gunmen burned ten buses throughout Lima.", "Lima", "PE", id="a-day-is-no-age"),
        pytest.param("Clashes went on in Tripoli.", "Tripoli", "LY", id="the-capital-before-towns-of-its-name"),
        pytest.param("Fighting spread through central America.", "central America", None, id="a-region-and-no-part-of-the-us"),
        pytest.param("A bomb exploded in the Peruvian town of Oumbala.", "town of Oumbala", "PE", id="whose-town"),
    ],
)
def test_what_a_name_means_is_told_by_the_words_beside_it(text, words, country):
    mention = next(m for m in places_in(text) if m.text == words)
    assert mention.where.country == country
    assert mention.where.unplaced is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Gunmen blew up a car on America Street in Kisangani.", "America", id="a-street"),
        pytest.param("The Red Cross said gunmen killed two in Mali.", "Red Cross", id="a-body"),
    ],
)
def test_a_name_taken_over_is_not_the_place_of_that_name(text, names):
    assert not any(m.where.country == "US" for m in places_in(text) if names in m.text)


def test_a_university_that_the_gazetteer_lacks_stands_in_what_is_told_around_it():
    mention = one("Students were shot at the Oumbala University in Gao, Mali.", "Oumbala University")
    assert (mention.where.country, mention.where.text) == ("ML", "Oumbala University")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Shots were heard in Kutupalong refugee camp.", "Kutupalong refugee camp", id="camp"),
        pytest.param("Rockets hit Bagram air base.", "Bagram air base", id="base"),
    ],
)
def test_a_site_is_named_with_all_its_nouns(text, words):
    assert one(text, words).where.kind in ("site", "airport", "base", "camp")


def test_a_name_that_goes_on_behind_a_hyphen_is_not_the_town_of_its_beginning():
    """Ceel is another spelling of Eyl, a town far off."""
    places = places_in("In the Hiran region of Somalia, militia killed 14 fighters in the villages of Oumbala and Ceel-Dheere.")
    assert not any(m.where.name == "Eyl" for m in places)
