"""dateline show: one incident in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.common import (
    AttributionOption,
    JsonOption,
    NamesOption,
    RecordOption,
    RuleOption,
    console,
    print_json,
    settings_with,
    tell_withheld,
    view_with,
)

if TYPE_CHECKING:
    from dateline.errors import StoreError
    from dateline.records import Incident
    from dateline.store import Store

NAME = "show"
SHORT = "Show one incident in full."
HELP = "Show one incident: its accounts, every figure with who gave it, and the sentences that say so, their words marked."
EXAMPLE = "dateline show DTL-412"


def command(
    incident: Annotated[str, typer.Argument(help="An incident's id, or that of a row of an imported sheet.",
                                           metavar="INCIDENT")],
    rule: RuleOption = None,
    attribution: AttributionOption = None,
    json: JsonOption = False,
    names: NamesOption = False,
    record: RecordOption = None,
) -> None:
    from dateline.publish.beside import as_published
    from dateline.publish.terminal import print_incident
    from dateline.publish.withhold import Published
    from dateline.reconcile.views import view_of
    from dateline.store import open_record

    settings = settings_with(record)
    view = view_with(settings, rule, attribution)
    with open_record(settings.record, create=False) as store:
        held = store.incident(incident) or _of_row(store, incident)
        if held is None:
            raise _not_held(store, incident)
        [held] = view_of([held], view, store.report)
        [published] = [Published(held, 0)] if names else as_published(store, [held])
    if json:
        print_json(published.incident)
    else:
        print_incident(console(), published, _group_names(held, settings.groups_file))
    tell_withheld(published.withheld, published.passages, int(published.sheltered))


def _of_row(store: Store, words: str) -> Incident | None:
    from dateline.importing.own import incident_of_row

    name = incident_of_row(store, words)
    return store.incident(name) if name is not None else None


def _not_held(store: Store, incident: str) -> StoreError:
    from dateline.errors import StoreError

    gone = store.incident(incident, deleted=True)
    if gone is not None and gone.history:
        return StoreError(f"{store.name}: incident {gone.id} is held no more: {gone.history[-1].why}")
    return StoreError(f"{store.name}: no incident {incident}; dateline incidents --nature all lists all of them")


def _group_names(incident: Incident, groups_file: str) -> dict[str, str]:
    """The names of the groups that the incident speaks of by their ids, as the register in force has them."""
    from dateline.queries import register_in_force

    register = register_in_force(groups_file)
    ids = {said.group for said in incident.responsibility} | {actor.group for actor in incident.actors}
    if incident.attribution is not None:
        ids |= {one.of for one in (*incident.attribution.by, *incident.attribution.set_aside)}
    ids |= {value.value for disagreement in incident.disagreements for value in disagreement.values}
    return {one: group.name for one in ids if one and (group := register.get(one)) is not None}
