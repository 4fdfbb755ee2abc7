"""Words of reports, outlets, groups and speakers are hostile input: on no page do they become markup, and no name gets out."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from dateline.records import AsOf, GroupStatement, Responsibility, Speaker
from made_desk import a_desk
from made_incidents import a_figure, a_person, a_report, a_sensitive, a_where, an_account, an_attacker, words_of

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e{{7*7}}\x0b'
TEXT = f"Shelling hit Port Verity on 12 March. 12 people were killed, said Selda Oarewyn. {EVIL} The end."
GROUPS = f"""
[[group]]
id = "vale-front"
name = {EVIL.replace(chr(11), "").replace(chr(0x202e), "")!r}
active_in = ["XA"]
aliases = [{{name = '<b onclick="x()">Front</b>', language = "en", source = '<i>made up</i>'}}]
types = [{{type = 2}}]
"""
PAGES = ["/", "/incidents/DTL-1", "/review", "/groups", "/groups?text=script", "/groups/vale-front", "/countries",
         "/countries/XA",
         "/countries/XA/2024-03", f"/countries/XA/{quote(EVIL.strip())}", "/sources", "/sources?text=script",
         f"/sources/{quote(EVIL)}", "/search?text=shelling", f"/search?text={quote(EVIL)}", "/reports/R1", "/about",
         "/about/safety",
         "/account", "/people", "/feed.atom", "/countries/XA/feed.atom", f"/feed.atom?text={quote(EVIL)}",
         f"/groups/{quote(EVIL)}",
         f"/countries/{quote(EVIL)}", f"/sign-in?next={quote(EVIL)}", f"/reports/{quote(EVIL, safe='')}"]


class Markup(HTMLParser):
    """Every tag and attribute of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "script":
            self.scripts.append(held.get("src") or "inline")
        self.wrong += [f"{tag} {name}" for name in held if name.startswith("on") or name == "style"]
        self.wrong += [f"{tag} {value}" for value in held.values() if value and value.lower().startswith("javascript:")]
        if tag == "img":
            self.wrong.append("img")


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "groups.toml").write_text(GROUPS, encoding="utf-8")
    speaker = Speaker(EVIL, None, EVIL, EVIL, "official", EVIL)
    figure = replace(a_figure("12", 12, 12, 12, "exact", text=TEXT, speaker=EVIL, who=EVIL), speakers=(speaker,))
    claim = Responsibility("claimed", EVIL, "vale-front", EVIL, AsOf(None, None), words_of(TEXT, "Shelling"))
    account = an_account(
        TEXT, headline=f"shelling, {EVIL}", figures=(figure,), responsibility=(claim,),
        where=a_where(text=EVIL, name=EVIL, kind="city", country="XA", admin1=EVIL.strip(), lat=10.0, lon=20.0, precision=1),
        actors=(an_attacker(EVIL, group="vale-front", evidence=words_of(TEXT, "Shelling")), a_person("Selda Oarewyn", TEXT)),
        sensitive=(a_sensitive("Selda Oarewyn", TEXT),))
    said = GroupStatement("S1", "R1", "vale-front", EVIL, "aim", {"text": f"{EVIL} Selda Oarewyn", "when": None},
                          AsOf("2024", "2024"),
                          EVIL, words_of(TEXT, "Port"))
    report = a_report(TEXT, title=f"{EVIL} Selda Oarewyn", outlet=EVIL, agency=EVIL, byline=EVIL, language="en",
                      source="https://post.example/selda-oarewyn")
    return a_desk(folder / "d.db", [(report, [account], [said])], groups_file=str(folder / "groups.toml"))


@pytest.mark.parametrize("page", PAGES)
def test_no_word_of_a_report_is_markup_and_no_withheld_name_is_shown(desk, page):
    answer = desk.get(page)
    assert answer.status_code in (200, 303, 404, 422)
    assert "Oarewyn" not in answer.text
    assert "oarewyn" not in answer.text
    assert "\u202e" not in answer.text
    assert "\x0b" not in answer.text
    if answer.headers.get("content-type", "").startswith("text/html"):
        seen = Markup(answer.text)
        assert all(re.match(r"/static/", one) for one in seen.scripts), seen.scripts
        assert seen.wrong == []
    else:
        assert "<script" not in answer.text
        assert "<img" not in answer.text
