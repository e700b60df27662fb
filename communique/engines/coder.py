"""Who codes: the program's version and what its packs say. When either changes, sources are read again."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from communique.loader import packs
from communique.store import CODER


@lru_cache(maxsize=1)
def coder() -> str:
    """Return name, version and a digest of the packs, such as ``communique 1.0.0 3f2a9c01``."""
    root = packs.root()
    known = hashlib.sha256()
    for path in sorted(root.rglob("*.yaml")):
        known.update(f"{path.relative_to(root).as_posix()}\0".encode())
        known.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{CODER} {known.hexdigest()[:8]}"
