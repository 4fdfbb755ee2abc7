"""muc4-templates: how accounts become templates of five roles, and what they score. Cases are made up and scored by hand."""

from __future__ import annotations

import pytest

from bench.core import bench_named
from bench.muc4_incidents import incident_type
from bench.muc4_roles import ROLES
from bench.muc4_templates import Template, _errors, gold_templates, match, templates_of
from bench.scores import Tally, entity
from made_muc4 import a_target, a_weapon, an_account, an_actor


def a_template(types: str, **roles: list[str]) -> Template:
    """A role's entities are listed with their mentions parted by " / "."""
    told = {role: [entity(*one.split(" / ")) for one in roles.get(role, [])] for role in ROLES}
    return Template(frozenset(types.split(" / ")), told)


RAID = a_template("attack", PerpInd=["rebels / guerrillas"], Victim=["bel corda"])
BLAST = a_template("bombing", Target=["bridge"], Weapon=["dynamite"])


@pytest.mark.parametrize(("predicted", "gold", "tally"), [
    pytest.param([RAID], [RAID], Tally(3, 3, 3), id="all-right"),
    pytest.param([a_template("attack", PerpInd=["rebels"], Victim=["someone"])], [RAID], Tally(2, 3, 3),
                 id="type-and-one-of-two-roles"),
    pytest.param([a_template("bombing", PerpInd=["rebels"], Victim=["bel corda"])], [RAID], Tally(0, 3, 3),
                 id="another-type-is-another-incident"),
    pytest.param([a_template("bombing", Target=["bridge"])], [a_template("attack / bombing", Target=["bridge"])], Tally(2, 2, 2),
                 id="either-type-is-right"),
    pytest.param([RAID, BLAST], [RAID], Tally(3, 6, 3), id="all-of-a-spurious-template-counts"),
    pytest.param([], [RAID, BLAST], Tally(0, 0, 6), id="all-of-a-missing-template-counts"),
    pytest.param([a_template("attack", Victim=["bel corda"]), a_template("attack", Victim=["ono mares"])],
                 [a_template("attack", Victim=["ono mares"]), a_template("attack", Victim=["bel corda"])], Tally(4, 4, 4),
                 id="aligned-so-that-the-score-is-best"),
    pytest.param([a_template("attack", Victim=["bel corda", "corda"])], [a_template("attack", Victim=["bel corda / corda"])],
                 Tally(2, 3, 2), id="one-entity-told-twice-is-right-once"),
    pytest.param([], [], Tally(0, 0, 0), id="a-report-without-incidents"),
])
def test_templates_are_matched_one_to_one(predicted: list[Template], gold: list[Template], tally: Tally) -> None:
    assert match(predicted, gold).tally == tally


@pytest.mark.parametrize(("given", "text", "expected"), [
    ({}, "Gunmen attacked the farm.", "ATTACK"),
    ({"kind": "remote explosive/landmine/ied"}, "A bomb went off.", "BOMBING"),
    ({"kind": "disrupted weapons use"}, "A bomb was defused.", "BOMBING"),
    ({"weapons": (a_weapon("dynamite"),)}, "They attacked the bank with dynamite.", "BOMBING"),
    ({"kind": "air/drone strike"}, "Planes bombed the village.", "ATTACK"),
    ({"kind": "abduction/forced disappearance"}, "He was kidnapped.", "KIDNAPPING"),
    ({"acts": ("abduction/forced disappearance", "attack")}, "He was kidnapped and killed.", "KIDNAPPING"),
    ({"targets": (a_target("two buses"),)}, "They attacked two buses and set them on fire.", "ARSON"),
    ({"kind": "looting/property destruction", "targets": (a_target("a bus"),)}, "A bus was burned.", "ARSON"),
    ({"kind": "looting/property destruction"}, "They robbed the bank.", "ROBBERY"),
    ({"kind": "looting/property destruction"}, "They wrecked the office.", "ATTACK"),
])
def test_the_incident_type_of_an_account(given, text, expected):
    assert incident_type(an_account(text, **given)) == expected


def test_an_account_becomes_a_template_without_what_its_type_has_not():
    kidnapped = an_account(kind="abduction/forced disappearance", actors=(an_actor("victim", "Bel Corda", person="Bel Corda"),),
                           targets=(a_target("a road"),), weapons=(a_weapon("rifles"),))
    [template] = templates_of([kidnapped, an_account(status="planned")])
    assert template == a_template("kidnapping", Victim=["bel corda"])


def test_gold_is_read_from_the_data():
    row = {"incident_type": "attack / bombing", "PerpInd": [[["rebels", 3], ["guerrillas", 40]]], "PerpOrg": [], "Target": [],
           "Victim": [], "Weapon": []}
    assert gold_templates([row]) == [a_template("attack / bombing", PerpInd=["rebels / guerrillas"])]


def test_errors_are_told_by_kind_first():
    predicted, gold = [a_template("attack", Victim=["someone"]), BLAST], [RAID]
    lines = _errors(["R1"], [predicted], [gold], [match(predicted, gold)])
    assert [line.split(maxsplit=1)[1] for line in lines[:4]] == [
        "missed PerpInd", "missed Victim", "spurious Victim", "spurious template"]
    assert any("R1 attack: bel corda" in line for line in lines)


def test_the_bench_is_registered():
    assert bench_named("muc4-templates").items == "reports"
