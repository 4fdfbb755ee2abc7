"""The tables that CSV, XLSX and Parquet have in common: columns with their form, meaning, and where each value comes from.

`docs/exports.md` lists them all; a test holds it to this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from dateline.publish.export.cells import text
from dateline.publish.export.countries import country_name
from dateline.publish.export.item import Item
from dateline.publish.origins import doubted
from dateline.publish.safe import plain
from dateline.publish.words import toll_words, where_words
from dateline.records import Actor, Figure, Incident, Joined, Responsibility, Target, Toll, Weapon
from dateline.records.incident import Attributed, HeldValue
from dateline.records.kinds import event_type_of

Form = Literal["id", "text", "int", "float", "day", "time", "list", "flag"]


@dataclass(frozen=True, slots=True)
class Column:
    """of: a row's value, made of the incident and of what the row is about (None: the incident itself)."""

    name: str
    form: Form
    of: Callable[[Item, Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """name: of the sheet or file; each: what its rows are about."""

    name: str
    columns: tuple[Column, ...]
    each: Callable[[Item], Iterator[Any]]

    def rows(self, item: Item) -> Iterator[list[Any]]:
        """The rows of one incident: str, int, float, bool, date, datetime, tuple of str, or None, as the columns' forms say."""
        for one in self.each(item):
            yield [column.of(item, one) for column in self.columns]


def _of(name: str, form: Form, get: Callable[[Incident], Any]) -> Column:
    """A column of the incident itself."""
    words = form in ("text", "id")
    return Column(name, form, lambda item, _: text(get(item.incident)) if words else get(item.incident))


def _each(name: str, form: Form, get: Callable[[Any], Any]) -> Column:
    """A column of what the row is about."""
    words = form in ("text", "id")
    return Column(name, form, lambda _, one: text(get(one)) if words else get(one))


ID = (Column("incident_id", "id", lambda item, _: item.incident.id), Column("revision", "id", lambda item, _: item.revision))


def _toll_columns(effect: str) -> tuple[Column, ...]:
    def toll_of(incident: Incident) -> Toll:
        found: Toll = getattr(incident.toll, effect)
        return found

    return (
        _of(f"{effect}_low", "int", lambda i: toll_of(i).low), _of(f"{effect}_best", "int", lambda i: toll_of(i).best),
        _of(f"{effect}_high", "int", lambda i: toll_of(i).high), _of(f"{effect}_words", "text", lambda i: toll_words(toll_of(i))))


def _civilians(bound: str) -> Callable[[Incident], int | None]:
    def of(incident: Incident) -> int | None:
        found: int | None = next((getattr(part, bound) for part in incident.toll.killed.by_side if part.of == "civilians"), None)
        return found

    return of


def _names(item: Item, roles: set[str]) -> tuple[str, ...]:
    """Who: the group's name, the body as written, or the words; with how surely where it is not stated."""
    return tuple(dict.fromkeys(name for actor in item.incident.actors if actor.role in roles
                               if (name := _actor_words(actor, item)) is not None))


def _actor_words(actor: Actor, item: Item) -> str | None:
    name = item.known.group_name(actor.group) if actor.group else text(actor.organisation or actor.text)
    return name if not name or actor.certainty == "stated" else f"{name} ({actor.certainty})"


def _doubted_words(party: Actor | Target | Weapon) -> str:
    """ "hooded riders (attacker, 0.04)": what the reader doubts, as which, and how likely it finds it."""
    role = party.role if isinstance(party, Actor) else "target" if isinstance(party, Target) else "weapon"
    return f"{(party.organisation if isinstance(party, Actor) else None) or party.text} ({role}, {party.likely or 0:.2f})"


def _tuple(values: Iterator[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(told for value in values if (told := text(value))))


def _done_by(incident: Incident) -> tuple[Attributed, ...]:
    return incident.attribution.by if incident.attribution is not None else ()


def _disagreements(incident: Incident) -> tuple[str, ...]:
    """ "killed: 12 (the mayor); ..." one a field."""
    return tuple(f"{one.field}: {', '.join(map(held_words, one.values))}" for one in incident.disagreements)


def held_words(value: HeldValue) -> str:
    """ "12 (the mayor, a hospital)" """
    return f"{plain(value.value)} ({', '.join(map(plain, value.holders))})"


INCIDENTS = Table("incidents", (
    *ID,
    _of("headline", "text", lambda i: i.headline),
    _of("event_type", "text", lambda i: event_type_of(i.kind)),
    _of("kind", "text", lambda i: i.kind),
    _of("status", "text", lambda i: i.status),
    _of("told_as", "text", lambda i: i.told_as),
    _of("nature", "text", lambda i: i.nature),
    _of("clarity", "text", lambda i: i.clarity),
    _of("review", "text", lambda i: i.review.state),
    _of("when_best", "day", lambda i: i.when.best),
    _of("when_earliest", "day", lambda i: i.when.earliest),
    _of("when_latest", "day", lambda i: i.when.latest),
    _of("when_candidates", "list", lambda i: tuple(map(date.isoformat, i.when.candidates))),
    _of("when_precision", "text", lambda i: i.when.precision),
    _of("when_start", "day", lambda i: i.when.start),
    _of("when_end", "day", lambda i: i.when.end),
    _of("ongoing", "flag", lambda i: i.when.ongoing),
    _of("time_of_day", "text", lambda i: i.when.time_of_day),
    _of("when_text", "text", lambda i: i.when.text),
    _of("place", "text", lambda i: i.where.name),
    _of("place_text", "text", lambda i: i.where.text),
    _of("place_words", "text", lambda i: where_words(i.where)),
    _of("place_kind", "text", lambda i: i.where.kind),
    _of("admin3", "text", lambda i: i.where.admin3),
    _of("admin2", "text", lambda i: i.where.admin2),
    _of("admin1", "text", lambda i: i.where.admin1),
    _of("country", "id", lambda i: i.where.country),
    _of("country_name", "text", lambda i: country_name(i.where.country)),
    _of("lat", "float", lambda i: i.where.lat),
    _of("lon", "float", lambda i: i.where.lon),
    _of("radius_km", "float", lambda i: i.where.radius_km),
    _of("location_precision", "int", lambda i: i.where.precision),
    _of("gazetteer_id", "id", lambda i: i.where.gazetteer_id),
    _of("unplaced", "text", lambda i: i.where.unplaced),
    Column("attackers", "list", lambda item, _: _names(item, {"attacker", "side"})),
    _of("attacker_groups", "list", lambda i: _tuple(a.group for a in i.actors if a.role in ("attacker", "side"))),
    Column("attacked", "list", lambda item, _: _names(item, {"intended target", "victim"})),
    Column("allies", "list", lambda item, _: _names(item, {"ally"})),
    _of("targets", "list", lambda i: _tuple(one.text for one in i.targets)),
    _of("weapons", "list", lambda i: _tuple(one.text for one in i.weapons)),
    _of("weapon_types", "list", lambda i: _tuple(one.type for one in i.weapons)),
    _of("doubted", "list", lambda i: _tuple(_doubted_words(one) for one in doubted((*i.actors, *i.targets, *i.weapons)))),
    _of("affected", "list", lambda i: _tuple(one.kind for one in i.affected)),
    *_toll_columns("killed"),
    _of("civilians_killed_low", "int", _civilians("low")),
    _of("civilians_killed_best", "int", _civilians("best")),
    _of("civilians_killed_high", "int", _civilians("high")),
    *_toll_columns("injured"),
    _of("toll_rule", "text", lambda i: i.toll.killed.rule),
    Column("done_by", "list", lambda item, _: tuple(
        f"{_party(one.of, one.name, item)} ({one.stance})" for one in _done_by(item.incident))),
    _of("attribution_rule", "text", lambda i: i.attribution.rule if i.attribution else None),
    _of("disagreements", "list", _disagreements),
    _of("related", "list", lambda i: tuple(f"{one.kind} {one.incident}" for one in i.related)),
    _of("reports", "int", lambda i: i.sources.reports),
    _of("stories", "int", lambda i: i.sources.stories),
    _of("origins", "int", lambda i: i.sources.origins),
    _of("origins_not_party", "int", lambda i: i.sources.origins_not_party),
    _of("outlets", "list", lambda i: _tuple(joined.report.outlet or joined.report.agency for joined in i.accounts)),
    _of("links", "list", lambda i: _tuple(joined.report.source for joined in i.accounts)),
    _of("changed_at", "time", lambda i: i.history[-1].at if i.history else None),
), lambda item: iter((None,)))


def _party(of: str, name: str, item: Item) -> str:
    group = item.known.group(of)
    return group.name if group is not None else plain(name)


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure or a claim of responsibility, with the account that tells it."""

    joined: Joined
    said: Any


def _figures(item: Item) -> Iterator[_Said]:
    return (_Said(joined, one) for joined in item.incident.accounts for one in joined.account.figures)


def _claims(item: Item) -> Iterator[_Said]:
    return (_Said(joined, one) for joined in item.incident.accounts for one in joined.account.responsibility)


def _lost_by(said: _Said) -> str | None:
    return next((actor.text for actor in said.joined.account.actors if actor.id == said.said.of), None)


def _figure(name: str, form: Form, get: Callable[[Figure], Any]) -> Column:
    return _each(name, form, lambda said: get(said.said))


def _claim(name: str, form: Form, get: Callable[[Responsibility], Any]) -> Column:
    return _each(name, form, lambda said: get(said.said))


TOLD_IN = (
    _each("account_id", "id", lambda said: said.joined.account.id),
    _each("report_id", "id", lambda said: said.joined.report.id),
    _each("outlet", "text", lambda said: said.joined.report.outlet or said.joined.report.agency),
)

FIGURES = Table("figures", (
    ID[0],
    _figure("figure_id", "id", lambda f: f.id),
    _figure("effect", "text", lambda f: f.effect),
    _figure("low", "int", lambda f: f.low),
    _figure("value", "int", lambda f: f.value),
    _figure("high", "int", lambda f: f.high),
    _figure("modifier", "text", lambda f: f.modifier),
    _figure("words", "text", lambda f: f.words),
    _figure("who", "text", lambda f: f.who),
    _figure("side", "text", lambda f: f.side),
    _each("lost_by", "text", _lost_by),
    _figure("scope", "text", lambda f: f.scope),
    _figure("part_of", "id", lambda f: f.part_of),
    _figure("includes_attackers", "flag", lambda f: f.includes_attackers),
    _figure("standing", "text", lambda f: f.standing),
    _figure("supersedes", "list", lambda f: f.supersedes),
    _figure("speaker", "text", lambda f: f.speaker),
    _figure("speaker_kinds", "list", lambda f: _tuple(one.kind for one in f.speakers)),
    _figure("speaker_parties", "list", lambda f: _tuple(one.party for one in f.speakers)),
    _figure("as_of_earliest", "text", lambda f: f.as_of.earliest),
    _figure("as_of_latest", "text", lambda f: f.as_of.latest),
    _figure("origin", "text", lambda f: f.origin),
    *TOLD_IN,
), _figures)

SOURCES = Table("sources", (
    ID[0],
    _each("account_id", "id", lambda j: j.account.id),
    _each("report_id", "id", lambda j: j.report.id),
    _each("outlet", "text", lambda j: j.report.outlet),
    _each("agency", "text", lambda j: j.report.agency),
    _each("title", "text", lambda j: j.report.title),
    _each("link", "text", lambda j: j.report.source),
    _each("published_at", "time", lambda j: j.report.published_at),
    _each("written_earliest", "day", lambda j: j.report.written_earliest),
    _each("written_latest", "day", lambda j: j.report.written_latest),
    _each("copy_of", "id", lambda j: j.report.copy_of),
    _each("version_of", "id", lambda j: j.report.version_of),
    _each("update_kind", "text", lambda j: j.report.update_kind),
    _each("status", "text", lambda j: j.account.status),
    _each("told_as", "text", lambda j: j.account.told_as),
    _each("origin", "text", lambda j: j.account.origin),
    _each("quote", "text", lambda j: " ".join(span.quote for span in j.account.evidence)),
), lambda item: iter(item.incident.accounts))

CLAIMS = Table("claims", (
    ID[0],
    _claim("stance", "text", lambda r: r.stance),
    _claim("group", "id", lambda r: r.group),
    Column("group_name", "text", lambda item, said: item.known.group_name(said.said.group) if said.said.group else None),
    _claim("text", "text", lambda r: r.text),
    _claim("speaker", "text", lambda r: r.speaker),
    _claim("as_of", "text", lambda r: r.as_of.latest),
    *TOLD_IN,
), _claims)

TABLES = (INCIDENTS, FIGURES, SOURCES, CLAIMS)
