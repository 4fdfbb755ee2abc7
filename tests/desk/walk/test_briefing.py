"""The briefing from end to end: a real Chromium, a real desk, a real SMTP server (issue 6, "It is done when", 1)."""

from __future__ import annotations

import email
import email.policy
import os
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from desk.walk.conftest import PROGRAM, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.slow
expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect
ADDRESS = "ana@example.org"
DAYS = {                          # of the demo record, and words that a mail of it has to tell, and words that it cannot know yet
    "2018-01-27": (("at least 63 killed", "at least 102", "The Taliban said that it was theirs"), ("11 killed",)),
    "2017-01-18": (("47, state television ORTM said", "60 by evening"), ("77",)),
    "2017-01-19": (("-> 77 to 80",), ()),
    "2015-04-02": (("at least 15 killed", "147, Kenya's disaster response agency said"), ("anniversary",)),
}
WAIT_S = 90                       # two rounds of the desk, and some


class Mailbox:
    """What an SMTP server on this machine took: messages, in the order in which they came."""

    def __init__(self) -> None:
        self.held: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self._came = threading.Condition()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        with self._came:
            self.raw.append(envelope.content)
            message = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            self.held.append(message)
            self._came.notify_all()
        return "250 taken"

    def wait_for(self, which: Callable[[EmailMessage], bool]) -> EmailMessage:
        with self._came:
            self._came.wait_for(lambda: any(map(which, self.held)), WAIT_S)
            found = [one for one in self.held if which(one)]
        assert found, [one["subject"] for one in self.held]
        return found[-1]


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    from aiosmtpd.controller import Controller

    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    yield box, server.port
    server.stop()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return " ".join(part.get_content().split())


def links_in(message: EmailMessage, path: str) -> list[str]:
    part = message.get_body(("plain",))
    assert part is not None
    return re.findall(rf"http://127\.0\.0\.1:\d+{path}\S*", part.get_content())


def subscribe(page: Page, desk: str, box: Mailbox, address: str) -> str:
    """Sign up and confirm; the address of the subscriber's own page."""
    page.goto(f"{desk}/briefing")
    page.get_by_role("link", name=re.compile("by mail|Sign up|Subscribe", re.I)).first.click()
    page.get_by_label("Your address").fill(address)
    page.wait_for_timeout(3_000)      # a form that is sent at once was filled in by a program
    page.get_by_role("button", name="Sign up").click()
    expect(page.locator("h1")).to_have_text("Look into your mailbox")
    asked = box.wait_for(lambda one: one["to"] == address and bool(links_in(one, "/briefing/confirm/")))
    [confirm] = links_in(asked, "/briefing/confirm/")
    assert httpx.get(confirm).status_code == 200          # a scanner opens the link: nobody is subscribed by that
    page.goto(confirm)
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator("h1")).to_have_text("You are a subscriber")
    page.get_by_role("link", name="Your subscriptions").click()
    page.wait_for_url(re.compile("/briefing/preferences/"))
    return page.url


def test_from_signing_up_to_leaving(page: Page, record: Path, tmp_path: Path, mailbox: tuple[Mailbox, int]):
    box, smtp = mailbox
    port = free_port()
    settings = {
        "DATELINE_RECORD": str(record), "DATELINE_PUBLIC_URL": f"http://127.0.0.1:{port}", "DATELINE_SMTP_HOST": "127.0.0.1",
        "DATELINE_SMTP_PORT": str(smtp), "DATELINE_SMTP_SECURITY": "none", "DATELINE_MAIL_FROM": "briefing@example.org",
        "DATELINE_ALERT_WAIT_MINUTES": "0.02", "DATELINE_USER": "Ana", "DATELINE_OFFLINE": "1"}

    def dateline(*arguments: str) -> str:
        done = subprocess.run([*PROGRAM, *arguments], env=os.environ | settings, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def issue(day: str) -> None:
        dateline("brief", "--edition", "every-day", "--day", day, "--issue", "--approve")

    def mail_of(day: str) -> EmailMessage:
        return box.wait_for(lambda one: one["to"] == ADDRESS and f"daily-{day}" in (one["Archived-At"] or ""))

    dateline("edition", "add", "every-day", "--title", "Every day")
    with serving(record, "--port", str(port), **settings) as desk:
        own = subscribe(page, desk, box, ADDRESS)
        subscribe(page, desk, box, "ben@example.org")
        issue("2018-01-27")
        for day in ("2017-01-18", "2017-01-19", "2015-04-02"):
            issue(day)
        for day, (told, unknown) in DAYS.items():
            words = text_of(mail_of(day))
            assert [one for one in told if one not in words] == [], words
            assert [one for one in unknown if one in words] == [], words
            archived = page.goto(mail_of(day)["Archived-At"].strip("<>"))
            assert archived is not None
            assert archived.status == 200, page.inner_text("body")

        # what comes is what was chosen
        page.goto(own)
        page.get_by_role("link", name="Every day").click()
        page.get_by_label("How long").select_option("five lines")
        page.get_by_text("Countries").first.click()
        page.get_by_role("checkbox", name="Kenya").check()
        with page.expect_navigation():
            page.get_by_role("button", name="Keep").click()
        issue("2018-01-29")
        box.wait_for(lambda one: one["to"] == "ben@example.org" and "daily-2018-01-29" in (one["Archived-At"] or ""))
        assert not [one for one in box.held if one["to"] == ADDRESS and "daily-2018-01-29" in (one["Archived-At"] or "")]

        # an alert for Gao arrives once
        page.goto(own)
        page.get_by_role("link", name="Your alerts").click()
        page.get_by_label("Country", exact=True).select_option("ML")
        page.get_by_label("Province").fill("Gao")
        with page.expect_navigation():
            page.get_by_role("button", name="Make it").click()
        today = datetime.now(UTC).date()
        for outlet, killed in (("Sahel Post", "nine"), ("Lowland Courier", "nine"), ("Dune Wire", "nine")):
            report = tmp_path / f"{outlet}.txt"
            report.write_text(
                f"GAO, Mali, {today:%b} {today.day}, {today.year} ({outlet}) - A car bomb killed {killed} people at a market in "
                f"Gao on {today - timedelta(days=1):%A}, the governor's office said. {outlet} saw the wreck of the car.\n")
        dateline("run", *map(str, sorted(tmp_path.glob("*.txt"))))
        alert = box.wait_for(lambda one: one["to"] == ADDRESS and one["subject"].startswith("Alert"))
        assert re.search(r"\b(?:nine|9)\b", text_of(alert))
        print(text_of(alert))
        assert "UNREVIEWED" in text_of(alert).upper()
        issue("2018-01-28")               # another round: nothing comes of the alert a second time
        page.wait_for_timeout(40_000)
        assert len([one for one in box.held if one["to"] == ADDRESS and one["subject"].startswith("Alert")]) == 1

        # one click leaves, by the mail's own header; a look at its address does not
        header = mail_of("2018-01-27")["List-Unsubscribe"].strip("<>")
        assert httpx.get(header).status_code == 200
        assert "ana@example.org" in dateline("subscribers", "list", "--edition", "every-day")
        left = httpx.post(header, data={"List-Unsubscribe": "One-Click"}, headers={"origin": "https://mail.example"})
        assert (left.status_code, left.headers.get("set-cookie")) == (200, None)
        # and the other leaves by the page
        [link] = links_in(box.wait_for(lambda one: one["to"] == "ben@example.org" and "daily-2018-01-29" in (
            one["Archived-At"] or "")), "/briefing/unsubscribe/")
        page.goto(link)
        with page.expect_navigation():
            page.get_by_role("button").first.click()
        before = len(box.held)
        dateline("brief", "--edition", "every-day", "--day", "2017-01-20", "--issue", "--approve")
        page.wait_for_timeout(2_000)
        assert len(box.held) == before
        assert all(b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw for raw in box.raw)
