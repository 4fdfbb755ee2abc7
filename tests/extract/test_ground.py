"""Places told of one incident, put together."""

from dataclasses import replace

import pytest

from dateline.extract.document import PlaceMention
from dateline.extract.ground import combined, is_unlisted
from dateline.records import Where

TOWN = Where("Arden", "Arden", "city", "XA", None, None, 10.0, 20.0, 3.0, "t:arden", 1, (), ())
PROVINCE = Where("North province", "North", "admin1", "XA", "North", None, 10.2, 20.0, 90.0, "t:north", 4, (), ())
COUNTRY = Where("Xania", "Xania", "country", "XA", None, None, 11.0, 21.0, 400.0, "iso:XA", 6, (), ())
VILLAGE = replace(COUNTRY, text="village of Hollin")
MARKET = replace(PROVINCE, text="Bell Market", kind="admin1")
FAR = replace(TOWN, text="460 km north of Arden", kind="site", precision=2, radius_km=92.0)


def told(*wheres):
    return [PlaceMention(at * 100, at * 100 + 5, where.text, where, False) for at, where in enumerate(wheres)]


@pytest.mark.parametrize(("wheres", "name", "text"), [
    pytest.param((COUNTRY, TOWN), "Arden", "Arden", id="the-finest"),
    pytest.param((PROVINCE, VILLAGE), "North", "village of Hollin", id="an-unlisted-village-in-the-finest-unit"),
    pytest.param((TOWN, MARKET), "Arden", "Bell Market", id="a-market-in-its-town"),
    pytest.param((FAR, PROVINCE), "North", "North province", id="a-far-bearing-is-no-place"),
    pytest.param((FAR,), "Arden", "460 km north of Arden", id="unless-nothing-else-is-told"),
])
def test_places_are_put_together(wheres, name, text):
    where = combined(told(*wheres))
    assert (where.name, where.text) == (name, text)


def test_a_town_takes_the_province_that_another_sentence_tells():
    assert combined(told(TOWN, PROVINCE)).admin1 == "North"


def test_no_place_gives_none():
    assert combined([]) is None


@pytest.mark.parametrize(("where", "unlisted"), [(TOWN, False), (VILLAGE, True), (COUNTRY, False), (MARKET, True)],
                         ids=["town", "village", "country", "market"])
def test_a_place_that_the_gazetteer_lacks_is_known_by_its_words(where, unlisted):
    assert is_unlisted(where) is unlisted
