"""The record in a browser and for programs: plain pages, and the same queries as JSON under ``/api``. Read-only."""

from communique.web.app import create_app
from communique.web.serving import serve

__all__ = ["create_app", "serve"]
