"""Schemathesis reads the description of the API and finds nothing that breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    response_schema_conformance,
    status_code_conformance,
)

from tests.desk import Desk, sample, served

pytestmark = pytest.mark.timeout(200)
CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
EXAMPLES = 2  # for each call; `python -m bench desk` makes hundreds


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk over the sample."""
    with served(sample(tmp_path_factory.mktemp("api"))) as opened:
        yield opened


def test_no_call_breaks_the_desk(desk: Desk) -> None:
    """Every answer to whatever fits the description is described, none a failure of the server."""
    headers = {"Authorization": f"Bearer {desk.token('fuzzer', 'owner')}"}
    schema = schemathesis.openapi.from_url(f"{desk.base}/api/openapi.json")
    calls = [one.ok() for one in schema.get_all_operations() if isinstance(one, Ok)]
    assert len(calls) >= 17
    for call in calls:

        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=call.as_strategy())
        def check(case: Any) -> None:
            if "edition_id" in case.path_parameters:
                case.path_parameters["edition_id"] = desk.edition
            answer = case.call(headers=headers)
            case.validate_response(answer, checks=CHECKS)

        check()
