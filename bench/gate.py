"""gate: which reports the gate lets through to be read, against our own labels (bench/gold/README.md).

- A report is predicted violent where `may_tell_violence` lets its text through; that the product also reads what names an
  armed group, for what is said of the group, is another question and not scored.
- `sure.`: without the labels in doubt; `<reader>.`: those of one reader. By set: `--errors`.
- `recall.<set>`: of the reports of another set that by its own labels tell violence, the share let through. What these sets call
  negative often holds violence, so there is no precision. muc4 dev: reports with a template. indiapolice dev: reports in
  which the police killed or used force. case2021_types dev: snippets of the types in VIOLENT_TYPES.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.core import SHARED, Bench, BenchError, Request, Result, load_lines, percent, shorten
from bench.scores import Tally

Row = dict[str, Any]
Passes = Callable[[str], bool]

GOLD = Path("bench/gold/gate.jsonl")
LABELS = ("violent", "quiet")
# Of the set's 30 types those in which somebody is hurt, held or attacked, or something is destroyed; riots are, arrests and
# peaceful protests are not. MAN_MADE_DISASTER is accidents, ORG_CRIME drugs and fraud as well as killings.
VIOLENT_TYPES = frozenset((
    "ABDUCT_DISSAP", "AIR_STRIKE", "ARMED_CLASH", "ART_MISS_ATTACK", "ATTACK", "CHEM_WEAP", "DISR_WEAP", "FORCE_AGAINST_PROTEST",
    "GOV_REGAINS_TERIT", "GRENADE", "MOB_VIOL", "NON_STATE_ACTOR_OVERTAKES_TER", "PROPERTY_DISTRUCT", "REM_EXPLOS",
    "SEX_VIOL", "SUIC_BOMB", "VIOL_DEMONSTR",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """Where the texts of a set are: its file, the field of the id, and how the text is told from a row."""

    file: str
    id: str
    text: Callable[[Row], str]


def _text(row: Row) -> str:
    return str(row["text"])


def _of_tokens(row: Row) -> str:
    """A sentence a line."""
    return "\n".join(" ".join(row["tokens"][start:end]) for start, end in row["sentences"])


SOURCES: Mapping[str, Source] = {
    "tempeval3": Source("tempeval3/train_aquaint.jsonl.gz", "id", _text),
    "fakes": Source("fakes/train.jsonl.gz", "id", _text),
    "geo": Source("geo/lgl.jsonl", "doc_id", _text),
    "polnear": Source("polnear/train.jsonl.gz", "id", _text),
    "re3d": Source("re3d/train.jsonl.gz", "id", _text),
    "muc4": Source("muc4/dev.jsonl.gz", "doc_id", _text),
    "wikievents": Source("wikievents/dev.jsonl.gz", "id", _text),
    "ecbplus": Source("ecbplus/dev.jsonl.gz", "id", _of_tokens),
    "geovirus": Source("geo/geovirus.jsonl", "doc_id", _text),
    "gva_longtail": Source("gva_longtail/dev.jsonl.gz", "id", _text),
    "gvdb": Source("gvdb/dev.jsonl.gz", "id", _text),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One labelled report, and whether it was let through."""

    set: str
    id: str
    violent: bool
    doubt: bool
    reader: str
    passed: bool
    text: str


def run(request: Request) -> Result:
    from dateline.extract.gate import may_tell_violence

    labels = load_lines(request.data)[: request.limit]
    judged = list(judge(labels, texts_of(labels, request.data), may_tell_violence))
    recall = {f"recall.{name}": _share(map(may_tell_violence, texts)) for name, texts in elsewhere()}
    return Result(len(judged), figures_of(judged) | recall, errors=tuple(errors_of(judged)))


def judge(labels: Iterable[Row], texts: Mapping[tuple[str, str], str], passes: Passes) -> Iterator[Judged]:
    """Each label with what the gate says. texts: by set and id."""
    for label in labels:
        text = texts[label["set"], label["id"]]
        yield Judged(label["set"], label["id"], label["label"] == "violent", label["doubt"], label["reader"], passes(text), text)


def texts_of(labels: Sequence[Row], file: Path) -> dict[tuple[str, str], str]:
    """The labels' texts, by set and id. Raises BenchError for a label of another form, or whose text is not there."""
    for label in labels:
        if label.get("set") not in SOURCES or label.get("label") not in LABELS or not {"id", "doubt", "reader"} <= label.keys():
            raise BenchError(f"{file}: no label of this bench: {shorten(str(label), 80)}; its form is in bench/gold/README.md")
    texts = {}
    for name in dict.fromkeys(label["set"] for label in labels):
        source, wanted = SOURCES[name], {label["id"] for label in labels if label["set"] == name}
        rows = load_lines(SHARED / "bench" / source.file)
        texts.update({(name, row[source.id]): source.text(row) for row in rows if row[source.id] in wanted})
    missing = [f"{label['set']} {label['id']}" for label in labels if (label["set"], label["id"]) not in texts]
    if missing:
        raise BenchError(f"{file}: {len(missing)} labels without a text, as {missing[0]}")
    return texts


def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """The texts that other sets call violent."""
    rows = load_lines(SHARED / "bench/muc4/dev.jsonl.gz")
    yield "muc4", [row["text"] for row in rows if row["templates"]]
    rows = load_lines(SHARED / "bench/indiapolice/dev.jsonl.gz")
    yield "indiapolice", [
        "\n".join(sentence["text"] for sentence in row["sentences"]) for row in rows if {"KILL", "FORCE"} & set(row["labels"])
    ]
    rows = load_lines(SHARED / "bench/case2021_types/dev.jsonl.gz")
    yield "case2021_types", [row["text"] for row in rows if row["type"] in VIOLENT_TYPES]


def tally(judged: Iterable[Judged]) -> Tally:
    """Violent reports: let through rightly, let through, and labelled so."""
    return sum((Tally(one.violent and one.passed, one.passed, one.violent) for one in judged), Tally())


def figures_of(judged: Sequence[Judged]) -> dict[str, float]:
    """Percent: all, those not in doubt, and those of each reader."""
    parts = {"": judged, "sure.": [one for one in judged if not one.doubt]}
    parts |= {f"{reader}.": [one for one in judged if one.reader == reader] for reader in sorted({one.reader for one in judged})}
    figures = {}
    for name, part in parts.items():
        figures |= {f"{name}recall": tally(part).recall, f"{name}precision": tally(part).precision}
    return figures


def errors_of(judged: Sequence[Judged]) -> Iterator[str]:
    """A line a set, then what was missed and what was let through wrongly, with how it begins."""
    for name in dict.fromkeys(one.set for one in judged):
        part = [one for one in judged if one.set == name]
        right = tally(part)
        quiet = sum(not one.violent for one in part)
        yield (f"set      {name:14} violent {right.gold:3}, missed {right.gold - right.right:3}   "
               f"quiet {quiet:3}, let through {right.predicted - right.right:3}")
    for kind, wrong in (("missed", [one for one in judged if one.violent and not one.passed]),
                        ("passed", [one for one in judged if one.passed and not one.violent])):
        for one in wrong:
            yield f"{kind:8} {one.set:14} {one.id}{' (in doubt)' if one.doubt else ''}: {shorten(one.text, 60)!r}"


def _share(passed: Iterable[bool]) -> float:
    found = list(passed)
    return percent(sum(found), len(found))


BENCHES = {"gate": Bench("gate", GOLD, "reports labelled as violent or quiet", run)}
