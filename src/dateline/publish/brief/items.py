"""An incident as it was known -> what is told of it: the items of a briefing. Pure; what may not be shown is withheld before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dateline.publish.brief import sentences
from dateline.publish.brief.coverage import groups_of, most_killed
from dateline.publish.brief.importance import OF_SECTION, Asked, importance
from dateline.publish.brief.known import Known
from dateline.publish.brief.sentences import Names
from dateline.publish.export.countries import country_of
from dateline.publish.withhold import Published
from dateline.records import Incident
from dateline.records.briefing import Item, Line

MOST_OUTLETS = 12                 # of one line
CHANGED, WITHDRAWN = "changed since approved", "rejected after approval"


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident as it was known, as it may be shown. before None: it is new."""

    before: Published | None
    after: Published
    known: Known


def items_of(shown: Shown, names: Names, last: date) -> Iterator[Item]:
    """What is told of one incident: the new one, or what changed and who claimed it; then what stays open of it.

    last: the last day of the window. A new incident's claims and changes are lines of its own item.
    """
    after = shown.after.incident
    before = shown.before.incident if shown.before is not None else None
    base = _base(shown, names, last)
    if before is None:
        if after.review.state == "rejected":
            return
        yield replace(base, section="new", lines=_capped(sentences.new_lines(after, names)),
                      counts=after.status != "alleged" and after.told_as == "news")
        yield from _uncertain(base, sentences.uncertain_lines(after, names) if after.told_as == "news" else ())
        return
    if after.review.state == "rejected":
        yield from _rejected(base, shown.known)
        return
    yield from _approved(base, shown.known, after, names)
    lines = sentences.change_lines(before, after, shown.known.fresh, shown.known.by_hand, names)
    if lines:
        yield replace(base, id=f"{after.id}/changed", section="changed", lines=_capped(lines))
    for said in sentences.new_said(before, after, names):
        if sentences.is_claim(said):
            stance = "" if said.stance == "claimed" else f"/{said.stance}"
            yield replace(base, id=f"{after.id}/claim/{said.of}{stance}", section="claims",
                          lines=_capped((said.line,)), importance=_share(base, "claims"))
    if after.told_as == "news":
        known = {line.text for line in sentences.uncertain_lines(before, names)}
        open_now = sentences.uncertain_lines(after, names, [one.field for one in before.disagreements])
        yield from _uncertain(base, [line for line in open_now if line.text not in known])


def _rejected(base: Item, known: Known) -> Iterator[Item]:
    """That it was rejected, and nothing else of it: neither its numbers nor its place are told again."""
    if sentences.was_rejected(known.by_hand):
        yield replace(base, id=f"{base.incident}/changed", section="changed", heading=sentences.rejected_heading(base.heading),
                      lines=(sentences.REJECTED,), killed=None, injured=None, lat=None, lon=None)


def _approved(base: Item, known: Known, after: Incident, names: Names) -> Iterator[Item]:
    """For those who are told approved incidents alone: what a person approved only now, though its reports are older."""
    now, before = sentences.approvals(after.history, known.by_hand)
    if now and after.review.state == "approved":
        yield replace(base, id=f"{after.id}/approved", section="changed" if before else "new", of_approval=True,
                      lines=_capped(sentences.new_lines(after, names)),
                      counts=not before and after.status != "alleged" and after.told_as == "news")


def _uncertain(base: Item, lines: Sequence[Line]) -> Iterator[Item]:
    if lines:
        yield replace(base, id=f"{base.incident}/uncertain", section="uncertain", lines=_capped(lines),
                      importance=_share(base, "uncertain"))


def _share(base: Item, section: str) -> float:
    return round(base.importance * OF_SECTION[section], 2)


def _base(shown: Shown, names: Names, last: date) -> Item:
    """What all items of one incident have in common."""
    one, before = shown.after.incident, shown.before.incident if shown.before is not None else None
    where, toll = one.where, one.toll
    country = country_of(where.country)
    placed = not shown.after.sheltered and where.lat is not None
    return Item(
        id=one.id, section="new", path=f"/incidents/{one.id}", heading=sentences.heading(one), lines=(),
        importance=importance(Asked(one, before, last)), incident=one.id,
        region=country.acled_region if country is not None else None, country=where.country, groups=groups_of(one), kind=one.kind,
        affected=tuple(sorted({held.kind for held in one.affected})), status=one.status, killed=sentences.bounds_of(toll.killed),
        injured=sentences.bounds_of(toll.injured), day=one.when.best, lat=where.lat if placed else None,
        lon=where.lon if placed else None, precision=where.precision, review=review_of(one), withheld=shown.after.withheld,
        passages=shown.after.passages, sheltered=shown.after.sheltered, most_killed=most_killed(one))


def review_of(incident: Incident) -> str:
    """The state of its review; CHANGED where its facts are others than those that were approved, WITHDRAWN where it was approved
    once: those who read of it then have to be told."""
    review = incident.review
    if review.state == "approved" and review.changed_at is not None:
        return CHANGED
    was_approved = any(line.what.startswith("accepted") for line in incident.history)
    return WITHDRAWN if review.state == "rejected" and was_approved else review.state


def _capped(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines with as many outlets as can be read: the first, and how many more."""
    return tuple(line if len(line.outlets) <= MOST_OUTLETS else Line(line.text, (
        *line.outlets[:MOST_OUTLETS - 1], f"{len(line.outlets) - MOST_OUTLETS + 1} more")) for line in lines)
