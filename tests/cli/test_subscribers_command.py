"""dateline subscribers: lists in and out, invitations, deleting; addresses in no message, bad rows by their line."""

from __future__ import annotations

import json

import pytest

from dateline.cli import main
from dateline.store import open_record
from subscribing.made import a_subscriber, mails_to, with_editions


@pytest.fixture(autouse=True)
def here(monkeypatch, tmp_path):
    """A record with editions here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_USER", "Ana")
    with_editions(open_record(tmp_path / "dateline.db")).close()


@pytest.fixture
def store(tmp_path):
    with open_record(tmp_path / "dateline.db") as opened:
        yield opened


@pytest.fixture
def call(monkeypatch, capsys):
    def called(*words: str, code: int = 0):
        monkeypatch.setattr("sys.argv", ["dateline", "subscribers", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        assert (ended.value.code or 0) == code, said.err
        return said
    return called


def test_a_list_is_written_and_comes_back(call, store, tmp_path):
    a_subscriber(store)
    told = call("export").out
    call("export", "out.csv")
    assert (tmp_path / "out.csv").read_bytes().decode() == told
    with_editions(open_record(tmp_path / "other.db")).close()
    done = call("import", "out.csv", "--consent", "our own list", "--record", "other.db")
    assert done.out == "1 rows read, 1 subscribers added, 0 asked to confirm, 0 left out\n"
    assert call("export", "--record", "other.db").out == told


def test_bad_rows_are_named_by_their_line_and_the_rest_is_done(call, tmp_path):
    (tmp_path / "list.csv").write_text("address,consent_at\nzoe@example.org,2026-01-02\nnobody \x1b[31m,\n", encoding="utf-8")
    said = call("import", "list.csv", "--consent", "told us", "--edition", "arden", code=3)
    [line] = said.err.splitlines()
    assert line.startswith("dateline: line 3: ")
    assert "\x1b" not in said.err


def test_nobody_is_brought_in_without_a_word_of_their_consent(call, tmp_path):
    (tmp_path / "list.csv").write_text("address\nzoe@example.org\n", encoding="utf-8")
    assert "consent" in call("import", "list.csv", code=2).err
    assert "consent" in call("import", "list.csv", "--consent", " ", code=1).err


def test_a_file_that_is_not_there_is_one_clear_line(call):
    said = call("import", "nothing.csv", "--consent", "x", code=1)
    assert said.err.startswith("dateline: ReadError: nothing.csv: cannot be read")
    assert call("export", "no/folder.csv", code=1).err.startswith("dateline: ExportError: no/folder.csv")


def test_everybody_is_listed(call, store):
    one = a_subscriber(store)
    assert call("list").out == "     1  zoe@example.org  confirmed  arden\n"
    told = call("list", "--json")
    assert json.loads(told.out)["consent"]["origin"] == "sign-up page"
    assert one.token not in told.out
    assert call("list", "--edition", "verity").out == ""


def test_addresses_are_invited_and_deleted(call, store):
    assert call("invite", "desk", "zoe@example.org", "bo@example.org").out.startswith("2 invitations queued, 0 without")
    assert mails_to(store)[0].subject == "Invitation: For colleagues"
    assert call("forget", "ZOE@example.org").out == "deleted\n"
    assert "zoe" not in call("forget", "zoe@example.org", code=1).err
    assert call("invite", "none", "zoe@example.org", code=1).err.startswith("dateline: DecisionError: there is no edition 'none'")
