"""Every column of the record that can hold words is either looked through when something is forgotten, or is named here."""

from __future__ import annotations

import sqlalchemy as sa

from dateline.store.schema import metadata
from dateline.store.sweeping import SWEPT, blanked

# Ids, hashes, times, and words of our own.
OURS = {
    "id", "report_id", "account_id", "account_a", "account_b", "group_id", "part_of", "at", "kept_at", "held_at", "changed_at",
    "deleted_at", "made_at", "created_at", "composed_at", "issued_at", "kept_until", "due_at", "lease_until", "tried_at",
    "published_at", "as_of", "since", "kind", "status", "told_as", "nature", "effect", "side", "modifier", "scope", "standing",
    "role", "attribute", "facet", "language", "update_kind", "copy_of", "version_of", "extractor", "review", "day_precision",
    "state", "frequency", "slug", "edition", "what",
}
BY_COLUMN = {
    "account.country": "a code", "account.admin1": "a unit of the gazetteer", "incident.country": "a code",
    "incident.admin1": "a unit of the gazetteer", "incident.groups": "ids", "incident.affected": "kinds",
    "incident.sides_killed": "sides", "incident_facet.value": "looked through; a part of the key", "report.extracted": "a state",
    "account_key.key": "made anew with its account", "account_word.word": "made anew with its account",
    "source_seen.source": "deleted where it holds a name", "source_seen.fingerprint": "a hash", "source_seen.etag": "a server's",
    "source_seen.modified": "a time", "decision.incident": "an id", "comment.incident": "an id", "comment.resolved_at": "a time",
    "comment.resolved_by": "one of the desk's people", "coding.incident": "an id", "coding.person": "one of the desk's people",
    "audit.who": "one of the desk's people", "audit.address": "a network", "issue.by": "one of the desk's people",
    "notice.incident": "an id", "notice.message_id": "of a mail", "mail.key": "ids", "mail.to": "a subscriber",
    "mail.host": "a subscriber's", "mail.message_id": "of a mail", "mail.worker": "a process", "call.key": "ids",
    "call.worker": "a process", "mark.name": "ours", "mark.value": "ours", "forgotten.who": "one of the desk's people",
    "forgotten.why": "says no names", "forgotten.address": "a hash", "backup_copy.path": "where a copy is",
    "watched_feed.address": "a feed's, which a person chose", "watched_entry.key": "a hash", "watched_entry.feed": "a feed's",
}
# Their own way out: dateline person, subscribers.
OF_PEOPLE = {"person", "session", "api_token", "desk_secret", "sign_in_failure", "visit", "incident_lock", "subscriber",
             "subscription", "invitation", "sign_up", "sign_up_attempt"}


def test_every_column_of_words_is_looked_through_or_said_why_not():
    words = {f"{table.name}.{column.name}" for table in metadata.sorted_tables if table.name not in OF_PEOPLE
             for column in table.columns if isinstance(column.type, sa.Text) and column.name not in OURS}
    swept = {f"{column.table.name}.{column.name}" for column in SWEPT}
    assert words - swept - BY_COLUMN.keys() == set()
    assert BY_COLUMN.keys() - words == set(), "named and not there"


def test_in_json_words_are_blanked_and_names_of_fields_are_not():
    def blank(words: str, key: str) -> str:
        return words.replace("text", "████")

    assert blanked('{"text":["the text",3,null],"n":1.5}', "body", blank) == '{"text":["the ████",3,null],"n":1.5}'
    assert blanked("[no json: text", "body", blank) == "[no json: ████"
