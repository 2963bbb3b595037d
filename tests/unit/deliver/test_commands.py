"""The commands of subscribers and deliveries, as an owner types them."""

from __future__ import annotations

import email
import json
import re
import shutil
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bench._channel_fakes import Arrivals
from ribao.cli.main import app
from ribao.errors import ConfigError
from ribao.publish import edition_bytes
from tests.unit.deliver.conftest import edition, environment

CONFIG = """
[http]
allow_addresses = ["127.0.0.0/8"]
[deliver.channels.mail]
kind = "mail"
sender = "Harbour Daily <paper@harbour.example>"
host = "127.0.0.1"
port = {mail}
security = "none"
per_second = 1000
pages = "https://pages.example/mail"
[edition]
language = "en"
"""


def test_a_list_from_its_first_reader_to_the_last(
    ports: dict[str, Any],
    clean: Arrivals,
    empty_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Asked, confirmed by the link, sent to, exported, gone: with a sentence for each mistake."""
    (tmp_path / "out" / ".ribao").mkdir(parents=True)
    shutil.copy(empty_store, tmp_path / "out" / ".ribao" / "live.sqlite3")
    (tmp_path / "ribao.toml").write_text(CONFIG.format(mail=ports["mail"]))
    (tmp_path / "edition.json").write_bytes(edition_bytes(edition(1)))
    (tmp_path / "old.csv").write_text("Address,Language\nold@example.org,zh\nnone\n")
    for name, value in environment(ports).items():
        monkeypatch.setenv(name, value)

    def typed(line: str) -> str:
        words = [
            *line.split(),
            f"--config={tmp_path / 'ribao.toml'}",
            f"--output={tmp_path / 'out'}",
        ]
        done = CliRunner().invoke(app, words)
        if isinstance(done.exception, ConfigError):
            raise done.exception
        assert done.exit_code == 0, (line, done.output, done.exception)
        return done.output

    assert "goes to reader@example.org" in typed("subscribers add reader@example.org")
    assert "gone@example.org: bounced" in typed("subscribers add gone@example.org")
    letter = email.message_from_bytes(clean.messages["mail"][0], policy=default)
    assert isinstance(letter, EmailMessage)
    text = letter.get_body(("plain",))
    assert text is not None
    token = re.search(r"token=([\w.-]+)", text.get_content())
    assert token is not None
    with pytest.raises(ConfigError, match="nobody subscribed with this address"):
        typed("subscribers confirm nobody@example.org")
    assert "reader@example.org: confirmed" in typed(f"subscribers confirm {token.group(1)}")
    assert "1 addresses imported" in typed(f"subscribers import {tmp_path / 'old.csv'}")
    assert "1 deliveries planned" in typed(f"deliveries plan {tmp_path / 'edition.json'}")
    assert "1 delivered" in typed("deliveries send")
    assert re.search(r"reader@example.org.*2031-03-05 en.*delivered", typed("deliveries list"))
    failed = json.loads(typed("deliveries list --json --state failed"))
    assert [one["title"] for one in failed] == ["confirmation"]
    with pytest.raises(ConfigError, match="which ones"):
        typed("deliveries retry")
    assert "delivered" in typed(f"deliveries retry --arrived {failed[0]['id'][:9]}")
    typed("subscribers remove reader@example.org")
    listed = json.loads(typed("subscribers list --json"))
    assert {one["address"]: one["state"] for one in listed} == {
        "gone@example.org": "bounced", "old@example.org": "confirmed",
        "reader@example.org": "ended",
    }  # fmt: skip
    assert typed("subscribers export").count("\n") == 4
    assert "Nothing is due" in typed("deliveries send")
