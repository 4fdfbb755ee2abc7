"""What the Content Security Policy forbids stands in no template: inline scripts, styles and handlers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dateline

TEMPLATES = Path(dateline.__file__).parent / "desk" / "templates"
FORBIDDEN = re.compile(r"""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|<style\b|<script(?![^>]*\bsrc=)|javascript:|\|\s*safe\b""",
                       re.IGNORECASE)
MADE_OF_WORDS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_inline_code_in_a_template(path):
    assert FORBIDDEN.findall(re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)) == []


@pytest.mark.parametrize("path", sorted((TEMPLATES.parent / "static").glob("*.js")), ids=lambda path: path.name)
def test_no_html_is_made_of_words_by_a_module(path):
    assert MADE_OF_WORDS.findall(path.read_text(encoding="utf-8")) == []
