"""`ribao publish` and `ribao site` render what is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ribao.cli.publishing import Wanted, render_again, render_site
from ribao.errors import ConfigError, PublishError
from ribao.model import Edition
from ribao.publish import publish as write_files
from ribao.publish.plugin import Json
from tests.unit.publish.conftest import edition, make_article

__all__ = ["edition", "make_article"]  # the invented edition of the renderings


def kept(edition: Edition, folder: Path) -> Path:
    """Two days in Chinese and one in English."""
    for one in (
        edition,
        replace(edition, date=edition.date.replace(day=6)),
        replace(edition, language="en", timezone="UTC"),
    ):
        write_files(one, [Json()], folder)
    return folder


def test_the_newest_of_each_language_is_rendered(
    edition: Edition,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By the outputs that are named; the paths are printed."""
    render_again(Wanted(kept(edition, tmp_path), outputs=("wechat", "epub")))
    printed = capsys.readouterr().out
    assert "2031-03-06/zh/wechat.html" in printed
    assert "2031/03/05/en/edition.epub" in printed
    assert not (tmp_path / "2031-03-05/zh/wechat.html").exists()
    render_again(Wanted(tmp_path, date="2031-03-05", language="zh", outputs=("wechat",)))
    assert (tmp_path / "2031-03-05/zh/wechat.html").is_file()


def test_what_is_not_there_is_one_sentence(
    edition: Edition,
    tmp_path: Path,
) -> None:
    """No edition, no such output, no such date."""
    with pytest.raises(ConfigError, match="no edition is kept there"):
        render_site(tmp_path, None)
    kept(edition, tmp_path)
    with pytest.raises(ConfigError, match="no such output: 'papyrus'"):
        render_again(Wanted(tmp_path, outputs=("papyrus",)))
    with pytest.raises(ConfigError, match="no such date"):
        render_again(Wanted(tmp_path, date="yesterday"))
    with pytest.raises(PublishError, match="not everything was rendered"):
        render_again(Wanted(tmp_path, outputs=("podcast",)))  # no address is set


def test_the_site_is_made_of_the_folder(
    edition: Edition,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the settings of a file."""
    config = tmp_path / "ribao.toml"
    config.write_text('[publish]\naddress = "https://paper.example"\nsearch = "off"\n')
    render_site(kept(edition, tmp_path), config)
    assert "site/" in capsys.readouterr().out
    assert (tmp_path / "site/en/editions.atom.xml").is_file()
    assert (tmp_path / "site/zh/index.html").is_file()
