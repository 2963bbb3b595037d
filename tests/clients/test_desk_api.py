"""The API from outside: schemathesis finds nothing that breaks, and curl runs every example."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from ribao.config import Config
from ribao.store.library import Library
from ribao.store.plans import Plans
from ribao.web import printing, workbench
from tests.conftest import ROOT
from tests.desk import Desk, as_live, sample, serve_feed, served

CURL, JQ = shutil.which("curl"), shutil.which("jq")
pytestmark = pytest.mark.timeout(300)
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
EXAMPLES = 2  # for each call; `python -m bench desk` makes hundreds
SCOPES = "read edit publish people tokens"
SETTINGS = {
    "http": {"allow_addresses": ["127.0.0.0/8"], "retries": 0},
    "deliver": {"channels": {"webhook": {"kind": "webhook"}}, "patience_seconds": 0},
    "schedule": {"at": "06:15"},
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample with a channel that nobody listens to, in a folder of its own."""
    output = as_live(sample(tmp_path_factory.mktemp("api")))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(output)  # where the owner's list of sources is written
        patch.setenv("RIBAO_WEBHOOK_URL", "http://127.0.0.1:9/webhook")
        patch.setenv("RIBAO_WEBHOOK_SECRET", "whsec_" + 32 * "a")
        with served(output, Config.model_validate(SETTINGS)) as opened:
            yield opened


def test_no_call_breaks_the_desk(desk: Desk) -> None:
    """Every answer to whatever fits the description is described, none a failure of the server."""
    headers = {"Authorization": f"Bearer {desk.token('fuzzer', 'owner', SCOPES)}"}
    schema = schemathesis.openapi.from_url(f"{desk.base}/api/openapi.json")
    calls = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    assert len(calls) >= 54
    for call in calls:

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=call.as_strategy())
        def check(case: Any) -> None:
            if "edition_id" in case.path_parameters:
                case.path_parameters["edition_id"] = desk.edition
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)

        check()


def names(desk: Desk, feed: str) -> dict[str, str]:
    """What the variables of the examples stand for."""
    office = desk.office
    key = desk.token("ada", "owner", SCOPES)
    second = desk.token("ada", "owner", "read")
    desk.token("cyd", "editor")
    bench = workbench.bench(office, desk.edition)
    story = next(one for one in bench.edition.articles if len(one.references) > 1)
    other = next(one for one in bench.edition.articles if one is not story)
    printing.put_out(office, desk.edition, "ada", send=False)
    return {
        "DESK": desk.base, "TOKEN": key, "EDITION": desk.edition, "STORY": story.story_id,
        "OTHER": other.story_id, "RUN": str(office.drafts.run_of(desk.edition)),
        "CHANNEL": "webhook", "FEED": feed, "NOTE": "a figure was wrong",
        "DELIVERY": office.store.outbox.find()[-1].id, "PERSON": "cyd",
        "TOKEN_ID": second[:20],
        "REPORT": story.references[0].url, "SECOND": story.references[1].url,
        "SOURCE": Library(office.store.engine).source_states()[0].source.id,
    }  # fmt: skip


@pytest.mark.client
@pytest.mark.skipif(CURL is None, reason="needs curl (Debian package)")
def test_every_example_runs(tmp_path: Path) -> None:
    """Each call of the description has a line for the shell, and it does what it says."""
    output = as_live(sample(tmp_path))
    with pytest.MonkeyPatch.context() as patch, serve_feed() as feed:
        patch.chdir(output)
        patch.setenv("RIBAO_WEBHOOK_URL", "http://127.0.0.1:9/webhook")
        patch.setenv("RIBAO_WEBHOOK_SECRET", "whsec_" + 32 * "a")
        with served(output, Config.model_validate(SETTINGS)) as desk:
            known = names(desk, feed)
            described = httpx2.get(f"{desk.base}/api/openapi.json").json()
            missing, failed = [], []
            for path, methods in described["paths"].items():
                for method, call in methods.items():
                    samples = call.get("x-codeSamples", [])
                    if not samples:
                        missing.append(f"{method} {path}")
                    for one in samples:
                        done = run(one["source"], known)
                        if done.returncode:
                            failed.append((method, path, done.stdout[-400:], done.stderr[-200:]))
    assert missing == []
    assert failed == []


@pytest.mark.client
@pytest.mark.skipif(CURL is None or JQ is None, reason="needs curl and jq (Debian packages)")
def test_the_morning_of_the_guide_runs(tmp_path: Path) -> None:
    """What docs/guides/desk.md tells to type does what it says, line by line."""
    guide = (ROOT / "docs" / "guides" / "desk.md").read_text(encoding="utf-8")
    morning = guide.split("## A whole morning by the API\n")[1].split("\n## ")[0]
    lines = [one.removeprefix("    ") for one in morning.splitlines() if one.startswith("    ")]
    with served(as_live(sample(tmp_path))) as desk:
        key = desk.token("ada", "owner")
        done = run("\n".join(lines), {"DESK": desk.base, "TOKEN": key})
        assert (done.returncode, done.stderr) == (0, "")
        assert [one.revision for one in desk.office.drafts.printings(desk.edition)] == [2, 1]
        plan = Plans(desk.office.library.engine).get(desk.edition)
    assert plan is not None
    assert plan.because == "ada published it before"
    assert "waiting" in done.stdout


def run(line: str, known: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run lines of the shell with these variables."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **known}
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line], env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
