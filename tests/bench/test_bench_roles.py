"""muc4-roles: how accounts become MUC's role fillers, and what they score. Everything told here is made up."""

import pytest

from bench.muc4_roles import ROLES, counts, figures_of, gold_roles, narrowed, roles_of, score
from bench.scores import entity
from dateline.records import Account, Actor, Target, Weapon
from made_muc4 import a_figure, an_account, an_actor


@pytest.mark.parametrize(("account", "counted"), [
    pytest.param(an_account(), True, id="an-attack"),
    pytest.param(an_account(status="threatened"), True, id="a-threat"),
    pytest.param(an_account(status="planned"), False, id="a-plan"),
    pytest.param(an_account(told_as="other"), False, id="a-drill"),
    pytest.param(an_account(kind="peaceful protest"), False, id="a-peaceful-protest"),
    pytest.param(an_account(kind="looting/property destruction"), True, id="arson-or-robbery"),
    pytest.param(an_account(kind="armed clash"), False, id="a-clash-of-armed-sides"),
    pytest.param(an_account(kind="armed clash", targets=(Target("a bridge", None, None, None, ()),)), True,
                 id="a-clash-that-hits-a-thing"),
    pytest.param(an_account(kind="armed clash", figures=(a_figure("killed", 2, side="civilians"),)), True,
                 id="a-clash-that-kills-others"),
])
def test_what_muc_takes_for_terrorism_counts(account: Account, counted: bool) -> None:
    assert counts(account) is counted


@pytest.mark.parametrize(("likely", "kept"), [
    pytest.param(None, 1, id="not-asked"), pytest.param(0.9, 1, id="likely"), pytest.param(0.02, 0, id="doubted")])
def test_an_account_that_the_model_doubts_is_no_template(likely: float | None, kept: int) -> None:
    assert len(narrowed([an_account(likely=likely)])) == kept


def test_an_account_becomes_five_roles() -> None:
    account = an_account(
        actors=(an_actor("attacker", "ALF guerrillas", organisation="ALF", group="arden-front"),
                an_actor("victim", "Mayor Bel Corda", person="Bel Corda"),
                an_actor("victim", "two villagers")),
        targets=(Target("the power plant", None, None, None, ()),), weapons=(Weapon("a car bomb", None, ()),))
    assert roles_of([account]) == {
        "PerpInd": [entity("alf guerrillas")], "PerpOrg": [entity("alf")], "Target": [entity("power plant")],
        "Victim": [entity("bel corda")],    # the gold holds no victim without a name
        "Weapon": [entity("car bomb")]}


@pytest.mark.parametrize(("actor", "people", "organisations"), [
    pytest.param(an_actor("attacker", "unidentified men"), ["unidentified men"], [], id="people"),
    pytest.param(an_actor("attacker", "the Arden Front", group="arden-front"), [], ["arden front"], id="a-group"),
    pytest.param(an_actor("attacker", "the Westmark army", type=1), [], ["westmark army"], id="a-force-of-the-state"),
    pytest.param(an_actor("attacker", "soldiers", type=1), ["soldiers"], [], id="its-people"),
    pytest.param(an_actor("attacker", "Nedwen of the ALF", person="Nedwen", organisation="ALF"), ["nedwen"], ["alf"],
                 id="a-person-and-the-organisation"),
    pytest.param(an_actor("ally", "the Westmark army", type=1), [], [], id="who-did-not-attack"),
])
def test_a_perpetrator_is_people_or_an_organisation(actor: Actor, people: list[str], organisations: list[str]) -> None:
    roles = roles_of([an_account(actors=(actor,))])
    assert roles["PerpInd"] == [entity(p) for p in people]
    assert roles["PerpOrg"] == [entity(o) for o in organisations]


def test_one_group_in_two_accounts_under_two_names_is_one_entity() -> None:
    accounts = [an_account(actors=(an_actor("attacker", text, group="arden-front"),)) for text in ("ALF", "Front")]
    assert roles_of(accounts)["PerpOrg"] == [entity("alf")]


def test_the_same_words_are_one_entity() -> None:
    account = an_account(weapons=(Weapon("a bomb", None, ()), Weapon("bomb", None, ())))
    assert roles_of([account])["Weapon"] == [entity("bomb")]


def test_figures_are_those_of_a_case_scored_by_hand() -> None:
    nothing: dict[str, list[frozenset[str]]] = {role: [] for role in ROLES}
    extracts: dict[str, list[list[tuple[str, int]]]] = {role: [] for role in ROLES}
    extracts |= {"Weapon": [[("bombs", 3), ("two bombs", 0)]], "Target": [[("truck", 20)], [("farm", 40)]]}
    gold = [gold_roles(extracts)]
    read = [{**nothing, "Weapon": [entity("bombs")], "Target": [entity("house")]}]
    assert figures_of(score(read, gold)) == {
        "precision": 50.0, "recall": 33.33, "f1": 40.0, "f1.PerpInd": 0.0, "f1.PerpOrg": 0.0, "f1.Target": 0.0,
        "f1.Victim": 0.0, "f1.Weapon": 100.0}
