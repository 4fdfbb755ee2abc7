"""Later versions and copies of a story, through the whole job: what a correction supersedes and a retraction strikes."""

from __future__ import annotations

import pytest

from whole_job import dateline, incidents

HEAD = "PORT VERITY, March 12, 2024 (Hawk Wire) - "
SCENE = (
    "\n\nThe blast tore through a row of stalls shortly before noon, witnesses said, and smoke rose over the old town for "
    "hours. Ambulances carried people to two hospitals across the river. Shops stayed shut, and the governor called for calm "
    "in a speech on local radio.\n\nThe market is the largest in the district and sells grain, cloth and livestock. Traders "
    "said that guards had searched every cart at the gate since the spring. No group has said that it was behind it.\n"
)


def a_story(killed: int, *, note: str = "", scene: str = SCENE) -> str:
    bombing = f"A car bomb exploded at a market in Kabul on Tuesday, killing {killed} people, the health ministry said."
    return f"{note}{HEAD}{bombing}{scene}"


@pytest.fixture
def told(tmp_path):
    """Runs the stories one after the other, each in a file of its own, and gives the incidents held."""
    def tell(*stories: str):
        for number, story in enumerate(stories):
            (tmp_path / f"{number}.txt").write_text(story)
            answer = dateline("run", tmp_path / f"{number}.txt", "--record", tmp_path / "d.db")
            assert (answer.code, answer.left_out) == (0, []), answer.err
        return incidents(tmp_path / "d.db")
    return tell


def killed(incident):
    """(low, high, standing) of each figure of the dead, in order."""
    figures = [figure for account in incident["accounts"] for figure in account["account"]["figures"]]
    return sorted((figure["low"], figure["standing"]) for figure in figures if figure["effect"] == "killed")


def toll(incident):
    return tuple(incident["toll"]["killed"][bound] for bound in ("low", "best", "high"))


@pytest.mark.parametrize("note", [
    pytest.param("Correction: an earlier version misstated the number of dead.\n\n", id="correction"),
    pytest.param("UPDATE 1 - ", id="update"),
    pytest.param("CORRECTED - ", id="a-mark-on-the-line-of-the-dateline"),
])
def test_a_later_versions_figure_supersedes_the_earlier(told, note):
    [incident] = told(a_story(15), a_story(11, note=note))
    assert toll(incident) == (11, 11, 11)
    assert killed(incident) == [(11, "stands"), (15, "superseded")]


def test_a_retraction_strikes_what_it_retracts(told):
    [incident] = told(a_story(15), a_story(15, note="Retraction: this story has been withdrawn.\n\n"))
    assert {standing for _, standing in killed(incident)} == {"retracted"}
    assert toll(incident)[1] is None


@pytest.mark.parametrize("copy", [
    pytest.param(a_story(15, scene=SCENE.rpartition("\n\nThe market")[0] + "\n"), id="trimmed"),
    pytest.param("Blast in Kabul market leaves many dead\n\n" + a_story(15), id="with-another-title"),
])
def test_a_copy_adds_no_source(told, copy):
    [incident] = told(a_story(15), copy)
    assert (incident["sources"]["reports"], incident["sources"]["stories"]) == (2, 1)
    assert toll(incident) == (15, 15, 15)


def test_the_same_report_under_two_names_is_one_source(told):
    [incident] = told(a_story(15), a_story(15))
    assert (incident["sources"]["reports"], incident["sources"]["stories"]) == (2, 1)
