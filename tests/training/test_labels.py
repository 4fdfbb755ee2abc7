"""What a reader is taught by an example: what is right, what is wrong, and what is neither."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.extract.reader.session import session
from training.examples import KINDS, MANNERS, ROLES, Entity, Example, entity_of, occurrences_of
from training.labels import MANNER, Labelled, labelled

TEXT = "the rebels bombed a bank. the bank was empty. rebels also killed ana orr."


def example(*entities: Entity, **given: object) -> Example:
    held = {"id": "x", "origin": "muc4", "text": TEXT, "entities": entities, "told": frozenset({"person", "target"}),
            "kinds": {1: "bombing", 2: "attack"}, "relevant": True}
    return Example(**(held | given))  # type: ignore[arg-type]


def taught(*entities: Entity, **given: object) -> Labelled:
    return labelled(example(*entities, **given), session().tokenizer)


def words(one: Labelled, spans: np.ndarray) -> list[str]:
    starts, ends = (np.concatenate([getattr(row, name) for row in one.rows]) for name in ("start", "end"))
    return [TEXT[starts[at]:ends[at]] for at in spans]


BANK = entity_of(TEXT, "target", ["bank"], [1])
REBELS = entity_of(TEXT, "person", ["rebels"], [1, 2])
ORR = entity_of(TEXT, "victim_name", ["ana orr"], [2])


def test_a_filler_known_by_its_words_may_be_told_at_any_place_of_them():
    one = taught(BANK)
    [(role, spans)] = one.some
    assert (ROLES[role], words(one, spans)) == ("target", ["bank", "bank"])


def test_a_filler_that_was_marked_where_it_stands_is_told_there():
    one = taught(Entity("person", ((0, 10),), True, frozenset({1})))
    [(_, spans)] = one.sure
    assert (one.some, words(one, spans)) == ((), ["rebels"])       # the article is left out


def test_only_roles_that_a_set_tells_count():
    one = taught(BANK)
    assert [role for role, told in zip(ROLES, one.told, strict=True) if told] == ["person", "target"]


@pytest.mark.parametrize(("a", "b", "together"), [(BANK, REBELS, 1), (BANK, ORR, 0), (REBELS, ORR, 1)],
                         ids=["one-incident", "two-incidents", "one-of-several"])
def test_pairs_say_who_plays_in_one_incident(a, b, together):
    assert taught(a, b).pairs.tolist() == [[0, 1, together]]


def test_a_report_of_one_incident_teaches_nothing_of_pairs():
    assert len(taught(BANK, REBELS, kinds={1: "bombing"}).pairs) == 0


def test_two_names_of_a_filler_are_alike_and_those_of_others_not():
    both = entity_of(TEXT, "target", ["bank", "the bank was empty"], [1])
    other = entity_of(TEXT, "target", ["ana orr"], [2])
    assert sorted(taught(both, other).alike[:, 2].tolist()) == [0, 0, 1]


def test_sentences_with_a_filler_tell_an_incident_of_its_kind():
    one = taught(ORR)
    assert one.told_in[:, 0].tolist() == [0, 0, 1]
    assert one.told_in[2, 1 + KINDS.index("attack")] == 1


def test_a_sentence_is_taught_how_its_incidents_are_told_where_the_set_tells_it():
    of, told = {1: frozenset({"threatened"}), 2: frozenset[str]()}, frozenset({"attempted", "threatened"})
    one = taught(BANK, ORR, manners=of, manners_told=told)
    columns = [MANNER + MANNERS.index(name) for name in ("attempted", "threatened", "legal")]
    assert one.told_in[:, columns].tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert one.told_weight[:, columns].tolist() == [[1, 1, 0], [1, 1, 0], [1, 1, 0]]


def test_what_some_incidents_of_a_sentence_are_it_is_neither_taught_to_be_nor_not_to_be():
    both = entity_of(TEXT, "victim_name", ["bank"], [1, 2])
    one = taught(both, kinds={1: "attack", 2: "attack"}, manners={1: frozenset({"threatened"})}, manners_told=frozenset(MANNERS))
    assert one.told_weight[:, MANNER + MANNERS.index("threatened")].sum() == 0


def test_a_report_without_incident_teaches_every_sentence_to_be_none():
    one = taught(relevant=False, kinds={})
    assert (one.told_in[:, 0] == 0).all()
    assert (one.told_weight[:, 0] == 1).all()


@pytest.mark.parametrize(("wanted", "found"), [("bank", 2), ("ban", 0), ("ana  orr", 1), ("", 0)],
                         ids=["whole-words", "no-part-of-a-word", "white-space-aside", "nothing"])
def test_strings_of_a_key_are_found_as_whole_words(wanted, found):
    assert len(occurrences_of(TEXT, wanted)) == found
