"""What the model adds to the parties that rules found, and what it takes away; where each came from is kept."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from dateline.extract import extract, pipeline
from dateline.extract.document import Document
from dateline.extract.plain import plain_sentences
from dateline.extract.reader.fillers import Filler, Mention
from dateline.extract.reader.rows import rows_of
from dateline.extract.reader.session import Read, session
from dateline.extract.reader.step import Reading
from dateline.records import Account
from helpers import a_report

POST = "Gunmen attacked a police post in Arden on Monday, killing two officers."
Scores = Mapping[str, Mapping[str, float]]


def a_reading(document: Document, scores: Scores, unsure: float) -> Reading:
    """As if the model gave these words these scores under a role, and all other words `unsure`."""
    text, model = document.report.text, session()
    rows = tuple(rows_of(text, plain_sentences(text), model.tokenizer))
    reads = []
    for row in rows:
        roles = np.full((len(row.first), len(model.roles)), unsure, dtype=np.float32)
        for role, words in scores.items():
            for said, score in words.items():
                at = text.index(said)
                roles[(row.start == at) & (row.end == at + len(said)), model.roles.index(role)] = score
        reads.append(Read(roles, np.zeros((len(row.first), 1), dtype=np.float32), np.zeros((0, 8), dtype=np.float32),
                          np.zeros(2, dtype=np.float32)))
    sentences = [sentence.start_char for sentence in document.spacy.sents]
    fillers = [Filler(role, said, score, (_mention(text, said, score, sentences),), np.zeros(1, dtype=np.float32))
               for role, words in scores.items() for said, score in words.items() if score >= 0.5]
    return Reading(tuple(fillers), {}, rows, tuple(reads), model.roles)


def _mention(text: str, said: str, score: float, sentences: list[int]) -> Mention:
    at = text.index(said)
    return Mention(at, at + len(said), sum(start <= at for start in sentences) - 1, score)


@pytest.fixture
def read(monkeypatch):
    """read(text, scores) -> the first account, as the model would have it that scores so."""

    def account(text: str, scores: Scores, unsure: float = 0.2) -> Account:
        def read_near_acts(document: Document) -> None:
            document.reading = a_reading(document, scores, unsure)

        monkeypatch.setattr(pipeline, "read_near_acts", read_near_acts)
        pipeline.steps.cache_clear()
        return extract(a_report(text)).accounts[0]

    yield account
    monkeypatch.undo()
    pipeline.steps.cache_clear()


def actors(account: Account) -> list[tuple[str, str, str]]:
    return [(one.role, one.text, one.origin) for one in account.actors]


def test_an_attacker_whom_rules_miss_is_added(read):
    account = read("A market in Arden was bombed on Monday. Witnesses blamed hooded riders.", {"person": {"hooded riders": 0.9}})
    assert ("attacker", "hooded riders", "model") in actors(account)


def test_a_bare_noun_for_them_is_no_further_attacker(read):
    account = read(f"{POST} The attackers fled.", {"person": {"Gunmen": 0.9, "attackers": 0.9}})
    assert [one.text for one in account.actors if one.role == "attacker"] == ["Gunmen"]


def test_what_both_find_says_so(read):
    account = read(POST, {"person": {"Gunmen": 0.9}})
    assert ("attacker", "Gunmen", "rule+model") in actors(account)


def test_without_the_model_what_rules_find_stays_theirs(read):
    account = read(POST, {})
    assert ("attacker", "Gunmen", "rule") in actors(account)


@pytest.mark.parametrize("unsure", [0.001, 0.2])
def test_what_rules_find_stays_with_how_likely_the_model_finds_it(read, unsure):
    """It was taught few wars of today: doubt is shown, and nothing left out."""
    account = read(POST, {}, unsure=unsure)
    assert [(one.text, one.likely) for one in account.targets] == [("a police post", unsure)]
    assert [one.likely for one in account.actors if one.role == "attacker"] == [unsure]


def test_a_named_victim_is_called_by_name_without_title(read):
    account = read("Gunmen killed Mayor Ana Orr in Arden on Monday.", {"victim_name": {"Ana Orr": 0.9}})
    assert [one.person for one in account.actors if one.role == "victim"] == ["Ana Orr"]


def test_a_victim_named_by_the_model_is_not_published(read):
    account = read("Gunmen killed two people in Arden on Monday. The dead were Ana Orr and a guard.",
                   {"victim_name": {"Ana Orr": 0.9}})
    assert "Ana Orr" in [span.quote for one in account.sensitive if one.kind == "victim or witness name" for span in one.evidence]


def test_a_person_whom_only_the_model_takes_for_an_attacker_is_a_suspect(read):
    """So that no name is published on the word of a model."""
    account = read("A bomb killed two people in Arden on Monday. Neighbours had seen Ivo Tarn there.",
                   {"person": {"Ivo Tarn": 0.9}})
    assert [(one.person, one.certainty) for one in account.actors if one.origin == "model"] == [("Ivo Tarn", "suspected")]


def test_a_group_that_the_model_finds_is_known_by_the_register(read):
    account = read("A bomb killed two people in Arden on Monday. The town has long feared Boko Haram.",
                   {"organisation": {"Boko Haram": 0.9}})
    assert [(one.organisation, one.group) for one in account.actors if one.origin == "model"] == [("Boko Haram", "boko-haram")]


def test_what_is_done_from_afar_stays_the_rules(read):
    """The model was not taught air strikes."""
    account = read("Jets bombed Arden on Monday, killing nine people. Riders of the plains fled.",
                   {"person": {"Riders of the plains": 0.9}}, unsure=0.001)
    assert (account.kind, {one.origin for one in account.actors}) == ("air/drone strike", {"rule"})


def test_whom_the_model_finds_in_a_clash_is_a_side(read):
    account = read("Rebels clashed with soldiers in Arden on Monday. Riders of the plains took part.",
                   {"person": {"Riders of the plains": 0.9}})
    assert [one.role for one in account.actors if one.origin == "model"] == ["side"]


@pytest.mark.parametrize("words", ["suicide bomber", "assault", "convoy"])
def test_people_acts_and_what_is_attacked_are_no_weapons(read, words):
    text = f"Two people were killed in Arden on Monday when a bomb went off. The {words} was the first this year."
    assert "model" not in {one.origin for one in read(text, {"weapon": {words: 0.9}}).weapons}
