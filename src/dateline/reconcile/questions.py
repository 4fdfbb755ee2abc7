"""Questions about who did what to whom: the kind of attack, groups, targets, weapons, people and counts.

Every question looks at one pair and returns an Answer with a note for the desk, or None for no. `reasons.py` says what
each answer is worth. Places, days and words have modules of their own.
"""

from __future__ import annotations

from dateline.reconcile.pair import Answer, Pair
from dateline.reconcile.ranks import speaker_names
from dateline.records import Figure
from dateline.records.kinds import event_type_of

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


def same_kind(pair: Pair) -> Answer | None:
    """Of their acts too: a car bomb, then a raid. "Attack" is said of every kind."""
    shared = pair.ours.kinds & pair.theirs.kinds
    if pair.a.kind != pair.b.kind:
        shared = shared - {"attack"}
    return Answer(", ".join(sorted(shared))) if shared else None


def kinds_that_fit(pair: Pair) -> Answer | None:
    fits = same_kind(pair) is None and _kinds_fit(pair.a.kind, pair.b.kind)
    return Answer(f"{pair.a.kind} / {pair.b.kind}") if fits else None


def another_kind(pair: Pair) -> Answer | None:
    differs = same_kind(pair) is None and not _kinds_fit(pair.a.kind, pair.b.kind)
    return Answer(f"{pair.a.kind} / {pair.b.kind}") if differs else None


def shares_a_group(pair: Pair) -> Answer | None:
    shared = pair.ours.groups & pair.theirs.groups
    return Answer(", ".join(sorted(shared))) if shared else None


def other_groups_attacked(pair: Pair) -> Answer | None:
    """Reports may blame different groups for one attack, so this says little."""
    ours, theirs = (facts.attackers for facts in (pair.ours, pair.theirs))
    return Answer(f"{', '.join(sorted(ours))} / {', '.join(sorted(theirs))}") if ours and theirs and not ours & theirs \
        else None


def claimed_by_other_groups(pair: Pair) -> Answer | None:
    """A group claims its own attack; that two claim one is rare, and then each report mostly tells of both."""
    ours, theirs = pair.ours.claimed, pair.theirs.claimed
    return Answer(f"{', '.join(sorted(ours))} / {', '.join(sorted(theirs))}") if ours and theirs and not ours & theirs \
        else None


def shares_a_target(pair: Pair) -> Answer | None:
    shared = pair.ours.targets & pair.theirs.targets
    return Answer(", ".join(sorted(shared))) if shared else None


def other_targets(pair: Pair) -> Answer | None:
    ours, theirs = pair.ours.targets, pair.theirs.targets
    return Answer(f"{', '.join(sorted(ours))} / {', '.join(sorted(theirs))}") if ours and theirs and not ours & theirs \
        else None


def same_weapon(pair: Pair) -> Answer | None:
    shared = pair.ours.weapons & pair.theirs.weapons
    return Answer(", ".join(sorted(shared))) if shared else None


def names_the_same_person(pair: Pair) -> Answer | None:
    shared = pair.ours.people & pair.theirs.people
    return Answer(", ".join(sorted(shared))) if shared else None


def names_other_victims(pair: Pair) -> Answer | None:
    """Of several dead two reports may name different ones, so it says less where the reports are alike."""
    ours, theirs = (facts.victims for facts in (pair.ours, pair.theirs))
    if not ours or not theirs or ours & theirs:
        return None
    return Answer(f"{', '.join(sorted(ours))} / {', '.join(sorted(theirs))}", pair.doubt)


def gives_the_same_count(pair: Pair) -> Answer | None:
    """A count that both give. A high one is seldom a coincidence, one or two dead often are."""
    shared = pair.ours.counts & pair.theirs.counts
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


def any_two(pair: Pair) -> Answer | None:
    """Most accounts that are compared are of two incidents."""
    return Answer("")


def same_report(pair: Pair) -> Answer | None:
    """A report that tells two incidents apart has its reasons."""
    return Answer("told apart by one report") if pair.is_one_report else None


def _kinds_fit(a: str, b: str) -> bool:
    return any(a in kinds and b in kinds for kinds in _FITTING) or "other" in (a, b) or event_type_of(a) is None


def _contradicts(a: Figure, b: Figure) -> bool:
    at = a.as_of.latest
    return (a.effect == b.effect and a.scope == b.scope == "incident" and a.side == b.side and a.value != b.value
            and a.modifier == b.modifier == "exact" and at is not None and "T" in at and at == b.as_of.latest
            and bool(speaker_names(a) & speaker_names(b)))
