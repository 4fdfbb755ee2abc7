"""A message as it goes over the wire, byte by byte: each header, nothing slipped in, lines that every server takes."""

from __future__ import annotations

import email
import re
from dataclasses import replace
from email import policy
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import SettingsError
from dateline.mailing.message import Unsendable, build, message_id_of, new_message_id, recipient_of
from dateline.records.mailing import Mail, Parts, Picture
from mailing.made import NOON, SAID, a_setting

SETTINGS = a_setting(mail_reply_to="answers@desk.example.org")
PNG = bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 40
EXPECTED_ORDER = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "List-Id", "List-Unsubscribe",
                  "List-Unsubscribe-Post", "List-Archive", "Archived-At", "Precedence", "Auto-Submitted",
                  "X-Auto-Response-Suppress", "MIME-Version", "Content-Type"]


def a_queued(to="ana@example.org", message_id="0a1b2c", **given):
    return Mail(**{"id": 7, "key": "issue:1:7", "kind": "issue", "state": "claimed", "to": to, "message_id": message_id,
                   "due_at": NOON, "attempts": 0, "subscriber": None, "issue": 1, "parts": None, "said": None,
                   "changed_at": NOON, **given})


def built(parts=SAID, settings=SETTINGS, **given) -> bytes:
    return build(a_queued(**given), parts, settings, NOON)


def head_of(raw: bytes) -> list[bytes]:
    """The header lines, those that go on with the line before still apart."""
    return raw.partition(b"\r\n\r\n")[0].split(b"\r\n")


def header(raw: bytes, name: str) -> bytes:
    """The whole of one header as it stands, folded or not; it is there once."""
    found = re.findall(rb"^" + name.encode() + rb": (.*?)(?=\r\n[^ \t])", raw.partition(b"\r\n\r\n")[0] + b"\r\nX", re.M | re.S)
    assert len(found) == 1, (name, found)
    return found[0]


# The headers, raw


@pytest.mark.parametrize(("name", "value"), [
    ("From", b'"Port Verity desk" <briefing@desk.example.org>'),
    ("To", b"ana@example.org"),
    ("Reply-To", b"answers@desk.example.org"),
    ("Subject", b"Arden: 12 killed in Port Verity"),
    ("Date", b"Fri, 15 Mar 2024 12:00:00 +0000"),
    ("Message-ID", b"<0a1b2c@desk.example.org>"),
    ("List-Id", b'"Arden daily" <arden-daily.desk.example.org>'),
    ("List-Unsubscribe", b"<https://desk.example.org/briefing/unsubscribe/TOKEN/arden-daily>"),
    ("List-Unsubscribe-Post", b"List-Unsubscribe=One-Click"),
    ("List-Archive", b"<https://desk.example.org/briefing/arden-daily>"),
    ("Archived-At", b"<https://desk.example.org/briefing/arden-daily/daily-2024-03-15>"),
    ("Precedence", b"bulk"),
    ("Auto-Submitted", b"auto-generated"),
    ("X-Auto-Response-Suppress", b"All"),
    ("MIME-Version", b"1.0"),
])
def test_each_header_stands_on_the_wire_as(name, value):
    assert header(built(), name) == value


def test_the_headers_are_these_and_no_others():
    assert [name.split(b":")[0].decode() for name in head_of(built()) if not name.startswith(b" ")] == EXPECTED_ORDER


def test_a_long_unsubscribe_address_is_neither_folded_nor_encoded():
    url = "https://desk.example.org/briefing/unsubscribe/" + "A" * 700
    raw = built(replace(SAID, unsubscribe=url))
    assert b"\r\nList-Unsubscribe: <" + url.encode() + b">\r\n" in raw
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw


def test_one_click_is_promised_where_it_is_true():
    assert b"List-Unsubscribe-Post" not in built(replace(SAID, unsubscribe="http://desk.example.org/u/T"))
    assert b"List-Unsubscribe-Post" in built(replace(SAID, unsubscribe="http://127.0.0.1:8471/u/T"))
    assert b"List-Unsubscribe" not in built(replace(SAID, unsubscribe=None))
    assert b"mailto:" not in built()


def test_an_update_names_the_mail_that_it_goes_on_from():
    raw = built(replace(SAID, in_reply_to="<first@desk.example.org>"))
    assert header(raw, "In-Reply-To") == header(raw, "References") == b"<first@desk.example.org>"


def test_mails_without_a_page_of_their_list_have_no_archive():
    raw = built(replace(SAID, list_id="alerts", list_name=""))
    assert header(raw, "List-Id") == b"<alerts.desk.example.org>"
    assert b"List-Archive" not in raw


def test_a_list_is_named_by_our_domain_where_the_desk_has_none():
    raw = built(settings=replace(SETTINGS, public_url="http://127.0.0.1:8471"))
    assert header(raw, "List-Id") == b'"Arden daily" <arden-daily.desk.example.org>'


def test_a_subject_in_any_writing_is_folded_and_reads_back():
    subject = "مقتل 12 شخصا في بورت فيريتي — Arden: “at least 12”, 3 o’clock, " + "Ζωή " * 20
    raw = built(replace(SAID, subject=subject))
    assert header(raw, "Subject").isascii()
    assert max(map(len, header(raw, "Subject").split(b"\r\n"))) <= 76
    assert all(len(word) <= 75 for word in header(raw, "Subject").split())
    assert email.message_from_bytes(raw, policy=policy.default)["Subject"] == " ".join(subject.split())


def test_a_name_in_any_writing_reads_back():
    for name in ("Η ενημέρωση", 'The "desk" \\ of <Arden>, Port Verity', "=?utf-8?q?Another?="):
        raw = built(settings=replace(SETTINGS, mail_from_name=name))
        [address] = email.message_from_bytes(raw, policy=policy.default)["From"].addresses
        assert (address.display_name, address.addr_spec) == (name, "briefing@desk.example.org")


def test_a_domain_beyond_ascii_is_written_in_ascii():
    assert header(built(to="ana@παράδειγμα.example.org"), "To") == b"ana@xn--hxajbheg2az3al.example.org"
    assert recipient_of("ζωή@example.org").beyond_ascii
    assert header(built(to="ζωή@example.org"), "To") == "ζωή@example.org".encode()


# The Message-ID


def test_a_mail_keeps_the_message_id_that_it_was_queued_with():
    known = new_message_id(SETTINGS)
    assert known.endswith("@desk.example.org")
    assert message_id_of(a_queued(message_id=f"<{known}>"), SETTINGS) == known
    assert header(built(message_id=known), "Message-ID") == f"<{known}>".encode()
    assert new_message_id(SETTINGS) != known


# What is hostile


HOSTILE = ["x\r\nBcc: all@example.org", "x\nBcc: all@example.org", "x\rBcc: y", "x\u2028Bcc: y", "x\u2029y", "x\x85Bcc: y",
           "x\0y", "x\x0bBcc: y", "x\r\n\r\n<script>", "=?utf-8?q?x=0D=0ABcc:_y?=", "\u202eabc", "x\ud800y", "", " ", "x" * 5_000,
           "Ω" * 5_000]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_get_out_of_their_header(words):
    settings = replace(SETTINGS, mail_from_name=words)
    raw = built(replace(SAID, subject=words, list_name=words), settings)
    assert [line.split(b":")[0].decode() for line in head_of(raw) if not line.startswith(b" ")] == EXPECTED_ORDER
    read = email.message_from_bytes(raw, policy=policy.default)
    assert read["Bcc"] is None
    assert not any(char in str(read["Subject"]) + str(read["From"]) for char in "\r\n\0\u2028\u202e")


@pytest.mark.parametrize("field", ["unsubscribe", "archive", "in_reply_to", "list_id"])
@pytest.mark.parametrize("words", [words for words in HOSTILE if words.strip()] + ["https://x.example/ y", "javascript:alert(1)",
                                                                       "https://x.example/>,<mailto:y@example.org"])
def test_what_is_no_address_of_the_web_and_no_id_is_refused(field, words):
    with pytest.raises(Unsendable):
        built(replace(SAID, **{field: words}))


@pytest.mark.parametrize("setting", ["mail_from", "mail_reply_to"])
@pytest.mark.parametrize("words", ["x", "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_an_address_of_ours_that_is_none_is_a_problem_of_the_settings(setting, words):
    with pytest.raises(SettingsError, match=setting):
        built(settings=replace(SETTINGS, **{setting: words}))


@given(subject=st.text(), name=st.text(), list_name=st.text(), text=st.text(), html=st.text())
def test_whatever_is_said_the_message_is_whole(subject, name, list_name, text, html):
    raw = built(Parts(subject, text, html, list_id="arden-daily", list_name=list_name), replace(SETTINGS, mail_from_name=name))
    lines = raw.split(b"\r\n")
    assert raw.isascii()
    assert max(map(len, lines)) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)|\0", raw)
    read = email.message_from_bytes(raw, policy=policy.default)
    assert read.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in read.iter_parts()] == ["text/plain", "text/html"]
    assert {name.split(b":")[0] for name in head_of(raw) if not name.startswith(b" ")} <= {
        name.encode() for name in EXPECTED_ORDER}


@given(to=st.one_of(st.text(), st.from_regex(r"[a-z\r\n ,<>@.]{1,30}", fullmatch=True)))
def test_an_address_is_refused_or_is_one_line_without_brackets(to):
    try:
        held = recipient_of(to)
    except Unsendable:
        return
    assert held.beyond_ascii != held.address.isascii()
    assert not re.search(r"[\s<>,;:\x00-\x1f\x7f\u2028\u2029]", held.address)


# The body


def test_the_text_comes_first_then_the_html_with_the_pictures_that_it_shows():
    parts = replace(SAID, html='<p><img src="cid:map" alt="Arden"></p>', pictures=(Picture("map", PNG, "Arden"),))
    raw = built(parts)
    text, related = email.message_from_bytes(raw, policy=policy.default).iter_parts()
    html, picture = related.iter_parts()
    assert text.get_content() == SAID.text.replace("\n", "\r\n")
    assert html.get_content() == parts.html + "\r\n"
    assert (picture["Content-ID"], picture.get_content_disposition(), picture.get_content()) == ("<map>", "inline", PNG)
    assert related.get_param("type") == "text/html"


@pytest.mark.parametrize("text", ["x" * 20_000, "بورت فيريتي " * 900, ".\n.\r\n..\rFrom here\n", "tab\t \nend \n", "a\0b",
                                  "\u2028 \x85"])
def test_long_lines_other_writings_and_lone_dots_reach_the_reader_as_they_were(text):
    raw = built(replace(SAID, text=text, html=f"<p>{text}</p>"))
    plain_part, html_part = email.message_from_bytes(raw, policy=policy.default).iter_parts()
    for part in (plain_part, html_part):
        assert part["Content-Transfer-Encoding"] in ("quoted-printable", "base64")
        assert max(len(line) for line in part.as_bytes().split(b"\n")) <= 78
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    body = plain_part.get_payload(decode=True).decode().replace("\r\n", "\n")
    assert body == (wanted if wanted.endswith("\n") else wanted + "\n")


def test_every_address_in_a_header_is_one_of_the_desk():
    raw = built()
    for name in ("List-Unsubscribe", "List-Archive", "Archived-At"):
        assert urlsplit(header(raw, name).decode().strip("<>")).hostname == "desk.example.org"
