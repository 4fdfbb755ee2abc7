"""The measures of the bench, on cases scored by hand."""

import pytest

from bench.scores import (
    Count,
    Tally,
    ceaf_e_f1,
    ceaf_ree,
    coreference_scores,
    entity,
    mention,
    muc_f1,
    toll_figures,
)

FARM = entity("the farm", '"La Eminencia" farm')
TRUCK = entity("tank truck", "truck")


@pytest.mark.parametrize(("text", "compared_as"), [
    pytest.param('The "Santo Tomas" Presidential Farm', "santo tomas presidential farm", id="case-quotes-article"),
    pytest.param("a  truck", "truck", id="white-space"),
    pytest.param("U.S. embassy", "us embassy", id="full-stops-leave-no-gap"),
    pytest.param("another anthem", "another anthem", id="articles-inside-words-stay"),
    pytest.param("the ...", "", id="nothing-is-left"),
])
def test_mentions_are_compared_without_case_punctuation_and_articles(text: str, compared_as: str) -> None:
    assert mention(text) == compared_as


@pytest.mark.parametrize(("predicted", "gold", "tally"), [
    pytest.param([FARM, TRUCK], [FARM, TRUCK], Tally(2, 2, 2), id="perfect"),
    pytest.param([], [FARM, TRUCK], Tally(0, 0, 2), id="nothing-predicted"),
    pytest.param([FARM], [], Tally(0, 1, 0), id="spurious-in-a-report-without-gold"),
    pytest.param([], [], Tally(0, 0, 0), id="nothing-to-find"),
    pytest.param([entity("farm")], [FARM], Tally(1, 1, 1), id="one-mention-of-two-is-enough"),
    pytest.param([entity("farm", "tank truck")], [FARM, TRUCK], Tally(0, 1, 2), id="two-entities-run-together"),
    pytest.param([entity("truck"), entity("tank truck")], [TRUCK], Tally(1, 2, 1), id="one-entity-split-in-two"),
    pytest.param([entity("farm", "ranch")], [FARM], Tally(0, 1, 1), id="one-wrong-mention-spoils-it"),
    pytest.param([entity("a")], [FARM], Tally(0, 1, 1), id="no-words-left-match-nothing"),
    # "unit" fits both gold entities, "red unit" only the second: a greedy choice would lose one of them
    pytest.param([entity("unit"), entity("red unit")], [entity("red unit", "unit"), entity("unit", "squad")],
                 Tally(2, 2, 2), id="the-best-assignment-not-the-first"),
])
def test_entities_are_aligned_one_to_one(predicted: list[frozenset[str]], gold: list[frozenset[str]],
                                         tally: Tally) -> None:
    assert ceaf_ree(predicted, gold).tally == tally


def test_tallies_add_up_to_a_micro_average() -> None:
    total = Tally(right=1, predicted=1, gold=4) + Tally(right=2, predicted=3, gold=2)
    assert (total.precision, total.recall, total.f1) == (75.0, 50.0, 60.0)


def test_no_predictions_and_no_gold_score_nothing() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (0.0, 0.0, 0.0)


def test_tolls_are_scored_per_incident() -> None:
    gold = [Count(1, 0), Count(3, 2), Count(0, 4), Count(2, 0)]
    read = [Count(1, 0), Count(3, 5), Count(2, 4), Count(0, 1)]
    assert toll_figures(read, gold) == {
        "killed_exact": 50.0, "injured_exact": 50.0, "both_exact": 25.0, "killed_mae": 1.0, "injured_mae": 1.0}


def test_tolls_of_no_incident_are_no_error() -> None:
    assert set(toll_figures([], []).values()) == {0.0}


def test_tolls_that_do_not_pair_up_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        toll_figures([Count(1, 0), Count(1, 0)], [Count(1, 0)])


@pytest.mark.parametrize(("predicted", "gold", "f1"), [
    pytest.param("aabb", "xxyy", 100.0, id="the-names-of-groups-do-not-matter"),
    # gold {1 2 3 4} is in parts {1 2} {3 4}: 3 - 1 of 3 links; both links of ours are right
    pytest.param("aabb", "xxxx", 80.0, id="a-chain-broken-in-two"),
    # gold has 1 + 1 links, both found; ours has 3, of which 2 are right
    pytest.param("aaaa", "xxyy", 80.0, id="two-chains-run-together"),
    pytest.param("abc", "xyz", 0.0, id="alone-and-rightly-so-counts-nothing"),
    # {1 2 3} {4 5 6 7} and {1 2} {3 4 5} {6 7}: right (1 + 0) + (1 + 1) = 3 of 5 and of 4
    pytest.param("aabbbcc", "xxxyyyy", 66.67, id="chains-that-cross"),
])
def test_muc_counts_links(predicted: str, gold: str, f1: float) -> None:
    assert muc_f1(predicted, gold) == f1


@pytest.mark.parametrize(("predicted", "gold", "f1"), [
    pytest.param("aabb", "xxyy", 100.0, id="perfect"),
    pytest.param("abc", "xyz", 100.0, id="alone-and-rightly-so-counts"),
    # one of {1 2} {3 4} stands for {1 2 3 4}: 2 * 2 / 6 = 2/3, over 1 gold and 2 of ours: 2 * 2/3 / 3
    pytest.param("aabb", "xxxx", 44.44, id="a-chain-broken-in-two"),
    # {1 2 3} with {1 2} is 4/5, {4 5} with {3 4 5} is 4/5: 8/5 over 2 and 2
    pytest.param("aabbb", "xxxyy", 80.0, id="chains-that-cross"),
    # {1} with {1 2} is 2/3, {2 3 4} with {3 4} is 4/5: 22/15 over 2 and 2
    pytest.param("abbb", "xxyy", 73.33, id="one-mention-in-the-wrong-chain"),
])
def test_ceaf_e_aligns_groups_one_to_one(predicted: str, gold: str, f1: float) -> None:
    assert ceaf_e_f1(predicted, gold) == f1


def test_conll_is_the_mean_of_muc_b_cubed_and_ceaf_e() -> None:
    scores = coreference_scores("aabb", "xxxx")
    # B-cubed: precision 1, recall 1/2
    assert (scores.muc_f1, scores.b3_f1, scores.ceafe_f1, scores.conll_f1) == (80.0, 66.67, 44.44, 63.7)
