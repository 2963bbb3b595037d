"""The tables of what goes out: deliveries with their history, what they carry, and subscribers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from ribao.store.schema import metadata

contents = Table(  # what a delivery carries, once for all recipients
    "delivery_content",
    metadata,
    Column("digest", String(40), primary_key=True),
    Column("body", LargeBinary, nullable=False),  # zlib
)

deliveries = Table(
    "delivery",
    metadata,
    Column("id", String(40), primary_key=True),  # the idempotency key
    Column("edition_id", String(40), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("recipient", String(40), nullable=False, default=""),  # a subscriber; "": the channel
    Column("part", Integer, nullable=False),
    Column("parts", Integer, nullable=False),
    Column("content_digest", String(40), ForeignKey("delivery_content.digest"), nullable=False),
    Column("title", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("planned_at", String(32), nullable=False),
    Column("due_at", String(32), nullable=False),
    Column("tried_at", String(32), nullable=False, default=""),
    Column("receipt", Text, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),  # why it stands where it stands
    Index(None, "state"),
    Index(None, "edition_id"),
)

happenings = Table(  # every step of every delivery, never changed
    "delivery_step",
    metadata,
    Column("delivery_id", String(40), ForeignKey("delivery.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("detail", Text, nullable=False, default=""),
)

subscribers = Table(
    "subscriber",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("channel", Text, nullable=False),  # the mailing list
    Column("address", Text, nullable=False),
    Column("language", String(8), nullable=False, default=""),  # "": every language
    Column("state", String(16), nullable=False),  # pending, confirmed, ended, bounced
    Column("asked_at", String(32), nullable=False),
    Column("confirmed_at", String(32), nullable=False, default=""),
    Column("ended_at", String(32), nullable=False, default=""),
    Column("because", Text, nullable=False, default=""),
    Index(None, "channel", "state"),
)
