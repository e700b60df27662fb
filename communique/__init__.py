"""communique reads diplomatic and defence news and keeps the record, with the sentence behind every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "open", "open_demo"]

if TYPE_CHECKING:
    from communique.api import open_demo
    from communique.api import open_record as open  # noqa: A004 - communique.open is the name people type


def __getattr__(name: str) -> Any:
    # The record's libraries are loaded when somebody opens one, not by `import communique`.
    if name in ("open", "open_demo"):
        from communique import api

        return api.open_record if name == "open" else api.open_demo
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
