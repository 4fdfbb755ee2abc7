"""A briefing as JSON, for programs: all that is in it, under names that stay."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from dateline.publish.brief.links import Links
from dateline.records.briefing import Briefing, Item

FORMAT = 1                        # another number when a name goes, or comes to mean something else; not when one is added
NOT_TOLD = {"path", "importance"}     # the address stands for the path; importance is a number of ours that may change


def as_json(briefing: Briefing, links: Links) -> str:
    """One object, indented, in ASCII alone: {"format": 1, "address": ..., "title": ..., "items": [...], ...}.

    Each item has the `address` of its page. Days are "2018-01-27", instants end with their offset. Words are as they were
    composed: whoever shows them escapes them.
    """
    told: dict[str, Any] = {"format": FORMAT, "address": links.page}
    for field in fields(Briefing):
        told[field.name] = asdict_of(getattr(briefing, field.name))
    told["items"] = [_item(item, links) for item in briefing.items]
    return json.dumps(told, indent=2, default=_day, ensure_ascii=True, allow_nan=False) + "\n"


def asdict_of(value: object) -> object:
    """Dataclasses inside `value` as dictionaries."""
    if isinstance(value, tuple):
        return [asdict_of(one) for one in value]
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value  # type: ignore[call-overload]


def _item(item: Item, links: Links) -> dict[str, Any]:
    told = {name: value for name, value in asdict(item).items() if name not in NOT_TOLD}
    return {"id": told.pop("id"), "address": links.to(item.path), **told}


def _day(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{value!r}: a briefing holds no such thing")
