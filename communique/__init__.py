"""communique reads diplomatic and defence news and keeps the record, with the sentence behind every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "open"]

if TYPE_CHECKING:
    from communique.api import open_record as open  # noqa: A004 - communique.open is the name people type


def __getattr__(name: str) -> Any:
    # The record's libraries are loaded when somebody opens one, not by `import communique`.
    if name == "open":
        from communique.api import open_record

        return open_record
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
