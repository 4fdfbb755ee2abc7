"""Addresses: which are one, which are none, and that nothing in one can become a line of a header."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DecisionError
from dateline.subscribing.addresses import address_of, network_of


@pytest.mark.parametrize(("one", "other"), [
    pytest.param("Zoe@Example.ORG", "zoe@example.org", id="capitals"),
    pytest.param("  zoe@example.org\t", "zoe@example.org", id="white-space-around-it"),
    pytest.param("zoe@ex\u00e4mple.org", "zoe@xn--exmple-cua.org", id="a-domain-with-an-accent-and-its-ascii-form"),
    pytest.param("ZO\u00cb@example.org", "zoe\u0308@example.org", id="an-accent-composed-or-not"),
])
def test_addresses_that_reach_one_mailbox_have_one_key(one, other):
    assert address_of(one).key == address_of(other).key


def test_dots_and_tags_before_the_at_sign_are_another_address():
    keys = {address_of(one).key for one in ("zoe@example.org", "z.oe@example.org", "zoe+news@example.org")}
    assert len(keys) == 3


def test_a_mail_goes_to_the_address_as_it_was_written_with_its_domain_in_ascii():
    assert address_of("Zoe.B@Ex\u00e4mple.org").written == "Zoe.B@xn--exmple-cua.org"


@pytest.mark.parametrize("text", [
    "", "zoe", "zoe@", "@example.org", "zoe@localhost", "zoe@example", "zoe@[192.0.2.1]", "zoe@@example.org",
    "zoe@example.org\r\nBcc: all@example.org", "zoe\r\n@example.org", "zoe\n@example.org", "zoe\x00@example.org",
    "zoe@exam\x00ple.org", "zoe @example.org", '"zoe b"@example.org', '"zoe\r\nBcc: x"@example.org', "Zoe <zoe@example.org>",
    "zoe@example.org, bo@example.org", "zoe@example.org;bo@example.org", "zoe@exam\u202eple.org", "zo\u202ee@example.org",
    "zo\u200be@example.org", "zoe@-example.org", "zoe@example..org", "zo\ud800e@example.org", ".zoe@example.org",
    "z" * 10_000 + "@example.org", "zoe@" + "e" * 10_000 + ".org", "zoe@" + ".".join("e" * 9_000),
])
def test_what_no_mail_can_be_sent_to_is_told_in_words(text):
    with pytest.raises(DecisionError) as told:
        address_of(text)
    assert len(str(told.value)) < 400
    assert "\n" not in str(told.value)
    assert str(told.value).isprintable()


def test_a_very_long_address_is_refused_at_once():
    began = time.process_time()
    with pytest.raises(DecisionError):
        address_of("a." * 5_000_000 + "@example.org")
    assert time.process_time() - began < 0.5


SIGNS = st.sampled_from("ab.@+-=\"'\\<>()[],;: \r\n\t\x00\x1b\u202e\u200b\u0130\u00df\uff20")
HOSTILE = st.text(st.one_of(SIGNS, st.characters()), max_size=60)


@settings(max_examples=400, deadline=None)
@given(st.one_of(HOSTILE, st.builds("{}@{}.org".format, HOSTILE, HOSTILE), st.builds("{}@example.org".format, HOSTILE)))
def test_whatever_is_written_is_one_address_on_one_line_or_none(text):
    try:
        found = address_of(text)
    except DecisionError as told:
        assert str(told).isprintable()        # noqa: PT017 - that it is raised is not asked
        return
    assert found.written.isprintable()
    assert found.written.count("@") == 1
    assert not set(found.written) & set(" \t\r\n\x00<>,;:\"()[]\\")
    assert address_of(found.written) == found
    assert address_of(found.key).key == found.key


@pytest.mark.parametrize(("host", "network"), [
    ("192.0.2.77", "192.0.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("::ffff:192.0.2.77", "192.0.2.0/24"),
    ("fe80::1%eth0", "fe80::/48"), ("testclient", None), ("", None), (None, None)])
def test_of_a_machine_its_network_alone_is_kept(host, network):
    assert network_of(host) == network
