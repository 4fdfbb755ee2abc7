"""The tables of the record. Migrations make them (store/migrations); a test holds the two to be the same.

Days are dates, times are text in UTC (`2024-03-12T07:00:00Z`, which sorts), bodies are JSON text as `records.to_line`
writes it. What lists and neighbourhoods ask for stands in columns as well; the body is what is read back. The row of an
incident is short, its body stands apart: a list that goes through all of them reads 30 MB of a hundred thousand, not 500.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

NEWEST = "0010"                   # revision that this version of dateline writes; revisions sort as text

metadata = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
})

report = Table(
    "report", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),   # the order in which reports were kept
    Column("id", Text, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("outlet", Text),
    Column("agency", Text),
    Column("title", Text),
    Column("language", Text),
    Column("published_at", Text),
    Column("written_earliest", Date),
    Column("written_latest", Date),
    Column("copy_of", Text, index=True),
    Column("version_of", Text, index=True),
    Column("update_kind", Text),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),                  # Report with an empty text: the text stands beside it
    Column("extracted", Text, nullable=False, index=True),  # "pending", "done", "failed", "entered", "language:ar"
    Column("extractor", Text),                             # version that extracted it
    Column("kept_at", Text, nullable=False, index=True),
    Index("ix_report_published_at", "published_at"),       # these three: which reports a briefing tells of
    Index("ix_report_written_latest", "written_latest"),
    Index("ix_report_outlet_written_latest", "outlet", "written_latest", "language", "extracted"),
    Index("ix_report_language", "language", "extracted"),
    Index("ix_report_agency_written_latest", "agency", "written_latest"),
    sqlite_autoincrement=True,
)

report_sketch = Table(
    "report_sketch", metadata,
    Column("report_seq", Integer, ForeignKey("report.seq", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),         # of a sample of its shingles; see store/sketches.py
)

sketch = Table(                                            # those of them by which copies and versions are found
    "sketch", metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),   # signed 64 bits
    Column("report_seq", Integer, ForeignKey("report.seq", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

source_seen = Table(
    "source_seen", metadata,
    Column("source", Text, primary_key=True),              # absolute path, or address
    Column("fingerprint", Text, nullable=False),           # of what was read; see store/seen.py
    Column("etag", Text),                                  # validators for a conditional request
    Column("modified", Text),
    Column("reports", Integer, nullable=False),            # how many were read from it
)

account = Table(
    "account", metadata,
    Column("id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("report.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),           # in its report, from 0
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("told_as", Text, nullable=False),
    Column("nature", Text, nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    Column("country", Text),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("body", Text, nullable=False),                  # Account as it holds
    Column("reconciled", Boolean, nullable=False, index=True),
    Column("extracted", Text),                             # Account as extracted, where a person has corrected it
)

account_key = Table(                                       # what neighbours are found by; see store/neighbourhood.py
    "account_key", metadata,
    Column("key", Text, primary_key=True),
    Column("account_id", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

account_word = Table(                                      # the rare words that neighbours are found by
    "account_word", metadata,
    Column("word", Text, primary_key=True),                # with ":r" of its report, ":s" of its sentences
    Column("day", Integer, primary_key=True),              # on which the report was written, as an ordinal
    Column("account_id", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("weight", Float, nullable=False),               # among the words of its report, or of its sentences
    Column("lasting", Boolean, nullable=False),            # brings together what was written months apart
    sqlite_with_rowid=False,
)

account_link = Table(                                      # two accounts that tell one incident, or possibly do
    "account_link", metadata,
    Column("account_a", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("account_b", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("points", Float, nullable=False),               # by the table of reasons
    Column("reasons", Text, nullable=False),               # list of Reason
    sqlite_with_rowid=False,
)

figure = Table(
    "figure", metadata,
    Column("account_id", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("effect", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("value", Integer),
    Column("modifier", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("standing", Text, nullable=False),              # as reconciling gave it
    Column("speaker", Text),
    Column("written", Date),                               # last day on which its report may have been written
    Column("alone", Boolean),                              # nobody else gives its incident such a figure; null: does not stand
    Index("ix_figure_speaker", "speaker", "written", "alone"),
)

actor = Table(
    "actor", metadata,
    Column("account_id", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("group_id", Text, index=True),
    Column("type", Integer),
    Column("text", Text, nullable=False),
    Column("person", Text),
    Column("organisation", Text),
)

group_statement = Table(
    "group_statement", metadata,
    Column("id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("report.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("group_id", Text, index=True),
    Column("attribute", Text, nullable=False),
    Column("as_of", Text),                                 # its latest day, as written there
    Column("body", Text, nullable=False),
)

incident = Table(                                          # what lists show and ask for; see store/incident_rows.py
    "incident", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),   # 412 of DTL-412; never given twice
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("told_as", Text, nullable=False),
    Column("nature", Text, nullable=False),
    Column("headline", Text, nullable=False),              # without the place where that is a shelter
    Column("earliest", Date),                              # first day on which it may have begun; null: not bounded
    Column("latest", Date),                                # last day on which it may have gone on; null: not bounded
    Column("best", Date),
    Column("day_precision", Text, nullable=False),
    Column("scattered", Boolean, nullable=False),          # only some days are possible: those of incident_span
    Column("country", Text),
    Column("admin1", Text),
    Column("place", Text),                                 # null, as its point is, for a shelter
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("precision", Integer),                          # UCDP's where_prec
    Column("shelter", Boolean, nullable=False),
    Column("killed_low", Integer),
    Column("killed_best", Integer),
    Column("killed_high", Integer),
    Column("injured_low", Integer),
    Column("injured_best", Integer),
    Column("injured_high", Integer),
    Column("groups", Text, nullable=False),                # values of incident_facet, one a line
    Column("affected", Text, nullable=False),
    Column("sides_killed", Text, nullable=False),
    Column("accounts", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("stories", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("origins_not_party", Integer, nullable=False),
    Column("disagreements", Integer, nullable=False),
    Column("review", Text, nullable=False),
    Column("day", Integer, nullable=False),                # best, else earliest, as an ordinal; 0: neither
    Column("first_day", Integer, nullable=False),          # earliest as an ordinal; one after the last of all: not bounded
    Column("deaths", Integer, nullable=False),             # best, else the least said; -1: no number
    Column("doubt", Integer, nullable=False),              # how soon a person should look at it
    Column("change", Integer, nullable=False),             # numbers what was written to the record, in that order
    Column("held_at", Text),                               # first line of its history
    Column("changed_at", Text),                            # last line
    Column("deleted_at", Text),
    *(Index(f"ix_incident_{name}", name) for name in ("day", "first_day", "deaths", "doubt", "change")),
    Index("ix_incident_country_day", "country", "day"),
)

incident_body = Table(
    "incident_body", metadata,
    Column("incident_number", Integer, ForeignKey("incident.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),                  # Incident without its accounts and history
)

incident_facet = Table(                                    # of what an incident may have several
    "incident_facet", metadata,
    Column("facet", Text, primary_key=True),               # "group", "affected", "own word" ...: store/incident_rows.py
    Column("value", Text, primary_key=True),               # a group's id, a kind of those affected, a side
    Column("incident_number", Integer, ForeignKey("incident.number", ondelete="CASCADE"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

incident_span = Table(                                     # the days of an incident of which only some are possible
    "incident_span", metadata,
    Column("incident_number", Integer, ForeignKey("incident.number", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("first", Date, primary_key=True),
    Column("last", Date, nullable=False),
    sqlite_with_rowid=False,
)

membership = Table(
    "membership", metadata,
    Column("account_id", Text, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("incident_number", Integer, ForeignKey("incident.number", ondelete="CASCADE"), nullable=False),
    Column("report_seq", Integer, nullable=False),         # of the account's report
    Column("position", Integer, nullable=False),           # among the incident's accounts
    Column("reasons", Text, nullable=False),               # list of Reason
    Column("figures", Text),                               # list of Figure as reconciled; null: as extracted
    Index("ix_membership_incident_number", "incident_number", "account_id"),
    Index("ix_membership_report_seq", "report_seq", "incident_number"),
)

former = Table(                                            # accounts of an incident that is held no more, as it had them last
    "former", metadata,
    Column("incident_number", Integer, ForeignKey("incident.number", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

history = Table(
    "history", metadata,
    Column("incident_number", Integer, ForeignKey("incident.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),         # from 0; lines are added and never changed
    Column("at", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)

decision = Table(                                          # what persons decided; lines are added and never changed
    "decision", metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("incident", Text, index=True),                  # as it was called then
    Column("body", Text, nullable=False),                  # Decision
    sqlite_autoincrement=True,
)

decision_report = Table(                                   # the reports whose accounts a decision hangs on
    "decision_report", metadata,
    Column("decision_id", Integer, ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True),
    Column("report_id", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

decided = Table(                                           # accounts that decisions in force on whole incidents are about now
    "decided", metadata,
    Column("decision_id", Integer, ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", Text, primary_key=True, index=True),
    Column("position", Integer, nullable=False),           # among the decision's accounts
    sqlite_with_rowid=False,
)

judgement = Table(                                         # what follows from decisions for two accounts; it wins
    "judgement", metadata,
    Column("account_a", Text, primary_key=True),
    Column("account_b", Text, primary_key=True, index=True),
    Column("same", Boolean, nullable=False),
)
