"""Rows of the record's tables, and the same as data frames of polars and pandas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from communique.errors import CommuniqueError
from communique.exports import parquet
from communique.store import Store
from communique.views import Filter
from communique.views.tables import Column, rows, table

if TYPE_CHECKING:
    import pandas
    import polars

REMEDY = "pip install 'communique[frames]'"


class Rows:
    """The rows of a table that fit a filter. The record is asked anew each time, and rows come as they are read.

    ``for row in rows`` gives dictionaries by column; days are text there, and dates in data frames.
    """

    def __init__(self, store: Store, name: str, asked: Filter) -> None:
        self._store, self._table, self._asked = store, table(name), asked

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, each with its type and what it says."""
        return self._table.columns

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = self._table.names
        for cells in rows(self._store, self._table.name, self._asked):
            yield dict(zip(names, cells, strict=True))

    def __repr__(self) -> str:
        given = ", ".join(f"{k}={v!r}" for k, v in self._asked.given().items())
        return f"<rows of {self._table.name}{f' where {given}' if given else ''}>"

    def to_polars(self) -> polars.DataFrame:
        """Return a polars data frame.

        Raises:
            CommuniqueError: polars or pyarrow is not installed, or a filter that cannot be understood.
        """
        try:
            import polars
        except ImportError as e:
            raise CommuniqueError("polars is not installed", remedy=REMEDY) from e
        frame = polars.from_arrow(self.to_arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def to_pandas(self) -> pandas.DataFrame:
        """Return a pandas data frame; whole numbers and yes or no may be missing, days are datetimes.

        Raises:
            CommuniqueError: pandas or pyarrow is not installed, or a filter that cannot be understood.
        """
        try:
            import pandas
        except ImportError as e:
            raise CommuniqueError("pandas is not installed", remedy=REMEDY) from e
        made = self.to_arrow()
        sorts = {"int64": pandas.Int64Dtype(), "bool": pandas.BooleanDtype()}
        return made.to_pandas(types_mapper=lambda t: sorts.get(str(t)), date_as_object=False)

    def to_arrow(self) -> Any:
        """Return a pyarrow table.

        Raises:
            CommuniqueError: pyarrow is not installed, or a filter that cannot be understood.
        """
        return parquet.arrow(self._store, self._table.name, self._asked)
