"""`ribao check` where others run it: fetching pages, before a commit, in a workflow."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from ribao.cli.checking import CheckOptions, run_check
from tests.unit.gateways.sites import Reply, Site

ROOT = Path(__file__).resolve().parents[3]
PAGE = (
    "<html><head><title>Brindle sells arms</title></head><body><article><h1>Brindle sells arms</h1>"
    "<p>Brindle Robotics sold 410 robot arms in May for $2,000 each, the company said on Monday. "
    "It wants to build a second plant in Harbour Town, where 120 people will work.</p>"
    "<p>The arms weigh 12 kilograms and lift twice as much, and the plant makes forty a day. "
    "Orders have come from makers of furniture, bread and bicycles.</p></article></body></html>"
)
LETTER = (
    "### [Brindle sells arms]({url}/arms)\n\nBrindle Robotics sold {count} robot arms in May.\n"
)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site on loopback with one article."""
    site = Site()
    html = {"Content-Type": "text/html; charset=utf-8"}
    site.replies["/arms"] = [Reply(200, PAGE.encode(), html)]
    yield site
    site.close()


@pytest.mark.parametrize(("count", "code"), [(410, 0), (510, 1)])
def test_linked_pages_are_fetched(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], count: int, code: int
) -> None:
    """The page behind a link proves what is right and names what is wrong."""
    letter, config = tmp_path / "letter.md", tmp_path / "ribao.toml"
    letter.write_text(LETTER.format(url=site.url, count=count), encoding="utf-8")
    config.write_text('[http]\nallow_addresses = ["127.0.0.0/8"]\n', encoding="utf-8")
    options = CheckOptions((letter,), fetch=True, config=config, day="2025-06-03")
    assert run_check(options) == code
    assert ("510" in capsys.readouterr().out) == bool(code)
    assert "/arms" in [path for path, _ in site.asked]


def test_a_private_page_is_not_fetched_unasked(site: Site, tmp_path: Path) -> None:
    """Without a word of the owner a link to loopback is left alone, and proves nothing."""
    letter = tmp_path / "letter.md"
    letter.write_text(LETTER.format(url=site.url, count=410), encoding="utf-8")
    assert run_check(CheckOptions((letter,), fetch=True, day="2025-06-03")) == 1
    assert site.asked == []


def _letters(folder: Path) -> None:
    (folder / "good.md").write_text("# Letter\n\nThe show opens on Tuesday, June 3, 2025.\n")
    (folder / "bad.md").write_text("# Letter\n\nThe show opens on Friday, June 3, 2025.\n")


def _shell(words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", words], cwd=folder, capture_output=True, text=True, check=False,
        timeout=60, env={**os.environ, "PATH": path, **variables},
    )  # fmt: skip


def test_the_hook_lets_a_sound_letter_pass_and_stops_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The entry of .pre-commit-hooks.yaml is run as pre-commit does, with several files."""
    _letters(tmp_path)
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    entry = shlex.split(hook["entry"])
    assert entry[:2] == ["ribao", "check"]
    options = CheckOptions(
        (tmp_path / "good.md", tmp_path / "bad.md"), fail_on=entry[entry.index("--fail-on") + 1]
    )
    assert run_check(options) == 1
    assert "bad.md:3" in capsys.readouterr().out
    assert run_check(CheckOptions((tmp_path / "good.md",), fail_on="contradicted")) == 0


def test_the_action_shows_findings_at_their_lines_and_fails(tmp_path: Path) -> None:
    """The script of action.yml is run with the inputs of a workflow."""
    _letters(tmp_path)
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    assert {name.lower() for name in step["env"]} == {
        f"ribao_{name.replace('-', '_')}" for name in action["inputs"]
    }
    inputs = {"RIBAO_FILES": "*.md", "RIBAO_EVIDENCE": "", "RIBAO_FAIL_ON": "contradicted"}
    done = _shell(step["run"], tmp_path, **inputs)
    assert (done.returncode, done.stderr) == (1, "")
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert [line.split("::")[1] for line in errors] == ["error file=bad.md,line=3"]
