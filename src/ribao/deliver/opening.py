"""Opens everything that is needed to send."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ribao.config import Config
from ribao.deliver.channels import open_channels
from ribao.deliver.planning import Post, prepare
from ribao.deliver.sending import Office
from ribao.gateways.clock import Clock, SystemClock
from ribao.gateways.exits import Exits, Secrets
from ribao.gateways.git import Git
from ribao.gateways.posting import Poster
from ribao.gateways.smtp import Mailer
from ribao.model import Edition
from ribao.plugins.loader import channel_kinds, load_plugins
from ribao.store import Store, open_store

MEMORY = ".ribao"  # folder beside the editions


def post_of(config: Config, store: Store, edition: Edition, now: datetime) -> Post:
    """What an edition adds to the outbox, by the channels of a configuration.

    Whoever keeps an edition calls `Post.keep` in the same transaction, and `send_due` after it.

    Raises:
        ConfigError: a channel is configured wrongly.
    """
    if not config.deliver.channels:
        return Post(store, now)
    channels = open_channels(config, channel_kinds(load_plugins()))
    return prepare(store, edition, channels, config.deliver, now)


@contextmanager
def open_office(
    config: Config,
    directory: Path,
    *,
    clock: Clock | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Office]:
    """The outbox of the editions in `directory`, with every channel and every way out.

    Raises:
        ConfigError: a channel is configured wrongly.
        StoreError: the store cannot be opened.
    """
    memory = directory / MEMORY
    path = config.store.place(memory / "live.sqlite3")
    clock = clock or SystemClock()
    channels = open_channels(config, channel_kinds(load_plugins()))
    secrets = Secrets(os.environ if environment is None else environment)
    with (
        open_store(path) as store,
        Poster(config.http, clock) as post,
        Mailer(config.http) as mail,
    ):
        exits = Exits(post, mail, Git(memory / "git"), clock, secrets, directory)
        yield Office(store, {one.name: one for one in channels}, exits, config.deliver)
