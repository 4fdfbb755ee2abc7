"""Blind double coding: which incidents two people code, and how far they agree, field by field. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.errors import DecisionError
from dateline.reconcile.by_hand import check_value
from dateline.records.team import Coding, coded_value
from dateline.team.alpha import Level, alpha, pairable

CODERS = 2                        # each incident of the share is coded by so many
LEVELS: dict[str, Level] = {      # of the fields: days differ by how many lie between, tolls in proportion
    "kind": "nominal", "day": "interval", "place": "nominal", "killed": "ratio", "injured": "ratio", "side": "nominal",
    "status": "nominal"}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one field. alpha None: no two values, or all are the same. n: incidents that two coded."""

    field: str
    level: Level
    alpha: float | None
    n: int
    differ: int                   # of these, on how many they differ


@dataclass(frozen=True, slots=True)
class CodedApart:
    """A field on which the coders of one incident differ. values: with who gave each; None: no answer."""

    field: str
    values: tuple[tuple[str, Any], ...]


def to_code_twice(incident_id: str, share: float) -> bool:
    """Whether an incident is one of the share (0 to 1) that is coded twice. The same for everybody and at any time.

    With a larger share those of the smaller are among them.
    """
    drawn = int.from_bytes(hashlib.sha256(incident_id.encode()).digest()[:8]) / 2**64
    return drawn < share


def check_coding(coding: Coding) -> None:
    """Raises DecisionError, which lists what there is, for a word or a number that a coding cannot have."""
    try:
        for name in ("kind", "status"):
            if (value := coded_value(coding, name)) is not None:
                check_value(name, value)
    except ValueError as wrong:
        raise DecisionError(str(wrong)) from None
    for name in ("killed", "injured"):
        if (value := coded_value(coding, name)) is not None and value < 0:
            raise DecisionError(f"{name} {value}: nobody is 0, and what is not known is left empty")


def agreement(together: Sequence[Sequence[Coding]]) -> tuple[Agreement, ...]:
    """The agreement on each field, over the codings of each incident."""
    found = []
    for name, level in LEVELS.items():
        units = [[_comparable(coded_value(coding, name)) for coding in codings] for codings in together]
        differ = sum(len({value for value in unit if value is not None}) > 1 for unit in units)
        found.append(Agreement(name, level, alpha(units, level), pairable(units), differ))
    return tuple(found)


def coded_apart(codings: Sequence[Coding]) -> tuple[CodedApart, ...]:
    """The fields on which the coders of one incident differ, one without an answer too."""
    told = [(name, tuple((coding.who, coded_value(coding, name)) for coding in codings)) for name in LEVELS]
    return tuple(CodedApart(name, values) for name, values in told if len({value for _, value in values}) > 1)


def _comparable(value: Any) -> Any:
    return value.toordinal() if isinstance(value, date) else value
