"""dateline enter: an incident, an account or a figure by hand, with a note as its evidence."""

from __future__ import annotations

import json
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.common import RecordOption, settings_with, user
from dateline.cli.decide import AsOption, WhyOption

if TYPE_CHECKING:
    from dateline.entered import Entered

NAME = "enter"
SHORT = "Enter an incident by hand."
HELP = ("Enter by hand what a call or a report in another language tells, with a note as its evidence: by options, or from a "
        "file of TOML or JSON. It joins the incident that it tells of, or the one that --into names.")
EXAMPLE = ('dateline enter --kind "suicide bomb" --day 2018-01-27 --place Kabul --country AF --killed "at least 12" '
           '--by "health office" --outlet "phone call" --note "the health office says at least 12 dead"')


def _option(name: str, help: str, metavar: str) -> Any:
    return typer.Option(name, help=help, metavar=metavar, show_default=False)


def command(
    file: Annotated[Path | None, typer.Argument(help="A file of TOML or JSON with what is entered, instead of options.",
                                                metavar="FILE", show_default=False)] = None,
    note: Annotated[str | None, _option("--note", "What was heard or read, and from whom: the evidence.", "TEXT")] = None,
    outlet: Annotated[str | None, _option("--outlet", "What it comes from, as readers will see it.", "WORDS")] = None,
    on: Annotated[str | None, _option("--date", "Day of the note. [default: today]", "DAY")] = None,
    kind: Annotated[str | None, _option("--kind", "The incident kind.", "KIND")] = None,
    day: Annotated[str | None, _option("--day", "When it was: 2018-01-27, 2018-01 or 2018-01-27..2018-01-29.", "DAY")] = None,
    place: Annotated[str | None, _option("--place", "Where it was: a name of the gazetteer.", "NAME")] = None,
    within: Annotated[str | None, _option("--within", "The unit around a place that the gazetteer lacks.", "NAME")] = None,
    country: Annotated[str | None, _option("--country", "ISO 3166 alpha-2 code or name of the country.", "COUNTRY")] = None,
    killed: Annotated[str | None, _option("--killed", "How many were killed, in words: \"at least 12\".", "COUNT")] = None,
    injured: Annotated[str | None, _option("--injured", "How many were injured.", "COUNT")] = None,
    by: Annotated[str | None, _option("--by", "Who counts them.", "WORDS")] = None,
    attacker: Annotated[list[str] | None, _option("--attacker", "Who did it. May be given several times.", "NAME")] = None,
    words: Annotated[list[str] | None, _option("--words", "Words of the note that tell it; several times for several.",
                                               "WORDS")] = None,
    private: Annotated[list[str] | None, _option("--private", "A name in the note that is not to be published.", "NAME")] = None,
    into: Annotated[str | None, _option("--into", "The incident that it belongs to, or new for one of its own.",
                                        "INCIDENT")] = None,
    why: WhyOption = "", who: AsOption = None, record: RecordOption = None,
) -> None:
    from dateline.decisions import By
    from dateline.entering import enter_all
    from dateline.store import open_record

    given = {"note": note, "outlet": outlet, "date": on, "kind": kind, "day": day, "place": place, "within": within,
             "country": _code(country), "figures": _figures(killed, injured, by), "attackers": attacker or [],
             "words": words or [], "private": private or [], "into": into}
    told = {name: value for name, value in given.items() if value}
    if file is not None and told:
        raise typer.BadParameter("give a file or options, not both")
    settings = settings_with(record)
    entered = _tables(file) if file is not None else [told]
    with open_record(settings.record) as store:
        done = enter_all(store, [_entered(one) for one in entered], By(user(who), why), settings)
    for one in done:
        print(f"event {one.event}: {', '.join(one.incidents) or 'a notice, in no incident'}")
        print(f"dateline undo {one.event} takes it back", file=sys.stderr)


def _entered(told: dict[str, Any]) -> Entered:
    from dateline.entered import entered_from
    from dateline.errors import DecisionError

    if "note" not in told:
        raise DecisionError("what is entered has a note, its evidence: what was heard or read, and from whom; --note TEXT")
    return entered_from(told, today=datetime.now(UTC).date())


def _figures(killed: str | None, injured: str | None, by: str | None) -> list[dict[str, Any]]:
    counted = (("killed", killed), ("injured", injured))
    return [{"words": words, "effect": effect, "by": by} for effect, words in counted if words is not None]


def _code(country: str | None) -> str | None:
    from dateline.queries import country_code

    return country_code(country) if country else None


def _tables(path: Path) -> list[dict[str, Any]]:
    """What a file says: one table, or several under `entered` (in JSON also a list)."""
    from dateline.errors import ReadError

    try:
        raw = path.read_bytes()
        told = _plain(json.loads(raw) if path.suffix.lower() == ".json" else tomllib.loads(raw.decode("utf-8")))
    except OSError as problem:
        raise ReadError(str(path), problem.strerror or "it cannot be read") from None
    except (ValueError, RecursionError) as problem:
        raise ReadError(str(path), f"neither TOML nor (as NAME.json) JSON: {problem}") from None
    listed = told if isinstance(told, list) else told.get("entered", [told]) if isinstance(told, dict) else []
    if not listed or not all(isinstance(one, dict) for one in listed):
        raise ReadError(str(path), "no table with a note; docs/use.md has one to copy")
    return listed


def _plain(told: Any) -> Any:
    """Days as text, as JSON has them: TOML has a type for them."""
    if isinstance(told, dict):
        return {name: _plain(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_plain(value) for value in told]
    return told.isoformat() if isinstance(told, date) else told
