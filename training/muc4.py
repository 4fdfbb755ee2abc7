"""MUC-4's train part as examples: the five roles of its short form, and from its full form who was aimed at without a name."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from training.examples import SEED, SETS, Entity, Example, entity_of, lines_of

T = TypeVar("T")
OF_ROLE = {"PerpInd": "person", "PerpOrg": "organisation", "Target": "target", "Victim": "victim_name", "Weapon": "weapon"}
WIDER = {"person": "attacker", "organisation": "attacker", "victim_name": "victim"}
TOLD = frozenset({*OF_ROLE.values(), "victim", "attacker"})
STAGES = frozenset({"attempted", "threatened"})
KIND_OF = {"attack / bombing": "bombing", "forced work stoppage": "other"}
HELD_OUT = 100                    # reports: checkpoints and thresholds are chosen on them
_STRING = re.compile(r'"([^"]+)"')


def held_out_of(reports: Sequence[T]) -> tuple[list[T], list[T]]:
    """The rest, and the held-out reports: drawn by a fixed seed. reports: all of train, in the set's order."""
    order = list(reports)
    random.Random(SEED).shuffle(order)
    return order[HELD_OUT:], order[:HELD_OUT]


def muc4_examples() -> list[Example]:
    """The 1,300 reports of train, in lower case, in the set's order."""
    full = {row["doc_id"]: row for row in lines_of(SETS / "muc4/train.jsonl.gz")}
    return [_example(row, full[row["docid"]]) for row in lines_of(SETS / "muc4/roles-train.jsonl.gz")]


def _example(row: Mapping[str, Any], full: Mapping[str, Any]) -> Example:
    text = row["doctext"]
    entities = list(_merged(text, row["templates"]))
    named = {span for entity in entities for span in entity.occurrences}
    for described in _described(full):
        found = entity_of(text, "victim", described, ())
        if found is not None and not named.intersection(found.occurrences):
            entities.append(found)
    kinds = {number: KIND_OF.get(told["incident_type"], told["incident_type"]) for number, told in enumerate(row["templates"], 1)}
    manners = {number: _stages(template) for number, template in enumerate(full["templates"], 1)}
    return Example(row["docid"], "muc4", text, tuple(entities), TOLD, kinds, bool(row["templates"]), manners, STAGES)


def _merged(text: str, templates: list[Mapping[str, Any]]) -> Iterator[Entity]:
    """Each filler once, with all incidents it is in; and again under the wider role."""
    incidents: dict[tuple[str, tuple[str, ...]], set[int]] = {}
    for number, template in enumerate(templates, 1):
        for name, role in OF_ROLE.items():
            for mentions in template[name]:
                incidents.setdefault((role, tuple(words for words, _ in mentions)), set()).add(number)
    for (role, strings), numbers in incidents.items():
        for one in filter(None, (role, WIDER.get(role))):
            found = entity_of(text, one, strings, numbers)
            if found is not None:
                yield found


def _stages(template: Mapping[str, Any]) -> frozenset[str]:
    """Of two stages that the key leaves open ("ACCOMPLISHED / ATTEMPTED") the first."""
    told = template["slots"].get("INCIDENT: STAGE OF EXECUTION", ())
    return STAGES & {stage.split(" / ")[0].lower() for stage in told}


def _described(full: Mapping[str, Any]) -> Iterator[list[str]]:
    """The strings of each human target that the key describes; optional ones too, since they are no wrong answers."""
    for template in full["templates"]:
        for fill in template["slots"].get("HUM TGT: DESCRIPTION", ()):
            own = fill.split(": \"")[0]
            yield [words.lower() for words in _STRING.findall(own)]
