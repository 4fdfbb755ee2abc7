"""DKIM: what is signed can be checked by whoever has the public key, and what was changed on the way is told."""

from __future__ import annotations

import base64
import re
import subprocess

import dkim
import pytest

from dateline.errors import SettingsError
from dateline.mailing.signing import signer_of
from dateline.store import open_record
from mailing.made import NOON, a_mail, a_setting, send
from mailing.servers import taking
from mailing.test_message import built

SIGNED = {b"from", b"to", b"subject", b"date", b"message-id", b"list-id", b"list-unsubscribe", b"list-unsubscribe-post",
          b"mime-version", b"content-type"}


def openssl(*arguments, given=None):
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, input=given).stdout


@pytest.fixture(scope="module", params=["genrsa -traditional 2048", "genrsa 2048"], ids=["PKCS#1", "PKCS#8"])
def key(request, tmp_path_factory):
    """A key file, and what the name service says of it."""
    path = tmp_path_factory.mktemp("keys") / "dkim.pem"
    path.write_bytes(openssl(*request.param.split()))
    public = base64.b64encode(openssl("rsa", "-in", path, "-pubout", "-outform", "DER"))
    return path, b"v=DKIM1; k=rsa; p=" + public


def signing(path, **given):
    return signer_of(a_setting(dkim_domain="desk.example.org", dkim_selector="s1", dkim_key_file=str(path), **given))


def holds(raw, record):
    asked = []

    def txt(name, timeout=5):
        asked.append(name)
        return record

    held = dkim.verify(raw, dnsfunc=txt)
    assert asked == [b"s1._domainkey.desk.example.org."]
    return held


def test_a_signed_message_can_be_checked(key):
    path, record = key
    raw = signing(path)(built())
    assert holds(raw, record)
    assert raw.startswith(b"DKIM-Signature: ")
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    [signature] = re.findall(rb"^DKIM-Signature: (.*?)(?=\r\n\S)", raw, re.S)
    fields = dict(part.strip().split(b"=", 1) for part in re.sub(rb"\s+", b"", signature).split(b";"))
    assert (fields[b"c"], fields[b"a"], fields[b"d"]) == (b"relaxed/relaxed", b"rsa-sha256", b"desk.example.org")
    assert set(fields[b"h"].split(b":")) >= SIGNED


@pytest.mark.parametrize(("before", "after"), [
    (b"Subject: Arden", b"Subject: Another"), (b"/unsubscribe/TOKEN", b"/unsubscribe/OTHER"), (b"One-Click", b"Two-Click"),
    (b"At least 12", b"At least 99"), (b"To: ana@", b"To: bo@"), (b"List-Id: ", b"List-Id: x"),
    (b"Precedence: bulk", b"Precedence: bulk\r\nList-Unsubscribe: <https://elsewhere.example/u>"),
    (b"Precedence: bulk", b"Precedence: bulk\r\nSubject: another"),
])
def test_what_was_changed_or_added_on_the_way_is_told(key, before, after):
    path, record = key
    raw = signing(path)(built())
    assert before in raw
    assert not holds(raw.replace(before, after, 1), record)


def test_white_space_may_change_on_the_way(key):
    path, record = key
    raw = signing(path)(built())
    assert holds(raw.replace(b"\r\nSubject: Arden: 12", b"\r\nSUBJECT:   Arden:  12"), record)


def test_what_is_sent_is_signed(key, store):
    path, record = key
    store.mails.queue([a_mail("a")], NOON)
    with taking() as (inbox, port):
        send(store, a_setting(port, dkim_domain="desk.example.org", dkim_selector="s1", dkim_key_file=str(path)))
    assert holds(inbox.message_to("a@example.org"), record)


def test_without_a_domain_nothing_is_signed():
    assert signer_of(a_setting()) is None


@pytest.mark.parametrize(("made", "said"), [
    (b"", "no private key"), (b"not a key", "no private key"), (b"\xff\xfe" * 50, "no private key"),
    (b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "neither an RSA key"),
    (b"-----BEGIN PRIVATE KEY-----\n" + b"A" * 4_001 + b"\n-----END PRIVATE KEY-----\n", "dkim_key_file"),
    ("genrsa 512", "512 bits"), ("ecparam -genkey -name prime256v1 -noout", "neither an RSA key"),
    ("genrsa -aes128 -passout pass:abcd 2048", "neither|no private key"),
], ids=["empty", "words", "bytes", "not-a-key-inside", "broken-base64", "too-short", "another-kind", "with-a-password"])
def test_a_key_file_with_which_nothing_can_be_signed_is_said_so(tmp_path, made, said):
    path = tmp_path / "dkim.pem"
    path.write_bytes(made if isinstance(made, bytes) else openssl(*made.split()))
    with pytest.raises(SettingsError, match=said):
        signing(path)


def test_a_key_file_that_is_gone_or_not_named_is_said_so(tmp_path):
    with pytest.raises(SettingsError, match="dkim_key_file"):
        signing(tmp_path / "none.pem")
    with pytest.raises(SettingsError, match="dkim_key_file is not"):
        signer_of(a_setting(dkim_domain="desk.example.org"))


def test_a_wrong_key_file_leaves_every_mail_queued_and_the_desk_says_why(tmp_path):
    (tmp_path / "dkim.pem").write_text("not a key")
    with open_record(tmp_path / "d.db") as store:
        store.mails.queue([a_mail("a")], NOON)
        with pytest.raises(SettingsError):
            send(store, a_setting(dkim_domain="desk.example.org", dkim_key_file=str(tmp_path / "dkim.pem")))
        assert "dkim_key_file" in store.mails.problem().said
        assert store.mails.counts()["queued"] == 1


def test_a_key_of_ed25519_signs_where_its_library_is_there_and_is_refused_in_words_where_not(tmp_path):
    path = tmp_path / "dkim.pem"
    path.write_bytes(openssl("genpkey", "-algorithm", "ed25519"))
    try:
        import nacl.signing  # noqa: F401
    except ImportError:
        with pytest.raises(SettingsError, match="PyNaCl"):
            signing(path)
        return
    public = base64.b64encode(openssl("pkey", "-in", path, "-pubout", "-outform", "DER")[-32:])
    assert holds(signing(path)(built()), b"v=DKIM1; k=ed25519; p=" + public)
