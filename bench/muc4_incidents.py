"""Which of MUC-4's incident types an account tells, and which slots that type has.

- A bombing is a blast of a planted or thrown device, or an attack with one; strikes from the air and shells are attacks
  (spec/template-doc-part2.v7, slots 4 and 5). A bomb that was found and made harmless is an attempted bombing.
- Who was abducted and then killed makes a kidnapping, the death being its effect (slot 23).
- Things that burned, where no device went off: arson. What was looted or robbed: robbery. Neither has a kind of its own in the
  record, so that the words of the account's sentences tell them.
- One account makes one template. To merge accounts of one type, day and place, or to make two of an account of two types, was
  tried on the train part and lost: our accounts are merged further than MUC's templates already.
"""

from __future__ import annotations

import re
from datetime import date

from dateline.records import Account

ATTACK, BOMBING, KIDNAPPING, ARSON, ROBBERY = "ATTACK", "BOMBING", "KIDNAPPING", "ARSON", "ROBBERY"
STOPPAGE = "FORCED WORK STOPPAGE"
BLASTS = frozenset({"remote explosive/landmine/ied", "suicide bomb", "grenade", "disrupted weapons use"})
ABDUCTION, DESTRUCTION, STRIKE = "abduction/forced disappearance", "looting/property destruction", "air/drone strike"
OLD = 93                           # days; the spec's "recent" is two months (1.0, 6), and dates told by the month are wide

_BURNING = re.compile(
    r"\b(?:set(?:ting)?\s+(?:fire\s+to|(?:\w+\s+){0,5}(?:on\s+fire|ablaze|afire))|burn(?:ed|t|ing|s)?|torch(?:ed|ing)|arson\w*|"
    r"firebomb\w*|gutted)\b", re.IGNORECASE)
_ROBBING = re.compile(r"\b(?:robb\w+|stole|stolen|steal\w*|loot\w+|hold-?ups?|held\s+up|ransack\w+)\b", re.IGNORECASE)
_DEVICE = re.compile(r"\b(?:bombs?|dynamite|explosives?)\b", re.IGNORECASE)
_STOPPING = re.compile(r"\b(?:armed\s+strike|work\s+stoppage|transport(?:ation)?\s+(?:strike|stoppage))\b", re.IGNORECASE)


def incident_type(account: Account) -> str:
    """The incident type of an account that counts."""
    if ABDUCTION in account.acts or account.kind == ABDUCTION:
        return KIDNAPPING
    if account.kind in BLASTS:
        return BOMBING
    words = words_of(account)
    if account.kind == DESTRUCTION and _ROBBING.search(words) and not _BURNING.search(words):
        return ROBBERY
    if account.kind in {DESTRUCTION, "attack"} and account.targets and _BURNING.search(words):
        return ARSON
    if account.kind == "attack" and any(_DEVICE.search(weapon.text) for weapon in account.weapons):
        return BOMBING
    return STOPPAGE if account.kind == DESTRUCTION and _STOPPING.search(words) else ATTACK


def is_recent(account: Account, written: date | None) -> bool:
    """Whether it may have happened shortly before the report was written. What is older is in the key only with something new."""
    return written is None or account.when.latest is None or (written - account.when.latest).days <= OLD


def has_things(incident: str) -> bool:
    """Whether templates of this type have physical targets."""
    return incident != KIDNAPPING


def has_instruments(incident: str) -> bool:
    return incident not in {KIDNAPPING, ARSON}


def words_of(account: Account) -> str:
    """The account's sentences."""
    return " ".join(span.quote for span in account.evidence)
