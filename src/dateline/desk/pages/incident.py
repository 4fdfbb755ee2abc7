"""One incident: what is held, the ledger, and the reports beside it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse

from dateline.desk.asked import Asked, query_of
from dateline.desk.context import Desk, DeskHere, StoreHere
from dateline.desk.flashes import undo_of
from dateline.desk.held import Held, held
from dateline.desk.problems import NotHeld
from dateline.desk.views.choices import country_name
from dateline.desk.views.facts import Extractors, attribution_facts, changes_of, code_facts, held_facts, sides_words, toll_box
from dateline.desk.views.incident import MOST_TEXTS, ledger_lines, marked_text, reports_shown
from dateline.desk.views.rows import row_of
from dateline.desk.views.sources import party_words
from dateline.desk.who import Person, PersonHere
from dateline.publish.beside import beside_reports
from dateline.publish.withhold import Surroundings, withhold_decided
from dateline.publish.words import sources_words
from dateline.records import Incident, Report
from dateline.records.account import Effect
from dateline.records.kinds import KINDS
from dateline.records.revision import revision_of
from dateline.records.team import Comment
from dateline.settings import ATTRIBUTION_RULES, TOLL_RULES
from dateline.store import Store
from dateline.store.rows import numbers_in

router = APIRouter(include_in_schema=False)
AskedHere = Annotated[Asked, Query()]
EXPLAINED = {
    "reliable": "By who is best placed to count; what standing figures allow is its range. Attackers are counted apart.",
    "lowest": "The lowest standing total, as ACLED counts. Attackers are in it.",
    "latest": "The latest standing count.",
    "majority": "What most origins say.",
}
OF_INCIDENT = [("when", "when"), ("where", "where"), ("kind", "kind"), ("nature", "nature"), ("status", "status"),
               ("told_as", "told as")]
PARTS_OF_FIGURE = (("count", "how many"), ("effect", "effect: killed, injured, ..."), ("who", "of whom, in words"),
                   ("side", "side of those counted"), ("scope", "scope"), ("speaker", "who gives it"))
_EVENT = re.compile(r"\(event (\d+)\)$")


@router.get("/incidents/{incident}")
def incident(request: Request, incident: str, asked: AskedHere, desk: DeskHere, store: StoreHere, person: PersonHere) -> Response:
    with store.at_one_moment():
        found = held(store, incident, asked.view(desk))
        one = found.shown
        if incident != one.id:                    # "412" and "dtl-412" have one address
            return RedirectResponse(f"/incidents/{one.id}", status_code=301)
        shown = incident_shown(found, asked, desk, store) | around(found, desk, store, person)
    return desk.pages.page(request, "incident.html", section="overview", withheld=found.published.withheld, **shown,
                           **correctable())


def incident_shown(found: Held, asked: Asked, desk: Desk, store: Store) -> dict[str, Any]:
    """What the page shows of the incident itself."""
    one = found.shown

    def name(group: str | None) -> str:
        return desk.group_name(group) or ""

    reports, beside = _reports_of(one, store)
    rules = [(rule, f"?{query_of(asked, {'rule': rule})}#toll-title") for rule in TOLL_RULES]
    attributions = [(rule, "" if rule == asked.view(desk).attribution else f"?{query_of(asked, {'attribution': rule})}#who-title")
                    for rule in ATTRIBUTION_RULES]
    extractors = store.lists.extractors({joined.report.id for joined in one.accounts})
    by_hand = store.lists.set_by_hand({joined.account.id for joined in one.accounts})
    listed = next(iter(store.lists.listed(numbers_in([one.id]))), None)
    return {
        "one": one, "revision": revision_of(found.kept), "row": row_of(listed, desk.group_name) if listed else None,
        "held_facts": held_facts(one, name, extractors, by_hand), "code_facts": code_facts(one),
        "attribution_facts": attribution_facts(one, name),
        "killed": toll_box(one.toll.killed, "killed", EXPLAINED), "injured": toll_box(one.toll.injured, "injured", EXPLAINED),
        "rules": rules, "attribution_rules": attributions, "sides": sides_words(one, name),
        "figures": _ledger_rows(one, desk, extractors),
        "differing": [{"field": on.field, "values": [{"value": name(held.value), "holders": held.holders} for held in on.values]}
                      for on in one.disagreements],
        "sources": sources_words(one), "reports": reports_shown(one, reports, beside),
    }


def around(found: Held, desk: Desk, store: Store, person: Person) -> dict[str, Any]:
    """What stands around it: links, comments, history, who has it open."""
    one = found.shown
    lock = store.team.locked_by(one.id, datetime.now(UTC))
    return {"related": _related(one, store), "comments": _comments(found, store), "changes": _changes(one, store),
            "lock": lock if lock is not None and lock.who != person.name else None,
            "persons": [known.name for known in store.team.people() if known.disabled_at is None],
            "kinds": list(KINDS), "effects": [(effect, effect) for effect in get_args(Effect)]}


@router.get("/incidents/{incident}/figures/{figure}")
def figure(request: Request, incident: str, figure: str, asked: AskedHere, desk: DeskHere, store: StoreHere, person: PersonHere
           ) -> Response:
    """The same page with one figure open for correcting."""
    found = held(store, incident, asked.view(desk))
    for joined in found.shown.accounts:
        for one in joined.account.figures:
            if one.id == figure:
                correcting = {"account": joined.account.id, "field": f"figures.{one.id}.count", "value": one.words}
                return desk.pages.page(request, "incident.html", section="overview", withheld=found.published.withheld,
                                       **incident_shown(found, asked, desk, store), **around(found, desk, store, person),
                                       **correctable(correcting, one.id))
    raise NotHeld(f"{found.shown.id} has no figure {figure[:40]}; it may have been read anew meanwhile")


def correctable(correcting: dict[str, str] | None = None, figure_id: str = "") -> dict[str, Any]:
    """What can be corrected on the page: fields of the incident, or parts of one figure."""
    fields = [(f"figures.{figure_id}.{name}", words) for name, words in PARTS_OF_FIGURE] if figure_id else OF_INCIDENT
    return {"correcting": correcting, "correctable": fields}


@router.get("/reports/{report}/text")
def report_text(request: Request, report: str, incident: str, desk: DeskHere, store: StoreHere) -> Response:
    """The text of one report of an incident, its words marked: for a page that did not show it at once."""
    kept = store.report(report)
    if kept is None:
        raise NotHeld(f"there is no report {report[:40]} in this record")
    one = held(store, incident, desk.view).shown
    told = [joined.account for joined in one.accounts if joined.report.id == report]
    beside = beside_reports(store, [report])[report]
    return desk.pages.page(request, "report_text.html", report=kept, pieces=marked_text(kept, told, beside))


def _reports_of(one: Incident, store: Store) -> tuple[dict[str, Report], dict[str, Surroundings]]:
    ids = list(dict.fromkeys(joined.report.id for joined in one.accounts))[:MOST_TEXTS]
    found = store.reports_called(ids)
    return found, beside_reports(store, found)


def _ledger_rows(one: Incident, desk: Desk, extractors: Extractors) -> list[dict[str, Any]]:
    return [{
        "field": " ".join(line.fields), "words": line.words, "effect": "", "bounds": _bounds(line.figure.low, line.figure.high),
        "who": line.of, "side": "" if line.figure.side == "unknown" else line.figure.side, "speaker": line.speaker,
        "party": "; ".join(dict.fromkeys(party_words(s.party, desk.group_name, country_name)
                                         for s in line.figure.speakers if s.party)), "outlets": line.outlets, "read": line.read,
        "as_of": line.as_of, "standing": line.standing, "why": line.why, "scope": line.scope, "depth": int(line.is_part),
        "used": line.counts, "url": f"/incidents/{one.id}/figures/{line.figures[0]}",
    } for line in ledger_lines(one, extractors)]


def _bounds(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "no number"
    if low == high:
        return f"{low:,}"
    return f"{low:,} or more" if high is None else f"up to {high:,}" if low is None else f"{low:,}\u2013{high:,}"


def _comments(found: Held, store: Store) -> list[Comment]:
    """What persons wrote of it, without the names that may not be shown: they know them, and not all who read a page may."""
    accounts = [joined.account for joined in found.kept.accounts]
    return [withhold_decided(one, accounts) for one in store.team.comments(found.kept.id)]


def _related(one: Incident, store: Store) -> list[dict[str, str]]:
    listed = {found.id: found for found in store.lists.listed(numbers_in(link.incident for link in one.related))}
    return [{"kind": link.kind.replace("_", " "), "id": link.incident, "note": link.note,
             "headline": listed[link.incident].headline if link.incident in listed else "held no more"} for link in one.related]


def _changes(one: Incident, store: Store) -> list[dict[str, Any]]:
    """The history; a decision that holds can be taken back where it stands."""
    lines = [(line, _EVENT.search(line["what"])) for line in changes_of(one)]
    holding = store.holding({int(event[1]) for _, event in lines if event})
    return [line | {"undo": undo_of(int(event[1])) if event and int(event[1]) in holding else None} for line, event in lines]
