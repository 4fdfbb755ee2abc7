"""Pictures of the desk's pages for the documentation: `make screenshots` (the demo record, desktop and phone, light and dark)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs/screenshots"
PROGRAM = [sys.executable, "-c", "from dateline.cli import main; main()"]
SIZES = {"desktop": (1280, 900), "phone": (360, 760)}
THEMES = ("light", "dark")
QUALITY = 70                      # of JPEG: some 60 kB a page
KABUL = {"country": "AF", "since": "2018-01-27", "until": "2018-01-27", "kind": "suicide bomb"}
EDITION = "all-countries"
ISSUES = (("2015-04-02", "--approve"), ("2017-01-18",), ("2017-01-19", "--approve"), ("2018-01-27", "--approve"))
SETTLED_MS = 1_500                # a map and its marks


def pages_of(address: str) -> dict[str, str]:
    """Name of a picture -> the page that it shows."""
    kabul = httpx.get(f"{address}/api/v1/incidents", params=KABUL).json()["items"][0]["id"]
    return {
        "overview": "/", "incident": f"/incidents/{kabul}", "review": "/review", "coded-twice": "/review/twice",
        "enter": "/enter", "import": "/import", "export": "/export", "groups": "/groups", "group": "/groups/taliban",
        "countries": "/countries",
        "country": "/countries/AF", "sources": "/sources", "search": "/search?text=Kabul", "about": "/about", "api": "/api",
    }


def briefing_pages_of(address: str) -> dict[str, str]:
    """The same of the briefing's pages, of the edition that `issue` made; the mail as it is looked at on the desk."""
    return {"briefing": f"/briefing/{EDITION}/daily-2018-01-27", "briefing-archive": f"/briefing/{EDITION}",
            "briefing-sign-up": "/briefing/sign-up", "editions": "/editions",
            "edition-draft": f"/editions/{EDITION}/daily-2017-01-18",
            "mails": "/editions/mails", "subscribers": "/editions/subscribers", "alerts": "/alerts",
            "mail": f"/editions/{EDITION}/daily-2018-01-27/mail"}


def issue(record: Path) -> None:
    """An edition of everything, with issues of the demo's days and one that waits."""
    settings = os.environ | {"DATELINE_RECORD": str(record)}
    for told in (("edition", "add", EDITION, "--title", "All countries", "--about", "What reports told on a day, every line with "
                  "its sources."),
                 *(("brief", "--edition", EDITION, "--day", day, "--issue", *approve) for day, *approve in ISSUES)):
        subprocess.run([*PROGRAM, *told], check=True, cwd=ROOT, env=settings, capture_output=True)


def shoot(browser: Browser, address: str) -> None:
    OUT.mkdir(parents=True, exist_ok=True)
    for size, (width, height) in SIZES.items():
        for theme in THEMES:
            context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)
            page = context.new_page()
            for name, path in (pages_of(address) | briefing_pages_of(address)).items():
                answer = page.goto(address + path)
                if answer is None or answer.status != 200:
                    raise SystemExit(f"{path}: answered {answer.status if answer else 'nothing'}")
                page.wait_for_timeout(SETTLED_MS if name in {"overview", "country", "group"} else 300)
                page.screenshot(path=OUT / f"{name}-{size}-{theme}.jpg", type="jpeg", quality=QUALITY)
            context.close()


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("no chromium here: apt-get install chromium, then make screenshots again")
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "demo.db"
        subprocess.run([*PROGRAM, "run", "demo/reports", "--record", str(record), "--offline"], check=True, cwd=ROOT,
                       stdout=subprocess.DEVNULL)
        issue(record)
        desk = subprocess.Popen([*PROGRAM, "serve", "--port", "0", "--record", str(record)], stderr=subprocess.PIPE, text=True,
                                env=os.environ | {"DATELINE_OFFLINE": "1", "DATELINE_USER": "Ana",
                                                  "DATELINE_PUBLIC_URL": "https://desk.example.org",
                                                  "DATELINE_MAIL_FROM": "briefing@example.org"})
        assert desk.stderr is not None
        try:
            address = next(found.group().rstrip("/") for line in desk.stderr if (found := re.search(r"http://\S+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                shoot(browser, address)
                browser.close()
        finally:
            desk.terminate()
            desk.wait(20)


if __name__ == "__main__":
    main()
