"""Copies of one report: the same text printed by several, with a few words changed.

Broder, On the resemblance and containment of documents (1997): texts are compared as sets of runs of letters; MinHash
gives for each a sketch of which equal parts (bands) are likely where the sets are alike. Bands only propose: what is a
copy is decided by the sets themselves.
"""

from __future__ import annotations

import hashlib
import re
import struct
import unicodedata
from functools import lru_cache

from rensa import RMinHash

RUN = 5
"""Letters of a run."""
SKETCH, BANDS, SEED = 64, 16, 1
ALIKE = 0.5
"""The share of runs in both texts from which one is a copy of the other."""
WITHIN = 0.8
"""The share of the shorter text that stands in the other from which it is cut from it, or the other added to it."""
LEAST = 60
"""Runs of a text that is long enough to be told from others."""
_ASIDE = re.compile(r"[\W_]+")


@lru_cache(maxsize=256)
def runs(text: str) -> frozenset[str]:
    """Return the runs of letters and digits of a text, width, case and everything else left aside."""
    plain = _ASIDE.sub("", unicodedata.normalize("NFKC", text).casefold())
    return frozenset({plain[i : i + RUN] for i in range(len(plain) - RUN + 1)})


def bands(text: str) -> tuple[int, ...]:
    """Return the bands of a text's sketch as numbers of 63 bits; of a short text one, which only its equals have."""
    found = sorted(runs(text))
    if len(found) < LEAST:
        return (_number("\n".join(found).encode("utf-8", "surrogatepass")),) if found else ()
    sketch = RMinHash(num_perm=SKETCH, seed=SEED)
    sketch.update(found)
    digest, rows = sketch.digest(), SKETCH // BANDS
    return tuple(_number(struct.pack(f"<{rows + 1}Q", i, *digest[i * rows : (i + 1) * rows])) for i in range(BANDS))


def _number(what: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(what, digest_size=8).digest()) >> 1


def is_copy(a: str, b: str) -> bool:
    """Tell whether one of two texts is a copy of the other, or cut from it."""
    ours, theirs = runs(a), runs(b)
    few = min(len(ours), len(theirs))
    if few < LEAST:
        return ours == theirs and few > 0
    common = len(ours & theirs)
    return common >= ALIKE * (len(ours) + len(theirs) - common) or common >= WITHIN * few
