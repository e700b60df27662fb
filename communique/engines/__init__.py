"""Engines run the flow over many sources: here, or in several processes. They know nothing of what is read."""

from communique.engines.coder import coder
from communique.engines.processes import Outcome, run

__all__ = ["Outcome", "coder", "run"]
