"""muc4-roles: perpetrators, targets, victims and weapons of MUC-4 reports as entities (CEAF-REE).

How our record is told in MUC's words, since the two count different things:
- What MUC takes for terrorism counts, whether it happened, is alleged, was attempted, foiled or threatened. A clash of
  armed sides counts only where it hits things or civilians (spec/template-doc-part1.v7, 1.0); arrests, accords and
  peaceful protest do not. Roles are merged over the incidents of a report, as in the gold.
- PerpInd is who did it as people ("guerrillas", a name); PerpOrg the organisation. One actor may give both:
  "FMLN guerrillas" of the FMLN. A force of the state named as a body ("army") is an organisation, its people are not.
- Victim holds names only: the gold has no victim that its text does not name.
- One armed group is one entity whatever it is called; otherwise the same words are the same entity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bench.core import SHARED, Bench, Request, Result, load_lines, shorten
from bench.scores import Entity, Tally, ceaf_ree, entity
from dateline.records import Account, Actor, Target, Weapon
from dateline.records.kinds import event_type_of

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
STATUSES = {"happened", "alleged", "attempted", "foiled", "threatened"}
EVENT_TYPES = {"Riots", "Explosions/Remote violence", "Violence against civilians"}
KINDS = {"looting/property destruction", "disrupted weapons use"}       # beside all kinds of EVENT_TYPES
BODIES = {"army", "battalion", "brigade", "force", "forces", "government", "guard", "intelligence", "junta", "military",
          "navy", "police", "regime"}
SUFFERING = {"victim", "intended target"}
# Below this likelihood MUC's key seldom lists a party; chosen on 100 reports of MUC-4's train part that the model has not seen.
LEAST = {"attacker": 0.05, "victim": 0.1, "target": 0.05, "weapon": 0.05}
LEAST_INCIDENT = 0.15             # and seldom has a template; how it was chosen: the reader's card
PUBLISHED = {"GRIT (Du et al. 2021), test TST3 + TST4": {"f1": 54.50}}

Roles = Mapping[str, Sequence[Entity]]


def narrowed(accounts: Iterable[Account]) -> list[Account]:
    """The accounts that MUC would make a template of, with the parties that its annotators would list.

    Our record keeps all accounts and parties that rules find, with how likely the model finds each (`likely`), and the model was
    taught what MUC lists.
    """
    return [one for account in accounts if counts(one := of_likely_parties(account))
            and (one.likely is None or one.likely >= LEAST_INCIDENT)]


def of_likely_parties(account: Account) -> Account:
    """`account` without the parties that the model finds unlikely. Groups of the register and states stay, whatever it says."""
    return replace(
        account, actors=tuple(a for a in account.actors if a.group or a.country or _is_likely(a, "victim" if a.role in SUFFERING
                                                                                               and a.person else a.role)),
        targets=tuple(t for t in account.targets if _is_likely(t, "target")),
        weapons=tuple(w for w in account.weapons if _is_likely(w, "weapon")))


def _is_likely(part: Actor | Target | Weapon, role: str) -> bool:
    return part.likely is None or part.likely >= LEAST.get(role, 0.0)


def counts(account: Account) -> bool:
    """Whether MUC would make a template of it."""
    event_type = event_type_of(account.kind)
    of_kind = account.kind in KINDS or event_type in EVENT_TYPES or (event_type == "Battles" and _hits_others(account))
    return of_kind and account.status in STATUSES and account.told_as != "other"


def roles_of(accounts: Iterable[Account]) -> Roles:
    """The role fillers of one report as entities, each once."""
    return fillers_of(narrowed(accounts))


def fillers_of(accounts: Iterable[Account]) -> Roles:
    """`roles_of` accounts that are narrowed already."""
    found: dict[str, dict[str, Entity]] = defaultdict(dict)    # role -> what makes it one -> entity
    for account in accounts:
        for actor in account.actors:
            if actor.role == "attacker":
                _add_perpetrator(found, actor)
            elif actor.role in {"victim", "intended target"} and actor.person:
                _add(found, "Victim", actor.person)
        for target in account.targets:
            _add(found, "Target", target.text)
        for weapon in account.weapons:
            _add(found, "Weapon", weapon.text)
    return {role: list(found[role].values()) for role in ROLES}


def score(predicted: Sequence[Roles], gold: Sequence[Roles]) -> dict[str, Tally]:
    """One tally a role, over all reports."""
    return {role: sum((ceaf_ree(p[role], g[role]).tally for p, g in zip(predicted, gold, strict=True)), Tally())
            for role in ROLES}


def figures_of(tallies: Mapping[str, Tally]) -> dict[str, float]:
    total = sum(tallies.values(), Tally())
    by_role = {f"f1.{role}": tally.f1 for role, tally in tallies.items()}
    return {"precision": total.precision, "recall": total.recall, "f1": total.f1, **by_role}


def run(request: Request) -> Result:
    rows = load_lines(request.data)[: request.limit]
    predicted = _predict(rows)
    gold = [gold_roles(row["extracts"]) for row in rows]
    names = [row["docid"] for row in rows]
    return Result(len(rows), figures_of(score(predicted, gold)), PUBLISHED, _errors(names, predicted, gold))


def _predict(rows: Sequence[Mapping[str, Any]]) -> list[Roles]:
    from bench.reading import a_report, extracted

    reports = [a_report(row["docid"], row["doctext"]) for row in rows]
    return [roles_of(extraction.accounts) for _, extraction in extracted(reports)]


def gold_roles(extracts: Mapping[str, Sequence[Sequence[tuple[str, int]]]]) -> Roles:
    """The gold of one report: each entity's mentions are [string, offset]."""
    return {role: [entity(*(words for words, _ in mentions)) for mentions in extracts[role]] for role in ROLES}


def perpetrator_of(actor: Actor) -> tuple[str | None, str | None]:
    """An attacker as people (or one by name) and as an organisation; either may be missing."""
    organisation = actor.organisation or (actor.text if _names_a_body(actor) else None)
    if actor.person:
        return actor.person, organisation
    same = organisation is not None and entity(organisation) == entity(actor.text)
    return (None if same else actor.text), organisation


def _add_perpetrator(found: dict[str, dict[str, Entity]], actor: Actor) -> None:
    individual, organisation = perpetrator_of(actor)
    if organisation:
        _add(found, "PerpOrg", organisation, one=actor.group)
    if individual:
        _add(found, "PerpInd", individual)


def _hits_others(account: Account) -> bool:
    return bool(account.targets) or any(figure.side == "civilians" for figure in account.figures)


def _names_a_body(actor: Actor) -> bool:
    """Whether its words, no person's, name an armed group or a force of the state (ACLED 1), not their people."""
    last_word = actor.text.lower().split()[-1:]
    return not actor.person and (actor.group is not None or (actor.type == 1 and BODIES.issuperset(last_word)))


def _add(found: dict[str, dict[str, Entity]], role: str, words: str, one: str | None = None) -> None:
    """Keep `words` as a filler of `role` unless the same was found before. one: id of the group that it names."""
    filler = entity(words)
    if filler and filler not in found[role].values():
        found[role].setdefault(one or min(filler), filler)


def _errors(names: Sequence[str], predicted: Sequence[Roles], gold: Sequence[Roles]) -> tuple[str, ...]:
    lines = []
    for role in ROLES:
        for name, p, g in zip(names, predicted, gold, strict=True):
            pairs = ceaf_ree(p[role], g[role]).pairs
            taken, met = {i for i, _ in pairs}, {j for _, j in pairs}
            lines += [_line("spurious", role, name, e) for i, e in enumerate(p[role]) if i not in taken]
            lines += [_line("missed", role, name, e) for j, e in enumerate(g[role]) if j not in met]
    return tuple(sorted(lines, key=lambda line: line.split()[:2]))


def _line(what: str, role: str, name: str, of: Entity) -> str:
    return f"{what:8} {role:7} {name:16} {shorten(' / '.join(sorted(of, key=len)), 62)}"


BENCHES = {"muc4-roles": Bench("muc4-roles", SHARED / "bench/muc4/roles-dev.jsonl.gz", "reports", run)}
