"""The reports of stories by day: a run asks for those of a week, out of years."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_index("ix_story_document_day", "story_document", ["day"])


def downgrade() -> None:
    """Take the index back."""
    op.drop_index("ix_story_document_day", "story_document")
