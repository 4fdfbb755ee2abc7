"""Reports that a watcher read are extracted in a process of its own, with limits: one that kills it costs itself alone.

The process is begun when there is something to extract, holds the models, and ends with the watcher.
"""

from __future__ import annotations

from datetime import UTC, datetime

from dateline.children import bound_memory
from dateline.extract.extractor import BuiltIn, Extractor, extractor_of
from dateline.extract.pool import Pool
from dateline.read.article import Article
from dateline.read.report import report_from
from dateline.records import Fetched
from dateline.settings import Settings

MOST_MB = 2_000                   # beside the loaded models; a long report takes some 200
LONGEST_S = 300.0                 # a report of 200,000 characters takes some 10 s on an idle core
_WARMING = "PORT VERITY, March 12, 2021 (Agency) - A bomb killed three people at a market in Goma on Friday, police said."


def pool_for(settings: Settings) -> Pool | None:
    """None where no process is wanted: another extractor waits for a server, and reads little itself."""
    built_in = isinstance(extractor_of(settings), BuiltIn)
    return Pool(settings, 1, prepare=limited, limit_s=LONGEST_S) if built_in else None


def limited(extractor: Extractor) -> None:
    """Load the models of this process, and bound what it may take beside them."""
    list(extractor([report_from(Article("warming", Fetched(datetime.now(UTC), ""), _WARMING))]))
    bound_memory(MOST_MB)
