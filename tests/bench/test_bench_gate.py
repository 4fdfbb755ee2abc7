"""gate: what counts as let through, which figures are of which labels, and the gold file's form. All texts are made up."""

import json
from pathlib import Path

import pytest

from bench.core import BenchError
from bench.gate import GOLD, SOURCES, Judged, errors_of, figures_of, judge, texts_of


def judged(violent, passed, *, doubt=False, reader="a", of="geo"):
    return Judged(of, "1", violent, doubt, reader, passed, "A bridge was opened in Arden.")


def test_a_label_is_judged_by_the_text_of_its_set_and_id():
    labels = [{"set": name, "id": "7", "label": "violent", "doubt": False, "reader": "a"} for name in ("geo", "fakes")]
    texts = {("geo", "7"): "Two were killed in Arden.", ("fakes", "7"): "A bridge was opened in Arden."}
    assert [one.passed for one in judge(labels, texts, lambda text: "killed" in text)] == [True, False]


def test_recall_is_of_the_violent_and_precision_of_what_is_let_through():
    figures = figures_of([judged(True, True), judged(True, True), judged(True, False), judged(False, True), judged(False, False)])
    assert (figures["recall"], figures["precision"]) == (66.67, 66.67)


def test_figures_without_doubt_and_of_each_reader_stand_beside():
    figures = figures_of([judged(True, True), judged(True, False, doubt=True, reader="b"), judged(False, True, reader="b")])
    assert (figures["recall"], figures["sure.recall"], figures["a.recall"], figures["b.recall"]) == (50.0, 100.0, 100.0, 0.0)
    assert (figures["sure.precision"], figures["a.precision"], figures["b.precision"]) == (50.0, 100.0, 0.0)


def test_errors_count_each_set_and_name_what_was_wrong():
    lines = list(errors_of([judged(True, False), judged(False, True, of="muc4", doubt=True), judged(True, True, of="muc4")]))
    assert [line.split()[:2] for line in lines] == [["set", "geo"], ["set", "muc4"], ["missed", "geo"], ["passed", "muc4"]]
    assert "(in doubt)" in lines[-1]


@pytest.mark.parametrize("label", [
    pytest.param({"set": "nowhere", "id": "1", "label": "quiet", "doubt": False, "reader": "a"}, id="a-set-that-is-not-known"),
    pytest.param({"set": "geo", "id": "1", "label": "calm", "doubt": False, "reader": "a"}, id="a-label-that-is-not-known"),
    pytest.param({"set": "geo", "id": "1", "label": "quiet"}, id="without-doubt-and-reader"),
])
def test_labels_of_another_form_are_said_to_be_so(label):
    with pytest.raises(BenchError, match=r"no label of this bench.*gold/README\.md"):
        texts_of([label], Path("made.jsonl"))


def test_the_gold_file_holds_600_labels_and_no_text():
    labels = [json.loads(line) for line in (Path(__file__).parents[2] / GOLD).read_text(encoding="utf-8").splitlines()]
    assert len({(label["set"], label["id"]) for label in labels}) == len(labels) == 600
    for reader in "ab":
        assert sorted(label["label"] for label in labels if label["reader"] == reader) == ["quiet"] * 150 + ["violent"] * 150
    for label in labels:
        assert label.keys() == {"set", "id", "label", "doubt", "reader"}
        assert label["set"] in SOURCES
