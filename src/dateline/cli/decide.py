"""dateline merge, split, apart, accept, reject, review, correct, undo, history: a person's decisions on the record."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from dateline.cli.common import (
    LEFT_OUT,
    JsonOption,
    NamesOption,
    Problems,
    RecordOption,
    console,
    print_json,
    settings_with,
    user,
)
from dateline.cli.help import Command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dateline.decisions import By, Done
    from dateline.records.decision import Decision
    from dateline.settings import Settings
    from dateline.store import Store

T = TypeVar("T")

WhyOption = Annotated[str, typer.Option("--why", help="The reason, kept in the history.", metavar="TEXT", show_default=False)]
AsOption = Annotated[str | None, typer.Option("--as", help="Who decides. [default: DATELINE_USER, else your login name]",
                                              metavar="NAME", show_default=False)]
IncidentArgument = Annotated[str, typer.Argument(help="An incident's id.", metavar="INCIDENT")]


def merge(first: IncidentArgument, second: Annotated[str, typer.Argument(help="The other's id.", metavar="INCIDENT")],
          why: WhyOption = "", who: AsOption = None, record: RecordOption = None) -> None:
    _decide(record, lambda verbs, store, settings: verbs.merge(store, first, second, _by(who, why), settings))


def split(incident: IncidentArgument,
          accounts: Annotated[list[str], typer.Argument(help="Accounts to take out: the numbers that `dateline show` prints, or "
                                                        "outlets.", metavar="ACCOUNT...")],
          why: WhyOption = "", who: AsOption = None, record: RecordOption = None) -> None:
    _decide(record, lambda verbs, store, settings: verbs.split(store, incident, accounts, _by(who, why), settings))


def apart(first: IncidentArgument, second: Annotated[str, typer.Argument(help="The other's id.", metavar="INCIDENT")],
          why: WhyOption = "", who: AsOption = None, record: RecordOption = None) -> None:
    _decide(record, lambda verbs, store, settings: verbs.tell_apart(store, first, second, _by(who, why), settings))


def accept(incident: IncidentArgument, why: WhyOption = "", who: AsOption = None, record: RecordOption = None) -> None:
    _decide(record, lambda verbs, store, settings: verbs.review(store, incident, "accept", _by(who, why), settings))


def reject(incident: IncidentArgument, why: WhyOption = "", who: AsOption = None, record: RecordOption = None) -> None:
    _decide(record, lambda verbs, store, settings: verbs.review(store, incident, "reject", _by(who, why), settings))


def review(
    incident: IncidentArgument,
    step: Annotated[str, typer.Argument(help="assign, code, query, accept, reject or confidence.", metavar="STEP")],
    to: Annotated[str | None, typer.Option("--to", help="Whom it is assigned to, or whom the query asks.", metavar="NAME",
                                           show_default=False)] = None,
    level: Annotated[str | None, typer.Option("--level", help="Of confidence: low, medium or high.", metavar="LEVEL",
                                              show_default=False)] = None,
    why: WhyOption = "", who: AsOption = None, record: RecordOption = None,
) -> None:
    if (step == "confidence") != (level is not None):
        raise typer.BadParameter("--level low, medium or high goes with confidence, and with nothing else")
    if level is not None:
        _decide(record, lambda verbs, store, settings: verbs.set_confidence(store, incident, level, _by(who, why), settings))
        return
    _decide(record, lambda verbs, store, settings: verbs.review(store, incident, step, _by(who, why), settings, to=to))


def correct(
    incident: IncidentArgument,
    field: Annotated[str, typer.Argument(help="kind, when, where, nature, status, told_as; with --account also "
                                         "figures.N.low and the like.", metavar="FIELD")],
    value: Annotated[str, typer.Argument(help="What it is: a kind; 2018-01-27, 2018-01 or 2018-01-27..2018-01-29; a place's name "
                                         "(\"Gao, ML\"); a number; none.", metavar="VALUE")],
    account: Annotated[str | None, typer.Option("--account", help="One account of it: its number or its outlet.",
                                                metavar="ACCOUNT", show_default=False)] = None,
    evidence: Annotated[str | None, typer.Option("--evidence", help="The words of its report that say so.", metavar="WORDS",
                                                 show_default=False)] = None,
    why: WhyOption = "", who: AsOption = None, record: RecordOption = None,
) -> None:
    from dateline.typed import typed_value

    _decide(record, lambda verbs, store, settings: verbs.correct(
        store, incident, field, typed_value(field, value, evidence), _by(who, why), settings, account=account, evidence=evidence))


def undo(event: Annotated[int | None, typer.Argument(help="An event's number. [default: the last decision that holds]",
                                                     metavar="EVENT", show_default=False)] = None,
         why: WhyOption = "", who: AsOption = None, record: RecordOption = None) -> None:
    _decide(record, lambda verbs, store, settings: verbs.undo(store, event, _by(who, why), settings))


def history(incident: Annotated[str | None, typer.Argument(help="An incident's id. [default: what persons decided, of all]",
                                                           metavar="INCIDENT", show_default=False)] = None,
            names: NamesOption = False, json: JsonOption = False, record: RecordOption = None) -> None:
    from dateline.errors import DecisionError
    from dateline.publish.decisions import print_decisions, print_history
    from dateline.publish.withhold import withhold_decided
    from dateline.reconcile.by_hand import entered_by

    def shown(one: T, about: Sequence[Decision]) -> T:
        accounts = [account for name in dict.fromkeys(anchor.report for given in about for anchor in given.anchors)
                    for account in store.accounts_of(name)]
        accounts += [account for given in about if (account := entered_by(given)) is not None]      # also one taken back
        return one if names else withhold_decided(one, accounts)

    with _opened(settings_with(record).record) as store:
        decided = [shown(one, [one.decision]) for one in store.decisions()]
        of = store.incident(incident, deleted=True) if incident is not None else None
        if of is not None:
            accounts = [joined.account for joined in of.accounts]
            lines = [shown(line if names else withhold_decided(line, accounts), [one.decision for one in decided])
                     for line in of.history]
            of = replace(of, history=tuple(lines))
    if incident is not None and of is None:
        raise DecisionError(f"no incident {incident}; dateline incidents --nature all lists all of them")
    if json:
        for told in decided if of is None else of.history:
            print_json(told)
    elif of is None:
        print_decisions(console(), decided)
    else:
        print_history(console(), of)


def redo(dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would change, and change nothing.")] = False,
         every: Annotated[bool, typer.Option("--all", help="Extract every report again, not only those an older version read."
                                             )] = False,
         json: JsonOption = False, record: RecordOption = None) -> None:
    from dateline import redo as redoing
    from dateline.publish.decisions import print_redone

    settings, problems = settings_with(record), Problems()
    with _opened(settings.record) as store:
        done = (redoing.rehearse if dry_run else redoing.redo)(store, settings, every=every)
    if json:
        for one in done.differences:
            print_json(one)
    else:
        print_redone(console(), done, dry_run=dry_run)
    for error in done.failed:
        problems(error)
    if problems.count:
        raise typer.Exit(LEFT_OUT)


COMMANDS = (
    (merge, "Put two incidents together.", "They become one incident, whatever the machine thinks of them; undo takes it back.",
     'dateline merge DTL-412 DTL-418 --why "the market and the bakery are one blast"'),
    (split, "Take accounts out of an incident.", "The accounts that you name become an incident of their own.",
     'dateline split DTL-412 2 5 --why "the raid of the day before"'),
    (apart, "Say that two incidents are not the same.", "They stay apart, whatever reports make of them later.",
     'dateline apart DTL-412 DTL-418 --why "two towns of that name"'),
    (accept, "Accept an incident as it is.", "Its review becomes approved.", "dateline accept DTL-412"),
    (reject, "Reject an incident, with a reason.", "Its review becomes rejected: it stays held, and says so.",
     'dateline reject DTL-412 --why "a drill"'),
    (review, "Assign, code, query, accept or reject an incident, or say how sure you are of it.",
     "The next state of its review: assigned to a person, coded (checked and corrected), a query to a colleague, approved or "
     "rejected; or the confidence that a person has in it.", 'dateline review DTL-412 query --to Ana --why "which hospital?"'),
    (correct, "Correct a field of an incident or of one account.",
     "What you set holds for the incident, or for one account of it, whatever is extracted or joins it later.",
     'dateline correct DTL-412 where "Gao, ML" --why "the town, not the region"'),
    (undo, "Take back a decision.", "Takes back a merge, split, review or correction, an undo too; see dateline history.",
     "dateline undo 7"),
    (history, "List what was decided, or what became of one incident.",
     "Without an incident: what persons decided. With one: every change of it, of persons and of the machine.",
     "dateline history DTL-412"),
    (redo, "Do the record anew after a change of rules or model.",
     "Extracts again what an older version read and puts all accounts together anew; decisions of persons hold.",
     "dateline redo --dry-run"),
)


def add_to(app: typer.Typer) -> None:
    for command, short, text, example in COMMANDS:
        app.command(command.__name__, cls=Command, help=text, short_help=short, epilog=f"Example: {example}")(command)


def _opened(record: str) -> Store:
    from dateline.store import open_record

    return open_record(record, create=False)


def _decide(record: str | None, decided: Callable[[Any, Store, Settings], Done]) -> None:
    """Open the record, do what `decided` makes of dateline.decisions, the record and the settings, and tell its event."""
    from dateline import decisions

    settings = settings_with(record)
    with _opened(settings.record) as store:
        done = decided(decisions, store, settings)
    gone = f"; {', '.join(done.gone)} held no more" if done.gone else ""
    print(f"event {done.event}: {', '.join(done.incidents) or 'no incident'}{gone}")
    print(f"dateline undo {done.event} takes it back", file=sys.stderr)


def _by(who: str | None, why: str) -> By:
    from dateline.decisions import By

    return By(user(who), why)
