"""The desk: people, drafts and their changes, judgements, and an index of every word."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A column is NAME:TYPE; a number is the length of a text, `=` gives it the empty text as default.
TABLES = {
    "account": "id:40 name:80 role:16 password_hash:text= created_at:32 disabled_at:32=",
    "passkey": "id:700 account_id:40 public_key:bytes sign_count:int label:text created_at:32 "
    "used_at:32=",
    "session": "digest:64 account_id:40 created_at:32 seen_at:32 expires_at:32 agent:text=",
    "api_token": "id:40 digest:64 account_id:40 label:text scopes:text created_at:32 "
    "expires_at:32 used_at:32=",
    "invitation": "digest:64 account_id:40= expires_at:32",
    "audit": "number:serial at:32 account:80 action:40 subject:text= detail:text=",
    "draft": "edition_id:40 base_digest:64 version:int data:bytes",
    "draft_change": "edition_id:40 version:int at:32 account:80 verb:32 subject:40= detail:text= "
    "before:bytes undone_by:int",
    "printing": "edition_id:40 revision:int at:32 account:80 note:text= version:int digest:64",
    "candidate": "edition_id:40 story_id:40 place:int points:float data:text",
    "judgement": "edition_id:40 story_id:40 at:32 account:80 verdict:16 printed:int data:text",
    "searchable": "number:serial document_id:40",
}
KEYS = {"draft_change": 2, "printing": 2, "candidate": 2, "judgement": 2}  # columns; else one
INDEXES = (  # table, column, unique
    ("account", "name", True),
    ("passkey", "account_id", False),
    ("session", "account_id", False),
    ("api_token", "digest", True),
    ("api_token", "account_id", False),
    ("audit", "subject", False),
    ("draft_change", "subject", False),
    ("searchable", "document_id", True),
)


def _column(words: str) -> sa.Column[Any]:
    name, _, kind = words.partition(":")
    default = "" if kind.endswith("=") else None
    kind = kind.rstrip("=")
    kinds: dict[str, sa.types.TypeEngine[Any]] = {
        "text": sa.Text(), "bytes": sa.LargeBinary(), "int": sa.Integer(), "float": sa.Float(),
        "serial": sa.Integer(),
    }  # fmt: skip
    found = kinds[kind] if kind in kinds else sa.String(length=int(kind))
    own = kind == "serial"
    return sa.Column(name, found, nullable=False, server_default=default, autoincrement=own)


def upgrade() -> None:
    """Add the tables of the desk."""
    for name, words in TABLES.items():
        columns = [_column(one) for one in words.split()]
        keys = [column.name for column in columns[: KEYS.get(name, 1)]]
        op.create_table(name, *columns, sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"))
    for table, column, unique in INDEXES:
        prefix = "uq" if unique else "ix"
        op.create_index(f"{prefix}_{table}_{column}", table, [column], unique=unique)
    if op.get_bind().dialect.name == "sqlite":
        # The words come from ribao.language.search: the tokenizer has only to cut at the spaces.
        op.execute("CREATE VIRTUAL TABLE word USING fts5(title, text, content='')")
        return
    op.execute("CREATE TABLE word (number integer PRIMARY KEY, title tsvector, text tsvector)")
    op.execute("CREATE INDEX ix_word ON word USING gin ((title || text))")


def downgrade() -> None:
    """Take them away."""
    op.execute("DROP TABLE word")
    for name in reversed(TABLES):
        op.drop_table(name)
