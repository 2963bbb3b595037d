"""Names that the reports of each day taught."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "alias",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("han", sa.String(length=64), nullable=False),
        sa.Column("latin", sa.String(length=128), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "han", "latin", name=op.f("pk_alias")),
    )


def downgrade() -> None:
    """Take the table back."""
    op.drop_table("alias")
