"""What an act shares with another act of its sentence that it hangs with: one of them has the place, the other the count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.extract.acts import Act
from dateline.extract.document import PlaceMention, TimeMention
from dateline.extract.tokens import TokenIndex

LINKS = {"nsubj", "nsubjpass", "dobj", "pobj", "prep", "agent"}


@dataclass(frozen=True, slots=True)
class Context:
    """What stands beside an act: where and when, as far as the words tie it to the act."""

    places: tuple[PlaceMention, ...]
    times: tuple[TimeMention, ...]


def with_linked(act: Act, sentence: Sequence[Act], own: Mapping[int, Context], tokens: TokenIndex) -> Context:
    """The act's context; a noun that a verb takes shares the verb's: "ten years ago a bombing killed 11".

    What a court or an anniversary is told with is not the act's: only what hangs on the act itself.
    sentence: the acts of its sentence. own: what is tied to each of them, by its token.
    """
    mine = own[act.token]
    token = tokens.doc[act.token]
    if act.told_as in {"legal", "anniversary"}:
        below = {t.i for t in token.subtree}
        return Context(
            tuple(p for p in mine.places if tokens.at(p.start) in below),
            tuple(t for t in mine.times if tokens.at(t.start) in below),
        )
    if not act.noun:
        return _with_noun(act, sentence, own, tokens)
    node = token
    while node.dep_ in LINKS and node.head.i != node.i:
        node = node.head
        linked = next((a for a in sentence if a.token == node.i and not a.noun), None)
        if linked is not None:
            return _filled(mine, own[linked.token])
    return mine


def _with_noun(verb: Act, sentence: Sequence[Act], own: Mapping[int, Context], tokens: TokenIndex) -> Context:
    """ "were wounded in an attack on Arden": a verb of no kind has the place and the day of the noun that hangs on it."""
    mine = own[verb.token]
    if verb.kind or (mine.places and mine.times):
        return mine
    verbs = {a.token for a in sentence if not a.noun}
    for noun in (a for a in sentence if a.noun):
        node = tokens.doc[noun.token]
        while node.dep_ in LINKS and node.head.i != node.i and node.i not in verbs:
            node = node.head
        if node.i == verb.token:
            return _filled(mine, own[noun.token])
    return mine


def _filled(mine: Context, other: Context) -> Context:
    return Context(mine.places or other.places, mine.times or other.times)
