"""The sides of an incident as ACLED, UCDP and PLOVER tell them: who did it and to whom, each as one party, never as a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.publish.export.cells import WITHHELD, text
from dateline.publish.export.countries import country_name
from dateline.publish.export.item import Item
from dateline.reconcile.ranks import parties_of
from dateline.reconcile.words import word_set, words_of
from dateline.records import Actor
from dateline.records.account import Certainty
from dateline.records.kinds import event_type_of

STATE, REBEL, POLITICAL, COMMUNAL, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = range(1, 9)
INTER = {
    STATE: "State forces", REBEL: "Rebel group", POLITICAL: "Political militia", COMMUNAL: "Identity militia",
    RIOTERS: "Rioters", PROTESTERS: "Protesters", CIVILIANS: "Civilians", EXTERNAL: "External/Other forces",
}
ARMED = frozenset({STATE, REBEL, POLITICAL, COMMUNAL, EXTERNAL})
UNARMED = frozenset({PROTESTERS, CIVILIANS})
POLICE = word_set("police policeman policemen policewoman officer officers gendarme gendarmes gendarmerie constable constables")
OFFICE = word_set("official officials minister ministers mayor governor judge judges prosecutor president lawmaker lawmakers "
                  "councillor deputy ambassador government")
# What ACLED names beside civilians, from what the record marks as affected.
AMONG = {"aid worker": "Aid Workers", "health": "Health Workers", "journalist": "Journalists", "women": "Women"}


@dataclass(frozen=True, slots=True)
class Party:
    """One side. type: ACLED's 1-8; named: whether the record tells which group, army or body it is."""

    name: str                     # as ACLED writes it
    type: int
    country: str | None           # ISO 3166 alpha-2: of a state's forces its state, else where it was
    group: str | None             # id of a known armed group
    named: bool
    certainty: Certainty
    text: str | None              # as written
    person: bool = False          # a single person stands for it

    @property
    def is_state(self) -> bool:
        return self.type == STATE or (self.type == EXTERNAL and self.country is not None and self.named)


@dataclass(frozen=True, slots=True)
class Sides:
    """first: who acts; second: who suffers, or the other side of a fight; each led by its main party. with_: allies of each."""

    first: Party | None
    second: Party | None
    with_first: tuple[Party, ...] = ()
    with_second: tuple[Party, ...] = ()


def unidentified(country: str | None) -> Party:
    """Armed people of whom nobody knows whose they are."""
    return Party(f"Unidentified Armed Group ({_at(country)})", POLITICAL, country, None, False, "unknown", None)


def civilians(country: str | None) -> Party:
    return Party(f"Civilians ({_at(country)})", CIVILIANS, country, None, True, "stated", None)


def sides_of(item: Item) -> Sides:
    """The sides of an incident by its kind, as ACLED orders them; those that the rule for who did it sets aside are none."""
    incident = item.incident
    attackers = _parties(item, {"attacker"})
    between = _parties(item, {"side"})
    allies = _parties(item, {"ally"})
    harmed = _parties(item, {"intended target", "victim"})
    country, event = incident.where.country, event_type_of(incident.kind)
    if event == "Battles":
        return _battle(attackers, between, harmed, allies, country)
    if event in ("Protests", "Riots"):
        return _crowd([*attackers, *between, *harmed], country, RIOTERS if event == "Riots" else PROTESTERS)
    if event == "Strategic developments":
        both = _distinct([*attackers, *between, *harmed])
        return Sides(*_two(both), tuple(allies))
    first = attackers or between[:1] or [unidentified(country)]
    others = _without([*harmed, *between[1:]], first)
    leading = sorted(others, key=lambda party: party.type in UNARMED)     # an attack on soldiers that kills passers-by too
    if event == "Violence against civilians" and not leading:
        leading = [civilians(country)]
    return Sides(first[0], leading[0] if leading else None, (*first[1:], *allies), tuple(leading[1:]))


def _battle(attackers: Sequence[Party], between: Sequence[Party], harmed: Sequence[Party], allies: Sequence[Party],
            country: str | None) -> Sides:
    """Two armed sides. A state's forces and those who fight a state are put on two sides; who else was there goes with them."""
    fighting = [party for party in _distinct([*attackers, *between, *harmed]) if party.type in ARMED]
    first = fighting[0] if fighting else unidentified(country)
    other = next((party for party in fighting[1:] if party.is_state != first.is_state), None) or next(iter(fighting[1:]), None)
    second = other or unidentified(country)
    rest = [party for party in [*fighting[1:], *allies] if party not in (first, second)]
    bystanders = tuple(party for party in harmed if party.type in UNARMED)
    return Sides(first, second, tuple(party for party in rest if party.is_state == first.is_state),
                 (*(party for party in rest if party.is_state != first.is_state), *bystanders))


def _crowd(parties: Sequence[Party], country: str | None, kind: int) -> Sides:
    """The crowd first, then who met it."""
    names = {RIOTERS: "Rioters", PROTESTERS: "Protesters"}
    crowd = next((party for party in parties if party.type == kind), None) or Party(
        f"{names[kind]} ({_at(country)})", kind, country, None, True, "stated", None)
    others = _without([party for party in parties if party.type != kind], [crowd])
    armed_first = sorted(others, key=lambda party: party.type not in ARMED)
    return Sides(crowd, armed_first[0] if armed_first else None, (), tuple(armed_first[1:]))


def _parties(item: Item, roles: set[str]) -> list[Party]:
    aside = {one.of for one in item.incident.attribution.set_aside} if item.incident.attribution else set()
    counted = {one.of for one in item.incident.attribution.by} if item.incident.attribution else set()
    actors = [actor for actor in item.incident.actors if actor.role in roles
              and not (actor.role == "attacker" and parties_of(actor) & (aside - counted))]
    found = _distinct(_party(actor, item) for actor in actors)
    if any(party.named for party in found):                  # "gunmen" beside the group whose gunmen they are
        found = [party for party in found if party.named or party.type in UNARMED | {RIOTERS}]
    return found


def _party(actor: Actor, item: Item) -> Party:
    incident = item.incident
    here = incident.where.country
    kind = actor.type or item.known.group_type(actor.group, here, incident.when.best) or (
        POLITICAL if actor.role in ("attacker", "side", "ally") else CIVILIANS)
    country = actor.country or here
    if kind == STATE and actor.country and here and actor.country != here:
        kind = EXTERNAL                                      # an army outside its own country
    name, named = _name(actor, kind, country, item)
    return Party(name, kind, country if kind != EXTERNAL else actor.country, actor.group, named, actor.certainty,
                 text(actor.text), actor.person is not None)


def _name(actor: Actor, kind: int, country: str | None, item: Item) -> tuple[str, bool]:
    """The name as ACLED writes it, without the years of a state's rulers, which the record does not hold."""
    if actor.group and kind not in UNARMED:
        return item.known.group_name(actor.group), True
    if kind in (CIVILIANS, PROTESTERS, RIOTERS):
        return f"{INTER[kind]} ({_at(country)})", True
    body = text(actor.organisation)
    body = None if body and WITHHELD in body else body
    if kind == STATE or (kind == EXTERNAL and actor.country):
        words = set(words_of(f"{actor.text} {actor.organisation or ''}"))
        what = "Police Forces" if words & POLICE else "Government" if words & OFFICE else "Military Forces"
        return (f"{what} of {_at(country)}", True) if country else (body or "Unidentified Military Forces", body is not None)
    if body:
        return body, True
    if kind == EXTERNAL:
        return "Unidentified Military Forces", False
    return (f"Unidentified Communal Militia ({_at(country)})" if kind == COMMUNAL else unidentified(country).name), False


def among_civilians(item: Item, country: str | None) -> list[str]:
    """Groups of civilians that ACLED names beside them: "Aid Workers (Afghanistan)"."""
    kinds = dict.fromkeys(one.kind for one in item.incident.affected)
    return [f"{AMONG[kind]} ({_at(country)})" for kind in kinds if kind in AMONG]


def _at(country: str | None) -> str:
    return country_name(country) or "International"


def _two(parties: Sequence[Party]) -> tuple[Party | None, Party | None]:
    return (parties[0] if parties else None), (parties[1] if len(parties) > 1 else None)


def _distinct(parties: Iterable[Party]) -> list[Party]:
    kept: dict[str, Party] = {}
    for party in parties:
        kept.setdefault(party.name, party)
    return list(kept.values())


def _without(parties: Iterable[Party], others: Sequence[Party]) -> list[Party]:
    names = {party.name for party in others}
    return [party for party in _distinct(parties) if party.name not in names]
