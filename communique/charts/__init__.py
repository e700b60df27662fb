"""Charts: rows first, then a picture of them, the same for the pages, for files and from Python.

A picture never holds more than its rows: each mark is a row, leads to the page that shows it, and says in words what it
is. Nothing is told by colour alone.
"""

from communique.charts.files import png, svg, table
from communique.charts.pictures import altair_chart
from communique.charts.rows import KINDS, MEASURES, MOST, Picture, TooManyError, picture

__all__ = ["KINDS", "MEASURES", "MOST", "Picture", "TooManyError", "altair_chart", "picture", "png", "svg", "table"]
