"""The whole record from one database into another: from a file into a file, and to PostgreSQL and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dateline import decisions
from dateline.decisions import By
from dateline.errors import StoreError
from dateline.records.mailing import NewMail
from dateline.records.team import Audited, Person
from dateline.settings import Settings
from dateline.store import Store, dialect_postgres, open_record
from dateline.store.copying import TABLES, digest_of
from test_decisions import tell

NOW = datetime(2024, 3, 15, 12, tzinfo=UTC)
ANN = By("ann", "seen on site")


@pytest.fixture
def store(tmp_path):
    """A record with something of each kind: reports, decisions, a person, the audit log, a mail."""
    with open_record(tmp_path / "from.db") as opened:
        tell(opened, 12, outlet="A")
        tell(opened, 25, outlet="B")
        decisions.merge(opened, "DTL-1", "DTL-2", ANN, Settings())
        opened.team.add_person(Person("Ann", "editor", NOW, None), "hashed")
        opened.team.note(Audited(NOW, "ann", "signed in", None, "127.0.0.1"))
        opened.mails.queue([NewMail("k", "notice", "a@example.org", NOW)], NOW)
        opened.team.secret()
        yield opened


@pytest.fixture(params=["file", "postgres"])
def empty(request, tmp_path):
    if request.param == "file":
        opened = open_record(tmp_path / "to.db")
    else:
        server = request.getfixturevalue("postgres")
        opened = on_server(server)
    with opened:
        yield opened


def on_server(server) -> Store:
    database = dialect_postgres.database_at(server.url(server.new_database()), create=True)
    database.bring_up_to_date()
    return Store(database)


def held(store: Store):
    with store._read() as connection:
        return digest_of(connection)


def test_a_copy_holds_every_row_of_every_table(store, empty):
    copied = store.copy_into(empty)
    assert copied == held(store) == held(empty)
    assert copied.counts.keys() == {table.name for table in TABLES}
    assert all(copied.counts[name] for name in ("report", "history", "decision", "person", "audit", "mail", "desk_secret"))


def test_a_copy_is_read_as_the_record_is(store, empty):
    store.copy_into(empty)
    assert list(empty.incidents()) == list(store.incidents())
    assert [one.decision for one in empty.decisions()] == [one.decision for one in store.decisions()]
    assert [one.report for one in empty.search("arden")] == [one.report for one in store.search("arden")] != []
    assert empty.mails.get(1) == store.mails.get(1)


def test_a_copy_gives_no_number_again(store, empty):
    store.mails.queue([NewMail("gone", "notice", "b@example.org", NOW)], NOW)
    with store._write() as connection:
        connection.exec_driver_sql("DELETE FROM mail WHERE id = 2")
    store.copy_into(empty)
    empty.mails.queue([NewMail("new", "notice", "b@example.org", NOW)], NOW)
    assert [one.id for one in empty.mails.page()] == [3, 1]
    done = decisions.undo(empty, None, ANN, Settings())
    assert done.event == 2


def test_a_copy_back_is_the_same(store, empty, tmp_path):
    store.copy_into(empty)
    with open_record(tmp_path / "back.db") as back:
        empty.copy_into(back)
        assert held(back) == held(store)


def test_a_record_that_holds_something_is_not_written_over(store, empty):
    tell(empty, 12, outlet="C")
    before = held(empty)
    with pytest.raises(StoreError, match="there is something in it already"):
        store.copy_into(empty)
    assert held(empty) == before


def test_what_is_not_read_back_as_it_was_is_not_kept(store, empty, monkeypatch):
    fill = type(empty._database).fill
    monkeypatch.setattr(type(empty._database), "fill", lambda self, connection, table, rows: fill(
        self, connection, table, rows[:-1] if table.name == "history" else rows))
    with pytest.raises(StoreError, match="nothing was kept there"):
        store.copy_into(empty)
    assert not any(held(empty).counts.values())


def test_what_was_written_while_it_was_copied_is_not_half_in_it(store, empty, monkeypatch):
    fill, before = type(empty._database).fill, held(store)

    def meanwhile(self, connection, table, rows):
        if table.name == "report":
            with open_record(store._database.path if hasattr(store._database, "path") else store.name) as other:
                other.team.note(Audited(NOW + timedelta(1), "ben", "signed in", None, None))
        fill(self, connection, table, rows)

    if not hasattr(store._database, "path"):
        pytest.skip("the other writer opens the record by its path")
    monkeypatch.setattr(type(empty._database), "fill", meanwhile)
    assert store.copy_into(empty) == before == held(empty)
    assert held(store) != before
