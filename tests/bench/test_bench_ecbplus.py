"""ecbplus: which mentions count, what their heads are, and what puts them together."""

from typing import Any

import numpy as np
import pytest

from bench.ecbplus import Mention, alike, document_groups, groups_of_mentions, scored_mentions


def a_row(words: str, *mentions: tuple[list[int], str, str | None], name: str = "d1") -> dict[str, Any]:
    """One sentence; mentions: their tokens, type and chain."""
    tokens = words.split()
    return {"id": name, "tokens": tokens, "sentences": [[0, len(tokens)]], "checked_sentences": [0], "mentions": [
        {"m_id": str(number), "type": kind, "tokens": places, "sentence": 0, "text": " ".join(tokens[place] for place in places),
         **({"cluster": chain} if chain else {})} for number, (places, kind, chain) in enumerate(mentions)]}


def test_event_mentions_of_checked_sentences_count_and_one_without_a_chain_is_alone() -> None:
    row = a_row("The miller denied that he had sold flour", ([2], "ACTION_REPORTING", "c1"), ([6], "NEG_ACTION_OCCURRENCE", None),
                ([1], "HUMAN_PART_PER", "c2"))
    assert [(one.lemma, one.chain) for one in scored_mentions([row])] == [("deny", "c1"), ("sell", "d1:1")]
    assert scored_mentions([{**row, "checked_sentences": [3]}]) == []


@pytest.mark.parametrize(("words", "places", "lemma"), [
    pytest.param("The singer checked into a clinic yesterday", [2, 3], "check", id="a-verb-and-its-particle"),
    pytest.param("Police opened a murder inquiry in the harbour town", [3, 4], "inquiry", id="the-last-noun-of-a-compound"),
    pytest.param("Shots were fired", [0], "shot", id="a-word-alone"),
])
def test_the_head_is_the_word_on_which_the_others_hang(words: str, places: list[int], lemma: str) -> None:
    [mention] = scored_mentions([a_row(words, (places, "ACTION_OCCURRENCE", None))])
    assert mention.lemma == lemma


def test_documents_are_grouped_by_their_rare_words_without_the_address() -> None:
    harbour = "Divers raised the sunken trawler Marigold beside the Quillon lighthouse"
    again = "The trawler Marigold lay beside the Quillon lighthouse before divers came"
    rows = [a_row(harbour), a_row(again), a_row("Beekeepers paraded through Ostrava with smokers and hives")]
    groups = document_groups(alike(rows), 0.15)
    assert groups[0] == groups[1] != groups[2]
    address = {**a_row("http://harbour.example/marigold " + harbour)}
    address["sentences"] = [[0, 1], [1, len(address["tokens"])]]
    assert alike([address, rows[0]])[0, 1] == pytest.approx(1.0)


def test_a_mean_likeness_decides_and_not_the_nearest() -> None:
    chain = np.array([[0, 0.5, 0.0], [0.5, 0, 0.2], [0.0, 0.2, 0]])     # the mean of 0.0 and 0.2 is 0.1
    assert len(set(document_groups(chain, 0.15))) == 2
    assert len(set(document_groups(chain, 0.1))) == 1


def test_mentions_corefer_by_lemma_within_a_group_of_documents() -> None:
    mentions = [Mention(0, "kill", "c", "killed"), Mention(1, "kill", "c", "killing"), Mention(1, "flee", "d", "fled"),
                Mention(2, "kill", "e", "kill")]
    found = groups_of_mentions(mentions, ["x", "x", "y"])
    assert found[0] == found[1]
    assert len(set(found)) == 3
