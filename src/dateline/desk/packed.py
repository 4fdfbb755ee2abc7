"""What a page carries from showing to keeping, a draft's report or a sheet: signed, so that what is kept was read here."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode

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


class PackedFiles:
    """A sheet, as the page carries it from showing what would come of it to bringing it in. Made once an application."""

    def __init__(self, secret: bytes) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="sheet")

    def pack(self, name: str, raw: bytes) -> str:
        return str(self._signer.dumps([name, b64encode(zlib.compress(raw, 6)).decode("ascii")]))

    def unpack(self, packed: str) -> tuple[str, bytes]:
        """Raises DecisionError for what we did not pack, or did long ago."""
        try:
            name, raw = self._signer.loads(packed, max_age=KEPT_FOR_S)
        except BadSignature:
            raise DecisionError("this sheet is out of date; choose the file again") from None
        return str(name), zlib.decompress(b64decode(raw))
