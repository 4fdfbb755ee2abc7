"""Accounts of one incident -> its fields. Pure, and the same for any order of the accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal, TypeVar

from dateline.reconcile.attribution import attribution
from dateline.reconcile.disagreements import disagreements_of, sources_of
from dateline.reconcile.nearness import Days, compare_places, days_of
from dateline.reconcile.related import tells_several
from dateline.reconcile.standing import settle
from dateline.reconcile.stories import originals
from dateline.reconcile.tolls import toll
from dateline.reconcile.words import fold, words_of
from dateline.records import Account, Actor, Incident, Joined, Reason, Related, Report, ReportRef, Target, Weapon, When, Where
from dateline.records.account import Certainty, Status, ToldAs
from dateline.records.codes import codes_of
from dateline.records.incident import Change, Review, TollRule, Tolls
from dateline.records.kinds import rank_of

UNREVIEWED = Review("unreviewed", None, None, None)
UNTOLD_WEIGHT = 0.25     # of a day that a report only bounds, beside one that a report tells
_CERTAINTY: tuple[Certainty, ...] = ("admitted", "claimed", "stated", "blamed", "suspected", "unknown")
_TOLD_AS: tuple[ToldAs, ...] = ("news", "background", "anniversary", "legal", "other")

T = TypeVar("T")
P = TypeVar("P", Actor, Target, Weapon)


def merge(incident_id: str, accounts: Sequence[Account], reports: Mapping[str, Report], *, rule: TollRule = "reliable",
          reasons: Mapping[str, tuple[Reason, ...]] | None = None, related: tuple[Related, ...] = (),
          review: Review = UNREVIEWED, history: tuple[Change, ...] = ()) -> Incident:
    """The incident that `accounts` tell, with their figures settled and its tolls computed by `rule`.

    reports: every report of the accounts by id. reasons: by account, why it was joined.
    Raises ValueError when there is no account, KeyError when a report is missing.
    """
    if not accounts:
        raise ValueError("an incident is made from at least one account")
    settled = settle(sorted(accounts, key=lambda account: _order(account, reports)), reports)
    leading = _leading(settled, reports)
    kind = _kind(leading)
    when, where = _when(leading), _where(leading)
    return Incident(
        id=incident_id, kind=kind, status=_status(settled), told_as=_told_as(settled), nature=_nature(leading),
        headline=_headline(leading, kind, where), when=when, where=where, actors=_actors(leading),
        targets=_things((one, fold(one.text)) for account in leading for one in account.targets),
        weapons=_things((one, one.type or fold(one.text)) for account in leading for one in account.weapons),
        affected=_distinct((one, one.kind) for account in leading for one in account.affected),
        responsibility=_distinct((one, f"{one.stance}|{one.group or fold(one.text)}|{fold(one.speaker or '')}")
                                 for account in leading for one in account.responsibility),
        accounts=tuple(Joined(account, report_ref(reports[account.report]), (reasons or {}).get(account.id, ()))
                       for account in settled),
        toll=Tolls(toll(settled, "killed", rule, reports), toll(settled, "injured", rule, reports)),
        sources=sources_of(settled, reports), disagreements=disagreements_of(settled, reports), related=related,
        clarity=_clarity(leading), review=review, history=history, codes=codes_of(when, where),
        attribution=attribution(settled, reports))


def report_ref(report: Report) -> ReportRef:
    """What an incident shows of `report`."""
    return ReportRef(report.id, report.outlet, report.agency, report.title, report.source, report.published_at,
                     report.written.earliest, report.written.latest, report.copy_of, report.version_of,
                     report.update_kind)


def _order(account: Account, reports: Mapping[str, Report]) -> tuple[str, str, bool, str, str]:
    """By the day that the report was written and its time of publishing; what repeats another comes after it."""
    report = reports[account.report]
    at = report.published_at.isoformat() if report.published_at else ""
    day = report.written.day.isoformat() if report.written.day else at[:10] or "9999"
    return (day, at, bool(report.copy_of or report.version_of), report.title or "", account.id)


def _leading(accounts: Sequence[Account], reports: Mapping[str, Report]) -> list[Account]:
    """One account a story, those told as news before the others, in the order written."""
    original = originals((account.report for account in accounts), reports)
    own = [account for account in accounts if original[account.report] == account.report]
    return sorted(own, key=lambda account: _TOLD_AS.index(account.told_as))


def _kind(accounts: Sequence[Account]) -> str:
    """The highest in ACLED's hierarchy of the kinds that more than half as many accounts tell as the commonest."""
    votes = Counter(account.kind for account in accounts)
    if len(votes) > 1:
        votes.pop("other", None)
    most = max(votes.values())
    return min((kind for kind, count in votes.items() if 2 * count > most), key=lambda kind: (rank_of(kind), kind))


def _status(accounts: Sequence[Account]) -> Status:
    """Alleged while all accounts tell one side's word only; two sides that say it happened are no longer one."""
    statuses = {account.status for account in accounts}
    sides = {side for account in accounts if account.status in ("happened", "alleged") for side in _sides_behind(account)}
    if None in sides or len(sides) > 1:
        return "happened"
    if "happened" in statuses:
        return "alleged"
    order: tuple[Status, ...] = ("attempted", "foiled", "alleged")
    return next((status for status in order if status in statuses), accounts[0].status)


def _sides_behind(account: Account) -> set[str | None]:
    """The sides whose word an account is; None among them: somebody's who is no party, or the outlet's own."""
    told = {speaker.party for figure in account.figures for speaker in figure.speakers}
    if account.status == "happened":
        # a party's outlet that gives every count in its own voice speaks for its side; others vouch for what they state
        is_partys = bool(account.figures) and all(figure.speaker is None and figure.speakers for figure in account.figures)
        return told if is_partys else {None}
    told |= {claim.group for claim in account.responsibility if claim.group and claim.stance in ("claimed", "admitted")}
    return told - {None}


def _told_as(accounts: Sequence[Account]) -> ToldAs:
    told = {account.told_as for account in accounts}
    return next(kind for kind in _TOLD_AS if kind in told)


def _nature(accounts: Sequence[Account]) -> str:
    natures = Counter(account.nature for account in accounts)
    if natures.get("political"):
        return "political"
    natures.pop("unknown", None) if len(natures) > 1 else None
    return min(natures, key=lambda nature: (-natures[nature], nature))


def _headline(accounts: Sequence[Account], kind: str, where: Where) -> str:
    """Of the first account that tells the kind and the place that were chosen."""
    def fit(account: Account) -> tuple[bool, bool]:
        return (account.kind != kind, account.where.name != where.name)
    return min(accounts, key=fit).headline


def _when(accounts: Sequence[Account]) -> When:
    """The most precise account of the day that most agree on, narrowed by the others.

    A dispatch whose dateline has no year leaves several days possible; one report with a year settles it.
    """
    days = [(account.when, days_of(account.when)) for account in accounts]
    named = _named(days, sharp=True) or _named(days, sharp=False)
    if not named:
        return min((when for when, _ in days), key=_vagueness)
    support = {day: sum(1.0 if told.told else UNTOLD_WEIGHT for _, told in days
                        if any(first <= day <= last for first, last in told.spans())) for day in named}
    most = max(support.values())
    agreed = sorted(day for day in named if support[day] == most)
    fitting = [_of_allowed_years(when, agreed) for when, told in days
               if any(first <= agreed[0] <= last for first, last in told.spans())]
    return _narrowed(min(fitting, key=_vagueness), agreed[0], fitting)


def _named(days: Sequence[tuple[When, Days]], *, sharp: bool) -> set[date]:
    """The days that the accounts name: told as a day or one of a few; or else the ends of longer spans that are told."""
    spans = ((when.best, span) for when, told in days
             if (told.is_sharp or told.candidates if sharp else told.told and told.earliest and told.latest)
             for span in told.spans())
    return {day for best, (first, last) in spans for day in (first, last, best) if day is not None and first <= day <= last}


def _of_allowed_years(when: When, agreed: Sequence[date]) -> When:
    """`when` with those of its candidates that the other accounts allow; one alone is the day."""
    if len(when.candidates) < 2:
        return when
    candidates = tuple(day for day in when.candidates if day in agreed)
    if len(candidates) == 1:
        [day] = candidates
        return replace(when, earliest=day, latest=day, candidates=(), best=day, precision="day")
    return replace(when, earliest=min(candidates), latest=max(candidates), candidates=candidates) if candidates else when


def _narrowed(base: When, day: date, fitting: Sequence[When]) -> When:
    """`base` with the days that all the fitting accounts allow, and the hour and the length that one of them tells."""
    base = _within_all(base, day, fitting)
    exported = Counter(when.best for when in fitting if when.best is not None)
    best = base.best
    if best is None and exported:
        best = min(exported, key=lambda day: (-exported[day], day))
    hour = next((when for when in (base, *fitting) if when.time_of_day), base)
    start = base.start or next((when.start for when in fitting if when.start is not None), None)
    end = base.end or next((when.end for when in fitting if when.end is not None), None)
    return replace(base, best=best, time_of_day=hour.time_of_day, utc=hour.utc, zone=base.zone or hour.zone, start=start, end=end,
                   ongoing=end is None and any(when.ongoing for when in fitting))


def _within_all(base: When, day: date, fitting: Sequence[When]) -> When:
    """A span of days cut to what the other spans that hold `day` allow: "last week" and "8-12 March" share three days."""
    spans = [days for when in fitting if (days := days_of(when)).told and not days.candidates]
    first = max((days.earliest for days in spans if days.earliest is not None and days.earliest <= day), default=None)
    last = min((days.latest for days in spans if days.latest is not None and days.latest >= day), default=None)
    if base.earliest is None or base.latest is None or base.candidates or first is None or last is None:
        return base
    first, last = max(first, base.earliest), min(last, base.latest)
    if (first, last) == (base.earliest, base.latest) or first > last:
        return base
    if first == last:
        return replace(base, earliest=first, latest=last, best=first, precision="day")
    return replace(base, earliest=first, latest=last, best=base.best if base.best and first <= base.best <= last else None)


def _vagueness(when: When) -> tuple[int, bool]:
    """How many days it leaves possible: the least is the most precise."""
    days = days_of(when)
    if days.candidates:
        return (len(days.candidates) * 30, not days.told)
    if days.earliest is None or days.latest is None:
        return (100_000, not days.told)
    return ((days.latest - days.earliest).days, not days.told)


def _where(accounts: Sequence[Account]) -> Where:
    """The most precise place that no other account contradicts; of equals the one, and the words for it, that most accounts
    have."""
    places = [account.where for account in accounts]
    worded = Counter(fold(where.text or "") for where in places)

    def rank(where: Where) -> tuple[int, int, int, int]:
        answers = [compare_places(where, other).relation for other in places]
        against = sum(answer in ("near", "apart") for answer in answers)
        precision = where.precision if where.lat is not None and where.precision else 9
        return (against, precision, -answers.count("same"), -worded[fold(where.text or "")])
    return min(places, key=rank)


def _actors(accounts: Sequence[Account]) -> tuple[Actor, ...]:
    """Actors of all accounts, one a role and group (or name), with the surest of their certainties; ids run anew."""
    merged: dict[str, Actor] = {}
    for account in accounts:
        for actor in account.actors:
            key = f"{actor.role}|{_actor_key(actor)}"
            held = merged.get(key)
            merged[key] = actor if held is None else _joined_actor(held, actor)
    return tuple(replace(actor, id=f"a{number}") for number, actor in enumerate(merged.values(), 1))


def _actor_key(actor: Actor) -> str:
    if actor.person:
        return "person " + " ".join(words_of(actor.person)[-1:])
    if actor.group:
        return f"group {actor.group}"
    words = words_of(actor.organisation or actor.text)
    return f"{actor.country or ''} {words[-1] if words else ''}"


def _joined_actor(a: Actor, b: Actor) -> Actor:
    return replace(_read_twice(a, b), certainty=min(a.certainty, b.certainty, key=_CERTAINTY.index), group=a.group or b.group,
                   organisation=a.organisation or b.organisation, type=a.type or b.type, country=a.country or b.country)


def _read_twice(a: P, b: P) -> P:
    """`a` as it was read in two accounts: by rule and model where each found it, and as likely as the likelier."""
    found = {a.origin, b.origin}
    origin = "rule+model" if found <= {"rule", "model", "rule+model"} and len(found) > 1 else a.origin
    return replace(a, origin=origin, likely=max((one for one in (a.likely, b.likely) if one is not None), default=None))


def _things(items: Iterable[tuple[P, str]]) -> tuple[P, ...]:
    """The things attacked, or used, in order: the first of each key, as all accounts that have it read it."""
    kept: dict[str, P] = {}
    for item, key in items:
        kept[key] = _read_twice(kept[key], item) if key in kept else item
    return tuple(kept.values())


def _distinct(items: Iterable[tuple[T, str]]) -> tuple[T, ...]:
    """The first item of each key, in order."""
    kept: dict[str, T] = {}
    for item, key in items:
        kept.setdefault(key, item)
    return tuple(kept.values())


def _clarity(accounts: Sequence[Account]) -> Literal["single", "lumped"]:
    """Lumped where the only counts of people are of several incidents together, or most accounts tell several as one."""
    scopes = {figure.scope for account in accounts for figure in account.figures
              if figure.effect in ("killed", "injured")}
    several = sum(tells_several(account) for account in accounts)
    return "lumped" if scopes == {"several_incidents"} or 2 * several > len(accounts) else "single"
