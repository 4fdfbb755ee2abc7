"""gvc-grouping, gva-grouping: which reports on US shootings tell of the same incident.

- Every report is read and all are reconciled together, as a record would hold them. Nothing is trained on these sets.
- A report stands in one gold group, while ours may tell of several incidents (an earlier shooting, another that night). It is
  put into the incident of its main account: of those told as news, else of all, the one with most sentences, else told first.
- A report in which no incident is found stands alone.
- The figures are of the reports of the file alone: the reference lines of the sets' READMEs are of the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bench.core import SHARED, Bench, Figures, Request, Result, load_lines, shorten
from bench.scores import grouping_scores
from dateline.records import Account, Incident

Row = dict[str, Any]


def main_account(accounts: Sequence[Account]) -> Account | None:
    """The account that a report is about; `accounts` in the order told."""
    news = [account for account in accounts if account.told_as == "news"] or list(accounts)
    return max(news, key=lambda account: len(account.evidence), default=None)     # the first of equals


def groups_of(reports: Sequence[str], incidents: Sequence[Incident]) -> list[str]:
    """For each report (by id) the id of the incident it is about, its own id where it tells none."""
    told: dict[str, list[tuple[Account, str]]] = defaultdict(list)
    for incident in incidents:
        for joined in incident.accounts:
            told[joined.account.report].append((joined.account, incident.id))
    groups = []
    for report in reports:
        pairs = sorted(told.get(report, ()), key=lambda pair: pair[0].evidence[0].start)
        main = main_account([account for account, _ in pairs])
        groups.append(next((incident for account, incident in pairs if account is main), report))
    return groups


def run(request: Request, published: Mapping[str, Figures]) -> Result:
    from bench.reading import a_report, extracted
    from dateline.reconcile import incidents_of

    rows = load_lines(request.data)[: request.limit]
    reports = [a_report(row["url"] or row["id"], row["text"], title=row["title"], day=row["dct"]) for row in rows]
    incidents = incidents_of(extracted(reports))
    predicted = groups_of([report.id for report in reports], incidents)
    gold = [row["incident_id"] for row in rows]
    scores = grouping_scores(predicted, gold)
    figures = {name: getattr(scores, name) for name in ("b3_precision", "b3_recall", "b3_f1", "pairwise_f1")}
    alone = grouping_scores([row["id"] for row in rows], gold)
    beside = {**published, "every report alone (this data)": {"b3_f1": alone.b3_f1}}
    return Result(len(rows), figures, beside, _errors(rows, predicted, gold))


def _errors(rows: Sequence[Row], predicted: Sequence[str], gold: Sequence[str]) -> tuple[str, ...]:
    """The gold incidents that are split, and our groups that hold several, the worst first."""
    lines = []
    for what, ours, theirs in (("split ", gold, predicted), ("lumped", predicted, gold)):
        parts: dict[str, Counter[str]] = defaultdict(Counter)
        titles: dict[str, str] = {}
        for name, part, row in zip(ours, theirs, rows, strict=True):
            parts[name][part] += 1
            titles.setdefault(name, shorten(row["title"] or "", 60))
        for name, counts in parts.items():
            if len(counts) > 1:
                sizes = sorted(counts.values(), reverse=True)
                lines.append((-len(counts), f"{what} {name:>12} {len(counts):3} parts of {sizes}: {titles[name]}"))
    return tuple(line for _, line in sorted(lines))


BENCHES = {
    "gvc-grouping": Bench("gvc-grouping", SHARED / "bench/gvc/dev.jsonl.gz", "reports", lambda request: run(request, {
        "TF-IDF, average link at 0.15 (the set's README)": {"b3_f1": 99.1}})),
    "gva-grouping": Bench("gva-grouping", SHARED / "bench/gva_longtail/dev.jsonl.gz", "reports", lambda request: run(request, {
        "TF-IDF, average link, 7 days (the set's README)": {"b3_f1": 91.6, "pairwise_f1": 73.3}})),
}
