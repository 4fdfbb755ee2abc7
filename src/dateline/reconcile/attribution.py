"""Who did it, by a named rule, from what the accounts of an incident say of its attackers (docs/record.md, "Who did it").

| rule | counts what is | and leaves out |
|---|---|---|
| `stated or claimed` | stated by a report, claimed, admitted | |
| `suspected too` | stated, claimed, admitted, blamed, suspected | |
| `never on one enemy's word` | stated, claimed, admitted, blamed | what one enemy of theirs alone says |

What counts under no rule: a claim that was withdrawn, and what its speaker replaced later: a speaker who names somebody else
of the same stance has changed their mind, and reports in their own voice do so LATER_VOICES after the earlier ones. Rivals who
claim one attack both stand. A denial takes nothing away; who denies is told beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateline.reconcile.ranks import kind_of, parties_of, written_day
from dateline.reconcile.standing import consensus_day
from dateline.reconcile.stories import originals
from dateline.reconcile.words import fold, tokens, words_of
from dateline.records import Account, Report, Responsibility
from dateline.records.account import Stance
from dateline.records.incident import Attributed, Attribution, AttributionRule, AttributionStance

COUNTED: Final[Mapping[AttributionRule, frozenset[AttributionStance]]] = {
    "stated or claimed": frozenset({"stated", "claimed", "admitted"}),
    "suspected too": frozenset({"stated", "claimed", "admitted", "blamed", "suspected"}),
    "never on one enemy's word": frozenset({"stated", "claimed", "admitted", "blamed"}),
}
STRENGTH: Final[tuple[AttributionStance, ...]] = ("admitted", "claimed", "stated", "blamed", "suspected")
OWN_WORDS: Final = frozenset({"claimed", "admitted"})     # said by those who did it of themselves
LATER_VOICES = timedelta(days=30)    # first reports still differ among themselves; one a month later knows more


@dataclass(frozen=True, slots=True)
class _Said:
    """One telling of who did it."""

    of: str                       # a group's id, or "state:CC"
    name: str                     # as written
    stance: AttributionStance
    speaker: str | None           # folded; None: the report itself
    side: str | None              # of the conflict, that the speaker belongs to
    day: date | None
    holder: str                   # "police (Verity Post)"
    story: str


def attribution(accounts: Sequence[Account], reports: Mapping[str, Report],
                rule: AttributionRule = "stated or claimed") -> Attribution:
    """Who did it, by `rule`, and who else is named and why that does not count. Strongest stance first.

    reports: those of the accounts by id. Copies say nothing of their own. The order of the accounts makes no difference.
    """
    original = originals((account.report for account in accounts), reports)
    own = sorted((account for account in accounts if original[account.report] == account.report), key=lambda one: one.id)
    around = consensus_day(own)
    said = [one for account in own for one in _all_said(account, reports.get(account.report), around)]
    denied = _by_group(own, reports, around, "denied")
    withdrawn = _by_group(own, reports, around, "withdrawn")
    parties = frozenset(party for account in own for party in _parties(account))
    why = {one: _why_not(one, said, withdrawn, parties, rule) for one in said}
    found: list[Attributed] = []
    for of in sorted({one.of for one in said}):
        theirs = [one for one in said if one.of == of]
        counted = [one for one in theirs if why[one] is None]
        strongest = _strongest(counted or theirs)
        found.append(_attributed(strongest, None if counted else why[strongest[0]], denied.get(of, ())))
    by = sorted((one for one in found if one.aside is None), key=_order)
    return Attribution(rule, tuple(by), tuple(sorted((one for one in found if one.aside is not None), key=_order)))


def changed_words(before: Attribution | None, after: Attribution | None) -> str | None:
    """For the history: "done by vale-front (blamed) became coast-army (admitted)"; None where that is the same."""
    old, new = (_in_short(one) for one in (before, after))
    return None if old == new or before is None else f"done by {old} became {new}"


def _in_short(one: Attribution | None) -> str:
    return ", ".join(f"{by.of} ({by.stance})" for by in one.by) if one and one.by else "nobody known"


def _all_said(account: Account, report: Report | None, around: date | None) -> Iterator[_Said]:
    outlet = (report.outlet or report.agency or report.source) if report else account.report
    written = written_day(report, around) if report else None
    told: set[tuple[str, str]] = set()
    for said in account.responsibility:
        party = said.group or _party_named(said.text, account)
        if party is None or said.stance not in STRENGTH:
            continue
        told.add((party, said.stance))
        side = party if said.stance in OWN_WORDS else _side_of(said.speaker, account)
        holder = f"{said.speaker} ({outlet})" if said.speaker else outlet
        yield _Said(party, _name_of(party, account), said.stance, fold(said.speaker) if said.speaker else None, side,
                    _day(said) or written, holder, account.report)
    for actor in account.actors:
        if actor.role != "attacker" or actor.certainty == "unknown":
            continue
        for party in sorted(parties_of(actor)):
            if (party, actor.certainty) not in told:
                # a report that cites one side alone states in the end that side's word, which is then its speaker
                side = party if actor.certainty in OWN_WORDS else _only_side(account) if account.status == "alleged" else None
                yield _Said(party, actor.organisation or actor.text, actor.certainty, side, side, written,
                            outlet, account.report)


def _name_of(party: str, account: Account) -> str:
    """What `account` calls the side; its id where no actor stands for it."""
    return next((actor.organisation or actor.text for actor in account.actors if party in parties_of(actor)), party)


def _why_not(one: _Said, said: Iterable[_Said], withdrawn: Mapping[str, tuple[tuple[str, date | None], ...]],
             parties: frozenset[str], rule: AttributionRule) -> str | None:
    """Why `one` does not count, in words; None: it does."""
    others = list(said)
    if one.stance == "claimed" and any(_is_after(day, one.day) for _, day in withdrawn.get(one.of, ())):
        return "the claim was withdrawn"
    later = [other for other in others if _replaces(other, one)]
    if later:
        latest = max(later, key=lambda other: (other.day or date.min, other.of))
        return f"later, on {latest.day}, {latest.holder} named {latest.of}"
    if one.stance not in COUNTED[rule]:
        return f"only {one.stance}"
    if rule == "never on one enemy's word" and one.stance not in OWN_WORDS:
        sides = {other.side if _is_enemy(other, parties) else None for other in others
                 if other.of == one.of and other.stance in COUNTED[rule] and other.stance not in OWN_WORDS}
        if len(sides) == 1 and None not in sides:
            return f"only on the word of one enemy, {next(iter(sides))}"
    return None


def _replaces(new: _Said, old: _Said) -> bool:
    """Whether the speaker of `old` has named another since. What one claims for oneself replaces no other's claim."""
    if new.of == old.of or new.stance != old.stance or old.stance in OWN_WORDS or new.speaker != old.speaker:
        return False
    if new.day is None or old.day is None:
        return False
    return new.day > old.day if old.speaker is not None else new.day - old.day > LATER_VOICES


def _is_enemy(one: _Said, parties: frozenset[str]) -> bool:
    """Whether whoever says it is a party to this conflict, and not the one that is named."""
    return one.side is not None and one.side != one.of and (one.side in parties or not one.side.startswith("state:"))


def _is_after(day: date | None, claimed: date | None) -> bool:
    return day is None or claimed is None or day >= claimed


def _strongest(said: Sequence[_Said]) -> list[_Said]:
    """Those of the strongest stance, the latest first."""
    least = min(STRENGTH.index(one.stance) for one in said)
    return sorted((one for one in said if STRENGTH.index(one.stance) == least),
                  key=lambda one: (-(one.day or date.min).toordinal(), one.holder, one.name))


def _attributed(said: Sequence[_Said], aside: str | None, denied: Iterable[tuple[str, date | None]]) -> Attributed:
    first = said[0]
    days = [one.day for one in said if one.day is not None]
    return Attributed(first.of, min(said, key=lambda one: (one.name == one.of, -len(one.name), one.name)).name, first.stance,
                      max(days).isoformat() if days else None, tuple(dict.fromkeys(one.holder for one in said)),
                      len({one.story for one in said}), tuple(dict.fromkeys(holder for holder, _ in denied)), aside)


def _order(one: Attributed) -> tuple[int, int, str]:
    return (STRENGTH.index(one.stance), -one.stories, one.of)


def _by_group(accounts: Iterable[Account], reports: Mapping[str, Report], around: date | None, stance: Stance
              ) -> dict[str, tuple[tuple[str, date | None], ...]]:
    """(holder, day) of what is said with `stance`, by the group that it is said of."""
    found: dict[str, tuple[tuple[str, date | None], ...]] = {}
    for account in accounts:
        report = reports.get(account.report)
        outlet = (report.outlet or report.agency or report.source) if report else account.report
        for said in account.responsibility:
            party = said.group or _party_named(said.text, account)
            if said.stance == stance and party is not None:
                day = _day(said) or (written_day(report, around) if report else None)
                holder = f"{said.speaker} ({outlet})" if said.speaker else outlet
                found[party] = (*found.get(party, ()), (holder, day))
    return found


def _parties(account: Account) -> frozenset[str]:
    """The sides that meet in `account`; the state in whose country it happens is always one."""
    home = frozenset({f"state:{account.where.country}"} if account.where.country else ())
    return home.union(*(parties_of(actor) for actor in account.actors), (said.group for said in account.responsibility
                                                                         if said.group))


def _party_named(text: str, account: Account) -> str | None:
    """The side that an actor of the account, named in `text`, stands for."""
    words = f" {' '.join(tokens(text))} "
    for actor in account.actors:
        for name in filter(None, (actor.organisation, actor.text)):
            if parties_of(actor) and f" {' '.join(words_of(name))} " in words:
                return min(parties_of(actor))
    return None


def _side_of(speaker: str | None, account: Account) -> str | None:
    """The side that `speaker` belongs to: as resolved for a figure, by an actor's name, or an office of the state there."""
    if speaker is None:
        return None
    for figure in account.figures:
        for one in figure.speakers:
            if fold(speaker) in (fold(one.text), fold(figure.speaker or "")):
                return one.party
    named = _party_named(speaker, account)
    if named is not None:
        return named
    if kind_of(speaker) in ("official", "police", "military") and account.where.country:
        return f"state:{account.where.country}"
    return None


def _only_side(account: Account) -> str | None:
    sides = {one.party for figure in account.figures for one in figure.speakers}
    return next(iter(sides)) if len(sides) == 1 else None


def _day(said: Responsibility) -> date | None:
    told = (said.as_of.latest or said.as_of.earliest or "")[:10]
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None

