"""The first stage: what a person names becomes raw pages, bytes with a name. Nothing is decoded here but JSON Lines."""

from communique.source.archive import Archive
from communique.source.fetch import Bounds, FetchError
from communique.source.guard import Guard, network
from communique.source.limits import Limits
from communique.source.targets import open_sources
from communique.source.web import Web

__all__ = ["Archive", "Bounds", "FetchError", "Guard", "Limits", "Web", "network", "open_sources"]
