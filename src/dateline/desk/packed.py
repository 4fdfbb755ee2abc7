"""What a page carries from showing to keeping, a draft's report or a sheet: signed, so that what is kept was read here."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode

from itsdangerous import BadSignature, URLSafeTimedSerializer

from dateline.errors import DecisionError
from dateline.extract import Extraction
from dateline.records import Report
from dateline.records.codec import from_line, to_line

KEPT_FOR_S = 24 * 3600


class PackedDrafts:
    """A report and what was read in it, so that what is kept is what was shown, whichever process keeps it. Made once an
    application."""

    def __init__(self, secret: bytes) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="draft")

    def pack(self, report: Report, extraction: Extraction) -> str:
        return str(self._signer.dumps([_packed(to_line(one).encode()) for one in (report, extraction)]))

    def unpack(self, packed: str) -> tuple[Report, Extraction]:
        """Raises DecisionError for what we did not pack, or did long ago."""
        try:
            report, extraction = self._signer.loads(packed, max_age=KEPT_FOR_S)
        except (BadSignature, ValueError):
            raise DecisionError("this draft is out of date; paste the text again") from None
        return from_line(Report, _unpacked(report)), from_line(Extraction, _unpacked(extraction))


class PackedFiles:
    """A sheet, as the page carries it from showing what would come of it to bringing it in. Made once an application."""

    def __init__(self, secret: bytes) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="sheet")

    def pack(self, name: str, raw: bytes) -> str:
        return str(self._signer.dumps([name, _packed(raw)]))

    def unpack(self, packed: str) -> tuple[str, bytes]:
        """Raises DecisionError for what we did not pack, or did long ago."""
        try:
            name, raw = self._signer.loads(packed, max_age=KEPT_FOR_S)
        except BadSignature:
            raise DecisionError("this sheet is out of date; choose the file again") from None
        return str(name), _unpacked(raw)


def _packed(raw: bytes) -> str:
    return b64encode(zlib.compress(raw, 6)).decode("ascii")


def _unpacked(packed: str) -> bytes:
    return zlib.decompress(b64decode(packed))
