"""What was announced for later in printed stories."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "promise",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("beat", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("first", sa.String(length=10), nullable=False),
        sa.Column("last", sa.String(length=10), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", "beat", "language", "day", name=op.f("pk_promise")),
    )
    op.create_index(op.f("ix_promise_first"), "promise", ["first"])
    op.create_index(op.f("ix_promise_last"), "promise", ["last"])


def downgrade() -> None:
    """Take the table back."""
    op.drop_table("promise")
