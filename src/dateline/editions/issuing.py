"""Issues: composed, edited, approved, issued with a mail for each subscriber, or dropped. The edge between record and schedule.

Every change is made only out of the state, and with the edits, that whoever makes it has seen: DecisionError says what has
changed meanwhile. What an editor does goes to the audit log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfoNotFoundError

from dateline.editions import context_of
from dateline.editions.schedule import Due, hour_at_or_after
from dateline.errors import DecisionError, SettingsError
from dateline.publish.brief.frame import LONGEST_NOTE
from dateline.publish.safe import clean
from dateline.records.briefing import Briefing, Coverage, Frequency, Window
from dateline.records.mailing import Edition, Edits, Issue, IssueState, NewMail, Subscriber
from dateline.records.team import Audited
from dateline.settings import Settings

if TYPE_CHECKING:
    from dateline.publish.brief.gathering import Material
    from dateline.store import Store

COVERAGES_KEPT = 2_000            # of subscribers, while an issue is queued: whether there is anything for them
HERE = "dateline"                 # who issues what goes out by itself, in the audit log


def gathered(store: Store, window: Window, settings: Settings) -> Material:
    """What every briefing of `window` is composed from; read once for all editions that have it.

    By the record's clock it ends earlier where a run is going on: what that has kept and not reconciled yet the next issue tells.
    """
    from dateline.publish.brief.gathering import gather

    if window.kept_until is not None and window.kept_since is not None:
        window = replace(window, kept_until=max(window.kept_since, store.editions.settled_until(window.kept_until)))
    return gather(store, window, context_of(settings))


def briefing_of(material: Material, edition: Edition, frequency: Frequency) -> Briefing:
    """What an edition tells of it: approved incidents alone where it goes out without an editor."""
    from dateline.publish.brief.compose import compose

    return compose(material, coverage=edition.coverage, frequency=frequency, approved_only=edition.by_itself)


def draft(store: Store, edition: Edition, frequency: Frequency, window: Window, settings: Settings, *, at: datetime) -> Issue:
    """Compose and keep the issue of an edition for `window`; the one that there is where it has one of that day.

    An edition that goes out by itself is issued with it, in one transaction: neither stays behind without the other.
    """
    return _kept(store, edition, frequency, gathered(store, window, settings), settings, at)[0]


def draft_due(store: Store, due: Iterable[Due], settings: Settings, *, at: datetime,
              failed: Callable[[Due, Exception], None]) -> Iterator[Issue]:
    """As `draft`, each of `due` in turn, those with one window from one reading of the record. Yields the issues made now.

    failed: told of each that could not be made, and why; the others are made all the same.
    """
    by_window: dict[Window, list[Due]] = {}
    for one in due:
        by_window.setdefault(one.window, []).append(one)
    for window, of_window in by_window.items():
        try:
            material = gathered(store, window, settings)
        except Exception as error:        # whatever it is: the editions of the other windows are not held up by it
            for one in of_window:
                failed(one, error)
            continue
        for one in of_window:
            try:
                issue, is_new = _kept(store, one.edition, one.frequency, material, settings, at)
            except Exception as error:    # of a template, a row: it is told, and tried again
                failed(one, error)
                continue
            if is_new:
                yield issue


def _kept(store: Store, edition: Edition, frequency: Frequency, material: Material, settings: Settings,
          at: datetime) -> tuple[Issue, bool]:
    """The issue as kept, and whether it is new."""
    briefing = briefing_of(material, edition, frequency)
    composed = Issue(0, edition.slug, frequency, briefing.window.last, "draft", briefing, Edits(), at)
    with store.writing():
        kept = store.editions.add(composed)
        if kept is None:                  # another server was faster, or it was made by hand
            return _held(store, composed), False
        return (issue_now(store, kept, settings, by=None, at=at) if edition.by_itself else kept), True


def shown(issue: Issue) -> Briefing:
    """Its briefing as edited."""
    from dateline.publish.brief.compose import edited

    return edited(issue.briefing, issue.edits)


# What editors do


def edit(store: Store, issue: Issue, edits: Edits, *, by: str, at: datetime, address: str | None = None) -> Issue:
    """Give a draft other edits, in place of those that it has. One that was approved has to be approved anew.

    Raises DecisionError for ids that are not in it, notes that are too long, an issue that is out already.
    """
    edits = _checked(issue, edits)
    return _changed(store, issue, ("draft", "approved"), "edited the issue", by, at, address, state="draft", edits=edits, by=None)


def approve(store: Store, issue: Issue, *, by: str, at: datetime, address: str | None = None) -> Issue:
    """Let it be issued as it is. Raises DecisionError where it is no draft."""
    return _changed(store, issue, ("draft",), "approved the issue", by, at, address, state="approved", by=by)


def drop(store: Store, issue: Issue, *, by: str, at: datetime, address: str | None = None) -> Issue:
    """Let it never be issued; the next one does not tell what it told. Raises DecisionError where it is out already."""
    return _changed(store, issue, ("draft", "approved"), "dropped the issue", by, at, address, state="dropped")


def issue_now(store: Store, issue: Issue, settings: Settings, *, by: str | None, at: datetime,
              address: str | None = None) -> Issue:
    """Issue a draft, or what was approved: it is out from now on, and a mail is queued for each subscriber, in one transaction.

    by None: by itself. Raises DecisionError where somebody was faster; SettingsError where mails would lead nowhere.
    """
    check_links(settings)
    with store.writing():
        out = _changed(store, issue, ("draft", "approved"), "issued", by, at, address, state="issued", issued_at=at,
                       by=issue.by or by)
        edition = store.editions.get(issue.edition)
        if edition is None:
            raise DecisionError(f"there is no edition {issue.edition!r}; dateline edition list tells which there are")
        store.mails.queue(mails_of(store, edition, out, at), at)
        return out


def check_links(settings: Settings) -> None:
    """Raises SettingsError where mails are sent and nobody could follow their links: not even to unsubscribe."""
    if settings.mail_from and not settings.public_url:
        raise SettingsError("public_url is empty: mails need the address under which subscribers reach this desk, for the links "
                            "that unsubscribe; set DATELINE_PUBLIC_URL=https://desk.example.org")


def mails_of(store: Store, edition: Edition, issue: Issue, at: datetime) -> Iterator[NewMail]:
    """A mail for each subscriber of the edition for whom there is something, or who wants to hear that there is nothing."""
    from dateline.publish.brief.compose import cut

    briefing = shown(issue)

    @lru_cache(maxsize=COVERAGES_KEPT)
    def is_empty(coverage: Coverage) -> bool:
        return cut(briefing, coverage, "everything").is_empty

    when = lru_cache(maxsize=COVERAGES_KEPT)(lambda zone, hour: _due_at(edition, zone, hour, at))
    for subscriber, choices in store.subscribers.of_edition(edition.slug, issue.frequency):
        if choices.when_empty or not is_empty(choices.coverage):
            yield _mail(issue, subscriber, when(choices.zone, choices.hour))


def _mail(issue: Issue, subscriber: Subscriber, due_at: datetime) -> NewMail:
    return NewMail(f"issue:{issue.id}:{subscriber.id}", "issue", subscriber.address, due_at, subscriber.id, issue.id)


def _due_at(edition: Edition, zone: str | None, hour: int | None, at: datetime) -> datetime:
    if hour is None:
        return at
    try:
        return hour_at_or_after(zone or edition.zone, hour, at)
    except (ZoneInfoNotFoundError, ValueError):        # of one row of 10,000: the others' mails do not wait for it
        return hour_at_or_after(edition.zone, hour, at)


def _changed(store: Store, issue: Issue, from_states: tuple[IssueState, ...], did: str, who: str | None,
             at: datetime, address: str | None, **values: Any) -> Issue:
    with store.writing():
        held = _held(store, issue)
        is_as_seen = held.state == issue.state and held.edits == issue.edits
        if not is_as_seen or issue.state not in from_states:
            raise DecisionError(_why_not(issue, held, is_as_seen))
        store.editions.change(issue.id, was=issue.state, seen=issue.edits, **values)
        store.team.note(Audited(at, who or HERE, did, f"{issue.edition} {issue.name}", address))
        return replace(issue, **values)


def _held(store: Store, issue: Issue) -> Issue:
    found = store.editions.issue_by_id(issue.id) if issue.id else store.editions.issue(issue.edition, issue.frequency, issue.day)
    if found is None:
        raise DecisionError(f"{issue.edition} has no issue {issue.name}")
    return found


def _why_not(issue: Issue, held: Issue, is_as_seen: bool) -> str:
    by = f" by {held.by}" if held.by else ""
    called = f"the issue {issue.name} of {issue.edition}"
    if is_as_seen or held.state in ("issued", "dropped"):
        return f"{called} is {held.state}{by} already"
    return f"{called} has changed since you read it: it is {held.state}{by}; look at it again, then decide anew"


def _checked(issue: Issue, edits: Edits) -> Edits:
    """`edits` with each item named once, and notes without what is no text. Raises DecisionError for what is not in the issue."""
    known = {item.id for item in issue.briefing.items}
    named = [*edits.order, *edits.dropped, *(name for name, _ in edits.notes)]
    unknown = next((name for name in named if name not in known), None)
    if unknown is not None:
        raise DecisionError(f"the issue {issue.name} of {issue.edition} has no item {unknown!r}; read it again")
    notes = {name: _note(words) for name, words in edits.notes}
    return Edits(tuple(dict.fromkeys(edits.order)), tuple(dict.fromkeys(edits.dropped)),
                 tuple((name, words) for name, words in notes.items() if words), _note(edits.note))


def _note(words: str) -> str:
    words = clean(words).strip()
    if len(words) > LONGEST_NOTE:
        raise DecisionError(f"a note has {LONGEST_NOTE:,} characters at most, this one {len(words):,}: shorten it")
    return words
