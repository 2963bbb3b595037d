"""What models cost, call by call, and the answers that were paid for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    tokens = [
        sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")
        for name in ("input_tokens", "output_tokens", "cached_tokens")
    ]
    op.create_table(
        "model_call",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("run_id", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.String(length=32), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("task", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("most_micro", sa.BigInteger(), nullable=False),
        sa.Column("micro", sa.BigInteger(), nullable=False),
        *tokens,
        sa.PrimaryKeyConstraint("number", name=op.f("pk_model_call")),
    )
    op.create_index(op.f("ix_model_call_run_id"), "model_call", ["run_id"])
    op.create_index(op.f("ix_model_call_day"), "model_call", ["day"])
    op.create_table(
        "model_answer",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_model_answer")),
    )


def downgrade() -> None:
    """Take the tables back."""
    op.drop_table("model_answer")
    op.drop_table("model_call")
