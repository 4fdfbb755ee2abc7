"""muc4-templates: whole templates of five roles and an incident type, predicted for a report and aligned with those of the key.

How it is scored (../shared/bench/muc4/README.md; Du, Rush and Cardie 2021): predicted templates are matched one to one with gold
ones of the same incident type so that the report's score is best; within a pair the entities of each role as in CEAF-REE; the
incident type counts as a slot, and all of a spurious or missing template counts. A gold "attack / bombing" is either.

Each account that MUC-4 would make a template of is one (`muc4_roles.counts`), its roles as muc4_roles.py tells them, its type as
muc4_incidents.py does; roles that a type does not have (things of a kidnapping, instruments of arson) are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

from bench.core import SHARED, Bench, Request, Result, load_lines, shorten
from bench.muc4_incidents import has_instruments, has_things, incident_type
from bench.muc4_roles import ROLES, Roles, fillers_of, gold_roles, narrowed
from bench.scores import Entity, Tally, ceaf_ree
from dateline.records import Account

PUBLISHED = {"GTT (Du et al. 2021), test TST3 + TST4": {"f1": 50.23}}


@dataclass(frozen=True, slots=True)
class Template:
    """One incident. types: in small letters; those that are right, of a gold one."""

    types: frozenset[str]
    roles: Roles

    @property
    def size(self) -> int:
        """Its slots: the type and each entity."""
        return 1 + sum(len(entities) for entities in self.roles.values())


@dataclass(frozen=True, slots=True)
class Matched:
    """One report: pairs of places in predicted and gold, and what all of both scored."""

    pairs: tuple[tuple[int, int], ...]
    tally: Tally


def run(request: Request) -> Result:
    from bench.reading import articles, extracted

    rows = load_lines(request.data)[: request.limit]
    reports = articles((row["docid"], row["doctext"]) for row in rows)
    told = {report.source: templates_of(extraction.accounts) for report, extraction in extracted(filter(None, reports))}
    names = [row["docid"] for row in rows]
    predicted = [told.get(name, []) for name in names]
    gold = [gold_templates(row["templates"]) for row in rows]
    matched = [match(p, g) for p, g in zip(predicted, gold, strict=True)]
    total = sum((one.tally for one in matched), Tally())
    figures = {"precision": total.precision, "recall": total.recall, "f1": total.f1}
    return Result(len(rows), figures, PUBLISHED, _errors(names, predicted, gold, matched))


def templates_of(accounts: Iterable[Account]) -> list[Template]:
    """The templates of one report."""
    return [template_of(account) for account in narrowed(accounts)]


def gold_templates(rows: Iterable[Mapping[str, Any]]) -> list[Template]:
    """The gold of one report, as `templates` of the data lists it."""
    return [Template(frozenset(part.strip() for part in row["incident_type"].split("/")), gold_roles(row)) for row in rows]


def match(predicted: Sequence[Template], gold: Sequence[Template]) -> Matched:
    """The best one-to-one alignment of templates that have a type in common."""
    worth = np.array([[_right(p, g) for g in gold] for p in predicted], dtype=float).reshape(len(predicted), len(gold))
    rows, columns = linear_sum_assignment(worth, maximize=True)
    pairs = tuple((int(p), int(g)) for p, g in zip(rows, columns, strict=True) if worth[p, g])
    right = sum(int(worth[pair]) for pair in pairs)
    return Matched(pairs, Tally(right, sum(p.size for p in predicted), sum(g.size for g in gold)))


def _right(predicted: Template, gold: Template) -> int:
    """The slots of the predicted template that are right, its type among them; 0 where the types differ."""
    if not predicted.types & gold.types:
        return 0
    return 1 + sum(ceaf_ree(predicted.roles[role], gold.roles[role]).tally.right for role in ROLES)


def template_of(account: Account) -> Template:
    """The template of an account that is narrowed already."""
    incident = incident_type(account)
    roles = dict(fillers_of([account]))
    if not has_things(incident):
        roles["Target"] = []
    if not has_instruments(incident):
        roles["Weapon"] = []
    return Template(frozenset({incident.lower()}), roles)


# --- what was wrong ---------------------------------------------------------------------------------------------------

def _errors(names: Sequence[str], predicted: Sequence[Sequence[Template]], gold: Sequence[Sequence[Template]],
            matched: Sequence[Matched]) -> tuple[str, ...]:
    """First how often each kind of error is, then each error."""
    lines: list[tuple[str, str]] = []
    for name, p, g, one in zip(names, predicted, gold, matched, strict=True):
        taken, met = {i for i, _ in one.pairs}, {j for _, j in one.pairs}
        lines += [("spurious template", f"{name} {_short(each)}") for i, each in enumerate(p) if i not in taken]
        lines += [("missed template", f"{name} {_short(each)}") for j, each in enumerate(g) if j not in met]
        for i, j in one.pairs:
            lines += [(kind, f"{name} {_types(g[j])}: {what}") for kind, what in _of_pair(p[i], g[j])]
    kinds = Counter(kind for kind, _ in lines)
    return (*(f"{count:4} {kind}" for kind, count in sorted(kinds.items(), key=lambda k: (-k[1], k[0]))),
            *(f"{kind:18} {what}" for kind, what in sorted(lines)))


def _of_pair(predicted: Template, gold: Template) -> Iterator[tuple[str, str]]:
    for role in ROLES:
        pairs = ceaf_ree(predicted.roles[role], gold.roles[role]).pairs
        taken, met = {i for i, _ in pairs}, {j for _, j in pairs}
        yield from ((f"spurious {role}", _entity(e)) for i, e in enumerate(predicted.roles[role]) if i not in taken)
        yield from ((f"missed {role}", _entity(e)) for j, e in enumerate(gold.roles[role]) if j not in met)


def _short(template: Template) -> str:
    entities = (f"{role} {_entity(each)}" for role in ROLES for each in template.roles[role])
    return shorten(f"{_types(template)}: {', '.join(entities)}", 110)


def _types(template: Template) -> str:
    return " / ".join(sorted(template.types))


def _entity(of: Entity) -> str:
    return shorten(" / ".join(sorted(of, key=len)), 60)


BENCHES = {"muc4-templates": Bench("muc4-templates", SHARED / "bench/muc4/roles-dev.jsonl.gz", "reports", run)}
