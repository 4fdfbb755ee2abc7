"""re3d: how our records are told in the words of the set, and what each figure counts. All texts are made up."""

import pytest

from bench.re3d import Entity, Read, Triple, both_ways, errors_of, figures_of, head_of, triples_of
from dateline.extract.document import Attribution, Document
from dateline.records import AsOf, GroupStatement, Speaker
from tests.helpers import a_report


def said_of(attribute, **value):
    return GroupStatement("S1", "R1", "red-lantern", "Red Lantern", attribute, value, AsOf(None, None), None, ())


@pytest.mark.parametrize(("statement", "triples"), [
    pytest.param(said_of("leader", name="Omar Vell"),
                 {("BelongsTo", "Omar Vell", "Red Lantern"), ("InChargeOf", "Omar Vell", "Red Lantern")}, id="leader"),
    pytest.param(said_of("commander", name="Omar Vell"), {("BelongsTo", "Omar Vell", "Red Lantern")},
                 id="a-commander-is-not-in-charge-of-the-group"),
    pytest.param(said_of("parent", name="Vale Front"), {("BelongsTo", "Red Lantern", "Vale Front")}, id="parent"),
    pytest.param(said_of("rival", name="Arden army"), {("FightingAgainst", "Red Lantern", "Arden army")}, id="rival"),
    pytest.param(said_of("area", sense="control", text="Port Verity", name="Port Verity"),
                 {("InChargeOf", "Red Lantern", "Port Verity")}, id="what-it-controls"),
    pytest.param(said_of("area", sense="presence", text="Port Verity", name="Port Verity"), set(), id="where-it-only-is"),
    pytest.param(said_of("aim", text="to free Vale"), set(), id="no-relation-of-the-set"),
])
def test_statements_as_relations(statement, triples):
    document = Document(a_report(), group_statements=[statement])
    assert {(t.type, t.source, t.target) for t in triples_of(document)} == triples


def test_who_speaks_is_tied_to_office_and_organisation():
    mayor = Speaker("Ines Vell, the mayor of Arden", "Ines Vell", "mayor", "Arden council", "official", None)
    document = Document(a_report(), attributions=[Attribution(0, 5, mayor, 6, 9, "said", 10)])
    assert set(triples_of(document)) == {
        Triple("BelongsTo", "Ines Vell", "Arden council"), Triple("IsSynonymOf", "Ines Vell", "mayor")}


@pytest.mark.parametrize(("text", "head"), [
    pytest.param("the Vale Army", "army", id="last-word"),
    pytest.param("commander of the Vale Army", "commander", id="before-of"),
    pytest.param("Red Lantern, which", "lantern", id="before-a-clause"),
    pytest.param("Red Lantern (RL)", "lantern", id="before-a-bracket"),
    pytest.param("of Vale", "vale", id="nothing-before"),
])
def test_head(text, head):
    assert head_of(text) == head


def test_figures_by_hand():
    gold = both_ways([Triple("AlliesOf", "the Vale Army", "Red Lantern"), Triple("InChargeOf", "Omar Vell", "Red Lantern")])
    ours = both_ways([Triple("AlliesOf", "Army", "Red Lantern"), Triple("BelongsTo", "Vell", "Red Lantern")])
    read = Read("d1", gold, ours, [Entity("Location", 0, 4), Entity("Location", 9, 12)], [Entity("Location", 2, 11)])
    figures = figures_of([read])
    assert (figures["f1"], figures["heads.f1"]) == (0.0, 66.67)       # both ways of the alliance, by its heads
    assert figures["pairs.f1"] == 100.0                               # "Vell" and "Red Lantern" are tied, if not how
    assert (figures["heads.f1.AlliesOf"], figures["f1.AlliesOf"]) == (100.0, 0.0)
    assert figures["entities.Location"] == 66.67                      # one of ours stands for one of theirs


def test_errors_tell_what_was_met_but_for_its_ends():
    gold = frozenset({Triple("BelongsTo", "the Vale Army", "Arden"), Triple("BelongsTo", "Vell", "Arden")})
    lines = list(errors_of([Read("d1", gold, frozenset({Triple("BelongsTo", "Army", "Arden")}))]))
    assert "BelongsTo        0 met, 1 by head, 1 missed, 0 made up" in lines
    assert [line for line in lines if line.startswith("missed")] == ["missed   BelongsTo        Vell -> Arden   d1"]
