"""YAML with line numbers, so that an error can name the place."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from communique.errors import PackError

Model = TypeVar("Model", bound=BaseModel)
Lines = dict[tuple[str | int, ...], int]

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> tuple[Any, Lines]:
    """Return the data of a YAML file and, for every path into it, the line (from 1).

    Raises:
        PackError: the file is not YAML, or a mapping names a key twice.
    """
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as e:
        mark = getattr(e, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise PackError(
            f"not YAML: {getattr(e, 'problem', None) or e}", where=f"{path}:{line}", remedy="mend the file"
        ) from e
    lines: Lines = {}
    _index(node, (), lines, path)
    return (loader.construct_document(node) if node is not None else {}), lines


def _index(node: Any, at: tuple[str | int, ...], lines: Lines, path: Path) -> None:
    if node is None:
        return
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise PackError(
                    f"{key.value!r} stands twice", where=f"{path}:{key.start_mark.line + 1}", remedy="keep one"
                )
            seen.add(key.value)
            _index(value, (*at, key.value), lines, path)
            lines[(*at, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            _index(value, (*at, i), lines, path)


def line_of(lines: Lines, at: Iterable[str | int]) -> int:
    """Return the line of the deepest part of ``at`` that the file has."""
    path = tuple(at)
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def check(model: type[Model], data: Any, lines: Lines, path: Path) -> Model:
    """Return ``data`` as a ``model``.

    Raises:
        PackError: naming file and line of the first field that does not fit.
    """
    try:
        return model.model_validate(data)
    except ValidationError as e:
        first = e.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise PackError(
            f"{field or 'the file'}: {first['msg']}",
            where=f"{path}:{line_of(lines, first['loc'])}",
            remedy="see docs/packs.md for the fields",
        ) from e
