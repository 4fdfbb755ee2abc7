"""One toll of one report of local crime: its first total stands, and who is told hurt is as many as were shot less the dead.

Such a report tells one toll, and who gives a number there disputes none. In news of war speakers do: none of this is asked there.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from dateline.extract.figures_parts import Given

COUNTED = ("incident", "part")


def one_toll(given: Sequence[Given], attackers: Set[str]) -> list[Given]:
    """The figures, lower totals as parts of the first, and those hurt as parts of the count that adds up with the dead.

    attackers: ids of the actors who did it, who are counted apart.
    """
    victims = [g for g in given if not g.attacker and g.figure.of not in attackers and g.value > 0]
    parts = _parts_of_the_first(victims) | _parts_of_the_rest(victims)
    return [replace(g, figure=replace(g.figure, scope="part", part_of=parts[g.figure.id])) if g.figure.id in parts else g
            for g in given]


def _parts_of_the_first(victims: Sequence[Given]) -> dict[str, str]:
    """ "nine people were shot ... one person was hit in the arm": by id of the lower total that of the first"""
    found = {}
    for effect in dict.fromkeys(g.figure.effect for g in victims):
        totals = [g for g in victims if g.figure.effect == effect and g.figure.scope == "incident"]
        first = min(totals, key=lambda g: g.figure.evidence[0].start, default=None)
        if first is not None:
            found.update({g.figure.id: first.figure.id for g in totals if g.value < first.value})
    return found


def _parts_of_the_rest(victims: Sequence[Given]) -> dict[str, str]:
    """ "four were shot, two died; the two others were taken to a hospital, one is in surgery": that one is of the two

    Where those hurt are told as more than the four less the two, and one count of them is just as many.
    """
    shot = max((g.value for g in victims if g.figure.effect == "casualties" and g.figure.scope == "incident"), default=0)
    dead = [g for g in victims if g.figure.effect == "killed" and g.figure.scope in COUNTED and g.figure.part_of is None]
    totals = [g.value for g in dead if g.figure.scope == "incident"]
    rest = shot - (max(totals) if totals else sum(g.value for g in dead))
    hurt = [g for g in victims if g.figure.effect == "injured" and g.figure.scope in COUNTED and g.figure.part_of is None]
    whole = next((g for g in hurt if g.value == rest), None)
    if whole is None or sum(g.value for g in hurt) <= rest:
        return {}
    return {g.figure.id: whole.figure.id for g in hurt if g is not whole and g.value < rest}
