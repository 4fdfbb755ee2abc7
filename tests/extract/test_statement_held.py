"""Where groups are, in the nouns and idioms of the field. All names are made up."""

from __future__ import annotations

import pytest

from tests.extract.test_statement_wordings import told


@pytest.mark.parametrize(("text", "sense", "place"), [
    pytest.param("Saltmarsh fell to Red Lantern in 2018.", "control", "Saltmarsh", id="fell-to"),
    pytest.param("After the fall of Saltmarsh to Red Lantern, people fled.", "control", "Saltmarsh", id="the-fall-of"),
    pytest.param("The army lost Saltmarsh to Red Lantern.", "control", "Saltmarsh", id="lost-to"),
    pytest.param("The capture of Saltmarsh by Red Lantern shocked all.", "control", "Saltmarsh", id="the-capture-by"),
    pytest.param("Red Lantern's capture of Saltmarsh shocked all.", "control", "Saltmarsh", id="its-capture-of"),
    pytest.param("Most of Vale is in the hands of Red Lantern.", "control", "Vale", id="in-the-hands-of"),
    pytest.param("Vale is held almost entirely by a powerful coalition of rebel forces including Red Lantern.", "control", "Vale",
                 id="held-by-a-coalition-with-it"),
    pytest.param("Saltmarsh has been under Red Lantern control since 2018.", "control", "Saltmarsh", id="has-been-under"),
    pytest.param("Saltmarsh, which Red Lantern captured in 2018, was shelled.", "control", "Saltmarsh", id="which-it-captured"),
    pytest.param("Red Lantern territory in Vale was shelled.", "control", "Vale", id="its-territory"),
    pytest.param("Red Lantern, active in Vale, fled.", "presence", "Vale", id="active-in"),
    pytest.param("Red Lantern swept into Saltmarsh in 2018.", "presence", "Saltmarsh", id="swept-into"),
    pytest.param("Vale is a Red Lantern stronghold.", "influence", "Vale", id="a-stronghold"),
    pytest.param("Saltmarsh, the last Red Lantern pocket, was shelled.", "influence", "Saltmarsh", id="the-last-pocket"),
    pytest.param("The presence of Red Lantern in Saltmarsh worries all.", "presence", "Saltmarsh", id="the-presence-of"),
    pytest.param("Red Lantern has been fighting the army in Vale for years.", "presence", "Vale", id="has-been-fighting-in"),
    pytest.param("Red Lantern fighters are hiding in Saltmarsh.", "presence", "Saltmarsh", id="hiding-in"),
    pytest.param("Red Lantern has taken refuge in Saltmarsh.", "presence", "Saltmarsh", id="refuge"),
    pytest.param("Red Lantern has at least two small squads operating in Saltmarsh.", "presence", "Saltmarsh", id="its-squads"),
    pytest.param("Red Lantern abandoned Saltmarsh on Monday.", "loss", "Saltmarsh", id="abandoned"),
    pytest.param("The army cleared Saltmarsh of Red Lantern fighters.", "loss", "Saltmarsh", id="cleared-of"),
    pytest.param("Saltmarsh was cleared of Red Lantern.", "loss", "Saltmarsh", id="was-cleared-of"),
])
def test_areas_in_the_idioms_of_the_field(text: str, sense: str, place: str) -> None:
    assert told(text, "area") == [("area", sense, place)]


@pytest.mark.parametrize("text", [
    pytest.param("Saltmarsh never fell to Red Lantern.", id="denied"),
    pytest.param("Saltmarsh may fall to Red Lantern, he feared; if it fell to Red Lantern, all would flee.", id="feared"),
    pytest.param("The news from Saltmarsh fell hard. Red Lantern was glad.", id="another-sentence"),
    pytest.param("Red Lantern left on Monday.", id="no-place"),
])
def test_no_area_is_made_up(text: str) -> None:
    assert told(text, "area") == []
