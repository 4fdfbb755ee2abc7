"""The public pages of subscribing in a real browser: judged by axe, on a narrow phone, and walked through without a script."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from dateline.records.briefing import Coverage
from dateline.records.mailing import Choices
from dateline.store import Store, open_record
from dateline.subscribing import links, signing_up
from dateline.subscribing.addresses import address_of
from desk.walk.test_accessible import serious_in
from made_desk import a_desk
from subscribing.made import SETTINGS, a_subscriber, link_in, mails_to, sign_up, with_editions

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from playwright.sync_api import Browser, BrowserContext, Page, Route

pytestmark = pytest.mark.slow
HERE = "http://127.0.0.1"
ZOE = "zoe@example.org"


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with open_record(tmp_path / "d.db") as opened:
        yield with_editions(opened)


@pytest.fixture
def desk(store, tmp_path) -> TestClient:
    return a_desk(tmp_path / "d.db", mail_from="briefing@example.org")


def opened(browser: Browser, desk: TestClient, **given: Any) -> BrowserContext:
    """A browser whose requests the desk of this process answers."""
    def answer(route: Route) -> None:
        asked = route.request
        told = desk.request(asked.method, asked.url, content=asked.post_data_buffer or b"",
                            headers={name: value for name, value in asked.headers.items() if name == "content-type"})
        headers = {name: value for name, value in told.headers.items() if name != "content-length"}
        route.fulfill(status=told.status_code, headers=headers, body=told.content)

    context = browser.new_context(**given)
    context.route("**/*", answer)
    return context


def now() -> datetime:
    return datetime.now(UTC)


def pages(store: Store) -> dict[str, str]:
    one = a_subscriber(store, at=now(), choices=Choices("weekly", Coverage(countries=("ML",), killed=3)))
    sign_up(store, "waiting@example.org", at=now())
    mine = f"/briefing/preferences/{one.token}"
    return {
        "sign up": "/briefing/sign-up?edition=arden", "confirm": link_in(mails_to(store, "waiting@example.org")[0], "confirm"),
        "unsubscribe": "/" + links.unsubscribe_url(SETTINGS, one, "arden").split("/", 3)[3], "mine": f"{mine}?done=saved",
        "choices": f"{mine}/editions/arden", "other": f"{mine}/editions/verity", "delete": f"{mine}/delete",
        "nobody's": "/briefing/preferences/nobody", "editors'": "/editions/subscribers"}


@pytest.mark.parametrize(("width", "theme"), [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_a_narrow_phone(browser, desk, store, width, theme):
    context = opened(browser, desk, viewport={"width": width, "height": 800}, color_scheme=theme)
    page = context.new_page()
    wrong = []
    for name, path in pages(store).items():
        page.goto(HERE + path)
        for more in page.locator("main summary").all():
            if more.is_visible() and not more.evaluate("one => one.parentElement.open"):
                more.click()
        wrong += [f"{name}: {one}" for one in serious_in(page)]
        if name != "editors'" and page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{name}: wider than {width}")
        if name != "editors'" and page.locator("script").count():
            wrong.append(f"{name}: a script")
    context.close()
    assert wrong == []


def said(page: Page) -> str:
    return page.locator("main").inner_text()


def test_without_a_script_somebody_signs_up_confirms_chooses_and_leaves(browser, desk, store, monkeypatch):
    monkeypatch.setattr(signing_up, "SOONEST_S", 0.0)     # a test fills the form in faster than a person
    context = opened(browser, desk, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{HERE}/briefing/sign-up")
    page.get_by_label("Briefing").last.select_option("arden/weekly")
    page.get_by_label("Your address").fill(ZOE)
    page.get_by_role("button", name="Sign up").click()
    assert "Look into your mailbox" in said(page)
    page.goto(HERE + link_in(mails_to(store)[0], "confirm"))
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("link", name="Your subscriptions").click()
    page.get_by_role("link", name="Arden, every day").click()
    page.get_by_text("Countries", exact=True).first.click()
    page.get_by_label("Mali", exact=True).check()
    page.get_by_label("Killed, at least").fill("3")
    page.get_by_role("button", name="Keep").click()
    assert "kept" in said(page)
    one = store.subscribers.find(address_of(ZOE).key)
    assert store.subscribers.choices(one.id, "arden") == Choices("weekly", Coverage(countries=("ML",), killed=3))
    page.get_by_role("button", name="Unsubscribe from everything").click()
    assert "nothing comes to you" in said(page)
    context.close()
