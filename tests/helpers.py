"""What tests share: records filled in with what a case does not care about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dateline.read.article import Article, fetched_now
from dateline.read.report import report_from
from dateline.records import Fetched, Report

READ_AT = datetime(2024, 3, 15, 9, 0, tzinfo=UTC)


OF_ARTICLE = {"source", "title", "outlet", "byline", "published_at", "page_date"}
NEWS = "ARDEN (Hawk Wire) - Shelling hit Port Verity overnight, the mayor said."


def an_article(text: str = NEWS, **given: Any) -> Article:
    """An article with `text`; `given` replaces any other field."""
    return replace(Article("https://arden-post.example/1", fetched_now(text.encode()), text), **given)


def a_report(text: str = NEWS, **given: Any) -> Report:
    """A report as reading makes it of `text`, its dateline and day of writing read; `given` replaces any field.

    `published_at`, `title`, `outlet` and the like bound what is read, as they do in an article.
    """
    article = an_article(text, **{name: value for name, value in given.items() if name in OF_ARTICLE})
    return replace(report_from(article), **({"fetched": Fetched(READ_AT, "0" * 64)} | given))
