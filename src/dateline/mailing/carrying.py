"""One connection at work: it claims mails, hands them over one by one, and notes what became of each."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dateline.errors import DatelineError, SettingsError, StoreError
from dateline.mailing.clerk import Clerk
from dateline.mailing.message import Recipient, build, message_id_of, recipient_of, sender_of
from dateline.mailing.outcomes import Outcome, back_off, of_data, of_recipient, of_sender
from dateline.mailing.returns import return_path
from dateline.mailing.signing import signer_of
from dateline.mailing.smtp import CannotOpen, Connection, Cut, check_connection
from dateline.publish.safe import plain
from dateline.records.mailing import Mail, MailState, Parts
from dateline.settings import Settings
from dateline.store import Store

AT_ONCE = 20                      # mails that a connection claims; those of one that dies wait for the lease's end
KEPT_MINUTES = 5                  # until a mail is tried again that the server did not take from us
MOST_STRIKES = 3                  # mails in a row with no answer, or no yes to MAIL FROM: then it is not the mail's fault
LONGEST_SAID = 400
TRIES = 4                         # each as long as the record waits for another's lock
HIGH_NUMBER = 10**12              # of a mail


class Run:
    """What the connections of one call of send_due share."""

    def __init__(self, store: Store, settings: Settings, make: Callable[[Mail], Parts | None], clock: Callable[[], datetime],
                 jitter: Callable[[], float], for_s: float | None, stop: threading.Event, *, is_probing: bool,
                 only: int | None = None) -> None:
        """is_probing: the server took nothing when it was asked last. only: that mail alone. Raises SettingsError where nothing
        can be sent so."""
        self.store, self.settings, self.clock, self.jitter = store, settings, clock, jitter
        self.only = only
        sender_of(settings)
        self.context, self.signer = check_connection(settings), signer_of(settings)
        self.secret = store.team.secret()
        return_path(settings, HIGH_NUMBER, self.secret)       # its token must leave room before the @
        self.clerk = Clerk(store)
        self.counts = Counter[str]()
        self.problem: str | None = None
        self.errors: list[BaseException] = []
        self.halted, self.is_going = threading.Event(), threading.Event()
        self._stop, self._until = stop, clock() + timedelta(seconds=for_s) if for_s is not None else None
        self._make, self._making, self._counting = make, threading.Lock(), threading.Lock()
        self._has_trouble = is_probing
        self.most_strikes = 1 if is_probing else MOST_STRIKES

    def make(self, mail: Mail) -> Parts | None:
        with self._making:
            return self._make(mail)

    def count(self, what: str) -> None:
        with self._counting:
            self.counts[what] += 1

    def is_over(self) -> bool:
        return self.halted.is_set() or self._stop.is_set() or (self._until is not None and self.clock() >= self._until)

    def note_problem(self, said: str) -> None:
        self.problem, self._has_trouble = said, True
        self.clerk.write(lambda store: store.mails.keep_problem(said, self.clock()))

    def note_taken(self, store: Store) -> None:
        """The server takes mails again. Called within a transaction."""
        self.most_strikes = MOST_STRIKES
        if self._has_trouble:
            self._has_trouble = False
            store.mails.forget_problem()


@dataclass(frozen=True, slots=True)
class _Ready:
    """A mail that can be offered to the server."""

    mail: Mail
    recipient: Recipient
    message: bytes
    message_id: str
    returns_to: str


class _Over(Exception):
    """The connection cannot go on."""


class Worker:
    """One connection, and the mails in its hands."""

    def __init__(self, run: Run) -> None:
        self.name = secrets.token_hex(8)
        self._run, self._settings, self._store = run, run.settings, run.store.beside()
        self._connection: Connection | None = None
        self._unwritten: Callable[[Store], None] | None = None     # what became of the mail before
        self._strikes = 0

    def work(self) -> None:
        try:
            while not self._run.is_over():
                mails = self._store.mails.claim(self.name, self._run.clock(), self._settings.mail_lease_s, AT_ONCE,
                                                per_minute=self._settings.mail_per_minute, only=self._run.only)
                if not mails:
                    return
                for one in mails:
                    if self._run.is_over():
                        return
                    self._send(one)
                self._flush()
        except _Over:
            pass
        finally:
            self._close()
            try:
                self._flush_at_last()
            finally:
                self._store.mails.release(self.name, self._run.clock())

    def _send(self, mail: Mail) -> None:
        ready = self._prepare(mail)
        if ready is None:
            return
        is_used = self._connection is not None
        try:
            outcome = self._offer(ready)
        except Cut as cut:
            self._close()
            if is_used:           # a server may end a connection that was used for long; nothing of this mail was given away
                self._try_anew(ready)
                return
            self._strike(mail, Outcome("put off", str(cut)))
            return
        self._told(mail, outcome)

    def _try_anew(self, ready: _Ready) -> None:
        try:
            outcome = self._offer(ready)
        except Cut as cut:
            self._close()
            self._strike(ready.mail, Outcome("put off", str(cut)))
        else:
            self._told(ready.mail, outcome)

    def _told(self, mail: Mail, outcome: Outcome | None) -> None:
        """None: another has it in hand."""
        if outcome is None:
            return
        if outcome.is_ours:
            self._run.note_problem(outcome.said)
        if outcome.what in ("kept", "uncertain"):
            self._strike(mail, outcome)
            return
        self._strikes = 0
        self._become(mail, outcome)
        self._run.is_going.set()

    def _strike(self, mail: Mail, outcome: Outcome) -> None:
        """Raises _Over at the last of several in a row."""
        self._strikes += 1
        self._become(mail, outcome)
        if self._strikes >= self._run.most_strikes:
            self._run.note_problem(outcome.said)
            raise _Over

    def _prepare(self, mail: Mail) -> _Ready | None:
        """The message; None where there is none to be sent, which is noted. One mail that cannot be made stops no other."""
        run, at = self._run, self._run.clock()
        try:
            parts = run.make(mail)
            if parts is None:
                self._settle(mail, "withdrawn", None)
                return None
            recipient = recipient_of(mail.to)
            message = build(mail, parts, self._settings, at)
            signed = run.signer(message) if run.signer is not None else message
            return _Ready(mail, recipient, signed, message_id_of(mail, self._settings),
                          return_path(self._settings, mail.id, run.secret))
        except (StoreError, SettingsError) as error:
            self._told(mail, Outcome("put off", _said(error), is_ours=isinstance(error, SettingsError)))
        except Exception as error:    # a template's error, whatever it is: the person who reads it here mends it
            words = _said(error) if isinstance(error, DatelineError) else f"{type(error).__name__}: {_said(error)}"
            self._become(mail, Outcome("refused", f"the mail could not be made: {words}"))
        return None

    def _offer(self, ready: _Ready) -> Outcome | None:
        """Raises Cut where the connection ended before anything was given away, _Over where none can be opened."""
        connection = self._opened(ready.mail)
        if ready.recipient.beyond_ascii and not connection.takes_beyond_ascii:
            return Outcome("refused", "the server takes no address with letters beyond ASCII before its @ (SMTPUTF8)")
        if connection.largest is not None and len(ready.message) > connection.largest:
            return Outcome("refused", f"{len(ready.message):,} bytes, and the server takes no more than {connection.largest:,}")
        reply = connection.mail(ready.returns_to, len(ready.message), beyond_ascii=ready.recipient.beyond_ascii)
        outcome = of_sender
        if reply.is_yes:
            reply, outcome = connection.recipient(ready.recipient.address), of_recipient
        if not reply.is_yes:
            return self._after_no(connection, reply.code, outcome(reply))
        connection.heed()
        if not self._hand_over(ready):
            connection.reset()
            return None
        return self._give(connection, ready)

    def _after_no(self, connection: Connection, code: int, outcome: Outcome) -> Outcome:
        if code == 421:           # it ends the connection, whatever the mail
            raise Cut(outcome.said)
        try:
            connection.reset()
        except Cut:
            self._close()
        return outcome

    def _give(self, connection: Connection, ready: _Ready) -> Outcome:
        """From here on nothing raises: whatever goes wrong, the mail may have arrived."""
        try:
            reply = connection.data(ready.message)
        except Exception as error:
            self._close()
            return Outcome("uncertain", _said(error))
        outcome = of_data(reply)
        if reply.code == 421:
            self._close()
        elif outcome.what != "sent":
            try:
                connection.reset()
            except Cut:
                self._close()
        return outcome

    def _opened(self, mail: Mail) -> Connection:
        if self._connection is None:
            self._flush()         # what became of the last mail is not kept waiting for a server that may not answer
            try:
                self._connection = Connection(self._settings, self._run.context)
            except CannotOpen as error:
                self._run.note_problem(error.said)
                if not error.ours:
                    self._become(mail, Outcome("put off", error.said))
                raise _Over from None
        return self._connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # What is written

    def _hand_over(self, ready: _Ready) -> bool:
        run, before, at = self._run, self._unwritten, self._run.clock()

        def write(store: Store) -> bool:
            if before is not None:
                before(store)
            return store.mails.hand_over(ready.mail.id, self.name, ready.message_id, at, self._settings.mail_lease_s)

        done = run.clerk.write(write)
        self._unwritten = None
        return done

    def _become(self, mail: Mail, outcome: Outcome) -> None:
        """Note what became of a mail: at once, or for one that is sent with the next that is handed over."""
        at, said = self._run.clock(), plain(outcome.said)[:LONGEST_SAID]
        if outcome.what == "put off":
            due_at = at + back_off(mail.attempts, self._run.jitter())
            state = self._write(lambda store: store.mails.put_off(mail.id, self.name, due_at, said, at,
                                                                  give_up_hours=self._settings.mail_give_up_hours))
            self._run.count("refused" if state == "refused" else "put off")
        elif outcome.what == "kept":
            due_at = at + timedelta(minutes=KEPT_MINUTES)
            self._write(lambda store: store.mails.release(self.name, at, numbers=[mail.id], due_at=due_at, said=said))
            self._run.count("put off")
        else:
            self._settle(mail, outcome.what, said, bounces=outcome.bounces)

    def _settle(self, mail: Mail, state: MailState, said: str | None, *, bounces: bool = False) -> None:
        at, name = self._run.clock(), self.name

        def write(store: Store) -> None:
            if state == "sent":
                self._run.note_taken(store)
            if not store.mails.settle(mail.id, name, state, said, at) or mail.subscriber is None:
                return
            if state == "sent" and store.mails.one_before_was_sent(mail.subscriber, mail.id):
                store.subscribers.taken(mail.subscriber)
            elif bounces:
                store.subscribers.bounced(mail.subscriber, at)

        self._run.count(state)
        if state == "sent":
            self._unwritten = write
        else:
            self._write(write)

    def _write(self, work: Callable[[Store], object]) -> object:
        self._flush()
        return self._run.clerk.write(work)

    def _flush(self) -> None:
        if self._unwritten is not None:
            self._run.clerk.write(self._unwritten)
            self._unwritten = None

    def _flush_at_last(self) -> None:
        """Of a mail that was sent nobody knows where this is not written: a record that is locked for long is waited for."""
        for _ in range(TRIES):
            with contextlib.suppress(StoreError):
                self._flush()
                return
        self._flush()


def _said(error: BaseException) -> str:
    return plain(str(error))[:LONGEST_SAID]
