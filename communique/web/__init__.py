"""The record in a browser and for programs: plain pages, and the same queries as JSON under ``/api``. Read-only."""

from communique.web.app import create_app
from communique.web.serving import serve
from communique.web.signing import Proxy

__all__ = ["Proxy", "create_app", "serve"]
