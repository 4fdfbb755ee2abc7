"""The revision of an incident: what an exported row names, so that an import can tell whether the row is stale.

It follows from what is held and not from how it is shown: another rule for tolls, a link to what may be the same, or names that
are withheld leave it as it is.
"""

from __future__ import annotations

import hashlib

import msgspec

from dateline.records.incident import Incident

DIGITS = 10                       # hexadecimal: two bodies of one incident share them once in some 10^12


def revision_of(incident: Incident) -> str:
    """ "r7-3fa2b1c9d0": how many changes its history lists, and a hash of what is held; the letter, lest a sheet reads a date."""
    held = (
        incident.kind, incident.status, incident.told_as, incident.nature, incident.headline, incident.when, incident.where,
        incident.actors, incident.targets, incident.weapons, incident.affected, incident.responsibility, incident.clarity,
        incident.review, [(joined.account, joined.report) for joined in incident.accounts])
    return f"r{len(incident.history)}-{hashlib.sha256(msgspec.json.encode(held)).hexdigest()[:DIGITS]}"
