"""What the register of sources knows of the speakers of an account: their kind, their side, and what a person thinks of them.

A report in the voice of an outlet that is a party to the conflict it tells of has that outlet for a speaker: a state's
agency on the state's own war is one side's word. Of other conflicts it tells as any outlet does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dateline.reconcile.ranks import parties_of
from dateline.reconcile.sources import SourceRegister
from dateline.records import Account, Figure, Report, Source, Speaker
from dateline.records.account import SpeakerKind


def informed(accounts: Iterable[Account], reports: Mapping[str, Report], register: SourceRegister) -> tuple[Account, ...]:
    """`accounts`, in the order given, with the speakers of their figures as the register knows them.

    Whom it does not know stays as extraction resolved them. Informed twice is informed once.
    """
    return tuple(_informed(account, reports.get(account.report), register) for account in accounts)


def outlet_of(report: Report | None, register: SourceRegister) -> Source | None:
    """The source in whose voice a report speaks: the agency that it credits, else its outlet."""
    return (register.get(report.agency) or register.get(report.outlet)) if report else None


def _informed(account: Account, report: Report | None, register: SourceRegister) -> Account:
    voice = outlet_of(report, register)
    own = _speaker_of(voice) if voice is not None and _is_concerned(voice.party_to, account) else None
    figures = tuple(_figure(figure, own, register) for figure in account.figures)
    return account if figures == account.figures else replace(account, figures=figures)


def _figure(figure: Figure, voice: Speaker | None, register: SourceRegister) -> Figure:
    if figure.speaker is None:                             # the report itself
        return replace(figure, speakers=(voice,) if voice is not None else ())
    given = figure.speakers or (Speaker(figure.speaker, None, None, None, "other", None),)
    known = tuple(_known(speaker, register.speaking(speaker)) for speaker in given)
    return figure if known == given else replace(figure, speakers=known)


def _known(speaker: Speaker, source: Source | None) -> Speaker:
    if source is None:
        return speaker
    return replace(speaker, organisation=source.name, kind=_kind(source), party=source.party_to or speaker.party,
                   reliability=source.reliability.value if source.reliability else None)


def _speaker_of(source: Source) -> Speaker:
    return Speaker(source.name, None, None, source.name, _kind(source), source.party_to,
                   source.reliability.value if source.reliability else None)


def _kind(source: Source) -> SpeakerKind:
    return "agency" if source.kind == "outlet" else source.kind


def _is_concerned(party: str | None, account: Account) -> bool:
    """Whether `party` is a side of what the account tells: it acts or suffers there, or it happens in its own country."""
    if party is None:
        return False
    told = {one for actor in account.actors for one in parties_of(actor)}
    told |= {said.group for said in account.responsibility if said.group}
    return party in told or party == f"state:{account.where.country}"
