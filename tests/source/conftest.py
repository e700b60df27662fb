"""What tests of fetching share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from web_server import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of ours."""
    with serving() as made:
        yield made
