"""Files appear whole, once, and all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ribao.config import PublishSettings
from ribao.errors import PublishError
from ribao.model import Edition
from ribao.plugins.kinds import Output, RenderedFile
from ribao.publish import publish
from ribao.publish.plugin import outputs as shipped


def outputs() -> list[Output]:
    """The three that are on unless the settings say otherwise."""
    return [output for output in shipped() if output.name in PublishSettings().outputs]


@dataclass
class Fixed:
    """An output that always gives the same files."""

    files: tuple[RenderedFile, ...]
    name: str = "fixed"

    def render(self, edition: Edition) -> Sequence[RenderedFile]:
        """The files, or an error where there are none."""
        if not self.files:
            raise ZeroDivisionError(edition.title)
        return self.files


def test_languages_of_one_day_stand_side_by_side(edition: Edition, tmp_path: Path) -> None:
    """The Chinese and the English edition of a day do not overwrite each other."""
    publish(edition, outputs(), tmp_path)
    publish(replace(edition, language="en"), outputs(), tmp_path)
    found = sorted(
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()
    )
    names = ["edition.html", "edition.json", "edition.md"]
    assert found == [f"2031-03-05/{tongue}/{name}" for tongue in ("en", "zh") for name in names]


def test_a_second_run_touches_nothing(edition: Edition, tmp_path: Path) -> None:
    """Same bytes, same files, same publications."""
    first = publish(edition, outputs(), tmp_path)
    before = {path: path.stat() for path in tmp_path.rglob("*.*")}
    second = publish(edition, outputs(), tmp_path)
    assert first == second
    for path, state in before.items():
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (state.st_ino, state.st_mtime_ns)


def test_a_failing_output_fails_alone(edition: Edition, tmp_path: Path) -> None:
    """The others are written all the same."""
    outcome = publish(edition, [Fixed(()), *outputs()], tmp_path)
    assert [one.subject for one in outcome.failed] == ["fixed"]
    assert "ZeroDivisionError" in outcome.failed[0].error
    assert [one.channel for one in outcome.kept] == ["markdown", "json", "html"]


@pytest.mark.parametrize("path", ["/etc/x", "../x", "a/../../x", "", "a\\b"])
def test_no_output_leaves_the_folder(edition: Edition, tmp_path: Path, path: str) -> None:
    """A path that leads out of the folder is the failure of its output."""
    outcome = publish(edition, [Fixed((RenderedFile(path, b"x"),))], tmp_path / "out")
    assert not outcome.kept
    assert "outside its folder" in outcome.failed[0].error
    assert not list(tmp_path.rglob("x"))


def test_nothing_is_replaced_when_one_file_cannot_be_written(
    edition: Edition, tmp_path: Path
) -> None:
    """The folder stays as it was, without leftovers."""
    publish(edition, outputs(), tmp_path)
    old = (tmp_path / "2031-03-05/zh/edition.md").read_bytes()
    (tmp_path / "taken").write_text("a file where a folder should be")
    changed = replace(edition, title="另一个标题")
    with pytest.raises(PublishError, match="cannot write"):
        publish(changed, [*outputs(), Fixed((RenderedFile("taken/z.txt", b"x"),))], tmp_path)
    assert (tmp_path / "2031-03-05/zh/edition.md").read_bytes() == old
    assert not list(tmp_path.rglob(".pending-*"))
