"""Articles or pages in Parquet: one row is one record, read some rows at a time. Needs the extra ``scale``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from communique.errors import SourceError
from communique.model import Raw
from communique.source import jsonlines
from communique.source.form import media_of
from communique.source.limits import MEGABYTE, Limits

ROWS = 64
MOST_GROUP = 1024 * MEGABYTE
PAGE = ("data", "source", "url", "media", "charset", "captured")
ARTICLE = ("id", "url", "outlet", "lang", "published", "title", "text")
REMEDY = "columns are those of an article (text, title, id, url, ...) or of pages (data, source, url, media)"


def cuts(path: Path, rows: int) -> Iterator[int]:
    """Yield the rows at which to cut a file into parts of about ``rows`` rows; none where it cannot be read."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        return
    try:
        with parquet.ParquetFile(path) as file:
            groups = [file.metadata.row_group(n) for n in range(file.num_row_groups)]
    except (pa.ArrowException, ValueError, OSError):
        return
    yield from range(rows, sum(g.num_rows for g in groups if g.total_byte_size <= MOST_GROUP), rows)


def read(
    path: Path, where: str, limits: Limits, start: int = 0, stop: int | None = None
) -> Iterator[Raw | SourceError]:
    """Yield one Raw per row, with a column ``data`` of bytes as a page, else with ``text`` as an article object.

    Args:
        start: the first row that is read. stop: the one before which to end; None for the end.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        yield SourceError("Parquet needs pyarrow", where=where, remedy="pip install 'communique[scale]'")
        return
    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            names = set(file.schema_arrow.names)
            columns = [c for c in (PAGE if "data" in names else ARTICLE) if c in names]
            if not {"data", "text"} & set(columns):
                yield SourceError("neither data nor text among its columns", where=where, remedy=REMEDY)
                return
            for group in range(file.num_row_groups):
                size, rows = (getattr(file.metadata.row_group(group), x) for x in ("total_byte_size", "num_rows"))
                if size <= MOST_GROUP and number + rows <= start:
                    number += rows
                    continue
                if stop is not None and number >= stop:
                    return
                if size > MOST_GROUP:
                    if number < start:
                        continue
                    what = f"a row group of {size / MEGABYTE:.0f} MB"
                    yield SourceError(what, where=where, remedy="write smaller row groups")
                    continue
                for batch in file.iter_batches(ROWS, row_groups=[group], columns=columns):
                    if number + batch.num_rows <= start:
                        number += batch.num_rows
                        continue
                    for row in batch.to_pylist():
                        number += 1
                        if number <= start:
                            continue
                        if stop is not None and number > stop:
                            return
                        yield _row(row, Path(where).name, f"{where}:{number}", number, limits)
    except (pa.ArrowException, ValueError, UnicodeDecodeError) as e:
        said = " ".join(str(e).split())[:120]
        yield SourceError(f"no Parquet that can be read ({said})", where=where, remedy="write it again")
        return
    if not number:
        yield SourceError("the file holds no row", where=where, remedy=REMEDY)


def _row(row: Mapping[str, Any], file: str, where: str, number: int, limits: Limits) -> Raw | SourceError:
    if "data" not in row:
        held = {k: v for k, v in row.items() if v is not None}
        try:
            data = json.dumps(held, ensure_ascii=False).encode("utf-8", "surrogatepass")
        except (TypeError, ValueError):
            return SourceError("a column of another type than text", where=where, remedy=REMEDY)
        return jsonlines.article(data, f"{file}:{number}", where)
    data = row["data"].encode() if isinstance(row["data"], str) else row["data"]
    if not isinstance(data, bytes) or not data:
        return SourceError("the page is empty", where=where, remedy="leave the row out")
    if len(data) > limits.page:
        what = f"more than a page may have ({limits.page / MEGABYTE:g} MB)"
        return SourceError(what, where=where, remedy="save the article alone")
    url = row.get("url")
    url = url if isinstance(url, str) and url.startswith(("http://", "https://")) else None
    media = media_of(data, str(row.get("media") or ""), url or "")
    name = str(row.get("source") or url or f"{file}:{number}")
    captured, charset = row.get("captured"), row.get("charset")
    return Raw(name, data, media, where, url, str(captured) if captured else None, str(charset) if charset else None)
