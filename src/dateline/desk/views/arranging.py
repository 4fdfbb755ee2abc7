"""What an editor does to a draft: items in another order, out, in again, with notes. Pure: edits -> edits.

The order of `Edits` names every item of the draft once something was moved, so that it means the same whatever is dropped or put
back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from dateline.errors import DecisionError
from dateline.records.briefing import Briefing, Item, Section
from dateline.records.mailing import Edits

SECTIONS: tuple[Section, ...] = get_args(Section)


@dataclass(frozen=True, slots=True)
class Arranged:
    """An item where it stands now. is_first, is_last: among those of its section that are told; a dropped one is neither moved
    nor passed."""

    item: Item
    is_dropped: bool
    note: str
    is_first: bool
    is_last: bool


def arranged(briefing: Briefing, edits: Edits) -> list[Arranged]:
    """All items of a draft as composed, the dropped ones too, in the order in which they are told now."""
    dropped, notes = set(edits.dropped), dict(edits.notes)
    items = _in_order(briefing, edits)
    told = [item for item in items if item.id not in dropped]
    first = {item.section: item.id for item in reversed(told)}
    last = {item.section: item.id for item in told}
    return [Arranged(item, item.id in dropped, notes.get(item.id, item.note or ""), first.get(item.section) == item.id,
                     last.get(item.section) == item.id) for item in items]


def moved(briefing: Briefing, edits: Edits, item: str, step: int) -> Edits:
    """`item` before the one above it (step -1) or after the one below it (1), within its section; as it is where there is none.

    Raises DecisionError for an item that the draft has not.
    """
    items, dropped = _in_order(briefing, edits), set(edits.dropped)
    at = _place(items, item)
    beyond = items[at + 1:] if step > 0 else items[:at][::-1]
    other = next((one for one in beyond if one.section == items[at].section and one.id not in dropped), None)
    if other is None or item in dropped:
        return edits
    ids = [one.id for one in items]
    ids.remove(item)
    ids.insert(ids.index(other.id) + (1 if step > 0 else 0), item)
    return replace(edits, order=tuple(ids))


def without(edits: Edits, item: str) -> Edits:
    """`item` left out."""
    return replace(edits, dropped=tuple(dict.fromkeys((*edits.dropped, item))))


def with_again(edits: Edits, item: str) -> Edits:
    """`item` told again."""
    return replace(edits, dropped=tuple(one for one in edits.dropped if one != item))


def noted(edits: Edits, item: str, words: str) -> Edits:
    """`words` below `item`; "": none."""
    kept = tuple(one for one in edits.notes if one[0] != item)
    return replace(edits, notes=(*kept, (item, words)) if words else kept)


def what_changed(before: Edits, now: Edits, briefing: Briefing) -> list[str]:
    """What another editor did meanwhile, a sentence each."""
    names = {item.id: item.heading for item in briefing.items}
    told = [f"Left out: {names.get(one, one)}" for one in now.dropped if one not in before.dropped]
    told += [f"Told again: {names.get(one, one)}" for one in before.dropped if one not in now.dropped]
    notes = dict(before.notes), dict(now.notes)
    for one in dict.fromkeys((*notes[0], *notes[1])):
        if notes[0].get(one) != notes[1].get(one):
            told.append(f"Note on {names.get(one, one)}: {notes[1].get(one) or 'taken out'}")
    if before.note != now.note:
        told.append(f"Note above all: {now.note or 'taken out'}")
    if before.order != now.order:
        told.append("Items stand in another order")
    return told


def _in_order(briefing: Briefing, edits: Edits) -> Sequence[Item]:
    place = {name: at for at, name in enumerate(dict.fromkeys(edits.order))}
    return sorted(briefing.items, key=lambda item: (SECTIONS.index(item.section), place.get(item.id, len(place))))


def _place(items: Sequence[Item], item: str) -> int:
    found = next((at for at, one in enumerate(items) if one.id == item), None)
    if found is None:
        raise DecisionError(f"this draft has no item {item[:80]!r}; read it again")
    return found
