"""The stages as verbs of the library."""

import subprocess
import sys

import pytest

import dateline


def test_the_verbs_read_extract_reconcile_and_open(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("KABUL, Jan 27, 2018 (HWK) - A bomb killed four people in Kunduz on Friday, police said.\n")
    pairs = [(report, dateline.extract(report)) for report in dateline.read(path)]
    [incident] = dateline.reconcile(pairs)
    assert (incident.where.name, incident.toll.killed.best) == ("Kunduz", 4)
    with dateline.open(tmp_path / "record.db") as record:
        assert list(record.incidents()) == []


def test_a_verb_is_still_the_package_of_its_stage():
    import dateline.extract.counts

    assert dateline.extract.counts.read_counts("at least 13")[0].low == 13


def test_there_is_no_other_verb():
    with pytest.raises(AttributeError, match="no attribute 'publish_all'"):
        dateline.publish_all  # noqa: B018  the look-up is what is tested


def test_importing_dateline_loads_no_model():
    code = "import sys, dateline; print(any(m in sys.modules for m in ('spacy', 'sqlalchemy', 'trafilatura', 'httpx')))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "False"
