"""How each source is asked: moves, retirement, failures in a row, wishes about machines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXTS = ("address", "gone_because", "opt_outs")
TIMES = ("moved_since", "failing_since", "next_due_at")


def upgrade() -> None:
    """Bring the schema forward; what is known of the sources stays."""
    for name in TEXTS:
        op.add_column("source", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    for name in TIMES:
        column = sa.Column(name, sa.String(length=32), nullable=False, server_default="")
        op.add_column("source", column)
    failures = sa.Column("failures", sa.Integer(), nullable=False, server_default="0")
    op.add_column("source", failures)
    wishes = sa.Column("opt_outs", sa.Text(), nullable=False, server_default="[]")
    op.add_column("page", wishes)


def downgrade() -> None:
    """Take the columns back."""
    with op.batch_alter_table("page") as batch_op:
        batch_op.drop_column("opt_outs")
    with op.batch_alter_table("source") as batch_op:
        for name in (*TEXTS, *TIMES, "failures"):
            batch_op.drop_column(name)
