"""The tables. Times are UTC in ISO 8601 text, so that both databases compare them alike."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runs = Table(
    "run",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("mode", String(16), nullable=False),  # live, replay, demo
    Column("date", String(10), nullable=False),
    Column("language", String(8), nullable=False),
    Column("beat", Text, nullable=False),
    Column("input_digest", String(64), nullable=False),
    Column("config_digest", String(64), nullable=False),
    Column("started_at", String(32), nullable=False),
    Column("state", String(16), nullable=False),  # running, done
    Column("edition_id", String(40), nullable=False, default=""),
    Column("order", Integer, nullable=False),  # the last run has the highest
)

sources = Table(
    "source",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("last_success_at", String(32), nullable=False, default=""),
    Column("last_failure_at", String(32), nullable=False, default=""),
    Column("last_error", Text, nullable=False, default=""),
    Column("moved_to", Text, nullable=False, default=""),
    Column("moved_since", String(32), nullable=False, default=""),
    Column("address", Text, nullable=False, default=""),  # asked instead of url; "" for url itself
    Column("gone_because", Text, nullable=False, default=""),  # why it is not asked again
    Column("failures", Integer, nullable=False, default=0),  # in a row
    Column("failing_since", String(32), nullable=False, default=""),
    Column("next_due_at", String(32), nullable=False, default=""),
    Column("opt_outs", Text, nullable=False, default=""),  # wishes of the publisher, in words
)

readings = Table(  # which sources a run has read: what a killed run need not read again
    "reading",
    metadata,
    Column("run_id", String(40), ForeignKey("run.id"), primary_key=True),
    Column("source_id", Text, primary_key=True),
    Column("entries", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
)

validators = Table(
    "validator",
    metadata,
    Column("url", Text, primary_key=True),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
)

sites = Table(  # what a site says to all machines, kept for a day; and when it may be asked again
    "site",
    metadata,
    Column("site", Text, primary_key=True),  # https://host:port
    Column("robots", LargeBinary, nullable=False),  # zlib, as all three files
    Column("tdmrep", LargeBinary, nullable=False),
    Column("ai_txt", LargeBinary, nullable=False),
    Column("read_at", String(32), nullable=False, default=""),
    Column("quiet_until", String(32), nullable=False, default=""),
)

pages = Table(
    "page",
    metadata,
    Column("url", Text, primary_key=True),
    Column("final_url", Text, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib
    Column("fetched_at", String(32), nullable=False),
    Column("opt_outs", Text, nullable=False, default="[]"),  # JSON: use, place, words of each
)

items = Table(
    "item",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("published_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "url"),
    Index(None, "published_at"),
)

documents = Table(
    "document",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("item_id", String(40), nullable=False),
    Column("source_id", Text, nullable=False),
    Column("copy_of", String(40), nullable=False, default=""),
    Column("url", Text, nullable=False),
    Column("published_at", String(32), nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "item_id"),
    Index(None, "source_id"),
    Index(None, "url"),
)

stories = Table(  # a story as it stood on one day: what was printed then is never overwritten
    "story",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("size", Integer, nullable=False),  # how many documents
    Column("data", Text, nullable=False),  # without its documents, which stand in story_document
    Index(None, "day"),
)

story_documents = Table(
    "story_document",
    metadata,
    Column("story_id", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("document_id", String(40), primary_key=True),
    Column("place", Integer, nullable=False),
    Index(None, "document_id"),
    Index(None, "day"),
)

editions = Table(
    "edition",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("date", String(10), nullable=False),
    Column("language", String(8), nullable=False),
    Column("beat", Text, nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "date"),
)

printed = Table(
    "printed",
    metadata,
    Column("edition_id", String(40), ForeignKey("edition.id"), primary_key=True),
    Column("story_id", String(40), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("place", Integer, nullable=False),
    Index(None, "story_id"),
)

promises = Table(  # what printed stories announced for later
    "promise",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("beat", Text, primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("day", String(10), primary_key=True),  # of the edition that printed the story
    Column("first", String(10), nullable=False),
    Column("last", String(10), nullable=False),
    Column("data", Text, nullable=False),
    Index(None, "first"),
    Index(None, "last"),
)

aliases = Table(  # which Chinese and which Latin name are one, by the reports of each day
    "alias",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("han", String(64), primary_key=True),
    Column("latin", String(128), primary_key=True),
    Column("data", Text, nullable=False),
)

publications = Table(
    "publication",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("edition_id", String(40), nullable=False),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("content_digest", String(64), nullable=False),
    Column("receipt", Text, nullable=False, default=""),
)

outcomes = Table(  # the ledger: what became of every subject at every step of a run
    "outcome",
    metadata,
    Column("run_id", String(40), ForeignKey("run.id"), primary_key=True),
    Column("step", String(16), primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("became", String(16), nullable=False),  # kept, dropped, failed
    Column("reason", String(32), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Index(None, "subject"),
)

steps = Table(
    "step",
    metadata,
    Column("run_id", String(40), ForeignKey("run.id"), primary_key=True),
    Column("name", String(16), primary_key=True),
    Column("came", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("dropped", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("place", Integer, nullable=False),
)

model_calls = Table(  # the ledger of money: one row for each call, booked before it is made
    "model_call",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("run_id", String(40), nullable=False),
    Column("day", String(10), nullable=False),  # UTC
    Column("asked_at", String(32), nullable=False),
    Column("model", Text, nullable=False),
    Column("task", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", String(16), nullable=False),  # reserved, settled, uncertain, released, disputed
    Column("currency", String(3), nullable=False),
    Column("most_micro", BigInteger, nullable=False),  # what it could cost at most
    Column("micro", BigInteger, nullable=False),  # what is booked, in millionths
    Column("input_tokens", BigInteger, nullable=False, default=0, server_default="0"),
    Column("output_tokens", BigInteger, nullable=False, default=0, server_default="0"),
    Column("cached_tokens", BigInteger, nullable=False, default=0, server_default="0"),
    Index(None, "run_id"),
    Index(None, "day"),
)

model_answers = Table(  # answers by the digest of their question: paid for once
    "model_answer",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("model", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("answered_at", String(32), nullable=False),
)
