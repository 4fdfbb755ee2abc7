"""Our own labelled reports (training/own/reports.txt) as examples."""

from __future__ import annotations

import re
from collections.abc import Iterator

from training.examples import MANNERS, ROLES, Entity, Example
from training.own_reports import OwnReport, OwnSpan, load

MEASURED = 5                      # each fifth report is not trained on: it measures modern reports
WIDER = {"attacker": ("person", "attacker"), "organisation": ("organisation", "attacker")}
KIND_OF = {
    "suicide bomb": "bombing", "remote explosive/landmine/ied": "bombing", "grenade": "bombing", "air/drone strike": "bombing",
    "shelling/artillery/missile attack": "bombing", "chemical weapon": "bombing", "abduction/forced disappearance": "kidnapping",
    "armed clash": "clash", "attack": "attack", "mob violence": "attack", "sexual violence": "attack",
    "looting/property destruction": "robbery"}
MANNER_OF = {"attempted": "attempted", "foiled": "attempted", "threatened": "threatened", "planned": "threatened",
             "hypothetical": "threatened", "background": "background", "anniversary": "background", "legal": "legal"}
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*\s+)*[A-Z][\w'’.-]+$")


def own_examples() -> tuple[list[Example], list[Example]]:
    """Those to train on, and those to measure on; in lower case."""
    all_of = [_example(report) for report in load()]
    return ([one for at, one in enumerate(all_of) if at % MEASURED], [one for at, one in enumerate(all_of) if not at % MEASURED])


def _example(report: OwnReport) -> Example:
    entities = tuple(entity for span in report.spans for entity in _entities(report.text, span))
    kinds = {one.number: KIND_OF.get(one.kind, "other") for one in report.incidents}
    manners = {one.number: frozenset(MANNER_OF[told] for told in (one.status, one.told_as) if told in MANNER_OF)
               for one in report.incidents}
    return Example(report.id, "own", report.text.lower(), entities, frozenset(ROLES) - {"trigger"}, kinds,
                   report.tells_violence, manners, frozenset(MANNERS))


def _entities(text: str, span: OwnSpan) -> Iterator[Entity]:
    roles = WIDER.get(span.role, (span.role,))
    if span.role == "victim" and _NAME.match(text[span.start:span.end]):
        roles = ("victim_name", "victim")
    for role in roles:
        yield Entity(role, ((span.start, span.end),), True, frozenset(span.incidents))
