"""A draft's report, as the page carries it from reading to keeping: signed, so that what is kept is what was read here."""

from __future__ import annotations

from itsdangerous import BadSignature, URLSafeTimedSerializer

from dateline.errors import DecisionError
from dateline.records import Report, from_json, to_json

KEPT_FOR_S = 24 * 3600


class PackedDrafts:
    """Made once an application."""

    def __init__(self, secret: bytes) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="draft")

    def pack(self, report: Report) -> str:
        return str(self._signer.dumps(to_json(report)))

    def unpack(self, packed: str) -> Report:
        """Raises DecisionError for what we did not pack, or did long ago."""
        try:
            return from_json(Report, self._signer.loads(packed, max_age=KEPT_FOR_S))
        except BadSignature:
            raise DecisionError("this draft is out of date; paste the text again") from None
