"""The record on disk: one SQLite file by default, any SQLAlchemy address later. Claims are its rows."""

from communique.store.opening import open_store
from communique.store.store import CODER, Added, Store

__all__ = ["CODER", "Added", "Store", "open_store"]
