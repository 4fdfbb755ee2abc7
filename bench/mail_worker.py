"""A sending process of the mail bench: python -m bench.mail_worker RECORD PORT CONNECTIONS LEASE_S [DKIM_KEY]

Sends until every mail is settled; then prints how many it sent and in how many seconds as one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime

from dateline.mailing.sender import send_due
from dateline.records.mailing import Mail, Parts, Picture
from dateline.settings import Settings
from dateline.store import open_record

TEXT = "Arden, Port Verity: at least 12 killed, the mayor said; 15 by evening, the health office said. (Hawk Wire)\n" * 30
HTML = f"<p style=\"margin:0;padding:0\">{TEXT[:100]}</p>\n" * 150            # some 20 kB, as a briefing of one page has
PNG = bytes(range(256)) * 40      # 10 kB
WAIT_S = 0.2


def made(mail: Mail) -> Parts:
    """What a mail of an issue says; its layout is not what this bench measures."""
    return Parts(f"Arden daily: mail {mail.id}", TEXT, HTML, (Picture("map", PNG, "Arden"),), "arden-daily",
                 f"https://desk.example.org/briefing/unsubscribe/{mail.id}", "https://desk.example.org/briefing/arden-daily/1")


def main(record: str, port: int, connections: int, lease_s: float, key: str = "") -> None:
    settings = Settings(
        mail_from="briefing@desk.example.org", public_url="https://desk.example.org", smtp_host="127.0.0.1", smtp_port=port,
        smtp_security="none", mail_connections=connections, mail_lease_s=lease_s, mail_bounces_to="returns@desk.example.org",
        dkim_domain="desk.example.org" if key else "", dkim_key_file=key)
    sent, took = 0, 0.0
    with open_record(record, create=False) as store:
        while True:
            began = time.perf_counter()
            done = send_due(store, settings, made, clock=lambda: datetime.now(UTC)).sent
            if done:
                sent, took = sent + done, took + time.perf_counter() - began
            counts = store.mails.counts()
            if not counts["queued"] + counts["claimed"] + counts["handed over"]:
                break
            time.sleep(WAIT_S)    # until the leases of one that was killed run out
    print(json.dumps({"sent": sent, "seconds": took}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), *sys.argv[5:])
