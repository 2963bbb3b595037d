"""The outbox: deliveries, their history and contents, and who gets the paper by mail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def _key(name: str, length: int = 40) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "delivery_content",
        _key("digest"),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_delivery_content")),
    )
    op.create_table(
        "delivery",
        _key("id"), _key("edition_id"), _number("revision"), _text("channel"), _key("recipient"),
        _number("part"), _number("parts"), _key("content_digest"), _text("title"),
        _key("state", 16), _number("tries"), _key("planned_at", 32), _key("due_at", 32),
        _key("tried_at", 32), _text("receipt"), _text("detail"),
        sa.ForeignKeyConstraint(
            ["content_digest"], ["delivery_content.digest"],
            name=op.f("fk_delivery_content_digest"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
    )  # fmt: skip
    op.create_index(op.f("ix_delivery_state"), "delivery", ["state"])
    op.create_index(op.f("ix_delivery_edition_id"), "delivery", ["edition_id"])
    op.create_table(
        "delivery_step",
        _key("delivery_id"), _number("number"), _key("at", 32), _key("state", 16), _text("detail"),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_step_delivery_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", "number", name=op.f("pk_delivery_step")),
    )  # fmt: skip
    op.create_table(
        "subscriber",
        _key("id"), _text("channel"), _text("address"), _key("language", 8), _key("state", 16),
        _key("asked_at", 32), _key("confirmed_at", 32), _key("ended_at", 32), _text("because"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
    )  # fmt: skip
    op.create_index(op.f("ix_subscriber_channel_state"), "subscriber", ["channel", "state"])


def downgrade() -> None:
    """Take the tables back."""
    for name in ("subscriber", "delivery_step", "delivery", "delivery_content"):
        op.drop_table(name)
