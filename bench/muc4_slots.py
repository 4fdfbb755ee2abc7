"""muc4-slots: all templates, slots 2-24, by the automatic rule of the contract (../shared/bench/README.md).

How a key is read: muc4_key.py; how our record is told in MUC's slots: muc4_told.py; what a fill scores: muc4_fills.py; how fills
and templates are aligned: muc4_match.py. In 1992 a person granted partial credit, so that the published figures are a guide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bench.core import SHARED, Bench, Request, Result, load_lines, shorten
from bench.muc4_key import DATE, LOCATION, SLOTS, TYPE, Fill, Template, key_templates
from bench.muc4_match import Counted, Judged, match_report
from bench.muc4_told import templates_of

PUBLISHED = {"best of 1992, test TST3": {"f": 55.9}, "best of 1992, test TST4": {"f": 57.2},
             "median of 17 systems of 1992, test TST3": {"f": 29.3}, "median of 17 systems of 1992, test TST4": {"f": 32.9}}


def run(request: Request) -> Result:
    from bench.reading import articles, extracted

    rows = load_lines(request.data)[: request.limit]
    reports = articles((row["doc_id"], row["text"]) for row in rows)
    accounts = {report.source: (extraction.accounts, report.written.latest)
                for report, extraction in extracted(filter(None, reports))}
    judged = []
    for row in rows:
        ours = templates_of(*accounts[row["doc_id"]]) if row["doc_id"] in accounts else ()
        judged.append((row["doc_id"], match_report(ours, key_templates(row["templates"]))))
    return Result(len(rows), figures_of([one for _, of in judged for one in of]), PUBLISHED, _errors(judged))


def figures_of(judged: Sequence[Judged]) -> dict[str, float]:
    total = sum((one.total for one in judged), Counted())
    by_slot = {f"f.{slot}": sum((one.counts[slot] for one in judged), Counted()).f for slot in SLOTS}
    return {"precision": total.precision, "recall": total.recall, "f": total.f, **by_slot}


# --- what was wrong ---------------------------------------------------------------------------------------------------

def _errors(judged: Sequence[tuple[str, Sequence[Judged]]]) -> tuple[str, ...]:
    """First how often each kind of error is, then each error."""
    lines = [line for name, of in judged for one in of for line in _of_one(name, one)]
    kinds = Counter(kind for kind, _ in lines)
    return (*(f"{count:4} {kind}" for kind, count in sorted(kinds.items(), key=lambda k: (-k[1], k[0]))),
            *(f"{kind:44} {what}" for kind, what in sorted(lines)))


def _of_one(name: str, one: Judged) -> Iterator[tuple[str, str]]:
    """Kind and words of what is wrong in one template; templates without another are one error, whatever they hold."""
    if one.key is None or one.answer is None:
        alone = one.answer or one.key
        if alone and not alone.optional:
            yield f"template {'spurious' if one.answer else 'missed'}", f"{name} {_short(alone)}"
        return
    for slot in SLOTS:
        if slot in one.key.inapplicable:
            continue
        ours, right = one.answer.fills(slot), one.key.fills(slot)
        mine, theirs = {i for i, *_ in one.pairs[slot]}, {j for _, j, _ in one.pairs[slot]}
        halves = [f"{_fill(ours[i])} for {_fill(right[j])}" for i, j, score in one.pairs[slot] if score < 1]
        extra = [_fill(fill) for i, fill in enumerate(ours) if i not in mine]
        missed = [_fill(fill) for j, fill in enumerate(right) if j not in theirs and not fill.optional]
        wrong = [f"{a} for {b}" for a, b in zip(extra, missed, strict=False)]
        rest, lacking = extra[len(wrong):], missed[len(wrong):]
        for what, words in (("half", halves), ("wrong", wrong), ("spurious", rest), ("missed", lacking)):
            yield from ((f"{slot} {what}", f"{name} {one.key.number} {each}") for each in words)


def _short(template: Template) -> str:
    told = (" / ".join(fill.values[0] for fill in template.fills(slot)) for slot in (TYPE, DATE, LOCATION))
    return shorten(f"{template.number} {' | '.join(told)}", 100)


def _fill(fill: Fill) -> str:
    return shorten(f"{' / '.join(fill.values)}{': ' if fill.tags else ''}{' / '.join(fill.tags)}", 70)


BENCHES = {"muc4-slots": Bench("muc4-slots", SHARED / "bench/muc4/dev.jsonl.gz", "reports", run)}
