"""The tables of the desk: who works there, what was changed, and the index of every word."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, String, Table, Text

from ribao.store.schema import metadata

accounts = Table(
    "account",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("role", String(16), nullable=False),  # reader, editor, owner
    Column("password_hash", Text, nullable=False, default=""),  # argon2id; "" is none
    Column("created_at", String(32), nullable=False),
    Column("disabled_at", String(32), nullable=False, default=""),
)

passkeys = Table(
    "passkey",
    metadata,
    Column("id", String(700), primary_key=True),  # of the credential, base64url
    Column("account_id", String(40), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("label", Text, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("used_at", String(32), nullable=False, default=""),
    Index(None, "account_id"),
)

sessions = Table(
    "session",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the cookie; the cookie is nowhere here
    Column("account_id", String(40), nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("agent", Text, nullable=False, default=""),
    Index(None, "account_id"),
)

tokens = Table(
    "api_token",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("account_id", String(40), nullable=False),
    Column("label", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # words with spaces between: read edit publish
    Column("created_at", String(32), nullable=False),
    Column("expires_at", String(32), nullable=False),
    Column("used_at", String(32), nullable=False, default=""),
    Column("made_by", String(40), nullable=False, default=""),  # another token; "" is a person
    Index(None, "account_id"),
)

devices = Table(  # browsers in which somebody signed in once: strangers' guesses do not hinder them
    "device",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the cookie; the cookie is nowhere here
    Column("account_id", String(40), nullable=False),
    Column("seen_at", String(32), nullable=False),
    Index(None, "account_id"),
)

invitations = Table(  # one-time links: of the first owner, of colleagues, of a lost password
    "invitation",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("account_id", String(40), nullable=False, default=""),  # "" makes the first owner
    Column("expires_at", String(32), nullable=False),
)

audits = Table(  # the desk's ledger: who did what, when; lines are never changed
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("account", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Index(None, "subject"),
)

drafts = Table(
    "draft",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("base_digest", String(64), nullable=False),  # of the edition that the run made
    Column("version", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),  # zlib of JSON
)

changes = Table(  # every change of a draft, with the draft as it was before: undo gives it back
    "draft_change",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("version", Integer, primary_key=True),  # that the change led to
    Column("at", String(32), nullable=False),
    Column("account", String(80), nullable=False),
    Column("verb", String(32), nullable=False),
    Column("subject", String(40), nullable=False, default=""),  # a story, a section or ""
    Column("detail", Text, nullable=False, default=""),  # JSON
    Column("before", LargeBinary, nullable=False),  # zlib of JSON
    Column("undone_by", Integer, nullable=False, default=0),  # version of the undo; 0 is in force
    Index(None, "subject"),
)

printings = Table(  # every time the desk put an edition out
    "printing",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("account", String(80), nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("version", Integer, nullable=False),  # of the draft
    Column("digest", String(64), nullable=False),  # of its canonical bytes
)

planned = Table(  # printings for which an editor set a time
    "planned_printing",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("at", String(32), nullable=False),  # UTC
    Column("told", String(40), nullable=False),  # the time as it was set, in the edition's zone
    Column("account_id", String(40), nullable=False),
    Column("account", String(80), nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("state", String(16), nullable=False),  # waiting, done, refused, cancelled
    Column("because", Text, nullable=False),  # of what came of it, in words
    Index(None, "state"),
)

remakings = Table(  # what a later run made of an edition that the desk has put out already
    "remaking",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("run_id", String(40), nullable=False),
    Column("at", String(32), nullable=False),
    Column("data", Text, nullable=False),
)

kept_editions = Table(  # every revision of an edition, as it was printed
    "kept_edition",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),  # zlib of JSON
)

candidates = Table(  # the queue beside an edition: stories that a run knew and did not print
    "candidate",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("story_id", String(40), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("points", Float, nullable=False),
    Column("data", Text, nullable=False),
)

judgements = Table(  # what editors made of stories: what `ribao rank learn` learns from
    "judgement",
    metadata,
    Column("edition_id", String(40), primary_key=True),
    Column("story_id", String(40), primary_key=True),
    Column("at", String(32), nullable=False),
    Column("account", String(80), nullable=False),
    Column("verdict", String(16), nullable=False),  # kept, dropped, taken, raised, lowered
    Column("printed", Integer, nullable=False),  # 1: it stands in the published edition
    Column("data", Text, nullable=False),  # the score as it was, with its reasons
)

searchables = Table(  # which documents the index of words holds, under which number
    "searchable",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("document_id", String(40), nullable=False, unique=True),
)
