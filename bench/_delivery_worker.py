"""Publishes invented editions to every channel of a configuration, as a run does: to be killed.

    python -m bench._delivery_worker FOLDER

A number on standard input forks a worker that publishes so many editions; its process number is
the answer, and then how it ended. Forking saves loading everything two hundred times. Each edition
is kept and planned in one transaction, then the outbox is sent. A worker that finds editions of a
killed one goes on behind them.
"""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from pathlib import Path

from ribao.config import PublishSettings, load_config
from ribao.deliver import Office, prepare, send_due
from ribao.deliver.opening import open_office
from ribao.deliver.subscribing import bring_in, mailing_list
from ribao.model import Article, Edition, EditionId, Section, Sentence, StoryId, content_id
from ribao.plugins.loader import load_plugins
from ribao.publish.mail.letter import letters

READERS = "\n".join(f"reader{number}@harbour.example" for number in range(3))
PATIENCE = 120.0


def edition(number: int) -> Edition:
    """An invented edition; its day tells it from the others."""
    headline = Sentence(f"Boat {number} leaves")
    article = Article(
        story_id=StoryId(f"story-{number}"),
        kind="story",
        section="boats",
        headline=headline,
        url=f"https://harbour.example/{number}",
        paragraph=(Sentence(f"It carries {number} bells."),),
        language="en",
    )
    day = date(2031, 1, 1) + timedelta(days=number)
    return Edition(
        EditionId(content_id("edition", str(number))), day, "UTC", "en", headline.text, "Harbour",
        (), (), "", (headline,), (Section("boats", "Boats", "story", (article,)),),
    )  # fmt: skip


def main() -> None:
    """Fork a worker for each line of standard input."""
    folder = Path(sys.argv[1])
    load_plugins()
    prepare_letter()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            publish(folder, int(line))
            os._exit(0)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def prepare_letter() -> None:
    """Load what sets letters."""
    letters(edition(0), PublishSettings())


def publish(folder: Path, wanted: int) -> None:
    """Publish up to that many editions."""
    config = load_config(folder / "ribao.toml")
    with open_office(config, folder / "editions") as office:
        channel = mailing_list(office.channels.values())
        bring_in(office.store, channel, READERS, office.exits.clock.now(), because="bench")
        send_due(office, patience_seconds=PATIENCE)
        for number in range(wanted):
            if office.store.editions.edition_of(edition(number).id) is None:
                _publish(office, edition(number))


def _publish(office: Office, made: Edition) -> None:
    page = office.exits.directory / "site" / made.date.isoformat() / "index.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(made.title)
    post = prepare(
        office.store, made, tuple(office.channels.values()), office.settings,
        office.exits.clock.now(),
    )  # fmt: skip
    with office.store.begin() as connection:
        office.store.editions.put_edition(connection, made, "harbour")
        post.keep(connection)
    send_due(office, patience_seconds=PATIENCE)


if __name__ == "__main__":
    main()
