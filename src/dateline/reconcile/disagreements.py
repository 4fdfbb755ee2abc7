"""On what the accounts of an incident differ, who holds what, and how many sources there are behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dateline.reconcile.nearness import Days, compare_places, days_between, days_of, sure_place
from dateline.reconcile.ranks import Counted
from dateline.reconcile.rivals import PEOPLE, are_rivals
from dateline.reconcile.standing import weigh_all
from dateline.reconcile.stories import originals
from dateline.reconcile.words import fold
from dateline.records import Account, Disagreement, Figure, Report, Sources
from dateline.records.incident import HeldValue

Held = tuple[str, str]      # value, holder


def disagreements_of(accounts: Sequence[Account], reports: Mapping[str, Report]) -> tuple[Disagreement, ...]:
    """The fields on which settled `accounts` differ, with each value and its holders. Copies hold nothing."""
    original = originals((account.report for account in accounts), reports)
    own = [account for account in accounts if original[account.report] == account.report]
    counts = [count for count in weigh_all(own, reports) if count.figure.standing == "stands"
              and count.figure.scope in ("incident", "part") and _has_number(count.figure)]
    fields = (
        ("kind", [(account.kind, _outlet(account, reports)) for account in own]),
        ("day", _days(own, reports)),
        ("place", _places(own, reports)),
        ("attacker", _attackers(own, reports)),
        ("number of attackers", _numbers_of_attackers(own, reports)),
        ("killed", _counts(counts, "killed", reports, attackers=False)),
        ("injured", _counts(counts, "injured", reports, attackers=False)),
        ("who the dead were", _who_they_were(counts, reports)),
        ("attackers killed", _counts(counts, "killed", reports, attackers=True)),
    )
    return tuple(found for name, held in fields if (found := _disagreement(name, held)) is not None)


def sources_of(accounts: Sequence[Account], reports: Mapping[str, Report]) -> Sources:
    """How many reports, stories and speakers stand behind the figures. An outlet in its own voice speaks too.

    What two outlets tell after one agency, each in its own words, is that agency's.
    """
    original = originals((account.report for account in accounts), reports)
    told_by = {account.report for account in accounts}
    origins: list[tuple[set[str], bool]] = []
    for account in accounts:
        if original[account.report] != account.report:
            continue
        for figure in account.figures:
            for names, is_party in _origins(figure, account, reports):
                _add_origin(origins, names, is_party)
    return Sources(len(told_by), len({original[report] for report in told_by}), len(origins),
                   sum(not is_party for _, is_party in origins))


def _origins(figure: Figure, account: Account, reports: Mapping[str, Report]) -> Iterable[tuple[set[str], bool]]:
    for speaker in figure.speakers:
        yield {fold(name) for name in (speaker.person, speaker.organisation or speaker.text) if name}, \
            speaker.party is not None
    if not figure.speakers:
        yield {fold(figure.speaker or _voice(account, reports))}, False


def _add_origin(origins: list[tuple[set[str], bool]], names: set[str], is_party: bool) -> None:
    """Add a speaker, together with those known before under one of its names."""
    same = [one for one in origins if one[0] & names]
    for one in same:
        origins.remove(one)
        names, is_party = names | one[0], is_party or one[1]
    origins.append((names, is_party))


def _disagreement(field: str, held: Iterable[Held]) -> Disagreement | None:
    holders: dict[str, list[str]] = {}
    for value, holder in held:
        holders.setdefault(value, []).append(holder)
    if len(holders) < 2:
        return None
    return Disagreement(field, tuple(HeldValue(value, tuple(sorted(set(names)))) for value, names in holders.items()))


def _days(accounts: Sequence[Account], reports: Mapping[str, Report]) -> list[Held]:
    """Days told, where two of them cannot be one. A report without a year agrees with whoever tells one of its years."""
    told = [(account, days) for account in accounts
            if (days := days_of(account.when)).told and (days.is_sharp or days.candidates)]
    if all(days_between(a, b) == 0 for _, a in told for _, b in told):
        return []
    return [(_days_as_words(days), _outlet(account, reports)) for account, days in told]


def _days_as_words(days: Days) -> str:
    if days.candidates:
        return " or ".join(day.isoformat() for day in days.candidates)
    return " to ".join(dict.fromkeys(day.isoformat() for day in (days.earliest, days.latest) if day))


def _places(accounts: Sequence[Account], reports: Mapping[str, Report]) -> list[Held]:
    """Places with a point, where two of them are not one."""
    placed = [account for account in accounts if sure_place(account)]
    if not any(compare_places(a.where, b.where).relation in ("near", "apart") for a in placed for b in placed):
        return []
    return [(account.where.name or account.where.text or "?", _outlet(account, reports)) for account in placed]


def _attackers(accounts: Sequence[Account], reports: Mapping[str, Report]) -> list[Held]:
    named = [(actor.group, _outlet(account, reports)) for account in accounts for actor in account.actors
             if actor.role == "attacker" and actor.group]
    named += [(claim.group, f"{claim.speaker} ({_outlet(account, reports)})" if claim.speaker
               else _outlet(account, reports)) for account in accounts for claim in account.responsibility
              if claim.group and claim.stance in ("claimed", "admitted", "blamed", "suspected")]
    return [(group, holder) for group, holder in named if group]


def _numbers_of_attackers(accounts: Sequence[Account], reports: Mapping[str, Report]) -> list[Held]:
    """How many attackers the accounts tell of, the most of each; whoever counted them dead holds that number."""
    held = []
    for account in accounts:
        told = [actor for actor in account.actors if actor.role == "attacker" and actor.number is not None]
        if told:
            most = max(told, key=lambda actor: actor.number or 0)
            speaker = next((figure.speaker for figure in account.figures if figure.of == most.id and figure.speaker), None)
            outlet = _outlet(account, reports)
            held.append((str(most.number), f"{speaker} ({outlet})" if speaker else outlet))
    return held


def _counts(counts: Sequence[Counted], effect: str, reports: Mapping[str, Report], *, attackers: bool) -> list[Held]:
    """Totals that stand. Of attackers parts count too: how many of them died is mostly told as one."""
    return [(_number(count.figure), _holder(count, reports)) for count in counts
            if count.figure.effect == effect and count.attackers == attackers
            and (attackers or count.figure.scope == "incident")]


def _who_they_were(counts: Sequence[Counted], reports: Mapping[str, Report]) -> list[Held]:
    """The dead under each of the names that speakers dispute: "36 civilians" by one, "40 fighters" by another."""
    dead = [count for count in counts if count.figure.effect == "killed"]
    return [(f"{_number(count.figure)} {PEOPLE.get(count.figure.side, count.figure.side)}", _holder(count, reports))
            for count in dead if any(are_rivals(count, other) for other in dead)]


def _number(figure: Figure) -> str:
    """The count without the words around it, so that "at least 77 people" and "at least 77 dead" are one value."""
    if figure.modifier == "range":
        return f"{figure.low} to {figure.high}"
    said = {"exact": "", "at_least": "at least ", "more_than": "more than ", "nearly": "nearly ", "up_to": "up to ",
            "about": "about "}.get(figure.modifier, "")
    return f"{said}{figure.value}" if figure.value is not None else figure.words


def _holder(count: Counted, reports: Mapping[str, Report]) -> str:
    outlet = _outlet(count.account, reports)
    return f"{count.figure.speaker} ({outlet})" if count.figure.speaker else outlet


def _outlet(account: Account, reports: Mapping[str, Report]) -> str:
    report = reports.get(account.report)
    return (report.outlet or report.agency or report.source) if report else account.report


def _voice(account: Account, reports: Mapping[str, Report]) -> str:
    report = reports.get(account.report)
    return (report.agency or report.outlet or report.source) if report else account.report


def _has_number(figure: Figure) -> bool:
    return figure.low is not None or figure.high is not None
