"""Whatever the OpenAPI document lets one ask is answered."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

schemathesis = pytest.importorskip("schemathesis")


def test_no_question_breaks_the_server(served: str) -> None:
    schema = schemathesis.openapi.from_url(f"{served}/api/openapi.json")
    asked: dict[str, int] = {}
    for found in schema.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(
            max_examples=25, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def ask(case: object) -> None:
            got = case.call()  # type: ignore[attr-defined]
            asked[case.path] = asked.get(case.path, 0) + 1  # type: ignore[attr-defined]
            assert got.status_code in (200, 404, 405, 422), f"{case!r}: {got.status_code}"
            if got.status_code == 200:
                case.validate_response(got)  # type: ignore[attr-defined]

        ask()
    assert len(asked) >= 14
    assert sum(asked.values()) > 200
