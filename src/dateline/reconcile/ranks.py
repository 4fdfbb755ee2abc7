"""How well placed a speaker is to count the people of a figure.

| rank | who | examples |
|---|---|---|
| `SITE` 5 | counts bodies or names on site | hospital, morgue, doctors, a published list |
| `ACCESS` 4 | no party, with access | monitors, the UN, the Red Cross, rights groups |
| `OWN` 3 | a party on its own dead, and offices of state | an army on its soldiers, ministries, police |
| `OTHER` 2 | anyone else who is named or described | witness, resident, another outlet, a professor |
| `REPORT` 1 | nobody: the report states it itself | "a bomb killed 12 people" |
| `ENEMY` 0 | a party on its enemy's dead: moves the high end only | a group on soldiers it killed, an army on rebels |

Offices of state count the dead of their own side and the civilians in their care, which makes them a party on its own
dead; an office whose side was not resolved has the same rank, so that a ministry cannot outrank itself by a label
that is missing. A state that speaks of civilians it killed itself admits them: that is no boast (`OWN`).
A speaker whom a person calls unreliable in the register of sources (`sources.py`) has rank `REPORT` at most.
A claim of rank `ENEMY` is not improved by a later count of somebody else: it stands until its maker changes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from dateline.reconcile.copies import written_time
from dateline.reconcile.words import fold, word_set, words_of
from dateline.records import Account, Actor, Figure, Report, Speaker
from dateline.records.account import SpeakerKind
from dateline.records.kinds import ONE_SIDED, event_type_of

SITE: Final = 5
ACCESS: Final = 4
OWN: Final = 3
OTHER: Final = 2
REPORT: Final = 1
ENEMY: Final = 0

_KIND_WORDS: tuple[tuple[SpeakerKind, frozenset[str]], ...] = (
    ("hospital", word_set("hospital clinic morgue mortuary doctor doctors surgeon medic medics coroner nurse "
                           "paramedic paramedics")),
    ("armed group", word_set("rebel rebels militant militants insurgent insurgents guerrilla guerrillas militia "
                              "fighters taliban")),
    ("monitor", word_set("observatory monitor monitors un ocha unicef unhcr icrc crescent cross msf amnesty "
                          "rights nations")),
    ("police", word_set("police sheriff constable detective deputies")),
    ("military", word_set("army military troops soldier soldiers general colonel brigadier navy pentagon")),
    ("official", word_set("ministry minister official officials government governor mayor president presidency "
                           "authorities authority administrator commissioner agency office department security "
                           "spokesman spokeswoman spokesperson")),
    ("witness", word_set("witness witnesses resident residents villager villagers survivor survivors")),
)
_ATTACKER_WORDS = word_set("attacker attackers assailant assailants gunman gunmen bomber bombers hijacker hijackers "
                            "raider raiders militant militants shooter")
_FORCES = frozenset({"state forces", "foreign forces", "pro-government militia"})
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Moment:
    """When a count was made. minute: of the local day, where told; published: when its report appeared."""

    day: date
    minute: int | None
    published: datetime | None

    @property
    def order(self) -> tuple[date, int, float]:
        """For sorting, from the earliest; what is not told comes first on its day."""
        return (self.day, -1 if self.minute is None else self.minute,
                self.published.timestamp() if self.published else -1.0)


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure in its account, with what settling and tolls ask of it."""

    figure: Figure
    account: Account
    rank: int
    moment: Moment | None
    speakers: frozenset[str]     # folded names of whoever gives it; empty: the report itself
    attackers: bool              # the people counted are the attackers

    @property
    def key(self) -> tuple[str, str]:
        return (self.account.id, self.figure.id)


def weigh(figure: Figure, account: Account, report: Report | None, around: date | None = None) -> Counted:
    """`figure` with its rank, moment and speakers.

    report: the one that tells it, or the original where that one is a copy. around: the day of the incident, which
    chooses the year of a dispatch whose dateline has none.
    """
    return Counted(figure, account, rank_of(figure, account), _moment(figure, report, around),
                   speaker_names(figure), counts_attackers(figure, account))


def is_later(new: Moment | None, old: Moment | None) -> bool:
    """Whether `new` was surely made after `old`; False where that cannot be told."""
    if new is None or old is None:
        return False
    if new.day != old.day:
        return new.day > old.day
    if new.minute is not None and old.minute is not None:
        return new.minute > old.minute
    if new.published is not None and old.published is not None:
        return new.published > old.published
    return False


def rank_of(figure: Figure, account: Account) -> int:
    """The rank of whoever gives `figure` (table above); the best placed one where there are several."""
    if figure.speaker is None and not figure.speakers:
        return REPORT
    if not figure.speakers:
        return _rank(kind_of(figure.speaker or ""), None, figure, account)
    return max(_trusted(_rank(_kind(one), one.party, figure, account), one) for one in figure.speakers)


def _trusted(rank: int, speaker: Speaker) -> int:
    """A speaker whom a person calls unreliable counts as if nobody were named."""
    return min(rank, REPORT) if speaker.reliability == "low" else rank


def kind_of(words: str) -> SpeakerKind:
    """What kind of speaker `words` describe, where nobody resolved them."""
    seen = set(words_of(words))
    return next((kind for kind, marks in _KIND_WORDS if seen & marks), "other")


def speaker_names(figure: Figure) -> frozenset[str]:
    """Folded names by which a speaker is known again: of the person and of the organisation, else the words."""
    names = {fold(name) for one in figure.speakers for name in (one.person, one.organisation) if name}
    if not names and figure.speaker:
        names.add(fold(figure.speaker))
    return frozenset(names)


def counts_attackers(figure: Figure, account: Account) -> bool:
    """Whether `figure` counts the attackers themselves."""
    lost_by = next((actor for actor in account.actors if actor.id == figure.of), None)
    if lost_by is not None:
        return lost_by.role == "attacker"
    if set(words_of(figure.who or "")) & _ATTACKER_WORDS:
        return True
    attackers = [actor for actor in account.actors if actor.role == "attacker"]
    return (figure.side == "armed group" and is_one_sided(account.kind)
            and any(actor.group or actor.type in (2, 3) for actor in attackers))


def is_one_sided(kind: str) -> bool:
    """Whether those attacked do not fight back: ACLED's remote violence and violence against civilians."""
    return event_type_of(kind) in ONE_SIDED


def parties_of(actor: Actor) -> frozenset[str]:
    """The sides of the conflict that `actor` stands for: a group's id, "state:CC"."""
    parties = {actor.group} if actor.group else set()
    if actor.type in (1, 8) and actor.country:
        parties.add(f"state:{actor.country}")
    return frozenset(party for party in parties if party)


def _kind(speaker: Speaker) -> SpeakerKind:
    if speaker.kind != "other":
        return speaker.kind
    return kind_of(" ".join(filter(None, (speaker.office, speaker.organisation, speaker.text))))


def _rank(kind: SpeakerKind, party: str | None, figure: Figure, account: Account) -> int:
    if _is_enemys(kind, party, figure, account):
        return ENEMY
    if kind in ("hospital", "list"):
        return SITE
    if kind == "monitor":
        return ACCESS if party is None else OWN
    if party is not None or kind in ("official", "police", "military", "armed group"):
        return OWN
    return OTHER


def _is_enemys(kind: SpeakerKind, party: str | None, figure: Figure, account: Account) -> bool:
    """Whether the people counted are on another side than the speaker, or were killed by the speaker's own."""
    is_state = (party or "").startswith("state:") or (party is None and kind in ("official", "police", "military"))
    if counts_attackers(figure, account) and is_one_sided(account.kind):
        return False        # counted apart from the toll, by whoever holds the ground and the bodies
    if figure.side == "armed group":
        own = _lost_by(figure, account)
        return is_state or (party is not None and party not in own and _is_fighting(party, account))
    if party is None:
        return kind == "armed group" and figure.side != "civilians"
    if party in _lost_by(figure, account):
        return False
    if is_state:
        return _is_fighting(party, account) and figure.side not in ("civilians", "unknown")
    attackers_known = any(actor.role == "attacker" for actor in account.actors)
    return _is_fighting(party, account) or figure.side in _FORCES or (figure.side == "unknown" and not attackers_known)


def _lost_by(figure: Figure, account: Account) -> frozenset[str]:
    actor = next((actor for actor in account.actors if actor.id == figure.of), None)
    own = parties_of(actor) if actor else frozenset()
    if figure.side == "state forces" and account.where.country:
        own |= {f"state:{account.where.country}"}
    return own


def _is_fighting(party: str, account: Account) -> bool:
    return any(party in parties_of(actor) for actor in account.actors if actor.role in ("attacker", "side", "ally"))


def _moment(figure: Figure, report: Report | None, around: date | None) -> Moment | None:
    published = report.published_at if report else None
    told = _MOMENT.match(figure.as_of.latest or figure.as_of.earliest or "")
    if told:
        try:
            day = date.fromisoformat(told.group(1))
        except ValueError:
            return None
        minute = int(told.group(2)) * 60 + int(told.group(3)) if told.group(2) else None
        return Moment(day, minute, published)
    day_written = written_day(report, around) if report else None
    return Moment(day_written, None, published) if day_written else None


def written_day(report: Report, around: date | None) -> date | None:
    """The day `report` was written; of several possible ones the first on or after `around`, when that is given."""
    if report.written.day is not None:
        return report.written.day
    if around is not None and report.written.candidates:
        return min((day for day in report.written.candidates if day >= around), default=None)
    at = written_time(report)
    return at.date() if at else None
