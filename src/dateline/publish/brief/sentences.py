"""The sentences of a briefing: here and in sentences_*.py alone its words are chosen. docs/briefing-content.md is the guide.

tests/publish/brief/test_sentences.py is the specification: one case a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dateline.publish.brief.sentences_changes import (
    REJECTED,
    approvals,
    change_lines,
    disagreement_lines,
    hand_lines,
    rejected_heading,
    was_rejected,
)
from dateline.publish.brief.sentences_claims import Said, claim_lines, is_claim, new_said, said_of
from dateline.publish.brief.sentences_counts import Clause, counts_clause, told_counts
from dateline.publish.brief.sentences_groups import statement_heading, statement_line
from dateline.publish.brief.sentences_lead import KNOWN_FROM, heading, lead
from dateline.publish.brief.sentences_outlets import outlets_of, own_accounts
from dateline.publish.brief.sentences_speakers import Names, capital, is_or_are, listed
from dateline.publish.brief.sentences_totals import bounds_of, headline_of, title_of, total, withheld_of
from dateline.publish.words import when_words
from dateline.records import Incident
from dateline.records.account import Effect
from dateline.records.briefing import Line
from dateline.records.kinds import event_type_of

__all__ = [
    "REJECTED",
    "Names",
    "Said",
    "approvals",
    "bounds_of",
    "change_lines",
    "claim_lines",
    "hand_lines",
    "heading",
    "headline_of",
    "is_claim",
    "new_lines",
    "new_said",
    "rejected_heading",
    "said_of",
    "statement_heading",
    "statement_line",
    "title_of",
    "total",
    "uncertain_lines",
    "was_rejected",
    "withheld_of",
]

# what else may have become of people, and is told where it is
_OTHERS: Final[tuple[Effect, ...]] = (
    "abducted", "captured", "arrested", "missing", "displaced", "released", "escaped", "surrendered")
# kinds that are about these people, and are told with them in the first place
_MAINLY: Final[dict[str, tuple[Effect, ...]]] = {
    "abduction/forced disappearance": ("abducted", "captured", "missing"), "arrests": ("arrested", "captured")}
# kinds of which nobody asks how many died
_QUIET: Final = frozenset({"Strategic developments", "Protests"})
# fields on which sources differ that the first sentences do not tell already
DIFFERING: Final = ("kind", "day", "place", "attacker", "number of attackers", "who the dead were", "attackers killed")


def new_lines(incident: Incident, names: Names) -> tuple[Line, ...]:
    """A new incident: what, where, when and how many, with who says so; then the injured, who is said to have done it, who else
    was affected. The first sentence can stand alone."""
    return (_first(incident, names), *_injured(incident, names), *_attackers(incident, names), *claim_lines(incident, names),
            *_others(incident, names), *_affected(incident))


def _first(incident: Incident, names: Names) -> Line:
    words, outlets = lead(incident), outlets_of(own_accounts(incident))
    if incident.told_as in KNOWN_FROM:
        words = f"Known from {KNOWN_FROM[incident.told_as]} only: {words[:1].lower()}{words[1:]}"
    alleging = _allegers(incident, names) if incident.status == "alleged" else ()
    if incident.status == "alleged":
        words += f", {_alleges(alleging)}"
    counts = _main_count(incident, names, alleging)
    if counts.words:
        return Line(f"{words}: {counts.words}.", counts.outlets or outlets)
    is_quiet = event_type_of(incident.kind) in _QUIET or incident.kind in _MAINLY
    return Line(f"{words}." if is_quiet else f"{words}; no number of dead is told.", outlets)


def _main_count(incident: Incident, names: Names, said: tuple[str, ...]) -> Clause:
    """The dead; where nobody counts them apart, those killed or injured together; of an abduction those who were taken."""
    effects: tuple[Effect, ...] = ("killed", "casualties", *_MAINLY.get(incident.kind, ()))
    clauses = (counts_clause(incident, effect, names, said=said) for effect in effects)
    return next((clause for clause in clauses if clause.words), Clause(""))


def _allegers(incident: Incident, names: Names) -> tuple[str, ...]:
    """Whose word alone it is: those who give its counts, else those who claim it, else a party's own outlets."""
    effects: tuple[Effect, ...] = ("killed", "injured", "casualties", *_OTHERS)
    counts = [one for effect in effects for attackers in (False, True)
              for one in told_counts(incident, effect, names, attackers=attackers, scopes=("incident", "part"))]
    speakers = tuple(dict.fromkeys(name for one in counts for name in one.speakers))
    claimed = tuple(dict.fromkeys(one.name for one in said_of(incident, names) if is_claim(one)))
    own = (joined for joined in own_accounts(incident)
           if any(figure.speaker is None and figure.speakers for figure in joined.account.figures))
    return speakers or claimed or outlets_of(own)


def _alleges(who: tuple[str, ...]) -> str:
    """ "the Vale Front alone alleges"."""
    if not who:
        return "one side alone alleges"
    plural = len(who) > 1 or is_or_are(who[0]) == "are"
    return f"{listed(who)} alone allege{'' if plural else 's'}"


def _injured(incident: Incident, names: Names) -> Iterator[Line]:
    clause = counts_clause(incident, "injured", names)
    if clause.words:
        yield Line(f"{capital(clause.words)}.", clause.outlets)


def _attackers(incident: Incident, names: Names) -> Iterator[Line]:
    clause = counts_clause(incident, "killed", names, attackers=True)
    if clause.words:
        yield Line(f"Of the attackers: {clause.words}.", clause.outlets)


def _others(incident: Incident, names: Names) -> Iterator[Line]:
    dead = any(counts_clause(incident, effect, names).words for effect in ("killed", "casualties"))
    told = "" if dead else next((effect for effect in _MAINLY.get(incident.kind, ())
                                 if counts_clause(incident, effect, names).words), "")
    for effect in _OTHERS:
        clause = counts_clause(incident, effect, names)
        if clause.words and effect != told:
            yield Line(f"{capital(clause.words)}.", clause.outlets)


def _affected(incident: Incident) -> Iterator[Line]:
    kinds = list(dict.fromkeys(one.kind for one in incident.affected))
    if kinds:
        told = [joined for joined in own_accounts(incident) if joined.account.affected]
        said = "Said to be affected" if incident.status == "alleged" else "Affected"
        yield Line(f"{said}: {listed([_AFFECTED.get(kind, kind) for kind in kinds], 6)}.",
                   outlets_of(told))


_AFFECTED: Final[dict[str, str]] = {
    "aid worker": "aid workers", "health": "health care", "school": "a school or university", "journalist": "journalists",
    "religious site": "a religious site", "water or power": "water or power supply",
    "displacement site": "a site of displaced people",
    "peacekeeper": "peacekeepers"}


def uncertain_lines(incident: Incident, names: Names, known: Iterable[str] = ()) -> tuple[Line, ...]:
    """What stays open of it: one side's word, no place, no day, what sources differ on. known: fields of disagreements that
    readers know already."""
    outlets = outlets_of(own_accounts(incident))
    lines = []
    if incident.status == "alleged":
        lines.append(Line("One side alone tells of it.", outlets))
    if incident.where.lat is None and incident.where.unplaced and not incident.where.name:
        lines.append(Line("Its place is not known.", outlets))
    if incident.when.best is None:
        days = when_words(incident.when)
        lines.append(Line("Its day is not known." if days == "day unknown" else f"Its day is not settled: {days}.", outlets))
    return (*lines, *disagreement_lines(incident, DIFFERING, names, frozenset(known)))
