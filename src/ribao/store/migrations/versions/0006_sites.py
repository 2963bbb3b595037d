"""What sites say to all machines, kept for a day, and until when they asked to be left alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

FILES = ("robots", "tdmrep", "ai_txt")
TIMES = ("read_at", "quiet_until")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "site",
        sa.Column("site", sa.Text(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in FILES),
        *(sa.Column(name, sa.String(length=32), nullable=False) for name in TIMES),
        sa.PrimaryKeyConstraint("site", name=op.f("pk_site")),
    )


def downgrade() -> None:
    """Take the table back."""
    op.drop_table("site")
