"""Whether two acts of a report are of one incident: what the product says, and what can be learned. Packs nothing.

    python -m training.joining      # three to ten minutes on one core

Asked of are pairs of acts in MUC-4's train part, beside its key. An act is of the template that alone has the filler named
nearest to it in its sentence; acts without such a filler are not asked of. That is the most that a key tells which does not say
where incidents are told, and it is wrong now and then. A logistic regression over what two acts have to do with each
other learns it; told is how many pairs it has right, each fifth of the reports judged by what the others taught, beside the
product's accounts. What came of it stands in the reader's card: the rules stay.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from bench.muc4_roles import ROLES
from bench.reading import articles
from dateline.extract.acts import Act
from dateline.extract.apart import at_another_place, starts_another
from dateline.extract.contexts import contexts_of
from dateline.extract.document import Document
from dateline.extract.drafts import put_together
from dateline.extract.home import at_home
from dateline.extract.linked import Context
from dateline.extract.people import find_people
from dateline.extract.pipeline import documents
from dateline.where.gazetteer import load_gazetteer
from training.examples import SEED, SETS, lines_of
from training.incident import Judged, Read, in_turn, learn

MOST = 60                         # pairs of one report, so that few long ones do not teach alone
LEASTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two acts: whether the key and the product take them for one incident, whether the key has several, and signs."""

    key: bool
    product: bool
    several: bool
    signs: Mapping[str, float]


def pairs_of(row: Row, told: Document) -> list[Pair]:
    """The pairs of one report; at most MOST, drawn by a fixed seed."""
    document = replace(told, places=at_home(told, load_gazetteer()))
    tokens = document.tables.tokens
    contexts = contexts_of(document, tokens)
    drafts = put_together(document, find_people(document), tokens)
    of = {act.token: number for number, draft in enumerate(drafts) for act in draft.acts}
    key = {act.token: template for act in document.acts if (template := _template_at(row, document, act)) is not None}
    asked = [act for act in document.acts if act.token in of and act.token in key]
    pairs = [Pair(key[a.token] == key[b.token], of[a.token] == of[b.token], len(row["templates"]) > 1,
                  _signs(document.spacy, a, b, contexts)) for a, b in combinations(asked, 2)]
    random.Random(SEED).shuffle(pairs)
    return pairs[:MOST]


def _template_at(row: Row, document: Document, act: Act) -> int | None:
    """The template that alone has the filler named nearest to the act in its sentence."""
    token = document.spacy[act.token]
    sentence, at = token.sent.text.lower(), token.idx - token.sent.start_char
    owners: dict[str, set[int]] = {}
    for number, template in enumerate(row["templates"]):
        for words in (words for role in ROLES for mentions in template[role] for words, _ in mentions):
            owners.setdefault(words.lower(), set()).add(number)
    found = [(min(abs(start - at), abs(start + len(words) - at)), number) for words, of in owners.items() if len(of) == 1
             for number in of if (start := sentence.find(words)) >= 0]
    return min(found, default=(0, None))[1]


def _signs(doc: Any, a: Act, b: Act, contexts: Mapping[int, Context]) -> Mapping[str, float]:
    """What two acts, `b` told later, have to do with each other. contexts: of acts, by their token."""
    here, there = contexts[a.token], contexts[b.token]
    gap = b.sentence - a.sentence
    agents, patients = ([{doc[i].lemma_.lower() for i in of} for of in both] for both in
                        ((a.agents, b.agents), (a.patients, b.patients)))
    places, times = ([{one.text for one in of} for of in both] for both in
                     ((here.places, there.places), (here.times, there.times)))
    sentence = doc[b.token].sent
    named = [any(doc[i].pos_ == "PROPN" for i in of) for of in (a.patients, b.patients)]
    told = {
        "same sentence": gap == 0, "next sentence": gap == 1, "at the head": a.sentence <= 1,
        "same kind": bool(a.kind) and a.kind == b.kind, "other kind": bool(a.kind and b.kind) and a.kind != b.kind,
        "same word": doc[a.token].lemma_ == doc[b.token].lemma_, "definite": b.definite and b.noun, "noun": b.noun,
        "plural": a.plural or b.plural, "same status": a.status == b.status, "told alike": a.told_as == b.told_as,
        "same agents": bool(agents[0] & agents[1]), "same patients": bool(patients[0] & patients[1]),
        "other patients": bool(patients[0] and patients[1]) and not patients[0] & patients[1],
        "other names": all(named) and not patients[0] & patients[1],
        "same place": bool(places[0] & places[1]), "another place": at_another_place(there.places, here.places),
        "same time": bool(times[0] & times[1]), "another time": bool(times[1]) and not times[0] & times[1],
        "elsewhere": gap > 0 and starts_another(sentence.text, doc[b.token].idx - sentence.start_char),
    }
    return {"gap": math.log1p(abs(gap)), **{name: 1.0 for name, holds in told.items() if holds}}


def main() -> None:
    reports = list(_reports())
    judged = [Read(tuple(Judged(one.signs, 1, int(one.key)) for one in pairs), 0) for pairs in reports]
    learned = in_turn(judged)
    print(f"weights by all: {learn(judged)}")
    asked = [(one, score) for pairs, scores in zip(reports, learned.likely, strict=True)
             for one, score in zip(pairs, scores, strict=True)]
    for name, some in (("all", asked), ("of keys with several templates", [each for each in asked if each[0].several])):
        one = sum(pair.key for pair, _ in some)
        print(f"{name}: {len(some)} pairs, {one} of one incident")
        print(f"  product: {_right([pair.product == pair.key for pair, _ in some])} right")
        for least in LEASTS:
            print(f"  learned, one from {least}: {_right([(score >= least) == pair.key for pair, score in some])} right")


def _right(answers: Sequence[bool]) -> str:
    return f"{100 * sum(answers) / len(answers):.1f} percent"


def _reports() -> Iterator[list[Pair]]:
    rows = {row["docid"]: row for row in lines_of(SETS / "muc4/roles-train.jsonl.gz") if row["templates"]}
    for report, document in documents(filter(None, articles((name, row["doctext"]) for name, row in rows.items()))):
        if isinstance(document, Document):
            yield pairs_of(rows[report.source], document)


if __name__ == "__main__":
    main()
