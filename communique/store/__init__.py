"""The record on disk: one SQLite file by default, any SQLAlchemy address later. Claims are its rows."""

from communique.store.opening import open_store
from communique.store.store import Added, Store

__all__ = ["Added", "Store", "open_store"]
