"""How the truecaser's table is made: what it learns from, and what it keeps."""

import pytest

from dateline.extract.truecase import load_table, read_table
from dateline.extract.truecase_certain import CAPITAL, LOWER, UPPER
from training.truecase import Features, examples, joined, read, train, write

TEXTS = [
    ("a", "The mayor of Arden said that Orla Venn was safe. Police of the UN agreed with the mayor of Arden."),
    ("b", "On Friday the mayor of Arden met with the UN. Police said that the mayor was safe."),
    ("c", "The mayor said that the police of Arden and the UN had agreed on Friday."),
]


class NothingKnown:
    """Stands in for the lists of names and words: all empty."""

    def english(self, word: str) -> str:
        return "-"

    places = groups = persons = english

    def is_name(self, word: str) -> bool:
        return False


@pytest.mark.parametrize(("tokens", "text"), [
    pytest.param("He said , \" No . \"", 'He said, "No."', id="quotes"),
    pytest.param("Venn ( 31 ) , of Arden - on - Sea", "Venn (31), of Arden-on-Sea", id="brackets-and-hyphens"),
    pytest.param("the mayor ' s U . N . envoy", "the mayor's U.N. envoy", id="apostrophes-and-letters"),
])
def test_tokens_become_running_text(tokens, text):
    assert joined(tokens.split(" ")) == text


def test_headlines_teach_nothing():
    text = read("a", "Mayor Of Arden Says Venn Safe\n\nThe mayor of Arden said so to the UN.")
    assert text.cases == (None,) * 6 + (CAPITAL, LOWER, LOWER, CAPITAL, LOWER, LOWER, LOWER, LOWER, UPPER)


def test_the_table_keeps_no_word_of_one_incident_alone(tmp_path):
    out = tmp_path / "table.gz"
    features = Features(NothingKnown(), [read(group, text) for group, text in TEXTS])
    data = examples(features, [read(group, text) for group, text in TEXTS])
    write(out, features, train(data, len(features.numbers), epochs=3, seed=1))
    table = read_table(out.read_bytes())
    assert "venn" not in table.counts
    assert [f for f in [*table.weights, *table.pairs] if "venn" in f] == []
    assert table.counts["arden"] == (0, 4, 0)
    assert table.counts["un"] == (0, 0, 3)
    first = out.read_bytes()
    write(out, features, train(data, len(features.numbers), epochs=3, seed=1))
    assert out.read_bytes() == first                            # the same seed, the same table


def test_a_word_is_judged_by_the_texts_of_other_incidents():
    features = Features(NothingKnown(), [read(group, text) for group, text in TEXTS])
    assert (features.counts("arden", None), features.counts("arden", "a")) == ((0, 4, 0), (0, 2, 0))


def test_the_packaged_table_is_small_and_holds_no_rare_word():
    table = load_table()
    assert 5_000 < len(table.counts) < 50_000
    assert len(table.weights) < 100_000
