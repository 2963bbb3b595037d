"""Known devices, tokens made by tokens, planned printings, what went out, and makings that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = {  # NAME:LENGTH, a length of 0 is a text without limit; keys are first
    "device": (1, "digest:64 account_id:40 seen_at:32"),
    "planned_printing": (
        1,
        "edition_id:40 at:32 told:40 account_id:40 account:80 note:0 made_at:32 state:16 because:0",
    ),
    "remaking": (1, "edition_id:40 run_id:40 at:32 data:0"),
}


def _column(words: str) -> sa.Column[str]:
    name, _, length = words.partition(":")
    kind = sa.String(length=int(length)) if int(length) else sa.Text()
    return sa.Column(name, kind, nullable=False)


def upgrade() -> None:
    """Bring the schema forward; tokens that are there were made by people."""
    for name, (keys, words) in TABLES.items():
        columns = [_column(one) for one in words.split()]
        key = sa.PrimaryKeyConstraint(*(one.name for one in columns[:keys]), name=f"pk_{name}")
        op.create_table(name, *columns, key)
    op.create_index("ix_device_account_id", "device", ["account_id"])
    op.create_index("ix_planned_printing_state", "planned_printing", ["state"])
    op.create_table(
        "kept_edition",
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "revision", name="pk_kept_edition"),
    )
    made_by = sa.Column("made_by", sa.String(length=40), nullable=False, server_default="")
    op.add_column("api_token", made_by)


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("api_token") as batch_op:
        batch_op.drop_column("made_by")
    op.drop_table("kept_edition")
    for name in reversed(TABLES):
        op.drop_table(name)
