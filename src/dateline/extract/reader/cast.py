"""Which incident of a report each filler plays in: the drafts whose acts are told where it is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dateline.extract.document import Document
from dateline.extract.drafts import Draft
from dateline.extract.reader.fillers import Filler, Mention
from dateline.extract.tokens import TokenIndex

SURE_SHARE = 0.5                  # of the best mention's score: what is below is no ground for another incident
NAMING = frozenset({"victim_name", "organisation", "person"})
FARTHEST = 2                      # sentences between a filler and the acts it belongs to


def cast_of(document: Document, drafts: Sequence[Draft], fillers: Sequence[Filler],
            tokens: TokenIndex) -> Mapping[int, list[Filler]]:
    """For each draft, by its place in `drafts`, its fillers; a filler may play in several. The name of an armed group is no
    victim's, though the model takes it for one: it would not be published; and of "men linked to X" X is no attacker."""
    cast: dict[int, list[Filler]] = {}
    for filler in fillers:
        if filler.role in NAMING and _names_a_group(document, filler.mentions[0], ties=filler.role != "victim_name"):
            continue
        likely = [one for one in filler.mentions if one.score >= SURE_SHARE * filler.score]
        found = {at for one in likely if (at := _draft_at(document.spacy, drafts, one, tokens)) is not None}
        for at in sorted(found):
            cast.setdefault(at, []).append(filler)
    return cast


def _names_a_group(document: Document, mention: Mention, *, ties: bool) -> bool:
    """Whether it is the name of an armed group; with `ties` only of one that another is tied to."""
    return any(group.start <= mention.start and mention.end <= group.end and group.tie >= ties for group in document.groups)


def _draft_at(doc: Any, drafts: Sequence[Draft], mention: Mention, tokens: TokenIndex) -> int | None:
    """The draft with the act that is nearest in the sentence; else in the sentences near it, those before it first."""
    token = tokens.at(mention.start)
    here = [(abs(act.token - token), at)
            for at, draft in enumerate(drafts) for act in draft.acts if act.sentence == mention.sentence]
    if here:
        return min(here)[1]
    near = [(abs(act.sentence - mention.sentence), act.sentence > mention.sentence, at)
            for at, draft in enumerate(drafts) for act in draft.acts]
    nearest = min(near, default=None)
    return nearest[2] if nearest is not None and nearest[0] <= FARTHEST else None
