"""python -m bench.briefing: 10,000 subscribers in 40 editions: composed, queued, each mail made; time and memory.

The record is made (bench/desk_record.py), with a window that holds some 2,000 of its incidents, all new. Sending, and what ten
kills do to it, is measured by `python -m bench.mail_queue`.
"""

from __future__ import annotations

import argparse
import json
import random
import secrets
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from bench.memory import peak_mb
from dateline.editions.issuing import approve, draft_due, issue_now
from dateline.editions.mails import maker_of
from dateline.editions.schedule import Due
from dateline.publish.export.countries import all_countries
from dateline.records import to_line
from dateline.records.briefing import Coverage, Length, Window
from dateline.records.mailing import Choices, Consent, Edition, Issue
from dateline.settings import Settings
from dateline.store import Store, open_record
from dateline.store.rows import instant
from dateline.store.schema_mailing import subscriber, subscription

SUBSCRIBERS, EDITIONS, INCIDENTS = 10_000, 40, 2_300
WINDOW = Window(date(2014, 1, 1), date(2024, 12, 31))
AT = datetime(2025, 1, 1, 6, tzinfo=UTC)
LENGTHS: tuple[Length, ...] = ("five lines", "one page", "one page", "everything")
MADE_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of this process's wall clock; peak_mb: of its memory, the making of the record left out."""

    incidents: int                # told by the largest edition
    composed_s: float             # all editions, from the record
    queued_s: float               # a mail for each subscriber
    mails: int
    made_s: float                 # each laid out, with the links that are its own
    made_per_s: float
    largest_kb: float             # text and HTML of one, with its pictures
    peak_mb: float


def measure(record: Path, subscribers: int, editions: int, seed: int = 1) -> Measured:
    settings = Settings(record=str(record), public_url="https://desk.example.org", mail_from="briefing@example.org")
    rng = random.Random(seed)
    with open_record(record) as store:
        held = [Edition(f"edition-{number}", f"Edition {number}", coverage=_coverage(number, rng)) for number in range(editions)]
        for one in held:
            store.editions.keep(one, AT)
        _subscribe(store, held, subscribers, rng)
        began = time.perf_counter()
        failures: list[Exception] = []
        issues = list(draft_due(store, [Due(one, "daily", WINDOW) for one in held], settings, at=AT,
                                failed=lambda due, error: failures.append(error)))
        assert not failures, failures[0]
        composed = time.perf_counter()
        for issue in issues:
            issue_now(store, approve(store, issue, by="bench", at=AT), settings, by="bench", at=AT)
        queued = time.perf_counter()
        made, largest = _make_all(store, settings)
        done = time.perf_counter()
    return Measured(max(_incidents(one) for one in issues), round(composed - began, 2), round(queued - composed, 2), made,
                    round(done - queued, 2), round(made / (done - queued), 1), round(largest / 1000, 1),
                    round(peak_mb(), 1))


def _coverage(number: int, rng: random.Random) -> Coverage:
    """The first tells everything, the others what a country, a threshold or those affected leave."""
    if number == 0:
        return Coverage()
    if number % 2:
        return Coverage(countries=tuple(rng.sample(sorted(all_countries()), 60)))
    return Coverage(killed=rng.choice((1, 5, 10)), affected=rng.choice(((), ("health", "school"))))


def _subscribe(store: Store, editions: list[Edition], count: int, rng: random.Random) -> None:
    consent = to_line(Consent(AT, "made for the bench", None, AT))
    people = [{"id": number, "key": f"reader{number}@example.org", "address": f"reader{number}@example.org", "state": "confirmed",
               "token": secrets.token_urlsafe(24), "consent": consent, "asked_at": instant(AT), "bounces": 0}
              for number in range(1, count + 1)]
    chosen = [{"subscriber_id": one["id"], "edition": editions[index % len(editions)].slug, "frequency": "daily",
               "choices": to_line(_choices(rng)), "since": instant(AT)} for index, one in enumerate(people)]
    with store._write() as connection:                    # a sign-up each would be ten thousand mails of confirmation
        connection.execute(subscriber.insert(), people)
        connection.execute(subscription.insert(), chosen)


def _choices(rng: random.Random) -> Choices:
    """As people choose: the length, some a threshold."""
    return Choices(length=rng.choice(LENGTHS), coverage=Coverage(killed=rng.choice((0, 0, 0, 5))))


def _make_all(store: Store, settings: Settings) -> tuple[int, int]:
    """What every queued mail says, made as the sender makes it; how many, and the bytes of the largest."""
    make, made, largest = maker_of(store, settings), 0, 0
    while some := store.mails.claim("bench", AT, 3_600, MADE_AT_ONCE):
        for mail in some:
            parts = make(mail)
            if parts is not None:
                made += 1
                largest = max(largest, len(parts.text) + len(parts.html) + sum(4 * len(one.png) // 3 for one in parts.pictures))
    return made, largest


def _incidents(issue: Issue) -> int:
    return len({item.incident for item in issue.briefing.items if item.incident})


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench.briefing", description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--subscribers", type=int, default=SUBSCRIBERS)
    options.add_argument("--editions", type=int, default=EDITIONS)
    options.add_argument("--incidents", type=int, default=INCIDENTS)
    options.add_argument("--record", type=Path, help="a record that bench.desk_record made; default: one is made")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        record = asked.record or Path(folder) / "record.db"
        if asked.record is None:
            # in a process of its own, so that the memory measured is that of the briefing
            make = "import sys; from bench.desk_record import make_record; make_record(sys.argv[1], *map(int, sys.argv[2:]))"
            subprocess.run([sys.executable, "-c", make, str(record), str(asked.incidents), str(4 * asked.incidents)], check=True)
        print(json.dumps(asdict(measure(record, asked.subscribers, asked.editions)), indent=1))


if __name__ == "__main__":
    main()
