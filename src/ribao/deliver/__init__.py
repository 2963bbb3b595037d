"""deliver: editions to whoever wants them, each once.

Deliveries are planned in the transaction that keeps the edition, and sent from the outbox, where
every step is kept before it is taken. Nothing here is a step of the road: it may use the store.
"""

from __future__ import annotations

from ribao.deliver.channels import missing_secrets, open_channels
from ribao.deliver.opening import open_office, post_of
from ribao.deliver.planning import Post, prepare
from ribao.deliver.revising import next_revision, revise
from ribao.deliver.sending import Office, Sent, send_due

__all__ = [
    "Office",
    "Post",
    "Sent",
    "missing_secrets",
    "next_revision",
    "open_channels",
    "open_office",
    "post_of",
    "prepare",
    "revise",
    "send_due",
]
