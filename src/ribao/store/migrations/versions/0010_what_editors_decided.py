"""What editors decided: which reports are one story, which names are one; and names in question."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "decision",
        sa.Column("edition_id", sa.String(length=40), nullable=False),
        sa.Column("story_id", sa.String(length=40), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "story_id", name=op.f("pk_decision")),
    )
    op.create_table(
        "alias_candidate",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("han", sa.String(length=64), nullable=False),
        sa.Column("latin", sa.String(length=128), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "han", "latin", name=op.f("pk_alias_candidate")),
    )
    op.create_table(
        "alias_verdict",
        sa.Column("han", sa.String(length=64), nullable=False),
        sa.Column("latin", sa.String(length=128), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("han", "latin", name=op.f("pk_alias_verdict")),
    )


def downgrade() -> None:
    """Take the tables back."""
    for table in ("alias_verdict", "alias_candidate", "decision"):
        op.drop_table(table)
