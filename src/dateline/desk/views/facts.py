"""Rows of definitions that an incident's page shows: what, when, where, who, with the field that lights the words for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.publish.origins import origin_words, read_by_words
from dateline.publish.safe import plain
from dateline.publish.terminal import attackers_words
from dateline.publish.words import PRECISION, clock_words, part_bounds, toll_words, when_words, where_words
from dateline.records import Account, Actor, Affected, Incident, Target, Toll, Weapon
from dateline.records.incident import Attributed
from dateline.records.kinds import event_type_of

Name = Callable[[str | None], str]       # group id (or a side, or a person's words) -> its name
Extractors = Mapping[str, str | None]    # report -> the version that extracted it
Party = Actor | Target | Weapon


@dataclass(frozen=True, slots=True)
class Fact:
    """field: keys that light with it, with spaces between; "" where no words say it. read: who read it, a line each."""

    label: str
    words: str
    sub: str = ""
    field: str = ""
    read: tuple[str, ...] = ()


def held_facts(one: Incident, name: Name, extractors: Extractors, by_hand: Collection[str] = ()) -> list[Fact]:
    """What is held of the incident as a whole. by_hand: the fields that a person set for it, whatever its accounts tell."""
    attackers = [actor for actor in one.actors if actor.role in {"attacker", "side"}]
    version = _version(one, extractors)
    found = [
        Fact("When", when_words(one.when), _when_doubt(one), _fields(one, lambda account: [f"{account.id}-when"]),
             told_by(one, extractors, "when" in by_hand)),
        Fact("Where", plain(where_words(one.where)), _where_doubt(one), _fields(one, lambda account: [f"{account.id}-where"]),
             told_by(one, extractors, "where" in by_hand)),
        Fact("Attackers", plain(attackers_words(one)) or "nobody is named", "", _fields(one, _attackers),
             parties_read(attackers, version)),
    ]
    for label, prefix, things in (("Targets", "t", one.targets), ("Weapons", "w", one.weapons), ("Affected", "p", one.affected)):
        several = list(dict.fromkeys(plain(thing.text) for thing in things))
        kinds = list(dict.fromkeys(str(kind) for thing in things if (kind := _kind(thing))))
        if several:
            fields = " ".join(field for joined in one.accounts for field in _things(joined.account, prefix))
            parties = [thing for thing in things if not isinstance(thing, Affected)]
            found.append(Fact(label, "; ".join(several), ", ".join(kinds), fields, parties_read(parties, version)))
    for said in one.responsibility:
        who = plain(name(said.group)) if said.group else ""
        speaker = f" ({plain(said.speaker)})" if said.speaker else ""
        words = f"{said.stance.replace('_', ' ')}{f': {who}' if who else ''}{speaker}"
        found.append(Fact("Responsibility", words, f"\u201c{plain(said.text)}\u201d", _fields(one, _claims)))
    return found


def told_by(one: Incident, extractors: Extractors, by_hand: bool = False) -> tuple[str, ...]:
    """Who read day and place in the accounts of an incident: "read by a rule (rules-4)". by_hand: a person has set it since."""
    if by_hand:
        return ("set by a person",)
    read = dict.fromkeys(origin_words(joined.account.origin, extractors.get(joined.report.id)) for joined in one.accounts)
    return (f"read by {'; by '.join(read)}",) if read else ()


def parties_read(parties: Sequence[Party], version: str | None) -> tuple[str, ...]:
    """Who read each party, and how likely the reader finds it; in one line without their words where that is the same of all."""
    words = {plain(one.organisation or one.text if isinstance(one, Actor) else one.text): read_by_words(one, version)
             for one in reversed(parties)}
    if len(set(words.values())) < 2:
        return tuple(set(words.values()))
    return tuple(f"\u201c{party}\u201d {read}" for party, read in reversed(words.items()))


def _version(one: Incident, extractors: Extractors) -> str | None:
    """The version that read all reports of the incident; None where several did."""
    found = {extractors.get(joined.report.id) for joined in one.accounts}
    return found.pop() if len(found) == 1 else None


def attribution_facts(one: Incident, name: Name) -> list[Fact]:
    """Who did it by the rule in force, and who is named but not counted."""
    held = one.attribution
    if held is None or not (held.by or held.set_aside):
        return [Fact("Done by", "nobody is known to have")]
    counted = [Fact("Done by", _party(party, name), _said(party)) for party in held.by]
    aside = [Fact("Not counted", f"{_party(party, name)}: {plain(party.aside)}", _said(party)) for party in held.set_aside]
    return [*(counted or [Fact("Done by", "nobody is known to have")]), *aside]


def code_facts(one: Incident) -> list[Fact]:
    """What ACLED and UCDP would write."""
    codes = one.codes
    return [Fact("ACLED", f"{event_type_of(one.kind) or '-'}; time_precision {codes.time_precision or '-'}, "
                          f"geo_precision {codes.geo_precision or '-'}"),
            Fact("UCDP", f"date_prec {codes.date_prec or '-'}, where_prec {codes.where_prec or '-'}"),
            Fact("Nature, status", f"{one.nature}, {one.status}", f"told as {one.told_as}")]


def toll_box(toll: Toll, effect: str, explained: Mapping[str, str]) -> dict[str, Any]:
    """What templates/macros/facts.html draws of a toll. explained: rule -> what it does, in words."""
    return {"words": toll_words(toll), "low": toll.low, "best": toll.best, "high": toll.high, "effect": effect, "rule": toll.rule,
            "why": explained[toll.rule] if effect == "killed" else ""}


def sides_words(one: Incident, name: Name) -> str:
    """ "Of the killed: civilians at least 7; attackers 1"."""
    parts = []
    for effect, toll in (("killed", one.toll.killed), ("injured", one.toll.injured)):
        if any(part.of != "unknown" for part in toll.by_side):
            parts.append(f"Of the {effect}: " + "; ".join(f"{plain(name(part.of))} {part_bounds(part)}" for part in toll.by_side))
    return ". ".join(parts)


def _when_doubt(one: Incident) -> str:
    doubt = "" if one.when.best is not None and one.when.earliest == one.when.latest else f"known to the {one.when.precision}"
    told = "day not known" if one.when.precision == "unknown" else doubt
    return "; ".join(part for part in (told, plain(clock_words(one.when))) if part)


def _where_doubt(one: Incident) -> str:
    where = one.where
    if where.precision is None:
        return plain(where.unplaced)
    within = f"within {where.radius_km:.0f} km" if where.radius_km and where.precision > 1 else ""
    others = f"also called so: {'; '.join(map(plain, where.runners_up[:3]))}" if where.runners_up else ""
    return "; ".join(part for part in (PRECISION[where.precision], within, others) if part)


def _kind(thing: Target | Weapon | Affected) -> str | None:
    return thing.kind if isinstance(thing, Affected) else thing.type


def _party(party: Attributed, name: Name) -> str:
    found = name(party.of)
    return plain(found if found != party.of else party.name)


def _said(party: Attributed) -> str:
    said = f"{party.stance} by {', '.join(map(plain, party.holders))}" + (f", {party.as_of}" if party.as_of else "")
    return said + (f"; denied by {', '.join(map(plain, party.denied_by))}" if party.denied_by else "")


def _fields(one: Incident, of: Callable[[Account], list[str]]) -> str:
    return " ".join(field for joined in one.accounts for field in of(joined.account))


def _attackers(account: Account) -> list[str]:
    return [f"{account.id}-{actor.id}" for actor in account.actors if actor.role in {"attacker", "side"}]


def _claims(account: Account) -> list[str]:
    return [f"{account.id}-r{at}" for at, _ in enumerate(account.responsibility, 1)]


def _things(account: Account, prefix: str) -> list[str]:
    things = {"t": account.targets, "w": account.weapons, "p": account.affected}[prefix]
    return [f"{account.id}-{prefix}{at}" for at, _ in enumerate(things, 1)]


def changes_of(one: Incident) -> Iterator[dict[str, Any]]:
    """Lines of history, newest first, as templates/macros/facts.html prints them; undo is added by the page."""
    for line in reversed(one.history):
        yield {"at": line.at, "what": plain(line.what), "who": plain(line.who), "why": plain(line.why)}
