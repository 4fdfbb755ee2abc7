"""The lint of mails can fail: each check finds the mail that it is there for."""

from __future__ import annotations

from functools import cache

import pytest

from dateline.publish.brief.html import as_html
from dateline.records.mailing import Picture
from publish.brief.made_briefings import LINKS, a_week
from publish.brief.mail_lint import contrast, faults


@cache
def a_mail() -> str:
    return as_html(a_week(), LINKS, (Picture("map", b"", "Map: one incident."),))


def test_a_mail_as_it_should_be_has_no_faults():
    assert faults(a_mail()) == []


# A piece of the mail, what stands there instead, and what the lint says.
BAD = {
    "a-script": ("</body>", "<script>x</script></body>", "<script>: not in mails"),
    "a-form": ("</body>", "<form></form></body>", "<form>: not in mails"),
    "a-tag-of-mjml": ("</body>", "<mj-text>x</mj-text></body>", "left over from MJML"),
    "an-element-that-outlook-drops": ("</body>", "<section></section></body>", "<section>: not in mails"),
    "a-remote-picture": ('src="cid:map"', 'src="https://evil.example/x.png"', "<img> leads to"),
    "a-pixel": ('width="568"', 'width="1"', "nobody sees"),
    "a-picture-without-words": ('alt="Map: one incident."', 'alt=""', "a picture without words"),
    "a-handler": ("<h1 ", "<h1 onclick='x()' ", "<h1 onclick>: not in mails"),
    "a-background-picture": ("background-color: #faeed3", "background-image: url(x.png)", "background-image: url(x.png) on <td>"),
    "a-picture-as-a-background": ("background: #ffffff", "background: url(https://evil.example/)", "a value that is not"),
    "flex": ("display: block", "display: flex", "display: flex on"),
    "grid": ("display: block", "display: grid", "display: grid on"),
    "a-position": ("text-align: center", "position: absolute", "position: absolute"),
    "a-float": ("text-align: center", "float: left", "float: left"),
    "a-negative-margin": ("margin: 0 0 8px 0", "margin: -8px", "margin: -8px on <p>"),
    "padding-of-a-paragraph": ("margin: 0 0 8px 0", "padding: 8px", "padding: 8px on <p>: not supported there"),
    "a-line-beside-a-paragraph": ("margin: 0 0 8px 0", "border-left: 1px solid #000000", "on <p>: not supported there"),
    "a-variable": ("color: #0a567f", "color: var(--link)", "color: var(--link) on <a>"),
    "a-unit-of-the-window": ("font-size: 20px", "font-size: 5vw", "font-size: 5vw on <h2>"),
    "quotes-that-were-escaped-in-styles": ("font-family: Georgia, Times, serif", "font-family: Georgia, &#39;",
                                           "font-family: Georgia, '"),
    "small-words": ("font-size: 15px", "font-size: 11px", "smaller than 15 px"),
    "faint-words": ("color: #57606b", "color: #bbbbbb", "in the light scheme"),
    "faint-words-at-night": ("color: #a3adb7 !important", "color: #444444 !important", "in the dark scheme"),
    "no-colours-for-the-night": ("prefers-color-scheme: dark", "min-width: 9000px", "no colours for the dark scheme"),
    "an-attribute-selector": (".ink a {", "a[href] {", "selector 'a[href]'"),
    "a-pseudo-class": (".ink a {", "a:hover {", "selector 'a:hover'"),
    "a-child-selector": (".ink a {", "td>a {", "selector 'td>a'"),
    "a-query-that-gmail-does-not-know": ("(max-width: 479px)", "(hover: hover)", "a rule for"),
    "a-rule-for-every-medium": ("<style>", "<style>p { color: #000000 } ", "a rule for 'every medium'"),
    "an-import": ("<style>", "<style>@import url(https://evil.example/x.css); ", "styles with an error"),
    "styles-cut-short": ("</style>", "{</style>", "styles with an error"),
    "styles-in-the-body": ("</body>", "<style>@media (prefers-color-scheme: dark) {p {color: #ffffff}}</style></body>",
                           "styles outside of the head"),
    "too-many-styles": ("<style>", "<style>@media screen and (max-width: 9px) {" + "p { color: #000000 } " * 400 + "} ",
                        "Gmail reads 8,192"),
    "too-large": ("</body>", "<p>" + "x" * 100_000 + "</p></body>", "Gmail would cut it"),
    "no-doctype": ("<!DOCTYPE html>", "", "no doctype"),
    "no-language": ('<html lang="en"', "<html", "the language"),
    "no-title": ("<title>Weekly briefing, 6-12 March 2024</title>", "<title></title>", "no title"),
    "no-viewport": ('name="viewport"', 'name="x"', "no meta viewport"),
    "no-scheme": ('name="color-scheme"', 'name="x"', "no meta color-scheme"),
    "two-titles-in-the-text": ("<h2 ", "<h1 ", "headings are no outline"),
    "no-words-for-the-list": ("display:none;", "", "no hidden words"),
    "a-link-by-script": (f'href="{LINKS.unsubscribe}"', 'href="javascript:x()"', "<a> leads to 'javascript:x()'"),
    "a-link-without-words": (">Unsubscribe</a>", "></a>", "a link without an address or words"),
    "a-link-that-says-another-address": (f">{LINKS.page}</a>", ">https://other.example/</a>", "a link says"),
    "a-table-that-does-not-say-what-it-is": ('role="presentation" width="100%"', 'width="100%"', "one of layout that does not"),
    "a-comment-that-does-not-end": ("<!--[if mso | IE]></td><![endif]-->", "<!--[if mso | IE]></td>", "does not end"),
    "a-cell-that-outlook-alone-closes": ("<!--[if mso | IE]></td><![endif]-->", "<!--[if mso | IE]></td></td><![endif]-->",
                                        "tags do not fit together in Outlook"),
    "a-sheet-that-outlook-does-not-hold": ('width="600"', 'width="100%"', "Outlook knows no max-width"),
    "half-hidden-words": ("text-align: center", "overflow: hidden", "overflow: hidden on <td>"),
}


@pytest.mark.parametrize(("was", "instead", "says"), BAD.values(), ids=BAD)
def test_the_lint_finds(was, instead, says):
    bad = a_mail().replace(was, instead)
    assert bad != a_mail(), "the sample is no longer in the mail"
    assert [fault for fault in faults(bad) if says in fault]


def test_padding_of_a_link_wants_the_same_on_its_cell():
    bad = a_mail().replace("color: #0a567f", "padding: 8px;color: #0a567f")
    assert "padding on a link: Outlook needs it on the cell" in faults(bad)


def test_contrast_is_as_wcag_has_it():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
