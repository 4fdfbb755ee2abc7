"""Countries, provinces, months, and their feeds: an incident belongs where it happened."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest

from made_desk import a_desk, text_of
from made_incidents import STORY, a_figure, a_report, a_sensitive, a_when, a_where, an_account

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "Verity <script>alert(1)</script>\u202e & Co"


def at(report, day, province, **given):
    place = a_where(text="Port Verity", name="Port Verity", kind="city", country="XA", admin1=province, lat=10.0, lon=20.0,
                    precision=1)
    return an_account(report=report, where=place,
                      when=a_when(earliest=day, latest=day, best=day, precision="day", text="12 March"), **given)


@pytest.fixture
def desk(tmp_path):
    january = a_report(STORY.replace("Port Verity", "Port Verity again"), id="R2")
    other = a_report(STORY.replace("Shelling hit", "A shell fell on the harbour of"), id="R3")
    told = [
        (a_report(outlet=HOSTILE, title=HOSTILE), [at("R1", date(2024, 3, 12), "Vale", figures=(
            a_figure("At least 12", 12, None, 12, "at_least"),), sensitive=(a_sensitive("Selda Oarewyn"),))], []),
        (january, [at("R2", date(2018, 1, 27), "Vale")], []),
        (other, [replace(at("R3", date(2021, 6, 1), "North/South"), status="alleged", headline="shelling, <b>Port</b> Verity")],
         []),
    ]
    return a_desk(tmp_path / "d.db", told)


def test_the_index_counts_each_country(desk):
    assert "XA XA 3 12 12 Mar 2024 Atom" in text_of(desk.get("/countries").text)


def test_a_country_shows_counts_kinds_provinces_and_months(desk):
    shown = text_of(desk.get("/countries/XA").text)
    assert shown.startswith("Countries XA 3 incidents, killed 12 by best figures, the last on 12 Mar 2024.")
    assert "Provinces Vale 2 North/South 1" in shown
    assert "By month 2024-03 1 2021-06 1 2018-01 1" in shown


@pytest.mark.parametrize(("address", "leads_to"), [("xa", "/countries/XA"), ("afghanistan", "/countries/AF"),
                                                   ("XA/vale", "/countries/XA/Vale")])
def test_other_spellings_lead_to_one_address(desk, address, leads_to):
    assert desk.get(f"/countries/{address}").headers["location"] == leads_to


@pytest.mark.parametrize("address", ["ZZ", "XA/Nowhere", "XA/2018-13", "XA/0000-01", "XA/Vale/more"])
def test_what_is_no_country_province_or_month_is_not_there(desk, address):
    assert desk.get(f"/countries/{address}").status_code == 404


def test_a_country_of_the_world_without_incidents_says_so(desk):
    assert "No incident" in text_of(desk.get("/countries/AF").text)


def test_a_province_is_a_page_of_its_own_also_with_a_slash_in_its_name(desk):
    assert "1 incident" in text_of(desk.get("/countries/XA/North/South").text)


def test_a_month_lists_what_began_in_it_and_leads_to_its_neighbours(desk):
    page = desk.get("/countries/XA/2021-06").text
    assert "DTL-3" in page
    assert "DTL-1" not in page
    assert 'href="/countries/XA/2018-01" rel="prev"' in page
    assert 'href="/countries/XA/2024-03" rel="next"' in page


def entries(answer):
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")


def test_a_feed_is_atom_with_stable_ids_and_words_that_keep_their_doubt(desk):
    answer = desk.get("/countries/XA/feed.atom")
    feed = ET.fromstring(answer.content)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert feed.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated", "author"):
        assert feed.find(f"{ATOM}{needed}") is not None
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")] == ["self", "alternate"]
    told = {entry.findtext(f"{ATOM}title"): entry for entry in entries(answer)}
    sure = told["shelling, Port Verity (12 Mar 2024): at least 12 killed"]
    assert "Reported: at least 12 killed. 1 report, 1 origin." in sure.findtext(f"{ATOM}summary")
    [alleged] = [title for title in told if title.startswith("Alleged: ")]
    assert "everything told of it comes from one side" in told[alleged].findtext(f"{ATOM}summary")
    assert {entry.findtext(f"{ATOM}id").rpartition(":")[2] for entry in told.values()} == {"DTL-1", "DTL-2", "DTL-3"}


def test_an_entry_has_one_id_in_every_feed_and_from_every_address(desk):
    def ids(answer):
        return {entry.findtext(f"{ATOM}id") for entry in entries(answer)}

    assert ids(desk.get("/feed.atom")) == ids(desk.get("/countries/XA/feed.atom")) == ids(
        desk.get("/feed.atom", headers={"host": "localhost"}))
    assert len(ids(desk.get("/countries/XA/Vale/feed.atom"))) == 2


def test_a_feed_that_has_not_changed_is_not_sent_again(desk):
    first = desk.get("/feed.atom?kind=shelling/artillery/missile attack")
    assert "last-modified" in first.headers
    again = desk.get("/feed.atom?kind=shelling/artillery/missile attack", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_hostile_words_and_names_are_harmless_in_feeds_and_pages(desk):
    for address in ("/feed.atom", "/countries/XA", "/countries", "/countries/XA/2024-03"):
        told = desk.get(address).text
        assert "<script>alert" not in told
        assert "<b>Port" not in told
        assert "\u202e" not in told
        assert "Oarewyn" not in told


def test_an_empty_feed_is_a_feed(tmp_path):
    assert entries(a_desk(tmp_path / "e.db").get("/feed.atom")) == []
