"""Our own editions under our own checker: each recorded day in both languages and all three forms.

`python -m bench own_editions` makes the editions of six days (about two minutes) and checks each
without evidence and with the recorded web of its day and those before. Contradictions are printed:
an edition is made of words of its reports, so it is a false alarm or a story wrongly joined.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench._days import recorded_days
from ribao.cli.evidence import web_documents
from ribao.model import Document, DocumentId
from ribao.verify import Report, check_file


def make(archive: Path, day: str, language: str, folder: Path) -> None:
    """Make one edition with the command, as a user would."""
    command = ["run", "--replay", archive, "--date", day, "--language", language]
    subprocess.run(
        [sys.executable, "-m", "ribao", *map(str, command), "--output", str(folder)],
        check=True, capture_output=True,
    )  # fmt: skip


def wrong(report: Report) -> list[str]:
    """What is contradicted, in words."""
    found = [f for checked in report.sentences for f in checked.findings]
    found += [finding for _, finding in report.links]
    return [f"{f.claim}: {f.because}" for f in found if f.verdict == "contradicted"]


def main() -> None:
    """Print a line for each edition, and what is contradicted in it."""
    known: dict[DocumentId, Document] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for archive in recorded_days():
            day = archive.name.split(".")[0]
            known.update({document.id: document for document in web_documents(archive)})
            for language in ("zh", "en"):
                make(archive, day, language, folder)
                for form in ("md", "json", "html"):
                    path = folder / day / language / f"edition.{form}"
                    alone = check_file(path)
                    begin = time.process_time()
                    proved = check_file(path, tuple(known.values()))
                    seconds = time.process_time() - begin
                    print(f"{day} {language} {form}: {proved.counts()}, {seconds:.2f} s")
                    for words in (*wrong(alone), *wrong(proved)):
                        print(f"    {words}")


if __name__ == "__main__":
    main()
