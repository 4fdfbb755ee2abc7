"""Accounts and tokens, as they are typed. The password comes in on standard input and goes out nowhere."""

from __future__ import annotations

import io
import json

import pytest

PASSWORD = "four made up words"


@pytest.fixture
def typed(monkeypatch):
    """Types on standard input."""
    def give(words):
        monkeypatch.setattr("sys.stdin", io.StringIO(words))
    return give


@pytest.fixture
def ana(dateline, typed):
    typed(f"{PASSWORD}\n")
    return dateline("person", "add", "Ana", "--role", "editor")


def test_the_first_editor_is_made_by_a_command(dateline, ana):
    code, out, err = ana
    assert (code, err) == (0, "")
    assert out.startswith("Ana  editor, since ")
    assert PASSWORD not in out
    assert json.loads(dateline("person", "list", "--json")[1])["role"] == "editor"


def test_people_are_listed_changed_and_disabled(dateline, typed, ana):
    typed(f"{PASSWORD}\n")
    dateline("person", "add", "Ben", "--role", "reader")
    assert "Ben  coder" in dateline("person", "role", "ben", "--role", "coder")[1]
    assert ", disabled " in dateline("person", "disable", "Ben")[1]
    assert ", disabled " not in dateline("person", "enable", "Ben")[1]
    typed("another four made words\n")
    assert dateline("person", "password", "Ben")[:2] == (0, "the password is set\n")
    assert [line.split()[0] for line in dateline("person", "list")[1].splitlines()] == ["Ana", "Ben"]


@pytest.mark.parametrize(("arguments", "words", "said"), [
    (("person", "add", "Cem", "--role", "editor"), "short\n", "12 to 1,000"),
    (("person", "add", "Cem", "--role", "owner"), f"{PASSWORD}\n", "reader, coder, editor"),
    (("person", "add", "ana", "--role", "coder"), f"{PASSWORD}\n", "already"),
    (("person", "disable", "Ana"), "", "only editor"),
    (("person", "role", "Nobody", "--role", "coder"), "", "no person 'Nobody'"),
    (("token", "revoke", "9"), "", "no token 9"),
    (("token", "add", "--label", "map", "--role", "reader", "--until", "2001-01-01"), "", "a day to come"),
])
def test_what_cannot_be_done_says_why_without_the_password(dateline, typed, ana, arguments, words, said):
    typed(words)
    code, out, err = dateline(*arguments)
    assert (code, out) == (1, "")
    assert said in err
    assert not words.strip() or words.strip() not in err


def test_a_token_is_printed_once_listed_without_it_and_revoked(dateline, ana):
    code, out, err = dateline("token", "add", "--label", "map", "--role", "reader", "--of", "Ana", "--until", "2099-01-31")
    made = out.strip()
    assert code == 0
    assert made.startswith("dtl_")
    assert made not in err
    listed = dateline("token", "list")[1]
    assert listed == "  1  map  reader, of Ana, not used yet, until 2099-01-31\n"
    assert made not in dateline("token", "list", "--json")[1]
    assert "revoked" in dateline("token", "revoke", "1")[1]
    assert dateline("token", "revoke", "1")[0] == 1


def test_without_anybody_the_next_step_is_told(dateline, tmp_path):
    from dateline.store import open_record

    open_record(tmp_path / "dateline.db").close()
    assert "dateline person add NAME --role editor" in dateline("person", "list")[2]
    assert "dateline token add" in dateline("token", "list")[2]
