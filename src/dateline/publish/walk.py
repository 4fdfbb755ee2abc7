"""A record with every string in it passed through a function; what does not change is not copied."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")
_PLAIN: frozenset[type] = frozenset({int, float, bool, date, datetime})
_WITHOUT = frozenset({*(kind.__name__ for kind in _PLAIN), "None"})     # in annotations: of fields that hold no string
Change = Callable[[str, str], str]        # (a string, the name of the field that holds it) -> what stands there instead


def with_strings(record: T, change: Change) -> T:
    """`record` (frozen dataclasses, tuples, lists, dicts) with `change` applied to every string in it."""
    return cast(T, _changed(record, change, ""))


def _changed(value: Any, change: Change, key: str) -> Any:
    if isinstance(value, str):
        return change(value, key)
    if not value or type(value) in _PLAIN:             # nearly everything: this is asked of each value of a record
        return value
    if isinstance(value, tuple | list):
        parts = [_changed(held, change, key) for held in value]
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else type(value)(parts)
    if isinstance(value, dict):
        return {name: _changed(held, change, name) for name, held in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return _changed_record(value, change)
    return value


def _changed_record(value: Any, change: Change) -> Any:
    new: dict[str, Any] = {}
    for name in _names(cast(Hashable, type(value))):
        before = getattr(value, name)
        if before:
            after = change(before, name) if type(before) is str else _changed(before, change, name)
            if after is not before:
                new[name] = after
    return replace(value, **new) if new else value


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """The fields in which a string may be."""
    return tuple(field.name for field in fields(kind) if not _WITHOUT.issuperset(str(field.type).split(" | ")))
