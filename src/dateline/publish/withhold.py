"""What published output leaves out: names of victims, witnesses, minors and merely suspected persons (docs/record.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from dateline.records import Incident, from_json, to_json
from dateline.records.account import Account, Actor

BLANK = "\u2588"                  # as many as the name has letters, so that offsets into the report stay true
NAME_KINDS = {"victim or witness name", "private person"}
PUBLIC_CERTAINTY = {"stated", "claimed", "admitted"}
SHORTEST_NAME = 3                 # letters of a name's part that is blanked where it stands alone


@dataclass(frozen=True, slots=True)
class Published:
    """An incident as it may be shown, and how many names were left out."""

    incident: Incident
    withheld: int


def withhold(incident: Incident) -> Published:
    """`incident` without the names that may not be shown, in every quote and field."""
    names = sorted({n for joined in incident.accounts for n in _names(joined.account)})
    if not names:
        return Published(incident, 0)
    parts = {p for n in names for p in (n, *n.split()) if len(p) >= SHORTEST_NAME and p[:1].isupper()}
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(p) for p in sorted(parts, key=len, reverse=True)) + r")(?!\w)")
    return Published(from_json(Incident, _blanked(to_json(incident), pattern)), len(names))


def _names(account: Account) -> set[str]:
    names = {e.quote for s in account.sensitive if s.kind in NAME_KINDS for e in s.evidence}
    return names | {a.person for a in account.actors if a.person and _private(a, account)}


def _private(actor: Actor, account: Account) -> bool:
    """Role-holders of armed groups are named; victims are not, nor those merely suspected, nor anyone in a crime."""
    if actor.role in {"victim", "intended target", "rescuer"}:
        return True
    return actor.group is None and (actor.certainty not in PUBLIC_CERTAINTY or account.nature != "political")


def _blanked(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda m: BLANK * len(m.group()), value)
    if isinstance(value, dict):
        return {k: _blanked(v, pattern) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_blanked(v, pattern) for v in value]
    return value
