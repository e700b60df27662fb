"""communique reads diplomatic and defence news and keeps the record, with the sentence behind every cell."""

__version__ = "0.1.0"
