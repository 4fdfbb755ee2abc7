"""datelines: place, date and agency at the head of 200 MUC-4 reports, against labels made by eye."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.core import SHARED, Bench, BenchError, Request, Result, load_lines, percent

GOLD = Path("bench/gold/datelines.jsonl")
TEXTS = (SHARED / "bench/muc4/train.jsonl.gz", SHARED / "bench/muc4/dev.jsonl.gz")
FIELDS = ("place", "date", "agency")


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a report says. None: it does not say."""

    place: str | None
    date: str | None
    agency: str | None


def same(predicted: str | None, gold: str | None) -> bool:
    """Equal but for capitals and white space ("ACAN - EFE" is ACAN-EFE)."""
    return _plain(predicted) == _plain(gold)


def head_figures(predicted: Sequence[Head], gold: Sequence[Head]) -> dict[str, float]:
    """Shares right (percent) by field, and of heads with all three right."""
    right = [[same(getattr(p, f), getattr(g, f)) for f in FIELDS] for p, g in zip(predicted, gold, strict=True)]
    figures = {field: percent(sum(row[i] for row in right), len(right)) for i, field in enumerate(FIELDS)}
    return figures | {"all": percent(sum(map(all, right)), len(right))}


def run(request: Request) -> Result:
    labels = load_lines(request.data)[: request.limit]
    texts = _texts(request, labels)
    heads = {doc_id: _read(doc_id, text) for doc_id, text in texts.items()}
    missing = [label["doc_id"] for label in labels if label["doc_id"] not in heads]
    if missing:
        raise BenchError(f"{request.data}: {len(missing)} labels without a text, as {missing[0]}; give --texts FILE")
    predicted = [heads[label["doc_id"]] or Head(None, None, None) for label in labels]
    gold = [Head(*(label.get(field) for field in FIELDS)) for label in labels]
    figures = head_figures(predicted, gold)
    figures["parsed"] = percent(sum(head is not None for head in heads.values()), len(heads))
    return Result(len(labels), figures, errors=_errors(labels, predicted, gold, heads, texts))


def _texts(request: Request, labels: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Texts by id: those of the labels' own lines, of --texts, or of the whole set, all of which is parsed."""
    if labels and all("text" in label for label in labels):
        return {label["doc_id"]: label["text"] for label in labels}
    files = (request.texts,) if request.texts else TEXTS
    return {row["doc_id"]: row["text"] for file in files for row in load_lines(file)}


def _read(doc_id: str, text: str) -> Head | None:
    from bench.reading import a_report

    report = a_report(doc_id, text)
    if report.dateline is None:
        return None
    return Head(report.dateline.place, report.dateline.date, report.agency)


def _errors(labels: Sequence[dict[str, Any]], predicted: Sequence[Head], gold: Sequence[Head],
            heads: dict[str, Head | None], texts: dict[str, str]) -> tuple[str, ...]:
    lines = []
    for field in FIELDS:
        for label, p, g in zip(labels, predicted, gold, strict=True):
            said, right = getattr(p, field), getattr(g, field)
            if not same(said, right):
                lines.append(f"{field:8} {label['doc_id']:16} read {said!r}, right {right!r}")
    lines += [f"unparsed {doc_id:16} {texts[doc_id][:60]!r}" for doc_id, head in heads.items() if head is None]
    return tuple(lines)


def _plain(value: str | None) -> str | None:
    return None if value is None else re.sub(r"\s*-\s*", "-", " ".join(value.split())).casefold()


BENCHES = {"datelines": Bench("datelines", GOLD, "reports labelled by eye", run)}
