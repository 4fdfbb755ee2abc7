"""Questions about places: is it one place, or may it be?"""

from __future__ import annotations

from dateline.reconcile.nearness import POINT_PRECISION
from dateline.reconcile.pair import Answer, Pair
from dateline.reconcile.words import words_of

CITY_KM = 12.0      # radius of a place so large that its name alone says less
CITY = 0.6


def same_place(pair: Pair) -> Answer | None:
    """A city of millions has more than one attack on a day; a village seldom has."""
    if pair.place.relation != "same":
        return None
    radius = max(where.radius_km or 0.0 for where in (pair.a.where, pair.b.where))
    return Answer(pair.place.note, CITY if radius > CITY_KM else 1.0)


def one_place_may_hold_the_other(pair: Pair) -> Answer | None:
    return Answer(pair.place.note, pair.doubt) if pair.place.relation == "inside" else None


def its_words_name_the_place(pair: Pair) -> Answer | None:
    """One was placed in a wide area only, and its own sentences name the place of the other."""
    if pair.place.relation not in ("inside", "unknown"):
        return None
    for facts, other in ((pair.ours, pair.b), (pair.theirs, pair.a)):
        name = words_of(other.where.name or "")
        vague = other.where.precision is None or other.where.precision > POINT_PRECISION
        if name and not vague and facts.words.issuperset(name):
            return Answer(other.where.name or "")
    return None


def another_place_nearby(pair: Pair) -> Answer | None:
    return Answer(pair.place.note) if pair.place.relation == "near" else None


def places_far_apart(pair: Pair) -> Answer | None:
    return Answer(pair.place.note) if pair.place.relation == "apart" else None
