"""group-names: what is asked, which answer stands for a name, and what counts as resolved and as wrong."""

import gzip
import json
from pathlib import Path

import pytest

from bench.core import BenchError
from bench.group_lists import Entity, country_of, load_entities, names_of
from bench.group_names import CARRIERS, Item, Scored, answer_in, errors_of, figures_of, items_of
from bench.respell import spellings, transliterated

VALE = Entity("ucdp:1", ("Vale Front", "Jabhat al-Wadi"), "Arden")
RIDGE = Entity("un:QDe.1", ("Ridge Army", "vale front"), None)
IDS = {"ucdp:1": frozenset({"vale-front"}), "un:QDe.1": frozenset({"ridge-army"})}


def an_answer(group: str | None, *, form: str = "as it stands", text: str | None = None,
              candidates: frozenset[str] = frozenset()) -> Scored:
    return Scored(Item("ucdp:1", "Vale Front", "Vale Front", form, text, frozenset({"vale-front"})), group, candidates)


def test_every_name_is_asked_alone_in_a_sentence_and_respelled_in_a_sentence() -> None:
    items = [item for item in items_of([VALE, RIDGE], IDS, str.lower) if item.name == "Jabhat al-Wadi"]
    assert [(item.form, item.text is None) for item in items] == [
        ("as it stands", True), ("as it stands", False), ("transliteration", False), ("no hyphens", False), ("capitals", False)]
    assert all(item.text is None or item.written in item.text for item in items)


def test_the_same_sentences_are_asked_each_time() -> None:
    assert list(items_of([VALE, RIDGE], IDS, str.lower)) == list(items_of([VALE, RIDGE], IDS, str.lower))


def test_a_name_that_two_entities_bear_may_mean_either() -> None:
    both = {item.right for item in items_of([VALE, RIDGE], IDS, str.lower) if item.name.lower() == "vale front"}
    assert both == {frozenset({"vale-front", "ridge-army"})}


def test_an_entity_that_no_entry_carries_the_id_of_has_no_right_answer() -> None:
    assert {item.right for item in items_of([VALE], {}, str.lower)} == {frozenset()}


def test_a_sentence_names_a_country_only_where_the_list_does() -> None:
    assert any("{country}" in carrier for carrier in CARRIERS)
    assert not any("None" in (item.text or "") for item in items_of([RIDGE], IDS, str.lower))


@pytest.mark.parametrize(("spans", "group"), [
    pytest.param([(3, 13, "vale-front")], "vale-front", id="the-words-of-the-name"),
    pytest.param([(3, 7, "vale"), (3, 13, "vale-front")], "vale-front", id="the-most-characters"),
    pytest.param([(20, 30, "other")], None, id="words-elsewhere"),
    pytest.param([], None, id="nothing-read"),
])
def test_the_answer_is_the_group_that_shares_most_with_the_name(spans: list[tuple[int, int, str]], group: str | None) -> None:
    assert answer_in(spans, 3, 13) == group


def test_figures_count_no_answer_as_unresolved_and_another_group_as_wrong() -> None:
    scored = [an_answer("vale-front"), an_answer(None, candidates=frozenset({"vale-front", "x"})),
              an_answer("ridge-army", text="..."), an_answer("vale-front", form="capitals", text="...")]
    figures = figures_of(scored, 100.0)
    assert (figures["resolved"], figures["wrong"]) == (50.0, 25.0)
    assert (figures["resolved.seen"], figures["resolved.respelled"]) == (33.33, 100.0)
    assert (figures["resolved.alone"], figures["resolved.sentence"], figures["told_candidates"]) == (50.0, 0.0, 100.0)
    assert errors_of(scored)[:2] == ("    1 several, as it stands, alone", "    1 wrong, as it stands, sentence")


@pytest.mark.parametrize(("name", "kinds"), [
    pytest.param("Vale Front", {"capitals": "VALE FRONT"}, id="English-is-not-transliterated"),
    pytest.param("VF-2", {"no hyphens": "VF 2"}, id="an-abbreviation"),
    pytest.param("Jaish-e-Wadi", {"no hyphens": "Jaish e Wadi", "capitals": "JAISH-E-WADI"}, id="hyphens"),
])
def test_ways_to_spell_a_name_anew(name: str, kinds: dict[str, str]) -> None:
    found = dict(spellings(name, 1))
    assert {kind: found.get(kind) for kind in kinds} == kinds
    assert ("transliteration" in found) == ("Jaish" in name)


def test_a_transliteration_changes_letters_of_the_foreign_words_alone() -> None:
    respelled = {transliterated("Jabhat al-Sham Movement", turn) for turn in range(30)}
    assert len(respelled) > 1
    assert all(name.endswith("Movement") for name in respelled)


def test_names_of_a_list_stand_as_they_are_but_for_white_space() -> None:
    assert names_of(["VALE\n   FRONT", "VALE FRONT", "n/a", ""]) == ("VALE FRONT",)
    assert country_of("Arden (Old Arden), Brack") == "Arden"
    assert country_of(None) is None


def test_entities_of_the_folder_are_the_listed_ones_and_the_active_rebels(tmp_path: Path) -> None:
    lists = {
        "un_sanctions/list": [
            {"kind": "entity", "regime": "Al-Qaida", "ref": "QDe.9", "name": "VALE", "aliases": [{"name": "V"}]},
            {"kind": "entity", "regime": "Iraq", "ref": "IQe.9", "name": "BANK", "aliases": []},
            {"kind": "individual", "regime": "Al-Qaida", "ref": "QDi.9", "name": "A MAN", "aliases": []}],
        "ucdp_actors/actors": [
            {"ActorId": "1", "Org": "1", "NameData": "VF", "NewName": "VF2, VF3", "Location": "Mali"},
            {"ActorId": "2", "Org": "1", "NameData": "OLD"}, {"ActorId": "3", "Org": "4", "NameData": "Government"}]}
    for name, rows in lists.items():
        path = tmp_path / f"{name}.jsonl.gz"
        path.parent.mkdir()
        path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    active = tmp_path / "groups.jsonl"
    active.write_text('{"list": "ucdp", "id": "1", "name": "VF", "aliases": ["Vale"]}\n')
    assert load_entities(tmp_path, active) == [
        Entity("un:QDe.9", ("VALE", "V"), None), Entity("ucdp:1", ("VF", "VF2", "VF3"), "Mali")]
    assert load_entities(active, active) == [Entity("ucdp:1", ("VF", "Vale"), None)]
    active.write_text("{}\n")
    with pytest.raises(BenchError, match="without 'list'"):
        load_entities(tmp_path, active)
