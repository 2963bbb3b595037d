"""The house: sizes, the one clock, the one door to the network, and docs that tell the truth."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ribao.store.engine import HEAD
from tests.conftest import ROOT

SOURCE = ROOT / "src" / "ribao"
MODULES = sorted(SOURCE.rglob("*.py"))
MAX_LINES = 400
MAX_FUNCTION = 50


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with its length in lines, docstring apart."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            text = ast.get_docstring(node, clean=False)
            doc = (first.end_lineno or 0) - first.lineno + 1 if text else 0
            signature = first.lineno - node.lineno
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - doc - signature


def test_no_room_is_crowded() -> None:
    """Files stay under 400 lines and the bodies of functions under 50."""
    files = {
        str(path.relative_to(SOURCE)): lines
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MAX_LINES
    }
    long = {
        f"{path.relative_to(SOURCE)}:{name}": lines
        for path in MODULES
        for name, lines in functions(path)
        if lines > MAX_FUNCTION and "migrations" not in path.parts  # a list of tables
    }
    assert files == {}
    assert long == {}


@pytest.mark.parametrize(
    ("forbidden", "allowed"),
    [
        (r"datetime\.now\(|date\.today\(|time\.time\(|utcnow\(", {"gateways/clock.py"}),
        (
            r"^\s*(?:import|from) (?:socket|urllib\.request|http\.client|requests|httpx)\b",
            {"gateways"},
        ),
        (r"^\s*(?:import|from) (?:sqlite3|sqlalchemy)\b", {"store", "running/reading.py"}),
        (r"(?<![.\w])print\(", {"demo/make.py"}),
    ],
    ids=["the one clock", "the one door", "the only SQL", "no stray printing"],
)
def test_each_thing_has_its_one_place(forbidden: str, allowed: set[str]) -> None:
    """What design keeps in one place is in no other."""
    pattern = re.compile(forbidden, re.MULTILINE)
    found = {
        str(path.relative_to(SOURCE))
        for path in MODULES
        if pattern.search(path.read_text(encoding="utf-8"))
    }
    assert {name for name in found if not name.startswith(tuple(allowed))} == set()


def test_the_newest_migration_is_the_head() -> None:
    """The version that the engine asks for is the last file of the folder."""
    names = sorted(path.stem for path in (SOURCE / "store/migrations/versions").glob("0*.py"))
    assert names[-1].startswith(HEAD)


def test_nothing_happens_on_import() -> None:
    """Importing every module opens no file for writing and no socket."""
    code = (
        "import sys, pkgutil, importlib, ribao\n"
        "def watch(event, arguments):\n"
        "    writes = event == 'open' and set(str(arguments[1] or '')) & set('wax+')\n"
        "    if event == 'socket.connect' or (writes and 'null' not in str(arguments[0])):\n"
        "        print(event, arguments[0])\n"
        "sys.dont_write_bytecode = True\n"
        "sys.addaudithook(watch)\n"
        "for module in pkgutil.walk_packages(ribao.__path__, 'ribao.'):\n"
        "    if not any(part in module.name for part in ('__main__', 'migrations')):\n"
        "        importlib.import_module(module.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == ""


def test_links_in_the_docs_lead_somewhere() -> None:
    """Every relative link of README and docs names a file that exists."""
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
        broken += [
            f"{page.relative_to(ROOT)} -> {target}"
            for target in targets
            if "://" not in target and not (page.parent / target).exists()
        ]
    assert broken == []


def test_every_decision_is_in_the_index() -> None:
    """docs/decisions/README.md lists all decisions."""
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in folder.glob("0*.md") if path.name not in index] == []
