"""A made record as large as the desk must be fast on: python -m bench.desk_record PATH [--incidents 100000] [--figures 400000]

Incidents of ten years in forty countries, told by a few reports each, with tolls, groups, copies, disagreements, statements,
deleted ones, and words to search for. They are merged as a run merges them and written as the store writes them; which accounts
belong together is given, so nothing is judged, and what only reconciling looks up (rare words, keys, sketches) is not there.
The same seed and numbers give the same record.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.synthetic_world import Country, Town, World, a_person, a_world, some_words, words
from dateline.reconcile.merge import merge
from dateline.records import (
    Account,
    Actor,
    Affected,
    AsOf,
    Fetched,
    Figure,
    GroupStatement,
    Incident,
    Report,
    Responsibility,
    Sensitive,
    Span,
    Speaker,
    When,
    Where,
    Written,
)
from dateline.records.incident import Change, Review
from dateline.records.kinds import KINDS, headline
from dateline.store import open_record, rows, schema, search
from dateline.store.dialect import Database
from dateline.store.incident_rows import body_row, facet_rows, gone, incident_row, settled_figure_rows, span_rows

SEED = 5
FIRST, LAST = date(2014, 1, 1), date(2023, 12, 31)
AT_ONCE = 2_000                   # incidents written in one transaction
REPORTS = ((1, 70), (2, 20), (3, 7), (8, 3))         # of an incident, and how many of a hundred have so many
DELETED = 0.01                    # of incidents
STATEMENTS = 0.05                 # of reports say something about a group

KINDS_TOLD = {"shelling/artillery/missile attack": 22, "armed clash": 18, "attack": 18, "air/drone strike": 12,
              "remote explosive/landmine/ied": 10, "suicide bomb": 4, "abduction/forced disappearance": 7, "arrests": 3,
              "looting/property destruction": 4, "grenade": 1, "chemical weapon": 1}
NATURES = {"political": 80, "unknown": 10, "crime": 8, "accident": 2}
STATUSES = {"happened": 85, "alleged": 12, "attempted": 2, "foiled": 1}
REVIEWS = {"unreviewed": 85, "assigned": 3, "coded": 5, "query": 1, "approved": 5, "rejected": 1}
SPEAKERS: Sequence[tuple[str | None, str, bool]] = (
    (None, "other", False), ("police", "police", False), ("the health ministry", "official", False),
    ("a hospital official", "hospital", False), ("residents", "witness", False), ("the army", "military", True),
    ("a monitoring group", "monitor", False), ("the governor", "official", False))
SIDES = ("unknown", "unknown", "civilians", "civilians", "state forces", "armed group")
AFFECTED = ("school", "health", "aid worker", "journalist", "religious site", "women", "children", "displacement site")
LANGUAGES = {"en": 90, "fr": 5, "ar": 3, "es": 2}


@dataclass
class Batch:
    """Rows that wait to be written, by table."""

    of: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    seqs: Iterator[int] = field(default_factory=lambda: itertools.count(1))      # numbers of reports

    def add(self, table: sa.Table, *given: Mapping[str, Any]) -> None:
        self.of.setdefault(table.name, []).extend(map(dict, given))

    def write(self, database: Database) -> None:
        with database.writing() as connection:
            for table in schema.metadata.sorted_tables:
                if waiting := self.of.get(table.name):
                    names = dict.fromkeys(column.name for column in table.c)
                    database.fill(connection, table, [names | one for one in waiting])
            search.keep_words(connection, self.of.get("report", ()))
        self.of.clear()


def make_record(path: str | Path, incidents: int = 100_000, figures: int = 400_000, seed: int = SEED) -> None:
    """Make the record `path` (or a postgresql:// address), in which nothing may be yet, of so many incidents and about so many
    figures."""
    world, rng = a_world(seed), random.Random(seed)
    each = max(1, round(figures / incidents / sum(count * share / 100 for count, share in REPORTS)))
    batch = Batch()
    with open_record(path) as store:
        for first in range(1, incidents + 1, AT_ONCE):
            for number in range(first, min(first + AT_ONCE, incidents + 1)):
                _add(batch, number, world, each, rng)
            batch.write(store._database)
        with store._write() as connection:
            store._database.give_on(connection, {"report": next(batch.seqs)})
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("INSERT INTO report_words(report_words) VALUES ('optimize')")
        store._database.settle()


def _add(batch: Batch, number: int, world: World, figures: int, rng: random.Random) -> None:
    """Add an incident with all that tells it."""
    country, town = world.somewhere(rng)
    day = FIRST + timedelta(rng.randrange((LAST - FIRST).days + 1))
    scene = _scene(country, town, day, rng)
    told = [_told(scene, turn, number, figures, rng) for turn in range(_one_of(dict(REPORTS), rng))]
    reports = {report.id: report for report, _ in told}
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=2)
    state = _one_of(REVIEWS, rng)
    one = merge(rows.incident_id(number), [account for _, account in told], reports, review=Review(
        state, None, None if state == "unreviewed" else "coder", None if state == "unreviewed" else at),
        history=(Change(at, "made", "dateline", "told by a report"),))
    is_gone = rng.random() < DELETED
    seqs = {}
    for report, account in told:
        seqs[report.id] = next(batch.seqs)
        batch.add(schema.report, {"seq": seqs[report.id], **rows.report_row(
            report, extracted="failed" if rng.random() < 0.01 else "done", extractor="made", kept_at=at)})
        batch.add(schema.account, rows.account_row(account, 0) | {"reconciled": True})
        batch.add(schema.actor, *rows.actor_rows(account))
        if rng.random() < STATEMENTS:
            batch.add(schema.group_statement, rows.statement_row(_statement(report, country, rng)))
    _add_incident(batch, number, one, seqs, is_gone=is_gone)


def _add_incident(batch: Batch, number: int, one: Incident, seqs: Mapping[str, int], *, is_gone: bool) -> None:
    row = incident_row(one, number)
    batch.add(schema.incident, row | gone(row["changed_at"], number) if is_gone else row)
    batch.add(schema.incident_body, body_row(number, one))
    batch.add(schema.history, rows.history_row(number, 0, one.history[0]))
    batch.add(schema.figure, *settled_figure_rows(one.accounts))
    if not is_gone:
        batch.add(schema.membership, *(rows.membership_row(number, position, joined, None, seqs[joined.report.id])
                                       for position, joined in enumerate(one.accounts)))
        batch.add(schema.incident_facet, *facet_rows(number, one))
        batch.add(schema.incident_span, *span_rows(number, one))


@dataclass(frozen=True)
class Scene:
    """What is true of one incident, and how it is told."""

    country: Country
    kind: str
    nature: str
    status: str
    when: When
    where: Where
    day: date
    killed: int
    attacker: tuple[str, str] | None
    affected: tuple[str, ...]
    shelter: bool
    victim: str | None


def _scene(country: Country, town: Town, day: date, rng: random.Random) -> Scene:
    kind = _one_of(KINDS_TOLD, rng)
    assert kind in KINDS
    killed = rng.choice((0, 0, 1, 1, 2, 3, 5, rng.randint(0, 20), rng.randint(10, 300) if rng.random() < 0.1 else 4))
    return Scene(country, kind, _one_of(NATURES, rng), _one_of(STATUSES, rng), _when(day, rng), _where(town, rng), day, killed,
                 rng.choice(country.groups) if rng.random() < 0.7 else None,
                 tuple(rng.sample(AFFECTED, rng.choice((0, 0, 0, 1, 2)))), rng.random() < 0.005,
                 a_person(rng) if rng.random() < 0.1 else None)


def _when(day: date, rng: random.Random) -> When:
    """One day mostly; else a span, some days of several years, or nothing but the report's own day as the last."""
    sort = rng.random()
    given: dict[str, Any] = {"start": None, "end": None, "ongoing": False, "time_of_day": None, "text": "on that day",
                             "evidence": (Span(0, 4, "The "),)}
    if sort < 0.85:
        return When(earliest=day, latest=day, candidates=(), best=day, precision="day", **given)
    if sort < 0.93:
        return When(earliest=day, latest=day + timedelta(6), candidates=(), best=None, precision="week", **given)
    if sort < 0.97:
        days = tuple(date(year, day.month, min(day.day, 28)) for year in range(day.year - 2, day.year + 1))
        return When(earliest=days[0], latest=days[-1], candidates=days, best=None, precision="day", **given)
    return When(earliest=None, latest=day, candidates=(), best=None, precision="unknown", **given | {"text": None})


def _where(town: Town, rng: random.Random) -> Where:
    evidence = (Span(0, 4, "The "),)
    sort = rng.random()
    if sort < 0.04:
        return Where(None, None, None, town.country, None, None, None, None, None, None, 6, (), evidence)
    if sort < 0.06:
        return Where(town.name, None, None, None, None, None, None, None, None, None, None, (), evidence, "2 places fit")
    precision, kind, radius = rng.choices(((1, "city", 5.0), (2, "city", 25.0), (3, "admin2", 30.0), (4, "admin1", 90.0)),
                                          (70, 8, 12, 10))[0]
    return Where(town.name, town.name, kind, town.country, f"Province {town.admin1}", None, town.lat, town.lon, radius, town.id,
                 precision, (), evidence)


def _told(scene: Scene, turn: int, number: int, figures: int, rng: random.Random) -> tuple[Report, Account]:
    """The report number `turn` of the incident, with its account."""
    outlet, _ = rng.choice(words()["outlets"])
    written = scene.day + timedelta(rng.choice((0, 1, 1, 2)))
    place = scene.where.text or scene.country.name
    text = _text(scene, place, rng)
    name = "R" + hashlib.sha256(f"{number} {turn}".encode()).hexdigest()[:16]
    report = Report(
        id=name, source=f"made://{outlet.lower().replace(' ', '-')}/{number}-{turn}",
        fetched=Fetched(datetime(2024, 1, 1, tzinfo=UTC), "0" * 64), outlet=outlet, agency=None, byline=None,
        title=f"{headline(scene.kind, place)}: {scene.killed or 'none'} dead", language=_one_of(LANGUAGES, rng), dateline=None,
        published_at=datetime(written.year, written.month, written.day, rng.randrange(24), tzinfo=UTC), page_date=None,
        written=Written(written, written, (), "metadata"), text=text)
    return report, _account(scene, report, figures, rng)


def _text(scene: Scene, place: str, rng: random.Random) -> str:
    who = f"{scene.attacker[1]} said it was behind it." if scene.attacker else "Nobody said who was behind it."
    victim = f" Among the dead was {scene.victim}." if scene.victim else ""
    return (f"The {headline(scene.kind, place)} killed {scene.killed} people, {scene.country.name}'s police said. {who}{victim} "
            + " ".join(" ".join(some_words(rng, 8)).capitalize() + "." for _ in range(4)))


def _account(scene: Scene, report: Report, figures: int, rng: random.Random) -> Account:
    evidence = (Span(0, 4, report.text[:4]),)
    actors = [Actor("a1", "victim", "people", scene.victim, None, None, 7, scene.country.code, "stated", evidence)]
    claims: tuple[Responsibility, ...] = ()
    if scene.attacker:
        group, name = scene.attacker
        stance = rng.choice(("claimed", "blamed", "blamed"))
        actors.append(Actor("a2", "attacker", name, None, name, group, 3, None, stance, evidence))
        claims = (Responsibility(stance, name, group, "police", AsOf(None, None), evidence),)
    sensitive = (Sensitive("shelter", evidence),) if scene.shelter else ()
    return Account(
        id="A" + hashlib.sha256(report.id.encode()).hexdigest()[:16], report=report.id, kind=scene.kind, acts=(scene.kind,),
        status=scene.status, told_as="news", nature=scene.nature,  # type: ignore[arg-type]  # chosen from the words of the record
        headline=headline(scene.kind, scene.where.name or scene.where.text), when=scene.when, where=scene.where,
        actors=tuple(actors), targets=(), weapons=(), affected=tuple(Affected(kind, kind, evidence) for kind in scene.affected),
        figures=tuple(_figure(scene, at, evidence, rng) for at in range(figures)), responsibility=claims, occurrence=(),
        sensitive=sensitive, evidence=evidence, main=True)


def _figure(scene: Scene, at: int, evidence: tuple[Span, ...], rng: random.Random) -> Figure:
    """The first counts the dead, the second the injured, others of other things or of people elsewhere."""
    effect = ("killed", "injured", rng.choice(("arrested", "displaced", "missing", "abducted")))[min(at, 2)]
    count = max(0, scene.killed + rng.choice((0, 0, 0, 0, 1, -1, 2))) if at == 0 else rng.randint(1, 60)
    low, high, modifier = rng.choices(((count, count, "exact"), (count, None, "at_least"), (None, None, "word")), (80, 17, 3))[0]
    name, kind, is_party = rng.choice(SPEAKERS)
    party = f"state:{scene.country.code}" if is_party else None
    who = (Speaker(name, None, None, name, kind, party),) if name else ()  # type: ignore[arg-type]  # from SPEAKERS
    return Figure(
        id=f"f{at + 1}", effect=effect, who="people", of=None, side=rng.choice(SIDES), low=low,  # type: ignore[arg-type]
        high=high, value=count if modifier != "word" else None, modifier=modifier, words=str(count),  # type: ignore[arg-type]
        scope="incident", part_of=None, includes_attackers=None, standing="stands", supersedes=(), speaker=name, speakers=who,
        as_of=AsOf(None, None), evidence=evidence)


def _statement(report: Report, country: Country, rng: random.Random) -> GroupStatement:
    group, name = rng.choice(country.groups)
    evidence = (Span(0, 4, report.text[:4]),)
    day = report.written.day.isoformat() if report.written.day else None
    number = rng.randint(100, 5000)
    attribute, value = rng.choice((
        ("strength", {"low": number, "high": number, "value": number, "modifier": "about", "unit": "fighters",
                      "words": str(number)}),
        ("aim", {"text": "to rule", "when": None}),
        ("leader", {"name": a_person(rng), "since": None, "until": None, "fate": None})))
    return GroupStatement(f"G{report.id[1:]}", report.id, group, name, attribute, value,  # type: ignore[arg-type]
                          AsOf(day, day), "police", evidence)


def _one_of(weighted: Mapping[Any, int], rng: random.Random) -> Any:
    return rng.choices(list(weighted), list(weighted.values()))[0]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.desk_record", description="Makes a record for measuring the desk.")
    parser.add_argument("path", type=Path, help="of the new record")
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--figures", type=int, default=None, help="four an incident, unless told")
    args = parser.parse_args(argv)
    if args.path.exists():
        print(f"bench.desk_record: {args.path} is there already; name a new file", file=sys.stderr)
        return 2
    began = time.perf_counter()
    make_record(args.path, args.incidents, args.figures or 4 * args.incidents)
    megabytes = args.path.stat().st_size / 1e6
    print(f"{args.path}: {args.incidents:,} incidents, {megabytes:.0f} MB, {time.perf_counter() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
