"""The questions that are asked of two accounts: is it the same place, the same day, the same kind of attack?

Every question looks at one pair and returns an Answer with a note for the desk, or None for no.
`reasons.py` says what each answer is worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from dateline.reconcile.nearness import POINT_PRECISION, compare_places, days_between, days_of
from dateline.reconcile.ranks import speaker_names, written_day
from dateline.reconcile.stories import edition_root
from dateline.reconcile.words import distinctive, fold, overlap, tokens
from dateline.records import Account, Figure, Report
from dateline.records.kinds import event_type_of

LIKE_WORDS = 0.2        # of the telling words: two shootings in two towns mostly share fewer
REPORTED_WITHIN = 3     # days: news of one incident comes in bursts

# Kinds that reports take for one another: a car bomb with its driver, a raid that becomes a fight.
_FITTING: tuple[frozenset[str], ...] = (
    frozenset({"suicide bomb", "remote explosive/landmine/ied", "grenade", "attack"}),
    frozenset({"armed clash", "attack", "government regains territory", "non-state actor overtakes territory",
               "suicide bomb"}),
    frozenset({"air/drone strike", "shelling/artillery/missile attack", "remote explosive/landmine/ied",
               "chemical weapon"}),
    frozenset({"shelling/artillery/missile attack", "armed clash", "attack", "grenade"}),
    frozenset({"attack", "abduction/forced disappearance", "sexual violence", "looting/property destruction"}),
    frozenset({"attack", "mob violence", "violent demonstration", "excessive force against protesters",
               "protest with intervention"}),
    frozenset({"attack", "arrests", "disrupted weapons use"}),
    frozenset({"remote explosive/landmine/ied", "disrupted weapons use"}),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes, with what was seen. strength: how far it is a yes, 0-1."""

    note: str
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two accounts, with the reports that tell them where those are at hand."""

    a: Account
    b: Account
    reports: Mapping[str, Report]


def same_place(pair: Pair) -> Answer | None:
    answer = compare_places(pair.a.where, pair.b.where)
    return Answer(answer.note) if answer.relation == "same" else None


def one_place_may_hold_the_other(pair: Pair) -> Answer | None:
    answer = compare_places(pair.a.where, pair.b.where)
    return Answer(answer.note) if answer.relation == "inside" else None


def its_words_name_the_place(pair: Pair) -> Answer | None:
    """One was placed in a wide area only, and its own sentences name the place of the other."""
    if compare_places(pair.a.where, pair.b.where).relation not in ("inside", "unknown"):
        return None
    for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
        name = tokens(other.where.name or "")
        vague = other.where.precision is None or other.where.precision > POINT_PRECISION
        if name and not vague and set(name) <= _sentence_words(one):
            return Answer(other.where.name or "")
    return None


def another_place_nearby(pair: Pair) -> Answer | None:
    answer = compare_places(pair.a.where, pair.b.where)
    return Answer(answer.note) if answer.relation == "near" else None


def places_far_apart(pair: Pair) -> Answer | None:
    answer = compare_places(pair.a.where, pair.b.where)
    return Answer(answer.note) if answer.relation == "apart" else None


def same_day(pair: Pair) -> Answer | None:
    ours, theirs = days_of(pair.a.when), days_of(pair.b.when)
    both = ours.is_sharp and theirs.is_sharp
    return Answer(_days_note(pair)) if both and days_between(ours, theirs) == 0 else None


def days_may_be_one(pair: Pair) -> Answer | None:
    """One is told less exactly, or lacks its year: candidate days that meet weigh nearly as much as a day told."""
    ours, theirs = days_of(pair.a.when), days_of(pair.b.when)
    if (ours.is_sharp and theirs.is_sharp) or days_between(ours, theirs) != 0:
        return None
    listed = all(one.is_sharp or one.candidates for one in (ours, theirs))
    bounded = [one for one in (ours, theirs) if one.earliest is not None and one.latest is not None]
    widest = max(((one.latest - one.earliest).days for one in bounded if one.latest and one.earliest), default=400)
    strength = 1.0 if listed else 0.7 if len(bounded) == 2 and widest <= 7 else 0.3 if widest <= 31 else 0.0
    return Answer(_days_note(pair), strength) if strength else None


def the_next_day(pair: Pair) -> Answer | None:
    """A day apart: an attack by night, or a report that took the day of the news for the day of the attack."""
    ours, theirs = days_of(pair.a.when), days_of(pair.b.when)
    if days_between(ours, theirs) != 1:
        return None
    return Answer(_days_note(pair), 1.0 if ours.told and theirs.told else 0.4)


def days_apart(pair: Pair) -> Answer | None:
    ours, theirs = days_of(pair.a.when), days_of(pair.b.when)
    gap = days_between(ours, theirs)
    return Answer(_days_note(pair)) if gap is not None and gap > 1 else None


def day_unknown(pair: Pair) -> Answer | None:
    gap = days_between(days_of(pair.a.when), days_of(pair.b.when))
    return Answer("no day told") if gap is None else None


def reported_together(pair: Pair) -> Answer | None:
    """One of the two does not say when; their reports were written within a few days of each other."""
    if days_of(pair.a.when).told and days_of(pair.b.when).told:
        return None
    reports = [pair.reports.get(one.report) for one in (pair.a, pair.b)]
    days = [written_day(report, None) for report in reports if report is not None]
    if len(days) < 2 or days[0] is None or days[1] is None or abs((days[0] - days[1]).days) > REPORTED_WITHIN:
        return None
    return Answer(f"written {days[0]} / {days[1]}")


def same_kind(pair: Pair) -> Answer | None:
    shared = ({pair.a.kind, *pair.a.acts} & {pair.b.kind, *pair.b.acts}) - {"other"}
    return Answer(", ".join(sorted(shared))) if shared else None


def kinds_that_fit(pair: Pair) -> Answer | None:
    fits = same_kind(pair) is None and _kinds_fit(pair.a.kind, pair.b.kind)
    return Answer(f"{pair.a.kind} / {pair.b.kind}") if fits else None


def another_kind(pair: Pair) -> Answer | None:
    differs = same_kind(pair) is None and not _kinds_fit(pair.a.kind, pair.b.kind)
    return Answer(f"{pair.a.kind} / {pair.b.kind}") if differs else None


def shares_a_group(pair: Pair) -> Answer | None:
    shared = _groups(pair.a) & _groups(pair.b)
    return Answer(", ".join(sorted(shared))) if shared else None


def other_groups_attacked(pair: Pair) -> Answer | None:
    """Reports may blame different groups for one attack, so this says little."""
    ours, theirs = (_attacking_groups(one) for one in (pair.a, pair.b))
    return Answer(f"{', '.join(sorted(ours))} / {', '.join(sorted(theirs))}") if ours and theirs and not ours & theirs \
        else None


def shares_a_target(pair: Pair) -> Answer | None:
    shared = _targets(pair.a) & _targets(pair.b)
    return Answer(", ".join(sorted(shared))) if shared else None


def other_targets(pair: Pair) -> Answer | None:
    ours, theirs = _targets(pair.a), _targets(pair.b)
    return Answer(f"{', '.join(sorted(ours))} / {', '.join(sorted(theirs))}") if ours and theirs and not ours & theirs \
        else None


def same_weapon(pair: Pair) -> Answer | None:
    shared = {one.type for one in pair.a.weapons if one.type} & {one.type for one in pair.b.weapons if one.type}
    return Answer(", ".join(sorted(shared))) if shared else None


def names_the_same_person(pair: Pair) -> Answer | None:
    shared = _surnames(pair.a) & _surnames(pair.b)
    return Answer(", ".join(sorted(shared))) if shared else None


def names_other_victims(pair: Pair) -> Answer | None:
    ours, theirs = (_surnames(one, victims=True) for one in (pair.a, pair.b))
    return Answer(f"{', '.join(sorted(ours))} / {', '.join(sorted(theirs))}") if ours and theirs and not ours & theirs \
        else None


def gives_the_same_count(pair: Pair) -> Answer | None:
    """A count that both give. A high one is seldom a coincidence, one or two dead often are."""
    shared = _counts(pair.a) & _counts(pair.b)
    if not shared:
        return None
    return Answer(", ".join(f"{value} {effect}" for effect, value in sorted(shared)),
                  min(1.0, 0.3 + 0.1 * max(value for _, value in shared)))


def same_speaker_another_toll_at_the_same_hour(pair: Pair) -> Answer | None:
    """Tolls that rise, or that rivals give, are no reason against."""
    for ours in pair.a.figures:
        for theirs in pair.b.figures:
            if _contradicts(ours, theirs):
                return Answer(f"{ours.speaker}: {ours.words} / {theirs.words}")
    return None


def told_in_the_same_words(pair: Pair) -> Answer | None:
    """The sentences themselves are near-copies: a wire story that both carry."""
    ours, theirs = _sentence_words(pair.a), _sentence_words(pair.b)
    share = overlap(ours, theirs)
    return Answer(f"{share:.0%} of the words") if min(len(ours), len(theirs)) >= 8 and share >= 0.8 else None


def told_in_like_words(pair: Pair) -> Answer | None:
    ours, theirs = _telling_words(pair.a), _telling_words(pair.b)
    shared = ours & theirs
    share = overlap(ours, theirs) if len(shared) >= 3 else 0.0
    return Answer(", ".join(sorted(shared)[:6]), min(1.0, 2 * share)) if share >= LIKE_WORDS else None


def copy_or_version(pair: Pair) -> Answer | None:
    if pair.a.report == pair.b.report:
        return None
    roots = [edition_root(one.report, pair.reports) for one in (pair.a, pair.b)]
    return Answer(f"both from {roots[0]}") if roots[0] == roots[1] else None


def same_report(pair: Pair) -> Answer | None:
    """A report that tells two incidents apart has its reasons."""
    return Answer("told apart by one report") if pair.a.report == pair.b.report else None


def _kinds_fit(a: str, b: str) -> bool:
    return any(a in kinds and b in kinds for kinds in _FITTING) or "other" in (a, b) or event_type_of(a) is None


def _days_note(pair: Pair) -> str:
    notes = []
    for when in (pair.a.when, pair.b.when):
        days = [day.isoformat() for day in when.candidates] or \
            [day.isoformat() for day in dict.fromkeys((when.earliest, when.latest)) if day]
        notes.append((" or " if when.candidates else " to ").join(days) or "?")
    return " / ".join(dict.fromkeys(notes))


def _groups(account: Account) -> set[str]:
    return {one.group for one in account.actors if one.group} | \
        {one.group for one in account.responsibility if one.group}


def _attacking_groups(account: Account) -> set[str]:
    return {one.group for one in account.actors if one.group and one.role == "attacker"}


def _targets(account: Account) -> frozenset[str]:
    """Words for the things attacked, less those of the place itself."""
    place = distinctive(" ".join(filter(None, (account.where.text, account.where.name))))
    return frozenset(word for target in account.targets for word in distinctive(target.text)) - place


def _surnames(account: Account, *, victims: bool = False) -> frozenset[str]:
    """The last names of the people in it, officials who only speak left out (they are no actors)."""
    people = [one for one in account.actors if not victims or one.role in ("victim", "intended target")]
    return frozenset(words[-1] for one in people if (words := tokens(one.person or "")))


def _counts(account: Account) -> set[tuple[str, int]]:
    return {(figure.effect, figure.value) for figure in account.figures
            if figure.value is not None and figure.value > 0 and figure.scope in ("incident", "part")}


def _contradicts(a: Figure, b: Figure) -> bool:
    at = a.as_of.latest
    return (a.effect == b.effect and a.scope == b.scope == "incident" and a.side == b.side and a.value != b.value
            and a.modifier == b.modifier == "exact" and at is not None and "T" in at and at == b.as_of.latest
            and bool(speaker_names(a) & speaker_names(b)))


@lru_cache(maxsize=8192)
def _words_of(quotes: str) -> frozenset[str]:
    return frozenset(tokens(quotes))


def _sentence_words(account: Account) -> frozenset[str]:
    return _words_of(" ".join(span.quote for span in account.evidence))


def _telling_words(account: Account) -> frozenset[str]:
    place = distinctive(fold(" ".join(filter(None, (account.where.text, account.where.name, account.where.admin1)))))
    return distinctive(" ".join([account.headline, *(span.quote for span in account.evidence)])) - place
