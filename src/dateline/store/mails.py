"""The queue of mails: each is claimed, handed over and settled once, whoever sends. `store.mails`; each call a transaction.

    queued -> claimed -> handed over -> sent | uncertain | refused, or back to queued with a later due_at;  withdrawn

`claimed` and `handed over` are leases of one worker. One that ran out is taken back by whoever claims next: of a mail that was
claimed nothing had been given away, and it is queued again; one that was handed over may have arrived, and becomes uncertain.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args

import sqlalchemy as sa

from dateline.errors import DecisionError
from dateline.records.codec import from_line, to_line
from dateline.records.mailing import Mail, MailKind, MailState, NewMail, Parts
from dateline.records.team import Audited
from dateline.store import dialect, rows, team_people
from dateline.store.schema_mailing import mail, mark
from dateline.store.team import Connecting

STATES: tuple[MailState, ...] = get_args(MailState)
FIRST: tuple[MailKind, ...] = ("confirmation", "alert", "notice", "issue")    # somebody waits for the first ones
IN_HAND = ("claimed", "handed over")
GIVEN = ("sent", "uncertain", "refused")
PACE = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
LOST = "the sender stopped while it handed this over: it may have arrived"
_AN = {"uncertain": "an uncertain", "refused": "a refused"}
_PROBLEM = "mail server"          # in the table of marks


# Said of every mail: building a statement anew takes longer than SQLite does with it.
_HELD = (mail.c.id == sa.bindparam("number"), mail.c.worker == sa.bindparam("by"),
         mail.c.state.in_(("claimed", "handed over", "uncertain")))
_HAND_OVER = sa.update(mail).where(
    mail.c.id == sa.bindparam("number"), mail.c.worker == sa.bindparam("by"), mail.c.state == "claimed").values(
    state="handed over", message_id=sa.bindparam("called"), changed_at=sa.bindparam("now"), lease_until=sa.bindparam("until"))
_SETTLE = sa.update(mail).where(*_HELD).values(
    state=sa.bindparam("became"), said=sa.bindparam("words"), attempts=mail.c.attempts + 1, worker=None, lease_until=None,
    changed_at=sa.bindparam("now"))


@dataclass(frozen=True, slots=True)
class ServerProblem:
    """Why the server takes no mails from us, whosever they are."""

    said: str
    since: datetime
    at: datetime                  # last
    next_at: datetime             # before which it is not asked again


class Mails:
    """Made by `Store.mails`."""

    def __init__(self, read: Connecting, write: Connecting, write_durably: Connecting) -> None:
        self._read, self._write, self._write_durably = read, write, write_durably

    def queue(self, mails: Iterable[NewMail], at: datetime) -> int:
        """Queue those whose key was never queued; how many they were."""
        new = [_row(one, at) for one in mails]
        with self._write() as connection:
            return sum(dialect.insert_new(connection, mail, some) for some in dialect.chunks(new))

    # What there is

    def get(self, number: int) -> Mail | None:
        with self._read() as connection:
            return _one(connection, mail.c.id == number)

    def by_message_id(self, message_id: str) -> Mail | None:
        """The mail that went out under that Message-ID, with or without its angle brackets."""
        with self._read() as connection:
            return _one(connection, mail.c.message_id == message_id.strip().strip("<>"))

    def page(self, states: Collection[MailState] = STATES, most: int = 100, before: int | None = None, *,
             tried: bool = False) -> list[Mail]:
        """Mails in one of the states, those queued last first; before: with smaller ids. tried: only those that were put off."""
        # most mails are sent: those are found sooner by going through all than by sorting what an index of states finds
        held = dialect.without_index(mail.c.state) if "sent" in states else mail.c.state
        query = sa.select(mail).where(held.in_(states)).order_by(mail.c.id.desc()).limit(most)
        if before is not None:
            query = query.where(mail.c.id < before)
        if tried:
            query = query.where(mail.c.attempts > 0)
        with self._read() as connection:
            return [_mail(row) for row in connection.execute(query)]

    def counts(self) -> dict[MailState, int]:
        """How many mails are in each state; a state without mails is there too."""
        query = sa.select(mail.c.state, sa.func.count()).group_by(mail.c.state)
        with self._read() as connection:
            held: dict[str, int] = dict(connection.execute(query).all())
        return {state: held.get(state, 0) for state in STATES}

    def count_put_off(self) -> int:
        """How many of those queued the server did not want to take yet."""
        query = sa.select(sa.func.count()).where(mail.c.state == "queued", mail.c.attempts > 0)
        with self._read() as connection:
            return int(connection.execute(query).scalar_one())

    # Sending

    def claim(self, worker: str, at: datetime, lease_s: float, most: int, *, per_minute: int = 0,
              only: int | None = None) -> list[Mail]:
        """Take up to `most` due mails for `worker`, and the leases that ran out from those who held them. only: that mail alone.

        per_minute: the most that one host is given in a minute by all workers; 0: as many as there are. A mail over its host's
        share stays queued, and those of other hosts go before it.
        """
        with self._write() as connection:
            _take_back(connection, at)
            found = _due(connection, at, most, _shares_used(connection, at) if per_minute else Counter(), per_minute, only)
            if not found:
                return []
            connection.execute(sa.update(mail).where(mail.c.id.in_([row.id for row in found])).values(
                state="claimed", worker=worker, lease_until=rows.instant(at + timedelta(seconds=lease_s)),
                changed_at=rows.instant(at)))
        return [_mail(row, state="claimed") for row in found]

    def renew(self, workers: Collection[str], at: datetime, lease_s: float) -> None:
        """Let the leases of those workers that still hold last `lease_s` from now on."""
        until = rows.instant(at + timedelta(seconds=lease_s))
        with self._write() as connection:
            connection.execute(sa.update(mail).where(
                mail.c.state.in_(IN_HAND), mail.c.worker.in_(workers), mail.c.lease_until > rows.instant(at)).values(
                lease_until=until))

    def hand_over(self, number: int, worker: str, message_id: str, at: datetime, lease_s: float) -> bool:
        """Note, for good, that the mail is being given away under that Message-ID. False: the worker has it no more; let it be.

        It is on the disk when this returns; inside `store.writing(durable=True)`, when that ends.
        """
        with self._write_durably() as connection:
            return connection.execute(_HAND_OVER, {
                "number": number, "by": worker, "called": message_id.strip("<>"), "now": rows.instant(at),
                "until": rows.instant(at + timedelta(seconds=lease_s))}).rowcount == 1

    def settle(self, number: int, worker: str, state: MailState, said: str | None, at: datetime) -> bool:
        """What became of a mail in the worker's hands: sent, uncertain, refused or withdrawn. False: it has it no more.

        Also of one whose lease ran out meanwhile: what the server said is worth more than that nothing was heard.
        """
        with self._write() as connection:
            return connection.execute(_SETTLE, {
                "number": number, "by": worker, "became": state, "words": said, "now": rows.instant(at)}).rowcount == 1

    def put_off(self, number: int, worker: str, due_at: datetime, said: str, at: datetime, *, give_up_hours: float) -> MailState:
        """Queue a mail in the worker's hands for later; refuse it where it was put off first so long ago. The state it has."""
        with self._write() as connection:
            held = connection.execute(sa.select(mail.c.tried_at, mail.c.state).where(mail.c.id == number)).one_or_none()
            if held is None:
                return "withdrawn"
            first = datetime.fromisoformat(held.tried_at) if held.tried_at else at
            given_up = at - first >= timedelta(hours=give_up_hours)
            values: dict[str, Any] = ({"state": "refused", "said": f"given up after {give_up_hours:g} hours: {said}"} if given_up
                                      else {"state": "queued", "said": said, "due_at": rows.instant(due_at)})
            connection.execute(sa.update(mail).where(*_HELD).values(
                **values, attempts=mail.c.attempts + 1, tried_at=rows.instant(first), worker=None, lease_until=None,
                changed_at=rows.instant(at)), {"number": number, "by": worker})
            return "refused" if given_up else "queued"

    def release(self, worker: str, at: datetime, *, numbers: Sequence[int] | None = None, due_at: datetime | None = None,
                said: str | None = None) -> None:
        """Queue mails again that the worker claimed and gave nothing away of; None: all of them. No attempt is counted.

        due_at: when to look at them again; None: as they were.
        """
        query = sa.update(mail).where(mail.c.state == "claimed", mail.c.worker == worker)
        if numbers is not None:
            query = query.where(mail.c.id.in_(numbers))
        values: dict[str, Any] = {"said": said} if said is not None else {}
        if due_at is not None:
            values["due_at"] = rows.instant(due_at)
        with self._write() as connection:
            connection.execute(query.values(state="queued", worker=None, lease_until=None, changed_at=rows.instant(at), **values))

    # After it was sent

    def resend(self, number: int, by: str, at: datetime) -> Mail:
        """Queue a mail again that is uncertain, or was refused, under the same Message-ID: a person says so.

        Raises DecisionError for any other.
        """
        with self._write() as connection:
            held = _one(connection, mail.c.id == number)
            if held is None:
                raise DecisionError(f"no mail {number}; dateline mails list --state uncertain tells which may be sent again")
            if held.state not in ("uncertain", "refused"):
                raise DecisionError(f"mail {number} is {held.state}: one that is uncertain or refused can be sent again by hand")
            connection.execute(sa.update(mail).where(mail.c.id == number).values(
                state="queued", due_at=rows.instant(at), changed_at=rows.instant(at), tried_at=None, worker=None,
                lease_until=None))
            team_people.add_audit(connection, Audited(at, by, f"sent {_AN[held.state]} mail again", f"mail {number}", None))
            found = _one(connection, mail.c.id == number)
            assert found is not None  # we hold the write lock
            return found

    def doubt(self, said: str, at: datetime) -> int:
        """Make uncertain whatever is still to be sent, because it may have been; how many they were. A person sends it again."""
        with self._write() as connection:
            return connection.execute(sa.update(mail).where(mail.c.state.in_(("queued", *IN_HAND))).values(
                state="uncertain", said=said, worker=None, lease_until=None, changed_at=rows.instant(at))).rowcount

    def returned(self, number: int, said: str, at: datetime) -> bool:
        """Note that a mail which was taken came back. False: it was told before, or the mail never went out."""
        with self._write() as connection:
            return connection.execute(sa.update(mail).where(mail.c.id == number, mail.c.state.in_(("sent", "uncertain"))).values(
                state="refused", said=said, worker=None, lease_until=None, changed_at=rows.instant(at))).rowcount == 1

    def one_before_was_sent(self, subscriber: int, number: int) -> bool:
        """Whether the mail to them before this one was taken and has not come back."""
        query = (sa.select(mail.c.state).where(mail.c.subscriber_id == subscriber, mail.c.id < number, mail.c.state.in_(GIVEN))
                 .order_by(mail.c.id.desc()).limit(1))
        with self._read() as connection:
            return connection.execute(query).scalar() == "sent"

    # The server

    def problem(self) -> ServerProblem | None:
        """Why the server took nothing when it was asked last; None: it takes mails."""
        with self._read() as connection:
            held = connection.execute(sa.select(mark.c.value).where(mark.c.name == _PROBLEM)).scalar()
        return from_line(ServerProblem, held) if held else None

    def keep_problem(self, said: str, at: datetime, *, wait: bool = True) -> None:
        """wait: leave the server alone for as long as the problem has lasted, for LONGEST_WAIT at most."""
        held = self.problem()
        since = held.since if held else at
        one = ServerProblem(said, since, at, at + min(at - since, LONGEST_WAIT) if wait else at)
        with self._write() as connection:
            dialect.upsert(connection, mark, [{"name": _PROBLEM, "value": to_line(one)}])

    def forget_problem(self) -> None:
        if self.problem() is not None:
            with self._write() as connection:
                connection.execute(sa.delete(mark).where(mark.c.name == _PROBLEM))


def _row(new: NewMail, at: datetime) -> rows.Row:
    """Without a Message-ID of its own a mail gets one that has no domain yet: its first sender adds it (mailing/message.py)."""
    return {
        "key": new.key, "kind": new.kind, "state": "queued", "to": new.to, "host": new.to.rpartition("@")[2].strip().lower(),
        "message_id": (new.message_id or "").strip().strip("<>") or secrets.token_hex(16), "due_at": rows.instant(new.due_at),
        "attempts": 0, "subscriber_id": new.subscriber, "issue_id": new.issue,
        "body": to_line(new.parts) if new.parts is not None else None,
        "created_at": rows.instant(at), "changed_at": rows.instant(at),
    }


def _mail(row: sa.Row[Any], state: MailState | None = None) -> Mail:
    return Mail(row.id, row.key, row.kind, state or row.state, row.to, row.message_id, datetime.fromisoformat(row.due_at),
                row.attempts, row.subscriber_id, row.issue_id, from_line(Parts, row.body) if row.body else None, row.said,
                datetime.fromisoformat(row.changed_at))


def _one(connection: sa.Connection, where: sa.ColumnElement[bool]) -> Mail | None:
    row = connection.execute(sa.select(mail).where(where).limit(1)).one_or_none()
    return _mail(row) if row is not None else None


def _take_back(connection: sa.Connection, at: datetime) -> None:
    """The worker of what was handed over stays named: should it be alive, what it is told still counts."""
    out = mail.c.lease_until <= rows.instant(at)
    connection.execute(sa.update(mail).where(mail.c.state == "claimed", out).values(
        state="queued", worker=None, lease_until=None))
    connection.execute(sa.update(mail).where(mail.c.state == "handed over", out).values(
        state="uncertain", said=LOST, attempts=mail.c.attempts + 1, lease_until=None, changed_at=rows.instant(at)))


def _shares_used(connection: sa.Connection, at: datetime) -> Counter[str]:
    """How many mails each host was given in the last minute, or is about to be."""
    late = mail.c.changed_at > rows.instant(at - PACE)
    put_off = sa.and_(mail.c.state == "queued", mail.c.attempts > 0)
    wanted = sa.or_(mail.c.state.in_(IN_HAND), sa.and_(late, sa.or_(mail.c.state.in_(GIVEN), put_off)))
    query = sa.select(mail.c.host, sa.func.count()).where(wanted).group_by(mail.c.host)
    return Counter(dict(connection.execute(query).all()))


def _due(connection: sa.Connection, at: datetime, most: int, used: Counter[str], per_minute: int, only: int | None
         ) -> list[sa.Row[Any]]:
    """Up to `most` mails that are due, the kinds in the order of FIRST, and of each those first that waited longest."""
    found: list[sa.Row[Any]] = []
    for kind in FIRST:
        while len(found) < most:
            query = sa.select(mail).where(mail.c.state == "queued", mail.c.kind == kind, mail.c.due_at <= rows.instant(at),
                                          mail.c.id.not_in([row.id for row in found]))
            if only is not None:
                query = query.where(mail.c.id == only)
            if per_minute:
                query = query.where(mail.c.host.not_in([host for host, count in used.items() if count >= per_minute]))
            some = connection.execute(query.order_by(mail.c.due_at, mail.c.id).limit(most - len(found))).all()
            if not some:
                break
            for row in some:
                if not per_minute or used[row.host] < per_minute:
                    used[row.host] += 1
                    found.append(row)
    return found
