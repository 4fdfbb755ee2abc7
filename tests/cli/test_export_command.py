"""`dateline export`: files, what it says, what it refuses."""

from __future__ import annotations

import csv
import json

import pytest

from dateline.publish.export import SHAPES


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_written_here_under_its_own_name(dateline, record, tmp_path, shape):
    code, out, err = dateline("export", shape, "--record", record)
    assert (code, out) == (0, "")
    name = f"incidents{SHAPES[shape].suffix}"
    assert (tmp_path / name).stat().st_size
    assert name in err
    told = json.loads((tmp_path / f"{name}.about.json").read_text(encoding="utf-8"))
    assert told["incidents"] == 1
    assert told["filter"] == {"natures": ["political", "unknown"]}


def test_what_was_withheld_is_said(dateline, record):
    err = dateline("export", "csv", "--record", record)[2]
    assert "2 names withheld" in err


def test_what_a_shape_has_no_place_for_is_said(dateline, record):
    err = dateline("export", "acled", "--record", record)[2]
    assert "1 incident not written" in err          # a made-up country is none of ACLED's


def test_filters_are_those_of_incidents_and_are_named(dateline, record, tmp_path):
    assert dateline("export", "jsonl", "--since", "2024-03-13", "--record", record, "--out", "x.jsonl")[0] == 0
    assert (tmp_path / "x.jsonl").read_text() == ""
    assert "since 2024-03-13" in json.loads((tmp_path / "x.jsonl.about.json").read_text())["filter_words"]


def test_marks_come_from_the_settings(dateline, record, tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HANDLING", "TLP:AMBER")
    monkeypatch.setenv("DATELINE_LICENCE", "CC BY 4.0")
    dateline("export", "csv", "--record", record)
    told = json.loads((tmp_path / "incidents.csv.about.json").read_text())
    assert (told["handling"], told["licence"]) == ("TLP:AMBER", "CC BY 4.0")


def test_a_file_that_is_there_is_kept_unless_forced(dateline, record, tmp_path):
    (tmp_path / "incidents.csv").write_text("edited by hand")
    code, _, err = dateline("export", "csv", "--record", record)
    assert code == 1
    assert "--force" in err
    assert (tmp_path / "incidents.csv").read_text() == "edited by hand"
    assert dateline("export", "csv", "--record", record, "--force")[0] == 0
    assert next(csv.DictReader((tmp_path / "incidents.csv").open(encoding="utf-8")))["incident_id"] == "DTL-1"


def test_a_pipe_gets_the_export_alone(dateline, record, tmp_path):
    code, out, _ = dateline("export", "geojson", "--record", record, "--out", "-")
    assert code == 0
    assert json.loads(out)["type"] == "FeatureCollection"
    assert not list(tmp_path.glob("incidents*"))


def test_another_rule_is_another_view_and_is_named(dateline, record, tmp_path):
    dateline("export", "csv", "--record", record, "--rule", "lowest")
    assert json.loads((tmp_path / "incidents.csv.about.json").read_text())["toll_rule"] == "lowest"


@pytest.mark.parametrize(("arguments", "said"), [
    (["shapefile"], "the shapes are csv"),
    (["csv", "--out", "no/such/folder/x.csv"], "could not be written"),
    (["csv", "--out", "-"], "files of their own"),
])
def test_what_cannot_be_is_said(dateline, record, arguments, said):
    code, _, err = dateline("export", *arguments, "--record", record)
    assert code == 1
    assert said in err
